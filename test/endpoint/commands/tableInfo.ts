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

/** The answer of `get_table_info` (spec 7.1). Views cannot be written to, nor generated columns. */
export function tableInfoJson(table: DatabaseTable, kind: Kind): Json {
  const writable = table.type === 'table';
  const typeOf = (type: string) => (kind.family === 'connector' ? (connectorTypes[type] ?? type) : type);
  const columns = table.columns.map(({ name, type, nullable, generated }) => ({
    name,
    type: typeOf(type),
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
