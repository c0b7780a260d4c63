import { compareTexts, isJsonArray, isJsonObject, type Json, member, textMember } from '../document/json.ts';
import { canonicalTableName, tableKey } from '../document/tableName.ts';
import { parseJson } from '../http/httpAnswer.ts';

/** The table snapshot of `docs/configuration.md`, as far as a server can tell it. */
export interface SnapshotTable {
  readonly schema?: string;
  readonly dataset?: string;
  /** A list for a data connector. */
  readonly name: string | readonly string[];
  /** Left out when they are not known. */
  readonly columns?: readonly SnapshotColumn[];
  readonly computedFields?: readonly SnapshotComputedField[];
  readonly foreignKeys?: readonly SnapshotForeignKey[];
}

export interface SnapshotColumn {
  readonly name: string;
  /** An object or a list for a nested column of a data connector. */
  readonly type?: Json;
  readonly nullable?: boolean;
}

export interface SnapshotComputedField {
  readonly name: string;
  readonly type: string;
  readonly scalar: boolean;
  /** Names of the arguments besides the table row and the session. */
  readonly arguments: readonly string[];
}

export interface SnapshotForeignKey {
  readonly columns: readonly string[];
  readonly table: Json;
}

interface GatheredTable {
  readonly name: SnapshotTable;
  columns: Map<string, SnapshotColumn> | undefined;
  readonly computedFields: SnapshotComputedField[];
  readonly foreignKeys: SnapshotForeignKey[];
}

/** Gathers what several answers say about the tables of one source, in whatever order it comes. */
export class SnapshotBuilder {
  readonly #kind: string;
  readonly #tables = new Map<string, GatheredTable>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  /** A table that exists. Names that the backend would not take are left out. */
  addTable(name: Json): void {
    this.#entry(name);
  }

  addColumn(table: Json, column: SnapshotColumn): void {
    const entry = this.#entry(table);
    if (entry === undefined) return;
    entry.columns ??= new Map();
    entry.columns.set(column.name, column);
  }

  addForeignKey(table: Json, key: SnapshotForeignKey): void {
    this.#entry(table)?.foreignKeys.push(key);
  }

  addComputedField(table: Json, field: SnapshotComputedField): void {
    this.#entry(table)?.computedFields.push(field);
  }

