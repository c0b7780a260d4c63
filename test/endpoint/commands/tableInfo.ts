import type { DatabaseTable } from '../databases/catalogue.ts';
import { type Json, withoutDefaults } from '../json.ts';
import { type Kind, nameInDatabase } from '../kinds.ts';

const connectorTypes: Readonly<Record<string, string>> = {
  integer: 'number',
  bigint: 'number',
  smallint: 'number',
  real: 'number',
  float8: 'number',
  numeric: 'number',
  boolean: 'bool',
  text: 'string',
  varchar: 'string',
};

/** A scalar's name, or an object that tells what a nested column is made of. */
function connectorType(type: string, nested: boolean): Json {
  if (!nested) return connectorTypes[type] ?? type;
  if (!type.startsWith('_')) return { type: 'object', name: type };
  return { type: 'array', element_type: { type: 'object', name: type.slice(1) }, nullable: true };
}

/** The answer of `get_table_info` (spec 7.1). Views cannot be written to, nor generated columns. */
export function tableInfoJson(table: DatabaseTable, kind: Kind): Json {
  const writable = table.type === 'table';
  const columns = table.columns.map(({ name, type, nested, nullable, generated }) => ({
    name,
    type: kind.family === 'connector' ? connectorType(type, nested) : type,
    nullable,
    insertable: writable && !generated,
    updatable: writable && !generated,
  }));
  const keys = table.foreignKeys.map(
    (key) =>
      [
        key.name,
        {
          foreign_table: nameInDatabase(key.schema, key.table, kind).json,
          column_mapping: Object.fromEntries(key.columns),
        },
      ] as const,
  );
  return {
    name: nameInDatabase(table.schema, table.name, kind).json,
    type: table.type === 'materialized view' ? 'view' : table.type.replace(' ', '_'),
    columns,
    ...withoutDefaults({
      primary_key: table.primaryKey,
      foreign_keys: keys.length > 0 ? Object.fromEntries(keys) : undefined,
    }),
    insertable: writable,
    updatable: writable,
    deletable: writable,
  };
}
