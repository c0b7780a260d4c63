import { boundedName } from '../../../common/src/boundedText.ts';
import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { isPostgresLike } from '../../../common/src/metadataApi/document/sourceKinds.ts';
import { type EntryNames, namesInEntry } from '../metadata/namesInEntry.ts';
import { isOpaque, keyText } from '../metadata/nodes.ts';
import type { SourceEntry, TableEntry } from '../metadata/relationship.ts';
import type { NamedType, RemoteSchema } from '../schema/remoteSchema.ts';
import { sqlTypeOfScalar } from '../schema/sqlTypes.ts';
import { namedTypeOf } from '../schema/typeReference.ts';
import { property } from '../syntax/nodes.ts';
import type { Column, HasuraSchemaUse } from './catalogue.ts';
import type { TableFacts } from './tableFacts.ts';
import { graphqlTableName, snapshotTableKey, tableText } from './tableNames.ts';

/**
 * Columns by table, as a schema of Hasura itself has them; or why it says nothing. Such a schema is of one role and of one day: what it has
 * is there, what it lacks is not known.
 */
export type HasuraSchemaTables =
  | (HasuraSchemaUse & {
      readonly isUsed: true;
      readonly columns: ReadonlyMap<TableFacts, readonly Column[]>;
    })
  | (HasuraSchemaUse & { readonly isUsed: false });

/** What names the tables of a source have in GraphQL, and which of them there are. */
export interface HasuraSchemaSource {
  readonly kind: string | undefined;
  readonly namingConvention: string | undefined;
  /** `undefined` where the source has no entry of its own. */
  readonly entry: SourceEntry | undefined;
  /** All tables that the metadata tracks are known. */
  readonly isComplete: boolean;
  /** By their keys. */
  readonly tables: ReadonlyMap<string, TableFacts>;
  /** Whether tables of other sources have types of this name, too. */
  readonly isShared: (typeName: string) => boolean;
}

/** Reads the tables of a source from a schema of Hasura, if that has all that the metadata says of them. */
export function tablesOfHasuraSchema(schema: RemoteSchema, source: HasuraSchemaSource): HasuraSchemaTables {
  const { kind, tables, isShared } = source;
  const unused = (reason: string): HasuraSchemaTables => ({ isUsed: false, reason });
  if (!source.isComplete) return unused('not all metadata of the source is known');
  if (kind === undefined || !(isPostgresLike(kind) || namedKinds.has(kind))) {
    return unused('for this kind of source it is not known how tables are called in GraphQL');
  }
  if (source.namingConvention !== undefined && source.namingConvention !== 'hasura-default') {
    return unused('names of columns do not follow from those that a naming convention gives them');
  }
  const affixes = typeAffixes(source.entry);
  if (affixes === undefined) return unused('the customization of the source is not known');
  const tracked = [...tables.values()].filter(({ entries }) => entries.length > 0);
  if (tracked.length === 0) return unused('no table of the source is tracked');

  const columns = new Map<TableFacts, readonly Column[]>();
  const typeNames = new Set<string>();
  for (const table of tracked) {
    const text = boundedName(tableText(kind, table.name));
    const entry = table.entries.at(-1)?.entry;
    const name = entry && nameInGraphql(kind, table, entry);
    if (entry === undefined || name === undefined) {
      return unused(`what table "${text}" is called in GraphQL is not known`);
    }
    const typeName = `${affixes.prefix}${name}${affixes.suffix}`;
    if (typeNames.has(typeName) || isShared(typeName)) {
      return unused(`several tables would be type "${boundedName(typeName)}"`);
    }
    typeNames.add(typeName);
    const type = schema.type(typeName);
    const selected = schema.type(`${affixes.prefix}${name}_select_column${affixes.suffix}`);
    if (type?.kind !== 'object' || selected?.kind !== 'enum') {
      return unused(`it has no table "${text}" (type "${boundedName(typeName)}")`);
    }
    const found = columnsOf(type, selected, entry, kind, schema);
    if (found === undefined) return unused(`it has table "${text}" otherwise than the metadata`);
    columns.set(table, found);
  }
  const missing = missingName(kind, tables, columns);
  if (missing !== undefined) return unused(`it has no ${missing}`);
  // What requests make of a table is not what the metadata files say of it.
  for (const table of tracked) {
    if (table.isReconfigured || table.requests.length > 0) columns.delete(table);
  }
  const others = [...columns.keys()].filter(
    ({ snapshot, replayed }) => snapshot?.columns === undefined && replayed === undefined,
  );
  return { isUsed: true, columns, tables: others.length };
}

/** The types of the tables of a source, by the rule that most follow. */
export function typeNamesOf(
  source: SourceEntry | undefined,
  tables: readonly TableEntry[],
): ReadonlySet<string> {
  const { prefix, suffix } = typeAffixes(source) ?? { prefix: '', suffix: '' };
  return new Set(
    tables.flatMap((entry) => {
      const name =
        entry.table.state === 'present'
          ? nameInGraphql(source?.kind, { name: entry.table.value }, entry)
          : undefined;
      return name === undefined ? [] : `${prefix}${name}${suffix}`;
    }),
  );
}

