import { isJsonArray, isJsonObject, type Json, member, stableText, textMember } from './json.ts';
import { defaultSchemaOf, isDataConnector } from './sourceKinds.ts';

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
  const defaultSchema = defaultSchemaOf(kind);
  const name = typeof table === 'string' ? table : textMember(table, 'name');
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
  if (isJsonArray(table)) return table.map(String).join('.');
  if (!isJsonObject(table)) return String(table);
  const schema = textMember(table, 'schema');
  const group = schema ?? textMember(table, 'dataset');
  const name = textMember(table, 'name') ?? '';
  const hidden =
    kind === undefined ? schema !== undefined && isDefaultSchema(schema) : group === defaultSchemaOf(kind);
  return group === undefined || hidden ? name : `${group}.${name}`;
}

/** Whether a backend has this for its default schema. */
export function isDefaultSchema(schema: string): boolean {
  return schema === 'public' || schema === 'dbo';
}

function looseTableName(table: Json): Json {
  return ['unreadable', table];
}