  /** Sorted by name, so that two snapshots of the same tables are the same text. */
  tables(): readonly SnapshotTable[] {
    return [...this.#tables.values()]
      .sort((a, b) => compareTexts(sortKey(a.name), sortKey(b.name)))
      .map(({ name, columns, computedFields, foreignKeys }) => ({
        ...name,
        ...(columns && { columns: [...columns.values()].sort(byName) }),
        ...(computedFields.length > 0 && { computedFields: computedFields.toSorted(byName) }),
        ...(foreignKeys.length > 0 && { foreignKeys: foreignKeys.toSorted(byText) }),
      }));
  }

  #entry(name: Json): GatheredTable | undefined {
    const canonical = canonicalTableName(this.#kind, name);
    if (canonical === undefined) return undefined;
    const key = tableKey(this.#kind, canonical);
    const entry = this.#tables.get(key) ?? {
      name: named(canonical),
      columns: undefined,
      computedFields: [],
      foreignKeys: [],
    };
    this.#tables.set(key, entry);
    return entry;
  }
}

function named(canonical: Json): SnapshotTable {
  if (isJsonArray(canonical)) return { name: canonical.map(String) };
  const name = textMember(canonical, 'name') ?? '';
  const dataset = textMember(canonical, 'dataset');
  return dataset === undefined ? { schema: textMember(canonical, 'schema') ?? '', name } : { dataset, name };
}

function sortKey({ schema, dataset, name }: SnapshotTable): string {
  return [schema ?? dataset ?? [], name].flat().join('\0');
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareTexts(a.name, b.name);
}

function byText(a: object, b: object): number {
  return compareTexts(JSON.stringify(a), JSON.stringify(b));
}

// ---- reading answers -------------------------------------------------------------------------------------------

/**
 * Rows of a `run_sql` answer without the header; `undefined` when it is none. No rows is an answer, too: MSSQL then
 * gives no result at all, BigQuery one empty row.
 */
export function readRows(answer: Json): readonly (readonly Json[])[] | undefined {
  const type = textMember(answer, 'result_type');
  const result = member(answer, 'result');
  if (type === 'CommandOk') return [];
  if (type !== 'TuplesOk' || !isJsonArray(result)) return undefined;
  return result.slice(1).filter(isJsonArray);
}

/** Rows of schema, table, column, type, nullable. */
export function addColumnRows(builder: SnapshotBuilder, rows: readonly (readonly Json[])[]): void {
  for (const [schema, table, column, type, nullable] of rows) {
    if (typeof schema !== 'string' || typeof table !== 'string' || typeof column !== 'string') continue;
    builder.addColumn({ schema, name: table }, { name: column, ...typed(type), ...nullability(nullable) });
  }
}

/** Rows of schema, table, constraint, own column, schema and table pointed to. */
export function addForeignKeyRows(builder: SnapshotBuilder, rows: readonly (readonly Json[])[]): void {
  interface Key {
    readonly table: Json;
    readonly columns: string[];
    readonly target: Json;
  }
  const keys = new Map<string, Key>();
  for (const [schema, table, constraint, column, targetSchema, target] of rows.map((row) =>
    row.map(String),
  )) {
    if (schema === undefined || table === undefined || column === undefined || target === undefined) continue;
    const id = JSON.stringify([schema, table, constraint]);
    const key: Key = keys.get(id) ?? {
      table: { schema, name: table },
      columns: [],
      target: { schema: targetSchema ?? '', name: target },
    };
    key.columns.push(column);
    keys.set(id, key);
  }
  for (const { table, columns, target } of keys.values()) {
    builder.addForeignKey(table, { columns, table: target });
  }
}

/** One answer of `get_table_info`; `null` stands for a table that does not exist. */
export function addTableInfo(builder: SnapshotBuilder, info: Json): boolean {
  const table = member(info, 'name');
  const columns = member(info, 'columns');
  if (table === undefined || !isJsonArray(columns)) return false;
  builder.addTable(table);
  for (const column of columns) {
    const name = textMember(column, 'name');
    if (name === undefined) continue;
    builder.addColumn(table, {
      name,
      ...typed(member(column, 'type')),
      ...nullability(member(column, 'nullable')),
    });
  }
  const foreignKeys = member(info, 'foreign_keys');
  for (const key of isJsonObject(foreignKeys) ? Object.values(foreignKeys) : []) {
    const target = member(key, 'foreign_table');
    const mapping = member(key, 'column_mapping');
    if (target === undefined || !isJsonObject(mapping)) continue;
    builder.addForeignKey(table, { columns: Object.keys(mapping).sort(compareTexts), table: target });
  }
  return true;
}

/** Names of `get_source_tables`; false when the answer is no list. */
export function addTableNames(builder: SnapshotBuilder, names: Json): boolean {
  if (!isJsonArray(names)) return false;
  for (const name of names) builder.addTable(name);
  return true;
}

/** An answer of `bigquery_database_inspection`: a row for each table, its columns as a text in JSON. */
export function addBigQueryInspection(builder: SnapshotBuilder, answer: Json): boolean {
  const result = member(answer, 'result');
  if (!isJsonArray(result)) return false;
  const [header, ...rows] = result.filter(isJsonArray);
  const at = (name: string): number =>
    header?.findIndex((title) => String(title).toLowerCase() === name) ?? -1;
  const [schemaAt, tableAt, columnsAt] = [at('table_schema'), at('table_name'), at('columns')];
  if (rows.length > 0 && (schemaAt < 0 || tableAt < 0 || columnsAt < 0)) return false;
  for (const row of rows) {
    const table = { dataset: row[schemaAt] ?? null, name: row[tableAt] ?? null };
    builder.addTable(table);
    for (const column of columnRecords(row[columnsAt])) {
      const name = textMember(column, 'column_name');
      if (name === undefined) continue;
      builder.addColumn(table, {
        name,
        ...typed(member(column, 'data_type')),
        ...nullability(member(column, 'is_nullable')),
      });
    }
  }
  return true;
}

function columnRecords(value: Json | undefined): readonly Json[] {
  if (isJsonArray(value)) return value;
  if (typeof value !== 'string') return [];
  const records = parseJson(value);
  return isJsonArray(records) ? records : [];
}

function typed(type: Json | undefined): { readonly type?: Json } {
  const known = type ?? '';
  return known === '' ? {} : { type: known };
}

function nullability(value: Json | undefined): { readonly nullable?: boolean } {
  if (typeof value === 'boolean') return { nullable: value };
  if (typeof value !== 'string' || !/^(?:t|true|yes|f|false|no)$/i.test(value)) return {};
  return { nullable: /^[ty]/i.test(value) };
}

// ---- as a file -------------------------------------------------------------------------------------------------

export interface SnapshotHead {
  /** Where it was taken: the URL of the endpoint. */
  readonly origin?: string;
  /** ISO 8601. Leave it out where the file is kept under version control and only real changes should show. */
  readonly takenAt?: string;
}

/** The text of a snapshot file: a line for each column, so that a comparison shows what has changed. */
export function formatSnapshot(tables: readonly SnapshotTable[], head: SnapshotHead = {}): string {
  const heads = Object.entries(head).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return formatMembers([...heads, `"tables": ${formatTables(tables)}`]);
}

/** The same of a file that several sources share, by the names of the sources in order. */
export function formatSnapshots(bySource: ReadonlyMap<string, readonly SnapshotTable[]>): string {
  return formatMembers(
    [...bySource]
      .sort(([a], [b]) => compareTexts(a, b))
      .map(([source, tables]) => `${JSON.stringify(source)}: ${formatTables(tables)}`),
  );
}

function formatMembers(members: readonly string[]): string {
  return `{\n${members.map((text) => `  ${text}`).join(',\n')}\n}\n`;
}

function formatTables(tables: readonly SnapshotTable[]): string {
  return tables.length === 0 ? '[]' : `[\n${tables.map(formatTable).join(',\n')}\n  ]`;
}

function formatTable(table: SnapshotTable): string {
  const lines = Object.entries(table).map(([key, value]: [string, Json]) => {
    const isList = isJsonArray(value) && key !== 'name';
    const items = isList ? value.map((item) => `        ${inline(item)}`) : [];
    const text = items.length === 0 ? inline(value) : `[\n${items.join(',\n')}\n      ]`;
    return `      ${JSON.stringify(key)}: ${text}`;
  });
  return `    {\n${lines.join(',\n')}\n    }`;
}

function inline(value: Json): string {
  if (isJsonArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, child]) => `${JSON.stringify(key)}: ${inline(child)}`);
  return `{ ${members.join(', ')} }`;
}
