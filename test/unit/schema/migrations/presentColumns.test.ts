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
    'set local',
    'CREATE SCHEMA app; CREATE TABLE app.t (a int); CREATE TABLE t (a int);\nBEGIN; SET LOCAL search_path TO app, public; CREATE TABLE x (a int); COMMIT;\nALTER TABLE t ADD COLUMN b int;',
  ],
  [
    'insert calls ddl function',
    'CREATE TABLE t (a int); CREATE TABLE log (a int);\nCREATE FUNCTION addb() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t ADD COLUMN b int; RETURN 1; END $$;\nINSERT INTO log SELECT addb();',
  ],
  [
    'values calls ddl function',
    'CREATE TABLE t (a int);\nCREATE FUNCTION addb() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t ADD COLUMN b int; RETURN 1; END $$;\nVALUES (addb());',
  ],
  [
    'indirect function',
    'CREATE TABLE t (a int);\nCREATE FUNCTION addb() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t ADD COLUMN b int; RETURN 1; END $$;\nCREATE FUNCTION outerf() RETURNS int LANGUAGE sql AS $$ SELECT addb() $$;\nSELECT outerf();',
  ],
  [
    'indirect function args',
    "CREATE TABLE t (a int);\nCREATE FUNCTION addc(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN b int', t); END $$;\nCREATE FUNCTION outerf() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM addc('t'); END $$;\nSELECT outerf();",
  ],
  [
    'trigger ddl on insert',
    "CREATE TABLE t (a int); CREATE TABLE fields (name text);\nCREATE FUNCTION addf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE t ADD COLUMN %I int', NEW.name); RETURN NEW; END $$;\nCREATE TRIGGER x AFTER INSERT ON fields FOR EACH ROW EXECUTE FUNCTION addf();\nINSERT INTO fields VALUES ('b');",
  ],
  ['gexec', "CREATE TABLE t (a int);\nSELECT 'ALTER TABLE t ADD COLUMN b int' \\gexec"],
  [
    'gexec2',
    "CREATE TABLE t (a int);\nSELECT format('ALTER TABLE %I ADD COLUMN b int', relname) FROM pg_class WHERE relname = 't'\n\\gexec",
  ],
  [
    'psql if',
    'CREATE TABLE t (a int);\n\\if true\nALTER TABLE t ADD COLUMN b int;\n\\else\nALTER TABLE t DROP COLUMN a;\n\\endif',
  ],
  [
    'prepare execute',
    'CREATE TABLE t (a int);\nCREATE FUNCTION addb() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t ADD COLUMN b int; RETURN 1; END $$;\nPREPARE p AS SELECT addb(); EXECUTE p;',
  ],
  [
    'update pg_attribute',
    "CREATE TABLE t (a int); UPDATE pg_attribute SET attname='b' WHERE attrelid='t'::regclass AND attname='a';",
  ],
  [
    'search path unknown dynamic',
    "CREATE SCHEMA app; CREATE TABLE app.t (a int); CREATE TABLE t(a int);\nDO $$ BEGIN EXECUTE 'SET search_path TO ' || (SELECT nspname FROM pg_namespace WHERE nspname = 'app'); END $$;\nALTER TABLE t ADD COLUMN b int;",
  ],
  [
    'alter database path',
    'CREATE SCHEMA app; CREATE TABLE app.t (a int); CREATE TABLE t (a int);\nALTER ROLE postgres SET search_path = app, public;\n',
    'ALTER TABLE t ADD COLUMN b int;\nALTER ROLE postgres RESET search_path;',
  ],
  [
    'function begin arg',
    'CREATE TABLE t (a int);\nCREATE FUNCTION f() RETURNS TABLE (begin date, "end" date) LANGUAGE sql AS $$ SELECT now()::date, now()::date $$;\nBEGIN; ALTER TABLE t DROP COLUMN a; ROLLBACK;\nALTER TABLE t ADD COLUMN b int;',
  ],
  [
    'copy comment stdin',
    "CREATE TABLE t (a text);\nCOPY t FROM '/dev/null' /* not from stdin */;\nALTER TABLE t ADD COLUMN b int;",
  ],
  [
    'temp on commit drop',
    'CREATE TABLE t (a int);\nBEGIN; CREATE TEMP TABLE t (x int) ON COMMIT DROP; COMMIT;\nALTER TABLE t ADD COLUMN b int;',
  ],
  [
    'discard temp',
    'CREATE TABLE t (a int);\nCREATE TEMP TABLE t (x int); DISCARD ALL;\nALTER TABLE t ADD COLUMN b int;',
  ],
  [
    'discard resets path',
    'CREATE SCHEMA app; CREATE TABLE app.t (a int); CREATE TABLE t (a int); SET search_path TO app; DISCARD ALL; ALTER TABLE t ADD COLUMN b int;',
  ],
  [
    'connect',
    'CREATE SCHEMA app; CREATE TABLE app.t (a int); CREATE TABLE t (a int); SET search_path TO app;\n\\c\nALTER TABLE t ADD COLUMN b int;',
  ],
  ['psql var', '\\set tbl t\nCREATE TABLE t (a int);\nALTER TABLE :"tbl" ADD COLUMN b int;'],
  ['psql var2', '\\set s public\nCREATE TABLE t (a int);\nALTER TABLE :s.t ADD COLUMN b int;'],
  [
    'a table made elsewhere',
    "CREATE TABLE t (a int); DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'x') THEN ALTER TABLE t ADD COLUMN b int; END IF; END $$",
  ],
  [
    'a trigger whose function is made to change tables later',
    'CREATE TABLE t (a int); CREATE FUNCTION outerf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM addb(); RETURN NEW; END $$; CREATE TRIGGER x AFTER INSERT ON u EXECUTE FUNCTION outerf(); CREATE FUNCTION addb() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t ADD COLUMN b int; RETURN 1; END $$; INSERT INTO u VALUES (1)',
  ],
  [
    'a default that changes tables',
    'CREATE TABLE t (a int); CREATE FUNCTION addb() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t ADD COLUMN b int; RETURN 1; END $$; CREATE TABLE u (a int DEFAULT addb()); INSERT INTO u DEFAULT VALUES',
  ],
  [
    'a function that has another name now',
    'CREATE TABLE t (a int); CREATE FUNCTION addb() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t ADD COLUMN b int; RETURN 1; END $$; ALTER FUNCTION addb() RENAME TO g; INSERT INTO u SELECT g()',
  ],
  [
    'a function that is called in capitals',
    'CREATE TABLE t (a int); CREATE FUNCTION addb() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t ADD COLUMN b int; RETURN 1; END $$; INSERT INTO u SELECT ADDB()',
  ],
  [
    'a statement that another runs later',
    'CREATE FUNCTION addb() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t ADD COLUMN b int; RETURN 1; END $$; CREATE TABLE t (a int); PREPARE p AS SELECT addb(); DROP TABLE t; CREATE TABLE t (a int); EXECUTE p',
  ],
  [
    'BEGIN in a transaction',
    'CREATE TABLE t (a int, b int); BEGIN; ALTER TABLE t DROP COLUMN b; BEGIN; ROLLBACK',
  ],
  [
    'a part of a name that another program fills in',
    'CREATE TABLE t (a int); ALTER TABLE {{x}} ADD COLUMN b int',
  ],
  [
    'a name of a function that is put together',
    "CREATE TABLE t (a int); CREATE FUNCTION addb() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t ADD COLUMN b int; RETURN 1; END $$; DO $$ BEGIN EXECUTE 'INSERT INTO u SELECT ad' || 'db()'; END $$",
  ],
  [
    'placeholders of other programs',
    'CREATE TABLE t (a int); ALTER TABLE %(X)s.t ADD COLUMN b int',
    'ALTER TABLE {{x}}.t ADD COLUMN b int',
  ],
  [
    'data without an end',
    'CREATE TABLE t (a text);\nCOPY t FROM stdin;\n1\nALTER TABLE t ADD COLUMN b int;\n',
  ],
  [
    'a line of a comment that ends with a carriage return',
    'CREATE TABLE t (a int);\r-- x\rALTER TABLE t ADD COLUMN b int;',
  ],
  ['a file that psql includes', 'CREATE TABLE t (a int);\n\\i other.sql\n'],
  ['a statement of psql behind another', 'CREATE TABLE t (a int) \\; ALTER TABLE t ADD COLUMN b int;'],
  [
    'a table copied twice, which fails',
    'CREATE TABLE t (a int, b int); CREATE TABLE IF NOT EXISTS t (LIKE t, LIKE t)',
  ],
  [
    'an overloaded function that goes',
    "CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f(text) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'; CREATE TABLE t (a int, b int GENERATED ALWAYS AS (f(a)) STORED); DROP FUNCTION f(text)",
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

describe('hostile texts', () => {
  it.each<[string, string]>([
    ['comments that are open', '/*'.repeat(200_000)],
    ['comments in comments', `SELECT ${'/*'.repeat(50_000)}${'*/'.repeat(50_000)} 1`],
    ['comments in a block', `DO $$ BEGIN ${'/*'.repeat(50_000)} END $$`],
    ['a table that grows twofold', `CREATE TABLE t (a int);${'CREATE TABLE u (LIKE t, LIKE t);'.repeat(30)}`],
    ['transactions of many', `CREATE TABLE t (a int);${'BEGIN;SELECT 1;ROLLBACK;'.repeat(5000)}`],
    ['a text that grows twofold', `DO $$ DECLARE q text := 'x'; BEGIN ${'q := q || q;'.repeat(40)} END $$`],
  ])('take no long time: %s', (_, text) => {
    const start = performance.now();
    replayTexts(text);
    expect(performance.now() - start).toBeLessThan(8000);
  });
});
