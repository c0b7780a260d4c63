import { PGlite } from '@electric-sql/pglite';

export interface DatabaseColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

export interface DatabaseRelation {
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly columns: readonly DatabaseColumn[];
  /** `a, b -> schema.table`, sorted. */
  readonly foreignKeys: readonly string[];
  readonly description: string | null;
  readonly descriptions: Readonly<Record<string, string>>;
}

const relationsQuery = `
  SELECT n.nspname AS schema, c.relname AS name,
    CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END AS kind,
    obj_description(c.oid, 'pg_class') AS description,
    coalesce((SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'nullable', NOT a.attnotnull) ORDER BY a.attnum)
      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]') AS columns,
    coalesce((SELECT json_object_agg(a.attname, d.description)
      FROM pg_attribute a JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = a.attnum
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '{}') AS descriptions,
    coalesce((SELECT json_agg(
        (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(f.conkey) WITH ORDINALITY AS k(attnum, n)
          JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum)
        || ' -> ' || tn.nspname || '.' || t.relname)
      FROM pg_constraint f JOIN pg_class t ON t.oid = f.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
      WHERE f.conrelid = c.oid AND f.contype = 'f'
        AND (f.conparentid = 0 OR (SELECT p.conrelid FROM pg_constraint p WHERE p.oid = f.conparentid) <> f.conrelid)
      ), '[]') AS "foreignKeys"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`;

/** A real PostgreSQL, to compare with. One serves many scripts: starting it takes seconds. */
export class Database {
  readonly #database: PGlite;

  private constructor(database: PGlite) {
    this.#database = database;
  }

  static async start(): Promise<Database> {
    return new Database(await PGlite.create());
  }

  /** As if it were new. */
  async reset(): Promise<void> {
    await this.#database.exec(`ROLLBACK; RESET ALL; DISCARD TEMP;
      DO $$ DECLARE s text; BEGIN
        FOR s IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
          EXECUTE format('DROP SCHEMA %I CASCADE', s);
        END LOOP;
        FOR s IN SELECT fdwname FROM pg_foreign_data_wrapper LOOP
          EXECUTE format('DROP FOREIGN DATA WRAPPER %I CASCADE', s);
        END LOOP;
      END $$; CREATE SCHEMA public; SET check_function_bodies TO off`);
  }

  /** The message when it refuses. */
  async run(sql: string): Promise<string | undefined> {
    try {
      await this.#database.exec(sql);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async relations(): Promise<DatabaseRelation[]> {
    await this.#database.exec('SET search_path TO public');
    const { rows } = await this.#database.query<DatabaseRelation>(relationsQuery);
    return rows;
  }

  async functions(): Promise<string[]> {
    const { rows } = await this.#database.query<{ text: string }>(`
      SELECT n.nspname || '.' || p.proname || '(' || coalesce((SELECT string_agg(format_type(t, NULL), ', ' ORDER BY o)
          FROM unnest(p.proargtypes) WITH ORDINALITY AS a(t, o)), '') || ') '
        || CASE WHEN p.proretset THEN 'setof ' ELSE '' END || format_type(p.prorettype, NULL) AS text
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.prokind = 'f' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`);
    return rows.map(({ text }) => text).sort();
  }

  async close(): Promise<void> {
    await this.#database.close();
  }
}
