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

/** The relationships of a table or type, and where they are listed. */
export interface RelationshipList {
  readonly uri: string;
  readonly relationships: readonly Relationship[];
  readonly owner: SyntaxNode;
  /** Of the owner, under which they stand. */
  readonly key: string;
}

/** `undefined`: not known. */
export function relationshipsOfTable(
  kind: string | undefined,
  entries: readonly Entry<TableEntry>[],
  table: Property<TableName>,
): RelationshipList | undefined {
  const key = table.state === 'present' ? tableKey(kind, table.value) : undefined;
  if (key === undefined) return undefined;
  const found = entries.findLast(({ entry }) => {
    const own = knownValue(entry.table);
    return own !== undefined && tableKey(kind, own) === key;
  });
  if (found === undefined) return undefined;
  const { relationships, node: owner } = found.entry;
  return { uri: found.uri, relationships, owner, key: 'remote_relationships' };
}

/** `undefined`: not known. */
export function relationshipsOfType(
  remoteSchema: Entry<RemoteSchemaEntry> | undefined,
  typeName: Property<string>,
): RelationshipList | undefined {
  if (remoteSchema === undefined || typeName.state !== 'present') return undefined;
  const { uri, entry } = remoteSchema;
  const types = 'remote_relationships';
  if (!isWhole(property(entry.node, types))) return undefined;
  if (entry.types.some((type) => type.typeName.state !== 'present')) return undefined;
  const type = entry.types.findLast((each) => knownValue(each.typeName) === typeName.value);
  if (type === undefined) return { uri, relationships: [], owner: entry.node, key: types };
  return { uri, relationships: type.relationships, owner: type.node, key: 'relationships' };
}

/** The relationship of a name; `absent` only where all of the list can be read. */
export function relationshipNamed(
  { uri, relationships, owner, key }: RelationshipList,
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
