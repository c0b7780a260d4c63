import { describe, expect, it } from 'vitest';
import { replayTexts } from './replayText.ts';

/** What a block leaves of a table: its columns, `…` where there may be others, `none`; `all …` where nothing else is known either. */
function left(block: string): string {
  const { tables } = replayTexts(`CREATE TABLE t (a int); CREATE TABLE witness (a int); ${block}`);
  const shown = (name: string): string => {
    const table = tables.find((each) => each.schema === 'public' && each.name === name);
    if (!table) return 'none';
    return [...table.columns.map((column) => column.name), ...(table.closed ? [] : ['…'])].join(' ');
  };
  return shown('witness') === 'a' ? shown('t') : `all … ${shown('t')}`;
}

const variables = `n int := 1; m int; s text := 'x'; r record; l int[] := '{1}'; f boolean := true`;
/** `+b` adds a column, `-t` drops the table, `?` is a condition that is not known. */
const written = (body: string): string =>
  body
    .replaceAll(/\+(\w)/g, 'ALTER TABLE t ADD COLUMN $1 int')
    .replaceAll('-t', 'DROP TABLE t')
    .replaceAll(/\?(?= THEN| LOOP)/g, 'random() > 0.5');

describe('a statement of PL/pgSQL', () => {
  it.each([
    ['+b;', 'a b'],
    ['-t;', 'none'],
    ['NULL;', 'a'],
    // IF.
    ['IF f THEN +b; END IF;', 'a b'],
    ['IF NOT f THEN +b; END IF;', 'a'],
    ['IF NOT f THEN +b; ELSE +c; END IF;', 'a c'],
    ['IF NOT f THEN +b; ELSIF f THEN +c; ELSE +d; END IF;', 'a c'],
    ['IF NOT f THEN +b; ELSIF NULL THEN +c; ELSIF f THEN +d; ELSIF f THEN +e; END IF;', 'a d'],
    ['IF ? THEN +b; END IF;', 'a …'],
    ['IF ? THEN -t; END IF;', 'none'],
    ['IF ? THEN NULL; ELSE +b; END IF;', 'a …'],
    ['IF ? THEN NULL; ELSIF f THEN +b; ELSE -t; END IF;', 'a …'],
    ['IF ? THEN NULL; ELSIF NOT f THEN -t; END IF;', 'a'],
    ['IF ? THEN NULL; END IF; +b;', 'a b'],
    ['IF f THEN NULL; ELSE -t; END IF; +b;', 'a b'],
    // CASE.
    ['CASE WHEN f THEN +b; ELSE NULL; END CASE;', 'a …'],
    ['CASE WHEN f THEN NULL; ELSE +b; END CASE;', 'a …'],
    ['CASE n WHEN 1 THEN NULL; WHEN 2 THEN +b; END CASE;', 'a …'],
    ['CASE n WHEN 1 THEN NULL; ELSE NULL; END CASE; +b;', 'a b'],
    // Loops.
    ['FOR i IN 1..2 LOOP +b; END LOOP;', 'a …'],
    ['FOR r IN SELECT 1 LOOP +b; END LOOP;', 'a …'],
    ["FOR r IN EXECUTE 'SELECT 1' LOOP +b; END LOOP;", 'a …'],
    ['WHILE ? LOOP +b; END LOOP;', 'a …'],
    ['LOOP +b; EXIT; END LOOP;', 'a …'],
    ['LOOP EXIT; END LOOP; +b;', 'a …'],
    ['FOR i IN 1..2 LOOP NULL; END LOOP; +b;', 'a b'],
    ['FOR i IN 1..2 LOOP n := n + 1; END LOOP; IF n = 1 THEN +b; END IF;', 'a …'],
    ['FOR i IN 1..2 LOOP IF n = 1 THEN NULL; ELSE +b; END IF; n := 2; END LOOP;', 'a …'],
    [
      'FOREACH n IN ARRAY ARRAY[2, 3] LOOP IF n = 1 THEN -t; END IF; END LOOP; IF n = 3 THEN +b; END IF;',
      'a b',
    ],
    ['FOREACH n IN ARRAY ARRAY[2, 3]::int[] LOOP IF n = 2 THEN +b; ELSE +c; END IF; END LOOP;', 'a b c'],
    ['FOREACH n IN ARRAY ARRAY[]::int[] LOOP -t; END LOOP;', 'a'],
    ['FOREACH n IN ARRAY l LOOP +b; END LOOP;', 'a …'],
    ['FOREACH n IN ARRAY ARRAY[1, m] LOOP +b; END LOOP;', 'a …'],
    [
      "FOREACH s IN ARRAY ARRAY['b', 'c'] LOOP EXECUTE 'ALTER TABLE t ADD COLUMN ' || s || ' int'; END LOOP;",
      'a b c',
    ],
    [`FOREACH n IN ARRAY ARRAY[${'1,'.repeat(199)} 2] LOOP NULL; END LOOP; IF n = 2 THEN +b; END IF;`, 'a b'],
    [`FOREACH n IN ARRAY ARRAY[${'1,'.repeat(200)} 2] LOOP NULL; END LOOP; IF n = 2 THEN +b; END IF;`, 'a …'],
    // RETURN and EXIT.
    ['RETURN; +b;', 'a'],
    ['+b; RETURN; -t;', 'a b'],
    ['IF f THEN RETURN; END IF; -t;', 'a'],
    ['IF NOT f THEN RETURN; END IF; +b;', 'a b'],
    ['IF ? THEN RETURN; END IF; +b;', 'a …'],
    ['IF ? THEN RETURN; END IF; -t;', 'none'],
    ['BEGIN RETURN; END; -t;', 'a'],
    ['<<here>> BEGIN EXIT here; +b; END; +c;', 'a …'],
    // RAISE.
    ["RAISE NOTICE 'x'; +b;", 'a b'],
    ["RAISE WARNING '%', n; +b;", 'a b'],
    ["RAISE LOG 'x'; RAISE DEBUG 'x'; RAISE INFO 'x'; +b;", 'a b'],
    ["IF NOT f THEN RAISE EXCEPTION 'x'; END IF; +b;", 'a b'],
    // One that may be raised before anything is done checks what holds.
    ["IF ? THEN RAISE EXCEPTION 'x'; END IF; +b;", 'a b'],
    ["IF ? THEN RAISE 'x'; END IF; +b;", 'a b'],
    ["+b; IF ? THEN RAISE EXCEPTION 'x'; END IF;", 'all … a b …'],
    ["INSERT INTO x VALUES (1); IF ? THEN RAISE EXCEPTION 'x'; END IF;", 'all … a …'],
    ["EXECUTE 'SELECT 1'; IF ? THEN RAISE EXCEPTION 'x'; END IF;", 'all … a …'],
    ["SELECT 1 INTO n; IF ? THEN RAISE EXCEPTION 'x'; END IF;", 'a'],
    ["RAISE EXCEPTION 'x'; -t;", 'all … a …'],
    // Transactions.
    ['ROLLBACK;', 'all … a …'],
    ['COMMIT; +b;', 'a b'],
    ['ASSERT f; +b;', 'a b'],
    // Handlers.
    ['BEGIN +b; EXCEPTION WHEN OTHERS THEN NULL; END;', 'a b'],
    ['BEGIN ALTER TABLE t ADD COLUMN a int; EXCEPTION WHEN OTHERS THEN NULL; END;', 'a'],
    ['BEGIN +b; ALTER TABLE t ADD COLUMN a int; EXCEPTION WHEN OTHERS THEN NULL; END;', 'all … a b …'],
    ['BEGIN CREATE TABLE t (x int); EXCEPTION WHEN OTHERS THEN NULL; END;', 'a'],
    ['BEGIN -t; EXCEPTION WHEN OTHERS THEN NULL; END;', 'none'],
    ['BEGIN -t; EXCEPTION WHEN OTHERS THEN NULL; END; CREATE TABLE t (a int);', 'a'],
    ['BEGIN ALTER TABLE t ALTER COLUMN a TYPE text; EXCEPTION WHEN OTHERS THEN NULL; END; +b;', 'a b'],
    ['BEGIN NULL; EXCEPTION WHEN OTHERS THEN +b; END;', 'a …'],
    ['BEGIN n := 2; EXCEPTION WHEN OTHERS THEN NULL; END; IF n = 2 THEN +b; END IF;', 'a …'],
    // Variables.
    ['n := 2; IF n = 2 THEN +b; END IF;', 'a b'],
    ['n := n + 1; IF n = 2 THEN +b; END IF;', 'a b'],
    ['n = 2; IF n = 2 THEN +b; END IF;', 'a b'],
    ['m := n; IF m = 1 THEN +b; END IF;', 'a b'],
    ['IF m IS NULL THEN +b; END IF;', 'a …'],
    ['IF ? THEN n := 2; END IF; IF n = 1 THEN +b; END IF;', 'a …'],
    ['n := lost(); IF n = 1 THEN +b; END IF;', 'a …'],
    ['SELECT 2 INTO n; IF n = 2 THEN +b; END IF;', 'a b'],
    ['SELECT 2, 3 INTO n, m; IF n = 2 THEN +b; END IF;', 'a …'],
    [
      "SELECT count(*) INTO n FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 't'; IF n = 1 THEN +b; END IF;",
      'a b',
    ],
    [
      "SELECT 1 INTO n FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 't'; IF FOUND THEN +b; END IF;",
      'a b',
    ],
    [
      "PERFORM 1 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 't' AND column_name = 'z'; IF NOT FOUND THEN +b; END IF;",
      'a b',
    ],
    [
      "PERFORM 1 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 't' AND column_name = 'z'; DELETE FROM x; IF NOT FOUND THEN +b; END IF;",
      'a …',
    ],
    ['SELECT 2 INTO r; IF r IS NULL THEN +b; END IF;', 'a …'],
    ['INSERT INTO x VALUES (1) RETURNING 1 INTO n; IF n = 1 THEN +b; END IF;', 'a …'],
    ["EXECUTE 'SELECT 2' INTO n; IF n = 1 THEN +b; END IF;", 'a …'],
    ['CALL lost(n); IF n = 1 THEN +b; END IF;', 'a …'],
    ['GET DIAGNOSTICS n = ROW_COUNT; IF n = 1 THEN +b; END IF;', 'a …'],
    // Texts that are run.
    ["EXECUTE 'ALTER TABLE t ADD COLUMN b int; ALTER TABLE t ADD COLUMN c int';", 'a b c'],
    ["EXECUTE 'DO $x$ BEGIN ALTER TABLE t ADD COLUMN b int; END $x$';", 'a b'],
    ["EXECUTE 'SELECT 1';", 'a'],
    ["EXECUTE 'INSERT INTO x VALUES (' || random() || ')';", 'a'],
    ["EXECUTE 'CREATE TABLE x' || random() || ' (a int)';", 'a'],
    ["EXECUTE 'CREATE INDEX i ON ' || random() || ' (a)';", 'a'],
    ["EXECUTE 'GRANT ALL ON t TO ' || random();", 'a'],
    ["EXECUTE format('COMMENT ON TABLE t IS %L', random());", 'a'],
    ["EXECUTE 'ALTER TABLE t OWNER TO ' || quote_ident(random()::text);", 'a'],
    ["EXECUTE 'DROP INDEX ' || quote_ident(random()::text);", 'a'],
    ["EXECUTE 'DROP TABLE ' || quote_ident(random()::text);", 'all … a …'],
    ...['FUNCTION', 'PROCEDURE', 'ROUTINE', 'SEQUENCE'].flatMap((kind): [string, string][] => [
      [`EXECUTE 'DROP ${kind} ' || quote_ident(random()::text);`, 'a'],
      [`EXECUTE 'DROP ${kind} ' || quote_ident(random()::text) || ' CASCADE';`, 'all … a …'],
    ]),
    ...['TRIGGER', 'POLICY', 'RULE'].map((kind): [string, string] => [
      `EXECUTE 'DROP ${kind} ' || quote_ident(random()::text) || ' ON t CASCADE';`,
      'a',
    ]),
    ["EXECUTE 'ALTER TABLE t DROP CONSTRAINT ' || quote_ident(random()::text);", 'a'],
    ["EXECUTE 'ALTER TABLE t ADD COLUMN b int, DROP CONSTRAINT ' || quote_ident(random()::text);", '…'],
    ["EXECUTE 'ALTER TABLE t ADD CHECK (a > ' || random() || '), SET (fillfactor = 1)';", 'a'],
    ["EXECUTE 'DROP TYPE ' || quote_ident(random()::text);", 'all … a …'],
    ["EXECUTE 'ALTER TABLE ' || quote_ident(random()::text) || ' ADD COLUMN b int';", 'all … a …'],
    ["EXECUTE 'ALTER TABLE t ADD COLUMN ' || quote_ident(random()::text) || ' int';", '…'],
    ["EXECUTE 'ALTER TABLE t ADD PRIMARY KEY (' || quote_ident(random()::text) || ')';", '…'],
    ["EXECUTE 'ALTER TABLE t ADD UNIQUE (' || quote_ident(random()::text) || ')';", 'a'],
    ["EXECUTE 'ALTER TABLE t RENAME TO ' || quote_ident(random()::text);", 'none'],
    ["EXECUTE 'ALTER TABLE t RENAME CONSTRAINT a TO ' || quote_ident(random()::text);", 'a'],
    ["EXECUTE 'ALTER TABLE t SET SCHEMA ' || quote_ident(random()::text);", 'none'],
    ["EXECUTE 'CREATE OR REPLACE VIEW t AS SELECT ' || random();", '…'],
    ["EXECUTE 'SELECT ' || quote_ident(random()::text) || '()';", 'all … a …'],
    ["EXECUTE 'SELECT lower(' || random() || ')';", 'a'],
    ['EXECUTE random()::text;', 'all … a …'],
    ["EXECUTE random()::text || ' TABLE t';", 'all … a …'],
    ["EXECUTE 'ALTER TABLE t ADD COLUMN ' || random();", 'all … a …'],
    ["EXECUTE 'nonsense';", 'a'],
    ["EXECUTE 'CREATE nonsense';", 'all … a …'],
    ['EXECUTE s;', 'a'],
    ['EXECUTE m;', 'all … a …'],
    ['EXECUTE m; +b;', 'all … a b …'],
    ['EXECUTE NULL; +b;', 'all … a b …'],
    // Functions that are called.
    ["PERFORM lost('t');", 'a …'],
    ["PERFORM lost('public', 't');", 'a …'],
    ["PERFORM lost('public.t');", 'a …'],
    ["PERFORM lost('t'::regclass);", 'a …'],
    ["PERFORM lost(x => 't');", 'a …'],
    ["n := lost('t');", 'a …'],
    ["FOR r IN SELECT lost('t') LOOP END LOOP;", 'a …'],
    ["CALL lost('t');", 'a …'],
    ["PERFORM lost('other');", 'a'],
    ["PERFORM pg_catalog.lost('t');", 'a'],
    ["PERFORM to_lost('t'); PERFORM pg_lost('t'); PERFORM has_lost('t'); PERFORM quote_lost('t');", 'a'],
    [
      "PERFORM setval('t', 1), nextval('t'), currval('t'), format('t'), concat('t'), coalesce('t'), count('t');",
      'a',
    ],
  ])('%s', (body, expected) => {
    expect(left(`DO $do$ DECLARE ${variables}; BEGIN ${written(body)} END $do$`)).toBe(expected);
  });

  it.each([
    ["DO 'BEGIN ALTER TABLE t ADD COLUMN b int; END'", 'a b'],
    ["DO LANGUAGE plpgsql 'BEGIN ALTER TABLE t ADD COLUMN b int; END'", 'a b'],
    ['DO $$ BEGIN ALTER TABLE t ADD COLUMN b int; END $$ LANGUAGE PLpgSQL', 'a b'],
    ['DO LANGUAGE plpython3u $$ nothing $$', 'a'],
    ["DO LANGUAGE plpython3u $$ plpy.execute('ALTER TABLE t ADD COLUMN b int') $$", 'all … a …'],
    ['DO $$ no block $$', 'a'],
    ['DO $$ no block, drop $$', 'all … a …'],
    [
      'DO $$ DECLARE n int; BEGIN DECLARE n int := 1; BEGIN IF n = 1 THEN ALTER TABLE t ADD COLUMN b int; END IF; END; END $$',
      'a …',
    ],
  ])('of %s', (block, expected) => {
    expect(left(block)).toBe(expected);
  });
});
