import { isOpaque } from '../metadata/nodes.ts';
import type { Property, Relationship, RemoteSchemaEntry, TableEntry } from '../metadata/relationship.ts';
import type { TableName } from '../schema/tableName.ts';
import { type Location, nodeLocation } from '../syntax/location.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { absent, type Knowledge, knownValue, present, unknown } from './catalogue.ts';
import { tableKey } from './tableNames.ts';

/** Which remote relationships the metadata files have. Of several entries of one thing the last counts. */

interface Entry<T> {
  readonly uri: string;
  readonly entry: T;
}

export function relationshipOfTable(
  kind: string | undefined,
  entries: readonly Entry<TableEntry>[],
  table: Property<TableName>,
  name: string,
): Knowledge<Location> {
  const key = table.state === 'present' ? tableKey(kind, table.value) : undefined;
  if (key === undefined) return unknown;
  const found = entries.findLast(({ entry }) => {
    const own = knownValue(entry.table);
    return own !== undefined && tableKey(kind, own) === key;
  });
  return found === undefined
    ? unknown
    : named(found.uri, found.entry.relationships, found.entry.node, 'remote_relationships', name);
}

export function relationshipOfType(
  remoteSchema: Entry<RemoteSchemaEntry> | undefined,
  typeName: Property<string>,
  name: string,
): Knowledge<Location> {
  if (remoteSchema === undefined || typeName.state !== 'present') return unknown;
  const { uri, entry } = remoteSchema;
  if (!isWhole(property(entry.node, 'remote_relationships'))) return unknown;
  if (entry.types.some((type) => type.typeName.state !== 'present')) return unknown;
  const type = entry.types.findLast((each) => knownValue(each.typeName) === typeName.value);
  return type === undefined ? absent : named(uri, type.relationships, type.node, 'relationships', name);
}

function named(
  uri: string,
  relationships: readonly Relationship[],
  owner: SyntaxNode,
  key: string,
  name: string,
): Knowledge<Location> {
  const found = relationships.findLast((each) => knownValue(each.name) === name);
  if (found !== undefined) return present(nodeLocation(uri, found.node));
  const readable = relationships.every((each) => each.name.state === 'present');
  return readable && isWhole(property(owner, key)) ? absent : unknown;
}

/** Whether a list can be read where it stands: nothing of it is included. */
function isWhole(list: SyntaxNode | undefined): boolean {
  return list === undefined || (!isOpaque(list) && !list.children.some(isOpaque));
}
