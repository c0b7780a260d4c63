import { withoutTrailing } from '../../../common/src/trailing.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax/tree.ts';
import { documentRole } from './documentRole.ts';
import { isNoRemoteSchema, isWrapped } from './entryLists.ts';
import { isOpaque } from './nodes.ts';
import { readCustomTypes } from './readActionTypes.ts';
import { readDefinition } from './readDefinition.ts';
import { readIncludes } from './readInclude.ts';
import { checkCliStops, type Endpoint, type Reading, startReading } from './reading.ts';
import { readMetadataDocument } from './readMetadata.ts';
import { readInheritedRoles } from './readPermissions.ts';
import { readRelationship, readRelationships } from './readRelationships.ts';
import { readRemoteSchema, readRemoteSchemas, readType, readTypes } from './readRemoteSchema.ts';
import { readRequests } from './readRequest.ts';
import { readSources } from './readSource.ts';
import { readTable, readTables } from './readTable.ts';
import type { DocumentRole, MetadataModel, ReadingContext, Relationship } from './relationship.ts';

/**
 * Reads everything a file says of remote relationships, whatever the shape it is in (spec 1 and 2). A document that
 * isn't Hasura's gives nothing, not even problems. Never throws, whatever the tree.
 */
export function readModel(tree: SyntaxTree, context: ReadingContext = {}): MetadataModel {
  const reading = startReading(tree);
  // In most files there is none; escapes may write it in other letters, or over several lines.
  const includes = /!include|\\[xuU\r\n]/.test(tree.text);
  tree.roots.forEach((root, index) => {
    reading.endpoint = endpointOf(tree.requestLines[index]?.target);
    // Of a file that is part of a project the Hasura CLI reads the first document (C5).
    const isRead = index === 0 || context.firstOnly !== true;
    const role = isRead ? (context.role ?? documentRole(root, reading.endpoint !== undefined)) : 'none';
    reading.readByCli = tree.language === 'yaml' && role !== 'request';
    reading.isDatabases = tree.language === 'yaml' && role === 'sources';
    const before = reading.model.sources.length;
    reading.model.roles.push(role);
    readDocument(reading, root, role, context);
    if (role !== 'none') checkCliStops(reading, root);
    if (includes) readIncludes(reading, root, role, reading.model.sources.slice(before));
  });
  // An empty file is what is expected there: what completion begins it with.
  if (tree.roots.length === 0 && context.role !== undefined) reading.model.roles.push(context.role);
  return reading.model;
}

function readDocument(reading: Reading, root: SyntaxNode, role: DocumentRole, context: ReadingContext): void {
  if (isOpaque(root)) return;
  switch (role) {
    case 'metadata':
      readMetadataDocument(reading, wrappedMetadata(root));
      return;
    case 'sources':
      readSources(reading, root);
      return;
    case 'tables':
    case 'table': {
      const source = context.source === undefined ? undefined : { name: context.source, node: undefined };
      // Whatever is expected here, an included file may hold one entry or a list of them.
      if (root.kind === 'object' && (role === 'table' || !isWrapped(root))) {
        readTable(reading, root, source, reading.model.tables);
      } else readTables(reading, root, source, reading.model.tables);
      return;
    }
    case 'remote-schemas':
      // What is no entry at all is said as a whole.
      if (root.kind === 'object' && !isWrapped(root)) {
        if (!isNoRemoteSchema(root, role)) readRemoteSchema(reading, root);
      } else readRemoteSchemas(reading, root);
      return;
    case 'remote-schema-types':
      if (root.kind === 'array') readTypes(reading, root, undefined);
      else readType(reading, root, undefined);
      return;
    case 'actions':
      readCustomTypes(reading, property(root, 'custom_types'));
      return;
    case 'inherited-roles':
      readInheritedRoles(reading, root);
      return;
    case 'relationships':
      readRelationshipFile(reading, root, context);
      return;
    case 'definition':
      readIncludedDefinition(reading, root, context);
      return;
    case 'request':
      readRequests(reading, root);
      return;
    case 'none':
  }
}

/** A consolidated export has the document below `metadata`. */
function wrappedMetadata(root: SyntaxNode): SyntaxNode {
  const wrapped = property(root, 'metadata');
  return wrapped?.kind === 'object' && property(root, 'sources') === undefined ? wrapped : root;
}

/** Whose relationships they are, the file says that includes them. */
function includedOwner({ source, table }: ReadingContext, root: SyntaxNode): Relationship['owner'] {
  return {
    kind: 'table',
    source: source === undefined ? undefined : { name: source, node: undefined },
    table:
      table === undefined
        ? { state: 'unknown', node: root }
        : { state: 'present', value: table.value, node: root },
    ...(table !== undefined && { written: table.node }),
    entry: undefined,
  };
}

/** Its name is checked where it stands. */
function readIncludedDefinition(reading: Reading, root: SyntaxNode, context: ReadingContext): void {
  const { relationship } = context;
  reading.relationship = relationship;
  reading.model.relationships.push({
    node: root,
    name: { state: 'unknown', node: root },
    ...(relationship !== undefined && { nameOutside: relationship }),
    owner: includedOwner(context, root),
    definition: readDefinition(reading, root, 'lenient'),
    mode: 'lenient',
    request: undefined,
  });
  reading.relationship = undefined;
}

function readRelationshipFile(reading: Reading, root: SyntaxNode, context: ReadingContext): void {
  const owner = includedOwner(context, root);
  if (root.kind === 'object') readRelationship(reading, root, 'relationships item', owner);
  else readRelationships(reading, root, 'relationships', owner);
}

/** Of the target of a request line; `undefined` for requests to anything but the metadata API. */
export function endpointOf(target: string | undefined): Endpoint | undefined {
  const path = withoutTrailing(target?.split(/[?#]/, 1)[0] ?? '', '/');
  for (const endpoint of ['v1/metadata', 'v1/query', 'v2/query'] as const) {
    if (path.endsWith(`/${endpoint}`)) return endpoint;
  }
  return undefined;
}
