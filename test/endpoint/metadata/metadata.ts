import type { Json, JsonObject } from '../json.ts';
import type { Kind, TableName } from '../kinds.ts';
import type { RemoteRelationship } from './definition.ts';

/** The metadata as the server keeps it: never changed in place. */
export interface Metadata {
  readonly sources: readonly SourceEntry[];
  readonly remoteSchemas: readonly RemoteSchemaEntry[];
  /** Actions, cron triggers, …: kept and exported as given. */
  readonly others: JsonObject;
}

export interface SourceEntry {
  readonly name: string;
  readonly kind: Kind;
  readonly tables: readonly TableEntry[];
  readonly configuration: Json;
  readonly others: JsonObject;
}

export interface TableEntry {
  readonly table: TableName;
  readonly isEnum: boolean;
  readonly configuration: JsonObject;
  readonly objectRelationships: readonly LocalRelationship[];
  readonly arrayRelationships: readonly LocalRelationship[];
  readonly computedFields: readonly ComputedField[];
  readonly remoteRelationships: readonly RemoteRelationship[];
  /** Permissions, event triggers, …: kept and exported as given. */
  readonly others: JsonObject;
}

/** An object or array relationship. */
export interface LocalRelationship {
  readonly name: string;
  readonly using: JsonObject;
  readonly comment: Json;
}

export interface ComputedField {
  readonly name: string;
  readonly definition: JsonObject;
  readonly comment: Json;
}

export interface RemoteSchemaEntry {
  readonly name: string;
  readonly definition: JsonObject;
  readonly comment: Json;
  readonly permissions: Json;
  readonly types: readonly TypeEntry[];
}

/** The relationships of one object type of a remote schema. */
export interface TypeEntry {
  readonly typeName: string;
  readonly relationships: readonly RemoteRelationship[];
}

export const emptyMetadata: Metadata = { sources: [], remoteSchemas: [], others: {} };

/** The list with the item of that name replaced, or with it at the end. */
export function put<T extends { readonly name: string }>(list: readonly T[], item: T): readonly T[] {
  const at = list.findIndex(({ name }) => name === item.name);
  return at < 0 ? [...list, item] : list.with(at, item);
}

export function without<T extends { readonly name: string }>(list: readonly T[], name: string): readonly T[] {
  return list.filter((item) => item.name !== name);
}

export function changeSource(
  metadata: Metadata,
  name: string,
  change: (source: SourceEntry) => SourceEntry,
): Metadata {
  const sources = metadata.sources.map((source) => (source.name === name ? change(source) : source));
  return { ...metadata, sources };
}

export function changeTable(
  metadata: Metadata,
  source: string,
  key: string,
  change: (table: TableEntry) => TableEntry,
): Metadata {
  return changeSource(metadata, source, (entry) => ({
    ...entry,
    tables: entry.tables.map((table) => (table.table.key === key ? change(table) : table)),
  }));
}

export function changeRemoteSchema(
  metadata: Metadata,
  name: string,
  change: (entry: RemoteSchemaEntry) => RemoteSchemaEntry,
): Metadata {
  const remoteSchemas = metadata.remoteSchemas.map((entry) => (entry.name === name ? change(entry) : entry));
  return { ...metadata, remoteSchemas };
}

/** Changes the relationships of a type, adding its entry when there is none. */
export function changeType(
  entry: RemoteSchemaEntry,
  typeName: string,
  change: (relationships: readonly RemoteRelationship[]) => readonly RemoteRelationship[],
): RemoteSchemaEntry {
  const existing = entry.types.some((type) => type.typeName === typeName);
  const types = existing ? entry.types : [...entry.types, { typeName, relationships: [] }];
  return {
    ...entry,
    types: types.map((type) =>
      type.typeName === typeName ? { ...type, relationships: change(type.relationships) } : type,
    ),
  };
}

/** Takes a relationship off a type; the type's entry stays, emptied (spec 6.3). */
export function dropFromType(
  metadata: Metadata,
  remoteSchema: string,
  typeName: string,
  name: string,
): Metadata {
  return changeRemoteSchema(metadata, remoteSchema, (entry) =>
    entry.types.some((type) => type.typeName === typeName)
      ? changeType(entry, typeName, (relationships) => without(relationships, name))
      : entry,
  );
}
