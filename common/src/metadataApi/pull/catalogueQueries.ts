/** Statements over the catalogues of databases (spec 7.1). The order of the selected columns is what readers rely on. */

/** Schema, table, column, type, nullable as `true` or `false`. A domain counts as the type it is based on. */
export const postgresColumns = `
SELECT n.nspname, c.relname, a.attname,
  CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod)
       ELSE format_type(a.atttypid, a.atttypmod) END,
  (NOT a.attnotnull)::text
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE a.attnum > 0 AND NOT a.attisdropped
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'hdb_catalog')
  AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'
ORDER BY 1, 2, 3`.trim();

/** Schema, table, constraint, own column, schema and table pointed to; a row for each column in order. */
export const postgresForeignKeys = `
SELECT n.nspname, c.relname, k.conname, a.attname, fn.nspname, fc.relname
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class fc ON fc.oid = k.confrelid
JOIN pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace
CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS own(attnum, position)
JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = own.attnum
WHERE k.contype = 'f'
ORDER BY n.nspname, c.relname, k.conname, own.position`.trim();

/**
 * Schema, function, type returned, kind of that type, whether it returns a set, number of arguments, their names as a
 * list in JSON. Functions of computed fields, given by schema and name.
 */
export function postgresFunctions(functions: readonly FunctionName[]): string {
  const wanted = functions.map(({ schema, name }) => `(${quoted(schema)}, ${quoted(name)})`);
  return `
SELECT n.nspname, p.proname, format_type(p.prorettype, NULL), t.typtype::text, p.proretset::text,
  p.pronargs::text, COALESCE(array_to_json(p.proargnames)::text, '[]')
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_type t ON t.oid = p.prorettype
WHERE (n.nspname, p.proname) IN (${wanted.join(', ')})
ORDER BY 1, 2`.trim();
}

export interface FunctionName {
  readonly schema: string;
  readonly name: string;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Schema, table, column, type, `YES` or `NO`. */
export const cockroachColumns = `
SELECT table_schema, table_name, column_name, data_type, is_nullable
FROM information_schema.columns
WHERE table_schema NOT IN ('crdb_internal', 'pg_catalog', 'pg_extension', 'information_schema', 'hdb_catalog')
ORDER BY 1, 2, 3`.trim();

/** The same from MSSQL. */
export const mssqlColumns = `
SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, IS_NULLABLE
FROM INFORMATION_SCHEMA.COLUMNS
ORDER BY TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME`.trim();
