import {
  deepestBulk,
  isBulk,
  type RelationshipVerb,
} from '../../../common/src/metadataApi/document/commands.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { isOtherCommand, relationshipCommand, unknownCommandText, type WrittenCommand } from './commands.ts';
import { anyDefinitionKeys, keyNames, legacyKeys, strictDefinition } from './metadataSchema.ts';
import { given, isOpaque } from './nodes.ts';
import { readCustomTypes } from './readActionTypes.ts';
import { readCandidates, readDefinition, readLegacy } from './readDefinition.ts';
import { checkKeys, type Reading, readText, report, reportKind, reportMissing, spend } from './reading.ts';
import { readMetadataDocument } from './readMetadata.ts';
import { readTypeName, typeWritten } from './readRemoteSchema.ts';
import {
  checkScalar,
  readRemoteSchemaDefinition,
  readRemoteSchemaPermission,
} from './readRemoteSchemaDefinition.ts';
import type { Definition, DefinitionMode, Relationship, TableOwner } from './relationship.ts';
import { tableOwnerKeys, typeOwnerKeys } from './requestSchema.ts';
import { readTableName } from './tableName.ts';

/** Requests to the metadata API (spec 1.6, 2.7, 6), alone, in lists, in bulks, and in payloads of `hasura console`. */

const tableArguments = keyNames(tableOwnerKeys);
const typeArguments = keyNames(typeOwnerKeys);
const legacyArguments = keyNames(legacyKeys);
const unifiedKeys = keyNames(strictDefinition.keys);
const formText = 'create_remote_relationship expects exactly one of: remote_schema, definition';

/**
 * Reads a request, a list of them, or an object with requests below `up` and `down`. `bulk` is the command they are
 * arguments of.
 */
export function readRequests(reading: Reading, node: SyntaxNode, depth = 0, bulk?: string): void {
  if (isOpaque(node) || depth > deepestBulk) return;
  if (node.kind === 'array') {
    for (const item of node.children) {
      if (!spend(reading)) return;
      readRequests(reading, item, depth + 1, bulk);
    }
    return;
  }
  const type = property(node, 'type');
  if (type === undefined) {
    for (const key of ['up', 'down']) {
      const steps = property(node, key);
      if (steps?.kind === 'array') readRequests(reading, steps, depth + 1);
    }
  } else if (typeof type.value === 'string' && !isOpaque(type)) {
    readRequest(reading, node, type, type.value, depth, bulk);
  }
}

function readRequest(
  reading: Reading,
  node: SyntaxNode,
  type: SyntaxNode,
  command: string,
  depth: number,
  bulk: string | undefined,
): void {
  const args = property(node, 'args');
  readEnvelope(reading, node, type, command, bulk);
  if (isBulk(command)) {
    if (args === undefined) reportMissing(reading, node, 'request', 'args');
    else if (isOpaque(args)) return;
    else if (args.kind === 'array') readRequests(reading, args, depth + 1, command);
    else reportKind(reading, args, 'args', 'Array', { key: 'args' });
    return;
  }
  if (command === 'replace_metadata') {
    if (args?.kind === 'object' && !isOpaque(args)) readReplacement(reading, node, args);
    reading.model.otherRequests.push({ type: { value: command, node: type }, args });
    return;
  }
  const relationship = relationshipCommand(command);
  if (relationship !== undefined) {
    const name = args === undefined ? undefined : property(args, 'name')?.value;
    reading.relationship = typeof name === 'string' ? name : undefined;
    reportCommand(reading, type, command, relationship);
    readRelationshipRequest(reading, node, type, args, relationship);
    reading.relationship = undefined;
  } else if (isOtherCommand(command)) {
    if (args?.kind === 'object' && !isOpaque(args)) readOtherArguments(reading, command, args);
    reading.model.otherRequests.push({ type: { value: command, node: type }, args });
  }
}

/** Version 1 has the document in `args`, version 2 in `args.metadata`; without a version the key decides. */
function readReplacement(reading: Reading, request: SyntaxNode, args: SyntaxNode): void {
  const wrapped = property(args, 'metadata');
  const version = property(request, 'version')?.value;
  const document = wrapped === undefined || version === 1 ? args : wrapped;
  if (version === 2 && wrapped === undefined) {
    reportMissing(reading, args, 'args', 'metadata');
    // Where the document stands a level too high, it is read all the same.
    if (property(args, 'sources') === undefined && property(args, 'tables') === undefined) return;
  }
  if (document === wrapped) checkScalar(reading, args, 'allow_inconsistent_metadata', 'args', 'Bool');
  if (isOpaque(document)) return;
  if (document.kind === 'object') readMetadataDocument(reading, document);
  else reportKind(reading, document, 'args', 'Object', { key: 'metadata' });
}

