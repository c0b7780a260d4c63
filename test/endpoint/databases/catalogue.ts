import type { PGlite } from '@electric-sql/pglite';

export interface Column {
  readonly name: string;
  /** As Hasura names the type: `integer`, `timestamptz`. */
  readonly type: string;
  readonly nullable: boolean;
  /** Of a composite type, or a list of one: a data connector's nested object. */
  readonly nested: boolean;
  readonly generated: boolean;
}

export interface ForeignKey {
  readonly name: string;
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly (readonly [string, string])[];
}

export interface DatabaseTable {
  readonly schema: string;
  readonly name: string;
  readonly type: 'table' | 'view' | 'materialized view' | 'foreign table';
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
}

export interface DatabaseFunction {
  readonly schema: string;
  readonly name: string;
  readonly returnsSet: boolean;
  readonly returnsType: string;
  /** The table whose rows it returns. */
  readonly returnsTable: string | undefined;
  /** Names (possibly empty) and types; a row argument's type is its table, `schema.name`. */
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
}

/** What a database has, tracked or not. */
export interface Catalogue {
  readonly tables: readonly DatabaseTable[];
  readonly functions: readonly DatabaseFunction[];
  table(schema: string, name: string): DatabaseTable | undefined;
}

const userSchemas = `NOT IN ('pg_catalog', 'information_schema', 'hdb_catalog') AND n.nspname NOT LIKE 'pg_toast%'`;

const tablesQuery = `
SELECT n.nspname AS schema, c.relname AS name, c.relkind AS kind,
  (SELECT coalesce(json_agg(json_build_object('name', a.attname, 'type', t.typname, 'nullable', NOT a.attnotnull,
     'nested', coalesce(e.typtype, t.typtype) = 'c', 'generated', a.attgenerated <> '' OR a.attidentity = 'a')
     ORDER BY a.attnum), '[]')
   FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typlen = -1
   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
  (SELECT coalesce(json_agg(a.attname ORDER BY k.position), '[]')
   FROM pg_constraint p CROSS JOIN LATERAL unnest(p.conkey) WITH ORDINALITY AS k(number, position)
   JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
   WHERE p.conrelid = c.oid AND p.contype = 'p') AS "primaryKey",
  (SELECT coalesce(json_agg(json_build_object('name', f.conname, 'schema', fn.nspname, 'table', fc.relname, 'columns',
     (SELECT json_agg(json_build_array(a.attname, b.attname) ORDER BY k.position)
      FROM unnest(f.conkey, f.confkey) WITH ORDINALITY AS k(own, other, position)
      JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.own
      JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = k.other)) ORDER BY f.conname), '[]')
   FROM pg_constraint f JOIN pg_class fc ON fc.oid = f.confrelid JOIN pg_namespace fn ON fn.oid = fc.relnamespace
   WHERE f.conrelid = c.oid AND f.contype = 'f') AS "foreignKeys"
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname ${userSchemas}
ORDER BY 1, 2`;

const functionsQuery = `
SELECT n.nspname AS schema, p.proname AS name, p.proretset AS "returnsSet", rt.typname AS "returnsType",
  CASE WHEN r.relkind IS NULL THEN NULL ELSE rn.nspname || '.' || r.relname END AS "returnsTable",
  (SELECT coalesce(json_agg(json_build_object('name', coalesce(p.proargnames[i.position], ''), 'type',
     CASE WHEN tc.relkind IS NULL THEN t.typname ELSE tn.nspname || '.' || tc.relname END) ORDER BY i.position), '[]')
   FROM unnest(p.proargtypes) WITH ORDINALITY AS i(type, position)
   JOIN pg_type t ON t.oid = i.type LEFT JOIN pg_class tc ON tc.oid = t.typrelid
   LEFT JOIN pg_namespace tn ON tn.oid = tc.relnamespace) AS parameters
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_type rt ON rt.oid = p.prorettype
LEFT JOIN pg_class r ON r.oid = rt.typrelid LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
WHERE n.nspname ${userSchemas}`;

const relationTypes = {
  r: 'table',
  p: 'table',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
} as const;

const typeNames: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  float4: 'real',
};

/** Reads what is in a database from its own catalogue. */
export async function readCatalogue(database: PGlite): Promise<Catalogue> {
  type TableRow = Omit<DatabaseTable, 'type'> & { kind: keyof typeof relationTypes };
  const tableRows = (await database.query<TableRow>(tablesQuery)).rows;
  const functions = (await database.query<DatabaseFunction>(functionsQuery)).rows;
  const tables = tableRows.map(
    ({ kind, columns, ...row }): DatabaseTable => ({
      ...row,
      type: relationTypes[kind],
      columns: columns.map((column) => ({ ...column, type: typeNames[column.type] ?? column.type })),
    }),
  );
  const byName = new Map(tables.map((table) => [JSON.stringify([table.schema, table.name]), table]));
  return { tables, functions, table: (schema, name) => byName.get(JSON.stringify([schema, name])) };
}
