import { At } from '../at.ts';
import { isObject, type JsonObject, withoutDefaults } from '../json.ts';
import { type Kind, readTableName, type TableName } from '../kinds.ts';
import type { Release } from '../release.ts';
import { readRelationship, relationshipJson } from './definition.ts';
import type { ComputedField, LocalRelationship, TableEntry } from './metadata.ts';

const keys = [
  'table',
  'is_enum',
  'configuration',
  'object_relationships',
  'array_relationships',
  'insert_permissions',
  'select_permissions',
  'update_permissions',
  'delete_permissions',
  'event_triggers',
  'computed_fields',
  'remote_relationships',
] as const;

const own = new Set<string>([
  'table',
  'is_enum',
  'configuration',
  'object_relationships',
  'array_relationships',
  'computed_fields',
  'remote_relationships',
]);

/** A table entry of a metadata document: unknown keys (R4) and doubled names (R3) are refused. */
export function readTableEntry(at: At, kind: Kind, release: Release): TableEntry {
  refuseUnknownKeys(at, release);
  const listOf = <T>(key: string, read: (item: At) => T): readonly T[] =>
    at.optional(key)?.list().map(read) ?? [];
  const table = readTableName(at.required('table'), kind);
  const entry: TableEntry = {
    table,
    isEnum: at.optional('is_enum')?.boolean() ?? false,
    configuration: at.optional('configuration')?.object() ?? {},
    objectRelationships: listOf('object_relationships', readLocalRelationship),
    arrayRelationships: listOf('array_relationships', readLocalRelationship),
    computedFields: listOf('computed_fields', readComputedField),
    remoteRelationships: listOf('remote_relationships', (item) => readRelationship(item, release)),
    others: Object.fromEntries(Object.entries(at.object()).filter(([key]) => !own.has(key))),
  };
  refuseDoubles(at, 'object relationships', entry.objectRelationships, release);
  refuseDoubles(at, 'array relationships', entry.arrayRelationships, release);
  refuseDoubles(at, 'computed fields', entry.computedFields, release);
  refuseDoubles(at, 'remote relationships', entry.remoteRelationships, release);
  return entry;
}

function refuseUnknownKeys(at: At, release: Release): void {
  const known = new Set<string>(keys);
  if (release.since(2, 10, 0)) known.add('apollo_federation_config');
  if (release.since(2, 29, 0)) known.add('logical_model');
  const unknown = Object.keys(at.object()).filter((key) => !known.has(key));
  if (unknown.length === 0) return;
  const blank = release.before(2, 2, 0) ? ' ' : '';
  at.fail(`unexpected keys when parsing TableMetadata${blank}: ${JSON.stringify(unknown)}`);
}

/** R3: every doubled name, once. */
export function refuseDoubles(
  at: At,
  what: string,
  items: readonly { readonly name: string }[],
  release: Release,
): void {
  const names = items.map(({ name }) => name);
  const doubles = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  if (doubles.length === 0) return;
  at.fail(
    release.before(2, 2, 0)
      ? `multiple declarations exist for the following ${what} : ${JSON.stringify(doubles)}`
      : `multiple declarations exist for the following ${what}: ${doubles.join(', ')}`,
  );
}

export function readLocalRelationship(at: At): LocalRelationship {
  return {
    name: at.required('name').nonEmptyString(),
    using: at.required('using').object(),
    comment: at.optional('comment')?.string() ?? null,
  };
}

export function readComputedField(at: At): ComputedField {
  const definition = at.required('definition');
  definition.required('function');
  return {
    name: at.required('name').nonEmptyString(),
    definition: definition.object(),
    comment: at.optional('comment')?.string() ?? null,
  };
}

/** A tracked table with nothing on it. */
export function bareTable(table: TableName, configuration: JsonObject = {}): TableEntry {
  return {
    table,
    isEnum: false,
    configuration,
    objectRelationships: [],
    arrayRelationships: [],
    computedFields: [],
    remoteRelationships: [],
    others: {},
  };
}

/** The exported entry: relationships sorted by name, defaults and empty lists left out. */
export function tableEntryJson(entry: TableEntry): JsonObject {
  const sorted = <T extends { readonly name: string }>(list: readonly T[]) =>
    list.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const local = (list: readonly LocalRelationship[]) =>
    sorted(list).map(({ name, using, comment }) => withoutDefaults({ name, using, comment }));
  return withoutDefaults(
    {
      table: entry.table.json,
      is_enum: entry.isEnum,
      configuration: configurationJson(entry.configuration),
      object_relationships: local(entry.objectRelationships),
      array_relationships: local(entry.arrayRelationships),
      computed_fields: sorted(entry.computedFields).map(({ name, definition, comment }) =>
        withoutDefaults({ name, definition, comment }),
      ),
      remote_relationships: sorted(entry.remoteRelationships).map(relationshipJson),
      ...entry.others,
    },
    { is_enum: false, configuration: {} },
  );
}

/** Two of its keys are written whenever one is (spec 6.5). */
function configurationJson(configuration: JsonObject): JsonObject {
  const defaults = { custom_root_fields: {}, custom_column_names: {}, column_config: {} };
  const given = withoutDefaults(configuration, defaults);
  if (Object.keys(given).length === 0) return {};
  const { column_config: columns, custom_column_names: written, custom_root_fields: roots } = given;
  const names = Object.entries(isObject(columns) ? columns : {}).flatMap(([column, config]) =>
    isObject(config) && typeof config['custom_name'] === 'string' ? [[column, config['custom_name']]] : [],
  );
  return {
    ...given,
    custom_column_names: { ...(isObject(written) ? written : {}), ...Object.fromEntries(names) },
    custom_root_fields: roots ?? {},
  };
}

/** Reads the args of `track_table` as a bare entry. */
export function readTrackedTable(table: TableName, configuration: At | undefined): TableEntry {
  return bareTable(table, (configuration ?? new At({})).object());
}
