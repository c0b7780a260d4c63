import type { TableName } from '../schema/tableName.ts';

/** How the backends write table names (spec 2.6). */
type TableNameStyle = 'postgres' | 'mssql' | 'bigquery' | 'data-connector' | 'any';

function styleOf(kind: string | undefined): TableNameStyle {
  switch (kind) {
    case undefined:
      return 'any';
    case 'postgres':
    case 'pg':
    case 'citus':
    case 'cockroach':
      return 'postgres';
    case 'mssql':
    case 'bigquery':
      return kind;
    default:
      return 'data-connector';
  }
}

/** The schema a name without one is in; `undefined` for kinds without a default, and for an unknown kind. */
export function defaultSchemaOf(kind: string | undefined): string | undefined {
  const style = styleOf(kind);
  if (style === 'postgres') return 'public';
  return style === 'mssql' ? 'dbo' : undefined;
}

/**
 * A key that is equal for equal tables of a source of this kind; case counts.
 * `undefined` when the name has a form the backend does not take (R31). Of an unknown kind any form goes.
 */
export function tableKey(kind: string | undefined, table: TableName): string | undefined {
  const style = styleOf(kind);
  if (style === 'any') return looseKey(table);
  if (style === 'data-connector') {
    return table.form === 'list' || table.form === 'string' ? joinKey(table.parts) : undefined;
  }
  if (style === 'bigquery') {
    return table.form === 'dataset' && table.schema !== undefined
      ? joinKey([table.schema, table.name])
      : undefined;
  }
  if (table.form !== 'string' && table.form !== 'schema') return undefined;
  return joinKey([table.schema ?? defaultSchemaOf(kind) ?? '', table.name]);
}

/** The key of a table of a snapshot, whose entries may be written less strictly than metadata. */
export function snapshotTableKey(kind: string | undefined, table: TableName): string {
  const key = tableKey(kind, table);
  if (key !== undefined) return key;
  const parts = table.form === 'list' ? table.parts : [table.schema, table.name];
  const defined = parts.filter((part) => part !== undefined);
  const schema = defaultSchemaOf(kind);
  return joinKey(schema !== undefined && defined.length === 1 ? [schema, ...defined] : defined);
}

/** The server's text form of a table name: `customer`, `sales.customer`. */
export function tableText(kind: string | undefined, table: TableName): string {
  if (table.form === 'list') return table.parts.join('.');
  const { schema, name } = table;
  if (schema === undefined || table.form === 'string') return name;
  const style = styleOf(kind);
  const hidden =
    style === 'any' ? table.form === 'schema' && isDefaultSchema(schema) : schema === defaultSchemaOf(kind);
  return hidden ? name : `${schema}.${name}`;
}

function looseKey(table: TableName): string {
  if (table.form === 'list' || table.form === 'string') return joinKey(table.parts);
  const { schema, name } = table;
  return joinKey(schema === undefined || isDefaultSchema(schema) ? [name] : [schema, name]);
}

function isDefaultSchema(schema: string): boolean {
  return schema === 'public' || schema === 'dbo';
}

function joinKey(parts: readonly string[]): string {
  return parts.join('\0');
}
