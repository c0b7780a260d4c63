import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { given, isGiven, isOpaque, serverKind } from './nodes.ts';
import { readCustomTypes } from './readActionTypes.ts';
import { type Reading, report, reportKind } from './reading.ts';
import { readInheritedRoles } from './readPermissions.ts';
import { readRemoteSchemas } from './readRemoteSchema.ts';
import { readSources } from './readSource.ts';
import { readTables } from './readTable.ts';

/** Reads a metadata document of any version (spec 1.1). */
export function readMetadataDocument(reading: Reading, node: SyntaxNode): void {
  const version = readVersion(reading, node);
  const sources = given(node, 'sources');
  const tables = given(node, 'tables');
  const remoteSchemas = given(node, 'remote_schemas');
  if (version !== undefined) checkParts(reading, node, version);
  if (sources !== undefined) readSources(reading, sources);
  if (tables !== undefined && version !== 3) {
    readTables(reading, tables, { name: 'default', node: undefined }, reading.model.tables);
  }
  if (remoteSchemas !== undefined) readRemoteSchemas(reading, remoteSchemas);
  readCustomTypes(reading, property(node, 'custom_types'));
  readInheritedRoles(reading, property(node, 'inherited_roles'));
}

/** 1 when nothing is written; `undefined` for what is no version. */
function readVersion(reading: Reading, node: SyntaxNode): 1 | 2 | 3 | undefined {
  const written = property(node, 'version');
  if (!isGiven(written)) return 1;
  if (isOpaque(written)) return undefined;
  if (written.value === 1 || written.value === 2 || written.value === 3) return written.value;
  report(reading, {
    kind: 'metadata-version',
    node: written,
    shape: 'metadata',
    key: 'version',
    serverMessage:
      typeof written.value === 'number'
        ? `expected 1, 2 or 3, encountered ${written.value}`
        : `expected Number, but encountered ${serverKind(written)}`,
  });
  return undefined;
}

/** R44: version 3 needs `sources`, 1 and 2 need `tables`. */
function checkParts(reading: Reading, node: SyntaxNode, version: 1 | 2 | 3): void {
  // Remote schemas alone are a part of metadata, in a file of its own.
  const isPart = ['version', 'sources', 'tables'].every((key) => property(node, key) === undefined);
  if (isPart) return;
  const needed = version === 3 ? 'sources' : 'tables';
  const part = property(node, needed);
  if (part?.kind === 'null') reportKind(reading, part, 'metadata', 'Array', { key: needed });
  if (part !== undefined) return;
  report(reading, {
    kind: 'metadata-version',
    node: property(node, 'version') ?? node,
    shape: 'metadata',
    key: needed,
    serverMessage: `key "${needed}" not found`,
  });
}
