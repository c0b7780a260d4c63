import { isJsonArray, isJsonObject, type Json, member, stableText, textMember } from './json.ts';

/** The kind of a source as it decides over requests: `pg` and no kind at all are `postgres` (spec 1.1). */
export function sourceKind(written: Json | undefined): string {
  return typeof written === 'string' && written !== 'pg' && written !== '' ? written : 'postgres';
}

/** The prefix of the commands for a source of this kind: `pg_…`, `mssql_…`, a data connector's own name. */
export function commandPrefix(kind: string): string {
  return kind === 'postgres' ? 'pg' : kind;
}

export function isPostgresLike(kind: string): boolean {
  return kind === 'postgres' || kind === 'pg' || kind === 'citus' || kind === 'cockroach';
}

/** Whether sources of this kind are served by an agent: whatever is none of the server's own backends. */
export function isDataConnector(kind: string): boolean {
  return !isPostgresLike(kind) && kind !== 'mssql' && kind !== 'bigquery';
}

/**
 * The one form of a table name for a source of this kind (spec 2.6): defaults written out, other keys dropped.
 * `undefined` when the backend would not take it. Of an unknown kind (`undefined`) any form goes as it stands.
 */
export function canonicalTableName(kind: string | undefined, table: Json): Json | undefined {
  if (kind === undefined) return table;
  if (kind === 'bigquery') {
    const dataset = textMember(table, 'dataset');
    const name = textMember(table, 'name');
    return dataset === undefined || name === undefined ? undefined : { dataset, name };
  }
  if (isDataConnector(kind)) {
    if (typeof table === 'string') return [table];
    const parts = isJsonArray(table) ? table : [];
    return parts.length > 0 && parts.every((part) => typeof part === 'string') ? parts : undefined;
  }
  const defaultSchema = kind === 'mssql' ? 'dbo' : 'public';
  if (typeof table === 'string') return { schema: defaultSchema, name: table };
  const name = textMember(table, 'name');
  const schema = member(table, 'schema') ?? defaultSchema;
  return name === undefined || typeof schema !== 'string' ? undefined : { schema, name };
}

/** Equal for equal tables of a source of this kind. A name the backend would not take equals only itself. */
export function tableKey(kind: string | undefined, table: Json): string {
  const canonical = kind === undefined ? undefined : canonicalTableName(kind, table);
  // The one form has its keys in one order already.
  if (canonical !== undefined) return JSON.stringify(canonical);
  return stableText(kind === undefined ? table : looseTableName(table));
}

/** The server's text for a table: `customer`, `sales.customer` (spec 2.6). */
export function tableText(kind: string | undefined, table: Json): string {
  const canonical = canonicalTableName(kind, table) ?? table;
  if (isJsonArray(canonical)) return canonical.map(String).join('.');
  if (!isJsonObject(canonical)) return String(canonical);
  const group = textMember(canonical, 'schema') ?? textMember(canonical, 'dataset');
  const name = textMember(canonical, 'name') ?? '';
  const hiddenGroup = kind === 'mssql' ? 'dbo' : 'public';
  return group === undefined || ('schema' in canonical && group === hiddenGroup) ? name : `${group}.${name}`;
}

function looseTableName(table: Json): Json {
  return ['unreadable', table];
}
