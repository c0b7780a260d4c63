import { isWholeList } from '../metadata/nodes.ts';
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

/** The relationships of a table or type. */
export interface RelationshipList {
  readonly uri: string;
  readonly relationships: readonly Relationship[];
  /** False where some of them can't be read where they stand. */
  readonly isWhole: boolean;
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
  const { relationships, relationshipsWhole } = found.entry;
  return { uri: found.uri, relationships, isWhole: relationshipsWhole };
}

/** `undefined`: not known. */
export function relationshipsOfType(
  remoteSchema: Entry<RemoteSchemaEntry> | undefined,
  typeName: Property<string>,
): RelationshipList | undefined {
  if (remoteSchema === undefined || typeName.state !== 'present') return undefined;
  const { uri, entry } = remoteSchema;
  if (!isWholeBelow(entry.node, 'remote_relationships')) return undefined;
  if (entry.types.some((type) => type.typeName.state !== 'present')) return undefined;
  const type = entry.types.findLast((each) => knownValue(each.typeName) === typeName.value);
  if (type === undefined) return { uri, relationships: [], isWhole: true };
  return { uri, relationships: type.relationships, isWhole: isWholeBelow(type.node, 'relationships') };
}

/** The relationship of a name; `absent` only where all of the list can be read. */
export function relationshipNamed(
  { uri, relationships, isWhole }: RelationshipList,
  name: string,
): Knowledge<Location> {
  const found = relationships.findLast((each) => knownValue(each.name) === name);
  if (found !== undefined) return present(nodeLocation(uri, found.node));
  const readable = relationships.every((each) => each.name.state === 'present');
  return readable && isWhole ? absent : unknown;
}

function isWholeBelow(owner: SyntaxNode, key: string): boolean {
  const list = property(owner, key);
  return list === undefined || isWholeList(list);
}