/** Arguments of commands that say something of remote schemas, or of the types of actions. */
function readOtherArguments(reading: Reading, command: string, args: SyntaxNode): void {
  if (command === 'add_remote_schema' || command === 'update_remote_schema') {
    readText(reading, args, 'name', 'args');
    checkScalar(reading, args, 'comment', 'args', 'String');
    readRemoteSchemaDefinition(reading, args, 'args');
  } else if (command === 'add_remote_schema_permissions') {
    reading.model.requestedPermissions.push({
      remoteSchema: readText(reading, args, 'remote_schema', 'args'),
      permission: readRemoteSchemaPermission(reading, args, 'args'),
    });
  } else if (command === 'set_custom_types') {
    readCustomTypes(reading, args);
  }
}

/** What stands around the arguments of a command (R64). */
function readEnvelope(
  reading: Reading,
  node: SyntaxNode,
  type: SyntaxNode,
  command: string,
  bulk: string | undefined,
): void {
  const shape = 'request';
  const version = given(node, 'version');
  if (version !== undefined && !isOpaque(version)) {
    if (version.kind !== 'number') {
      reportKind(reading, version, shape, 'Number', { key: 'version' });
    } else if (version.value !== 1 && !(version.value === 2 && hasVersion2(reading, command))) {
      const known = version.value === 2;
      const serverMessage = known ? {} : { serverMessage: `expected 1 or 2, encountered ${version.value}` };
      report(reading, { kind: 'request-version', node: version, shape, key: command, ...serverMessage });
    }
  }
  // Read only at the top of what is sent to /v1/metadata.
  if (bulk === undefined && (reading.endpoint === undefined || reading.endpoint === 'v1/metadata')) {
    checkScalar(reading, node, 'resource_version', shape, 'Number');
    const resourceVersion = given(node, 'resource_version');
    if (typeof resourceVersion?.value === 'number' && !Number.isInteger(resourceVersion.value)) {
      report(reading, { kind: 'request-version', node: resourceVersion, shape, key: 'resource_version' });
    }
  }
  if (command === 'concurrent_bulk' && !mayBeConcurrent(reading, node)) {
    report(reading, {
      kind: 'bulk-item',
      node: type,
      shape,
      key: command,
      serverMessage: 'unknown metadata command "bulk" for backend concurrent',
    });
  } else if (bulk === 'bulk_atomic' && !mayBeAtomic(command)) {
    report(reading, {
      kind: 'bulk-item',
      node: type,
      shape,
      key: bulk,
      serverMessage: 'Bulk atomic does not support this command',
    });
  }
}

/** `/v1/query` has a second version of more commands, all without a prefix. */
function hasVersion2(reading: Reading, command: string): boolean {
  if (command === 'export_metadata' || command === 'replace_metadata') return true;
  const isMetadata = reading.endpoint === 'v1/metadata' || relationshipCommand(command) !== undefined;
  return !isMetadata && !isBulk(command);
}

/** Only `/v2/query` has it, and it takes SQL alone. */
function mayBeConcurrent(reading: Reading, node: SyntaxNode): boolean {
  if (reading.endpoint === 'v1/metadata') return false;
  const commands = (property(node, 'args')?.children ?? []).map((item) => property(item, 'type')?.value);
  return commands.every(
    (command) =>
      typeof command !== 'string' || /(?:^|_)run_sql$/.test(command) || !isMetadataCommand(command),
  );
}

function isMetadataCommand(command: string): boolean {
  return relationshipCommand(command) !== undefined || isOtherCommand(command);
}

/** What `bulk_atomic` takes, of the commands that the server has (spec 6.4). */
function mayBeAtomic(command: string): boolean {
  const relationship = relationshipCommand(command);
  if (relationship !== undefined) return relationship.verb === 'delete' && relationship.owner === 'table';
  return !isOtherCommand(command) || atomic.test(command);
}

const atomic =
  /(?:^|_)(?:create_(?:object|array)_relationship|drop_relationship|(?:un)?track_(?:native_query|logical_model|stored_procedure))$/;

function reportCommand(
  reading: Reading,
  type: SyntaxNode,
  command: string,
  { prefix, owner, meant }: WrittenCommand,
): void {
  const shape = 'request';
  if (meant !== undefined) {
    report(reading, {
      kind: 'unknown-command',
      node: type,
      shape,
      key: command,
      allowed: [meant],
      serverMessage: unknownCommandText(command),
    });
  } else if (prefix === '' && reading.endpoint === 'v1/metadata') {
    report(reading, {
      kind: 'unknown-command',
      node: type,
      shape,
      key: command,
      allowed: [`pg_${command}`],
      serverMessage: unknownCommandText(command),
    });
  } else if (owner === 'table' && prefix !== '' && reading.endpoint === 'v1/query') {
    report(reading, {
      kind: 'unknown-command',
      node: type,
      shape,
      key: command,
      allowed: [command.slice(command.indexOf('_') + 1)],
    });
  }
}