/** The name of a table's type, before the customization of its source; `undefined` where it can't be told. */
function nameInGraphql(
  kind: string | undefined,
  { name }: Pick<TableFacts, 'name'>,
  { configuration }: TableEntry,
): string | undefined {
  if (!configuration.readable) return undefined;
  const given = configuration.customName?.value ?? graphqlTableName(kind, name);
  return isGraphqlName(given) ? given : undefined;
}

/** What the customization of a source puts around the names of types; `undefined` where that can't be read. */
function typeAffixes(
  source: SourceEntry | undefined,
): { readonly prefix: string; readonly suffix: string } | undefined {
  const none = { prefix: '', suffix: '' };
  const customization = source && property(source.node, 'customization');
  if (customization === undefined || customization.kind === 'null') return none;
  if (customization.kind !== 'object' || isOpaque(customization)) return undefined;
  const names = property(customization, 'type_names');
  if (names === undefined || names.kind === 'null') return none;
  if (names.kind !== 'object' || isOpaque(names)) return undefined;
  const affixes = { ...none };
  for (const child of names.children) {
    const key = keyText(child);
    if (child.kind === 'null') continue;
    if ((key !== 'prefix' && key !== 'suffix') || typeof child.value !== 'string' || isOpaque(child)) {
      return undefined;
    }
    affixes[key] = child.value;
  }
  return affixes;
}

/** Beside the Postgres family. */
const namedKinds: ReadonlySet<string> = new Set(['mssql', 'bigquery']);

/** Under the names that they have in the database; `undefined` where the metadata contradicts. */
function columnsOf(
  type: NamedType,
  selected: NamedType,
  entry: TableEntry,
  kind: string,
  schema: RemoteSchema,
): readonly Column[] | undefined {
  const ownNames = new Map([...entry.customNames].map(([column, { value }]) => [value, column]));
  if (ownNames.size < entry.customNames.size) return undefined;
  const others = new Set(
    [...entry.computedFields, ...entry.localRelationships].map((each) => each.name.value),
  );
  const columns: Column[] = [];
  for (const graphqlName of selected.enumValues) {
    const field = type.field(graphqlName);
    const name = ownNames.get(graphqlName) ?? graphqlName;
    const custom = entry.customNames.get(name)?.value;
    // The schema is of a time when the column had another name.
    if (field === undefined || (custom ?? name) !== graphqlName || others.has(graphqlName)) return undefined;
    const typeName = namedTypeOf(field.type);
    const fieldKind = schema.type(typeName)?.kind;
    if (fieldKind !== undefined && fieldKind !== 'scalar' && fieldKind !== 'enum') return undefined;
    columns.push({
      name,
      type: isPostgresLike(kind) && fieldKind !== 'enum' ? sqlTypeOfScalar(field.type) : undefined,
      // A role may get null where the column itself has none.
      nullable: field.type.nonNull ? false : undefined,
      scalar: true,
      enumReference: fieldKind === 'enum' ? true : undefined,
      customName: custom,
      description: field.description,
      location: field.location,
    });
  }
  return columns;
}

/** What the metadata names, and the schema lacks, in words. Remote relationships don't count: they are what is being written. */
function missingName(
  kind: string,
  tables: ReadonlyMap<string, TableFacts>,
  columns: ReadonlyMap<TableFacts, readonly Column[]>,
): string | undefined {
  const known = new Map([...columns].map(([table, list]) => [table, new Set(list.map(({ name }) => name))]));
  const lacks = (table: TableFacts, name: string): string | undefined => {
    const entry = table.entries.at(-1)?.entry;
    // A column whose name is none in GraphQL is in no schema.
    const isThere =
      known.get(table)?.has(name) !== false ||
      !isGraphqlName(entry?.customNames.get(name)?.value ?? name) ||
      entry?.computedFields.some((field) => field.name.value === name) === true ||
      entry?.localRelationships.some((relationship) => relationship.name.value === name) === true ||
      entry?.relationships.some((one) => one.name.state === 'present' && one.name.value === name) === true;
    return isThere
      ? undefined
      : `column "${boundedName(name)}" of table "${boundedName(tableText(kind, table.name))}"`;
  };
  for (const table of columns.keys()) {
    const entry = table.entries.at(-1)?.entry;
    if (entry === undefined) continue;
    const named = keptNames(entry);
    for (const { value } of [...entry.configuration.columns, ...named.columns]) {
      const missing = lacks(table, value);
      if (missing !== undefined) return missing;
    }
    for (const { table: other, columns: ofOther } of named.tables) {
      const target = tables.get(snapshotTableKey(kind, other.value));
      for (const { value } of target === undefined ? [] : ofOther) {
        const missing = target && lacks(target, value);
        if (missing !== undefined) return missing;
      }
    }
  }
  return undefined;
}

const names = new WeakMap<TableEntry, EntryNames>();

/** An entry is read once, a catalogue is made after each change. */
function keptNames(entry: TableEntry): EntryNames {
  const known = names.get(entry) ?? namesInEntry(entry);
  names.set(entry, known);
  return known;
}
