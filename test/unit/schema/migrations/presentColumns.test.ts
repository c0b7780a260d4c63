import { describe, expect, it } from 'vitest';
import { replayTexts } from './replayText.ts';

/** What is said, and files after which `public.t` has a column `b`. */
const cases: readonly (readonly [string, ...string[]])[] = [
  [
    'pg_class sequence',
    "CREATE TABLE t (a int); CREATE SEQUENCE s;\nDO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_class WHERE relname='s') THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'regclass index',
    "CREATE TABLE t (a int); CREATE INDEX t_a_idx ON t (a);\nDO $$ BEGIN IF to_regclass('public.t_a_idx') IS NOT NULL THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'extension plpgsql',
    "CREATE TABLE t (a int);\nDO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_extension WHERE extname='plpgsql') THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'type builtin',
    "CREATE TABLE t (a int);\nDO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_type WHERE typname='jsonb') THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'infoschema tables catalog',
    "CREATE TABLE t (a int);\nDO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name='pg_class') THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'pg_tables of view',
    "CREATE TABLE t (a int); CREATE VIEW v AS SELECT 1 AS x;\nDO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_tables WHERE tablename='v') THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'matview not in infoschema',
    "CREATE TABLE t (a int); CREATE MATERIALIZED VIEW v AS SELECT 1 AS x;\nDO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name='v' AND column_name='x') THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'check name',
    "CREATE TABLE t (a int CHECK (a > 0));\nDO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname='t_a_check') THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'rollback by raise',
    "CREATE TABLE t (a int, b int);\nDO $$ BEGIN ALTER TABLE t DROP COLUMN b; RAISE EXCEPTION 'dry run'; EXCEPTION WHEN OTHERS THEN NULL; END $$;",
  ],
  [
    'rollback by perform',
    'CREATE TABLE t (a int, b int);\nDO $$ BEGIN ALTER TABLE t DROP COLUMN b; PERFORM 1/0; EXCEPTION WHEN OTHERS THEN NULL; END $$;',
  ],
  [
    'dependent view keeps column',
    "CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT b FROM t;\nDO $$ BEGIN ALTER TABLE t DROP COLUMN b; EXCEPTION WHEN dependent_objects_still_exist THEN RAISE NOTICE 'kept'; END $$;",
  ],
  [
    'do variable updated by insert returning',
    'CREATE TABLE t (a int);\nDO $$ DECLARE n int := 0; BEGIN INSERT INTO t VALUES (1) RETURNING a INTO n; IF n = 1 THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;',
  ],
  [
    'do variable updated by get diagnostics',
    'CREATE TABLE t (a int); INSERT INTO t VALUES (1);\nDO $$ DECLARE n int := 0; BEGIN UPDATE t SET a = 2; GET DIAGNOSTICS n = ROW_COUNT; IF n = 1 THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;',
  ],
  [
    'do found after update',
    "CREATE TABLE t (a int); INSERT INTO t VALUES (1);\nDO $$ BEGIN PERFORM 1 FROM information_schema.tables WHERE table_name = 'nope'; UPDATE t SET a = 2; IF FOUND THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'do variable fetch',
    'CREATE TABLE t (a int); INSERT INTO t VALUES (1);\nDO $$ DECLARE n int := 0; c CURSOR FOR SELECT a FROM t; BEGIN OPEN c; FETCH c INTO n; IF n = 1 THEN ALTER TABLE t ADD COLUMN b int; END IF; CLOSE c; END $$;',
  ],
  [
    'do var call out',
    'CREATE TABLE t (a int);\nCREATE PROCEDURE p(INOUT x int) LANGUAGE plpgsql AS $$ BEGIN x := 1; END $$;\nDO $$ DECLARE n int := 0; BEGIN CALL p(n); IF n = 1 THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;',
  ],
  [
    'do loop var for integer',
    'CREATE TABLE t (a int);\nDO $$ DECLARE i int := 0; BEGIN FOR i IN 1..2 LOOP IF i = 2 THEN ALTER TABLE t ADD COLUMN b int; END IF; END LOOP; END $$;',
  ],
  [
    'do shadowed variable',
    'CREATE TABLE t (a int);\nDO $$ DECLARE x int := 1; BEGIN DECLARE x int := 0; BEGIN x := 2; END; IF x = 1 THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;',
  ],
  [
    'do shadowed initial',
    'CREATE TABLE t (a int);\nDO $$ DECLARE x int := 1; BEGIN IF x = 1 THEN ALTER TABLE t ADD COLUMN b int; END IF; DECLARE x int := 0; BEGIN x := 2; END; END $$;',
  ],
  [
    'do exists limit 0',
    "CREATE TABLE t (a int);\nDO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name='t' OFFSET 1) THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'do left join null',
    "CREATE TABLE t (a int);\nDO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'b' WHERE c.relname = 't' AND a.attname IS NULL) THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'do domain type',
    "CREATE DOMAIN d AS text; CREATE TABLE t (a d);\nDO $$ BEGIN IF (SELECT data_type FROM information_schema.columns WHERE table_name='t' AND column_name='a') = 'text' THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'do cast compare',
    "CREATE TABLE t (a int);\nDO $$ BEGIN IF '1'::int = 1 THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'do count text',
    "CREATE TABLE t (a int);\nDO $$ BEGIN IF (SELECT count(*) FROM information_schema.tables WHERE table_schema='public')::text = '1' THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'do regclass text',
    "CREATE TABLE t (a int);\nDO $$ BEGIN IF to_regclass('public.t')::text = 't' THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'do integer division and precision',
    'CREATE TABLE t (a int);\nDO $$ BEGIN IF 9007199254740993 > 9007199254740992 THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;',
  ],
  [
    'do char padded',
    "CREATE TABLE t (a int);\nDO $$ BEGIN IF 'a'::char(3) = 'a  ' THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$;",
  ],
  [
    'do raise rollback nested after',
    'CREATE TABLE t (a int, b int);\nDO $$ BEGIN BEGIN ALTER TABLE t RENAME COLUMN b TO c; ASSERT false; EXCEPTION WHEN OTHERS THEN NULL; END; END $$;',
  ],
  [
    'do if raise then',
    "CREATE TABLE t (a int, b int);\nDO $$ BEGIN ALTER TABLE t DROP COLUMN b; IF true THEN RAISE 'x'; END IF; EXCEPTION WHEN OTHERS THEN NULL; END $$;",
  ],
  [
    'do commit rollback',
    'CREATE TABLE t (a int, b int);\nDO $$ BEGIN ALTER TABLE t DROP COLUMN b; ROLLBACK; END $$;',
  ],
  [
    'a table made elsewhere',
    "CREATE TABLE t (a int); DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'x') THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$",
  ],
];

describe('a table that has a column, which is not said to be absent', () => {
  it.each(cases)('%s', (_, ...files) => {
    const table = replayTexts(...files).tables.find(
      ({ schema, name }) => schema === 'public' && name === 't',
    );
    expect(table?.closed !== true || table.columns.some(({ name }) => name === 'b')).toBe(true);
  });
});