function readRelationshipRequest(
  reading: Reading,
  node: SyntaxNode,
  type: SyntaxNode,
  args: SyntaxNode | undefined,
  command: WrittenCommand,
): void {
  if (args === undefined) {
    reportMissing(reading, node, 'request', 'args');
    return;
  }
  if (isOpaque(args)) return;
  if (args.kind !== 'object') {
    reportKind(reading, args, 'args', 'Object', { key: 'args' });
    return;
  }
  const owner = command.owner === 'table' ? readTableOwner(reading, args) : readTypeOwner(reading, args);
  const name = readText(reading, args, 'name', 'args');
  const { definition, mode } = readArguments(reading, args, command);
  const relationship: Relationship = {
    node: args,
    name,
    owner,
    definition,
    mode,
    request: { verb: command.verb, prefix: command.prefix, type, args },
  };
  reading.model.relationships.push(relationship);
}

function readTableOwner(reading: Reading, args: SyntaxNode): TableOwner {
  const source = readText(reading, args, 'source', 'args', true);
  return {
    kind: 'table',
    source:
      source.state === 'present'
        ? { name: source.value, node: source.node }
        : source.state === 'missing'
          ? { name: 'default', node: undefined }
          : undefined,
    table: readTableName(reading, args, 'table', 'args'),
    entry: undefined,
  };
}

function readTypeOwner(reading: Reading, args: SyntaxNode): Relationship['owner'] {
  const name = readText(reading, args, 'remote_schema', 'args');
  return {
    kind: 'remote-schema-type',
    remoteSchema: name.state === 'present' ? { name: name.value, node: name.node } : undefined,
    typeName: readTypeName(reading, args, 'args'),
  };
}

function readArguments(
  reading: Reading,
  args: SyntaxNode,
  command: WrittenCommand,
): { readonly definition: Definition | undefined; readonly mode: DefinitionMode } {
  if (command.owner === 'remote-schema') return readTypeArguments(reading, args, command.verb);
  if (command.verb === 'delete') {
    checkKeys(reading, args, 'args', tableArguments);
    return { definition: undefined, mode: 'strict' };
  }
  const definition = given(args, 'definition');
  const legacy = given(args, 'remote_schema') !== undefined;
  if (definition !== undefined && !legacy) {
    checkKeys(reading, args, 'args', [...tableArguments, 'definition'], legacyArguments);
    return { definition: readDefinition(reading, definition, 'strict'), mode: 'strict' };
  }
  if (definition === undefined && legacy) {
    checkKeys(reading, args, 'args', [...tableArguments, ...legacyArguments], ['definition']);
    return { definition: readLegacy(reading, args, 'args'), mode: 'legacy' };
  }
  checkKeys(reading, args, 'args', [...tableArguments, 'definition', ...legacyArguments, ...unifiedKeys]);
  const flat = definition === undefined && unifiedKeys.some((key) => given(args, key) !== undefined);
  report(reading, {
    ...(flat ? { kind: 'flat-definition', key: 'definition' } : { kind: 'request-form' }),
    node: args,
    shape: 'args',
    serverMessage: formText,
  });
  const candidates = [
    ...(definition?.kind === 'object' ? readCandidates(reading, definition) : []),
    ...readCandidates(reading, args),
  ];
  return { definition: { kind: 'unreadable', node: args, candidates }, mode: 'strict' };
}

function readTypeArguments(
  reading: Reading,
  args: SyntaxNode,
  verb: RelationshipVerb,
): { readonly definition: Definition | undefined; readonly mode: DefinitionMode } {
  const allowed: string[] = [...typeArguments];
  if (typeWritten(args)) allowed.push('type');
  if (verb === 'delete') {
    checkKeys(reading, args, 'args', allowed);
    return { definition: undefined, mode: 'strict' };
  }
  const node = property(args, 'definition');
  if (node !== undefined) {
    checkKeys(reading, args, 'args', [...allowed, 'definition']);
    return { definition: readDefinition(reading, node, 'strict'), mode: 'strict' };
  }
  // `remote_schema` here names the owner, so only the other keys can be those of a definition.
  const flat = anyDefinitionKeys.filter((key) => key !== 'remote_schema' && given(args, key) !== undefined);
  checkKeys(reading, args, 'args', [...allowed, 'definition', ...flat]);
  report(reading, {
    kind: flat.length > 0 ? 'flat-definition' : 'key-not-found',
    node: args,
    shape: 'args',
    key: 'definition',
    serverMessage: 'key "definition" not found',
  });
  const candidates = readCandidates(reading, args).filter(
    (one) => one.kind === 'to-source' || one.form === 'unified',
  );
  return { definition: { kind: 'unreadable', node: args, candidates }, mode: 'strict' };
}
