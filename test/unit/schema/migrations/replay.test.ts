import { describe, expect, it } from 'vitest';
import { Replay } from '../../../../server/src/schema/migrations/replay.ts';
import { parser, replayTexts, shape } from './replayText.ts';

function read(replay: Replay, text: string, offset = 0): Replay {
  replay.read({ uri: 'file:///up.sql', text, offset });
  return replay;
}

describe('a replay', () => {
  it('says where each table and column was made', () => {
    const first = 'CREATE TABLE t (\n  id int,\n  "é x" text\n);';
    const second =
      '-- é\nALTER TABLE t\n  ADD COLUMN late int;\nCREATE VIEW v AS SELECT t.id, 1 AS one FROM t;';
    const { tables } = replayTexts(first, second);
    const told = tables.flatMap(({ name, origin, columns }) => [
      { name, ...origin },
      ...columns.map((column) => ({ name: column.name, ...column.origin })),
    ]);
    const texts: Record<string, string> = { 'file:///1.sql': first, 'file:///2.sql': second };
    expect(
      told.map(({ name, line, location: { uri, offset, length } }) => [
        name,
        uri.slice(8),
        line,
        texts[uri]?.slice(offset, offset + length),
      ]),
    ).toEqual([
      ['t', '1.sql', 1, 't'],
      ['id', '1.sql', 2, 'id'],
      ['é x', '1.sql', 3, '"é x"'],
      ['late', '2.sql', 3, 'late'],
      ['v', '2.sql', 4, 'v'],
      ['id', '2.sql', 4, 't'],
      ['one', '2.sql', 4, '1'],
    ]);
  });

  it('says where a column was made inside of a DO block', () => {
    const text =
      'CREATE TABLE t ();\nDO $$ BEGIN\n  ALTER TABLE t ADD COLUMN é int, ADD COLUMN a int;\nEND $$';
    const [table] = replayTexts(text).tables;
    const { location, line } = table?.columns[1]?.origin ?? {};
    expect([line, text.slice(location?.offset, (location?.offset ?? 0) + (location?.length ?? 0))]).toEqual([
      3,
      'a',
    ]);
  });

  it('counts offsets from where the text stands in its file', () => {
    const [table] = read(new Replay(parser), 'CREATE TABLE t (a int)', 100).result().tables;
    expect(table?.origin.location.offset).toBe(113);
    expect(read(new Replay(parser), 'CREATE TABLE t (a', 100).result().problems).toMatchObject([
      { offset: 117 },
    ]);
  });

  it('goes on from a copy, and leaves it as it was', () => {
    const before = read(new Replay(parser), 'CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t');
    const one = read(before.copy(), 'ALTER TABLE t ADD COLUMN b int');
    const other = read(before.copy(), 'ALTER TABLE t DROP COLUMN a CASCADE; CREATE TABLE u (');
    const columns = (replay: Replay): unknown =>
      replay.result().tables.map((table) => [table.name, ...table.columns.map(({ name }) => name)]);
    expect(columns(before)).toEqual([
      ['t', 'a'],
      ['v', 'a'],
    ]);
    expect(columns(one)).toEqual([
      ['t', 'a', 'b'],
      ['v', 'a'],
    ]);
    expect(columns(other)).toEqual([['t']]);
    expect([before, one, other].map((replay) => replay.result().problems.length)).toEqual([0, 0, 1]);
  });

  it('says the functions of one name that take other things, and what they were replaced by', () => {
    const made = (name: string, returned: string) =>
      `CREATE OR REPLACE FUNCTION ${name} RETURNS ${returned} LANGUAGE sql AS '';`;
    const { functions } = replayTexts(
      [
        'CREATE TABLE t (a int);',
        ...[made('f(int)', 'int'), made('f(text)', 'int'), made('f(int)', 'text'), made('f()', 'int')],
        ...[made('f(OUT int)', 'int'), made('g(x t.no%TYPE)', 'int'), made('g(x t.no%TYPE)', 'text')],
        ...[made('g(x int)', 'SETOF int'), made('h(int, text)', 'int'), made('h(int, int)', 'int')],
        "CREATE FUNCTION k() RETURNS TABLE (a int) LANGUAGE sql AS '';",
      ].join('\n'),
    );
    expect(
      functions.map(({ name, argumentTypes, returnsSet, returnType }) =>
        [name, `(${argumentTypes.join()})`, ...(returnsSet ? ['setof'] : []), returnType].join(' '),
      ),
    ).toEqual([
      'f (integer) text',
      'f (text) integer',
      'f () integer',
      'g () text',
      'g (integer) setof integer',
      'h (integer,text) integer',
      'h (integer,integer) integer',
      'k () setof integer',
    ]);
  });

  it.each(['set_config()', "set_config('a', 'b', false)", "set_config(lost(), 'b', false)"])(
    'knows tables by their schemas after %s',
    (call) => expect(shape(`CREATE TABLE t (a int); SELECT ${call}`)).toEqual(['public.t: a integer']),
  );

  it.each([
    [
      'ALTER TABLE t ADD COLUMN b int,,',
      ['public.t: a integer, …', 'public.Big: a integer', 'public.u: a integer'],
    ],
    [
      'ALTER TABLE "Big" ADD COLUMN b int,,',
      ['public.t: a integer', 'public.Big: a integer, …', 'public.u: a integer'],
    ],
    [
      'ALTER TABLE ONLY public.T ADD COLUMN b int,,',
      ['public.t: a integer, …', 'public.Big: a integer', 'public.u: a integer'],
    ],
    ['DROP TABLE IF EXISTS t,,', ['public.Big: a integer', 'public.u: a integer']],
    [
      'CREATE TABLE IF NOT EXISTS u (a int,,)',
      ['public.t: a integer', 'public.Big: a integer', 'public.u: a integer, …'],
    ],
    [
      'ALTER TABLE nope ADD COLUMN b int,,',
      ['public.t: a integer', 'public.Big: a integer', 'public.u: a integer'],
    ],
    // It may have been about any.
    ['ALTER TABLE', ['public.t: a integer, …', 'public.Big: a integer, …', 'public.u: a integer, …']],
    [
      'ALTER {{x}} ADD COLUMN b int',
      ['public.t: a integer, …', 'public.Big: a integer, …', 'public.u: a integer, …'],
    ],
    [
      'ALTER TABLE :x ADD COLUMN b int',
      ['public.t: a integer, …', 'public.Big: a integer, …', 'public.u: a integer, …'],
    ],
    ['GRANT nonsense', ['public.t: a integer', 'public.Big: a integer', 'public.u: a integer']],
  ])('knows what %s, which does not parse, may be about', (statement, left) => {
    expect(
      shape(`CREATE TABLE t (a int); CREATE TABLE "Big" (a int); CREATE TABLE u (a int); ${statement};`),
    ).toEqual(left);
  });

  it('takes a body that can’t be read for one that changes tables, if it has the words', () => {
    const made = (body: string) =>
      `CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS $$ ${body} $$; SELECT f();`;
    expect(shape(made("it's alter table t"))).toEqual(['public.t: a integer, …']);
    expect(shape(made("'alter table t'"))).toEqual(['public.t: a integer']);
  });

  it('copies what went wrong before', () => {
    const before = read(new Replay(parser), 'CREATE TABLE u (');
    const after = read(before.copy(), 'CREATE TABLE v (');
    expect([before, after, before.copy()].map((replay) => replay.result().problems.length)).toEqual([
      1, 2, 1,
    ]);
  });

  const session =
    'CREATE SCHEMA app; CREATE TABLE t (a int); CREATE TEMP TABLE x (a int); SET search_path = app;';
  it.each([
    ['\\c', ['public.t: a integer', 'public.x: b integer']],
    ['\\connect', ['public.t: a integer', 'public.x: b integer']],
    ['\\connect ', ['public.t: a integer', 'public.x: b integer']],
    ['\\C title', ['public.t: a integer', 'app.x: b integer']],
    // What is there is another database's, or another file's.
    ['\\c other', ['public.t: a integer, …', 'public.x: b integer']],
    ['\\connect other', ['public.t: a integer, …', 'public.x: b integer']],
    ['\\i other.sql', ['public.t: a integer, …', 'app.x: b integer']],
    ['SELECT 1 \\gexec', ['public.t: a integer, …', 'app.x: b integer']],
  ])('follows what psql does with its session: %s', (line, left) => {
    expect(shape(`${session}\n${line}\nCREATE TABLE x (b int);`)).toEqual(left);
  });

  it.each([
    ['DISCARD ALL', ['public.t: a integer', 'public.x: b integer']],
    ['DISCARD TEMP', ['public.t: a integer', 'app.x: b integer']],
    ['RESET ALL', ['public.t: a integer', 'public.x: b integer']],
    ['RESET search_path', ['public.t: a integer', 'public.x: b integer']],
    ['SET search_path TO DEFAULT', ['public.t: a integer', 'public.x: b integer']],
    ['SET search_path TO public, app', ['public.t: a integer', 'public.x: b integer']],
    ['SET search_path TO "$user", app', ['public.t: a integer', 'app.x: b integer']],
    ["SET search_path TO ''", ['public.t: a integer']],
    ['SET other TO public', ['public.t: a integer', 'app.x: b integer']],
    ['BEGIN; SET LOCAL search_path = public; COMMIT', ['public.t: a integer', 'app.x: b integer']],
    ['BEGIN; SET search_path = public; COMMIT', ['public.t: a integer', 'public.x: b integer']],
    ['BEGIN; SET search_path = public; ROLLBACK', ['public.t: a integer', 'app.x: b integer']],
    [
      "BEGIN; SELECT set_config('search_path', 'public', true); END",
      ['public.t: a integer', 'app.x: b integer'],
    ],
    ["SELECT set_config('search_path', 'public', false)", ['public.t: a integer', 'public.x: b integer']],
    ["SELECT set_config('Search_Path', 'PUBLIC', false)", ['public.t: a integer', 'public.x: b integer']],
    ["SELECT set_config('work_mem', 'public', false)", ['public.t: a integer', 'app.x: b integer']],
    // What holds then is not known.
    [
      "SELECT set_config('search_path', 'public', true)",
      ['public.t: a integer, …', 'public.x: b integer, …'],
    ],
    [
      "SELECT set_config(lost(), 'x', false); SET search_path = app",
      ['public.t: a integer', 'app.x: b integer'],
    ],
    [
      "SELECT set_config(lost(), 'x', false); DO $$ BEGIN SET search_path = app; END $$",
      ['public.t: a integer, …', 'app.x: b integer, …'],
    ],
    ["SELECT set_config('search_path', lost(), false)", ['public.t: a integer, …', 'app.x: b integer, …']],
    ["SELECT set_config(lost(), 'public', false)", ['public.t: a integer, …', 'app.x: b integer, …']],
    ["PREPARE TRANSACTION 'x'", ['public.t: a integer, …', 'app.x: b integer']],
    ['INSERT INTO pg_class VALUES (1)', ['public.t: a integer, …', 'app.x: b integer']],
    ['UPDATE pg_attribute SET attnotnull = true', ['public.t: a integer, …', 'app.x: b integer']],
    ['WITH x AS (SELECT 1) DELETE FROM pg_namespace', ['public.t: a integer, …', 'app.x: b integer']],
    ['UPDATE pg_attributes SET a = 1', ['public.t: a integer', 'app.x: b integer']],
    ["COPY other FROM 'pg_other'", ['public.t: a integer', 'app.x: b integer']],
  ])('follows what a statement does to its session: %s', (statement, left) => {
    const made = statement.startsWith('DISCARD')
      ? 'CREATE TABLE x (b int);'
      : 'DROP TABLE pg_temp.x; CREATE TABLE x (b int);';
    expect(shape(`${session}\n${statement};\n${made}`)).toEqual(left);
  });

  it.each<[string, readonly string[] | 'unknown']>([
    ['BEGIN; DROP TABLE t; ROLLBACK', ['public.t: a integer']],
    ['BEGIN; DROP TABLE t; COMMIT', []],
    ['BEGIN; DROP TABLE t; END', []],
    ['START TRANSACTION; DROP TABLE t; ABORT', ['public.t: a integer']],
    ['DROP TABLE t; BEGIN; CREATE TABLE u (a int); ROLLBACK', []],
    ['BEGIN; SAVEPOINT a; DROP TABLE t; ROLLBACK TO a; COMMIT', ['public.t: a integer']],
    ['BEGIN; SAVEPOINT a; DROP TABLE t; ROLLBACK TO SAVEPOINT A; COMMIT', ['public.t: a integer']],
    ['BEGIN; SAVEPOINT "a"; DROP TABLE t; ROLLBACK WORK TO SAVEPOINT a; COMMIT', ['public.t: a integer']],
    ['BEGIN; SAVEPOINT "A"; DROP TABLE t; SAVEPOINT a; ROLLBACK TO "A"; COMMIT', ['public.t: a integer']],
    ['BEGIN; DROP TABLE t; SAVEPOINT a; CREATE TABLE u (a int); ROLLBACK TO a; COMMIT', []],
    [
      'BEGIN; SAVEPOINT a; CREATE TABLE u (a int); SAVEPOINT b; DROP TABLE t; ROLLBACK TO b; COMMIT',
      ['public.t: a integer', 'public.u: a integer'],
    ],
    [
      'BEGIN; SAVEPOINT a; DROP TABLE t; ROLLBACK TO a; CREATE TABLE u (a int); ROLLBACK TO a; COMMIT',
      ['public.t: a integer'],
    ],
    [
      'BEGIN; SAVEPOINT a; CREATE TABLE u (a int); RELEASE a; ROLLBACK; CREATE TABLE v (a int)',
      ['public.t: a integer', 'public.v: a integer'],
    ],
    ['BEGIN; SAVEPOINT a; DROP TABLE t; ROLLBACK; COMMIT', ['public.t: a integer']],
    [
      'BEGIN; CREATE TEMP TABLE x (a int) ON COMMIT DROP; COMMIT; CREATE TABLE x (b int)',
      ['public.t: a integer', 'public.x: b integer'],
    ],
    ['BEGIN; SAVEPOINT a; ROLLBACK TO a; DROP TABLE t; COMMIT', []],
    // It fails, or nobody can say where it leads.
    ['DROP TABLE t; ROLLBACK', 'unknown'],
    ['BEGIN; DROP TABLE t; ROLLBACK TO b', 'unknown'],
    ['BEGIN; SAVEPOINT a; DROP TABLE t; RELEASE b; ROLLBACK TO a', 'unknown'],
    ['BEGIN; SAVEPOINT a; DROP TABLE t; ROLLBACK TO /* a */ b', 'unknown'],
    ['BEGIN; DROP TABLE t; ROLLBACK -- TO a\n', 'unknown'],
  ])('goes back to where a transaction leads: %s', (text, left) => {
    const tables = shape(`CREATE TABLE w (a int); CREATE TABLE t (a int); ${text}`);
    const [witness, ...others] = tables;
    expect(witness).toBe(left === 'unknown' ? 'public.w: a integer, …' : 'public.w: a integer');
    if (left !== 'unknown') expect(others).toEqual(left);
  });

  it('gives what can be written as JSON', () => {
    const result = replayTexts(
      "CREATE TABLE t (id int PRIMARY KEY, x text); COMMENT ON TABLE t IS 'tea'; CREATE FUNCTION f(t) RETURNS text LANGUAGE sql AS ''; CREATE TABLE u (t_id int REFERENCES t)",
    );
    const { tables, functions, problems } = JSON.parse(JSON.stringify(result)) as typeof result;
    expect(tables).toEqual(JSON.parse(JSON.stringify(result.tables)));
    expect(tables).toMatchObject([
      { name: 't', description: 'tea', closed: true },
      { foreignKeys: [{ columns: ['t_id'] }] },
    ]);
    expect(functions).toMatchObject([{ name: 'f', returnType: 'text', argumentTypes: ['t'] }]);
    expect(problems).toEqual([]);
  });

  it('keeps comments, and what removes them', () => {
    const [table] = replayTexts(
      "CREATE TABLE t (a int, b int); COMMENT ON TABLE t IS 'x'; COMMENT ON COLUMN t.a IS 'it''s'; COMMENT ON COLUMN public.t.b IS 'gone'; COMMENT ON COLUMN t.b IS NULL; ALTER TABLE t RENAME TO u",
    ).tables;
    expect([table?.description, ...(table?.columns.map(({ description }) => description) ?? [])]).toEqual([
      'x',
      "it's",
      undefined,
    ]);
  });

  it('says what functions take and give', () => {
    const { functions } = replayTexts(
      `CREATE SCHEMA app; CREATE TABLE t (a int); CREATE FUNCTION app.f(t, n varchar(3) DEFAULT 'x', VARIADIC int[] DEFAULT '{}') RETURNS SETOF t LANGUAGE sql AS '';
       CREATE FUNCTION g(OUT a int, OUT b text) LANGUAGE sql AS ''; CREATE FUNCTION h() RETURNS TABLE (x int) LANGUAGE sql AS '';
       CREATE PROCEDURE p() LANGUAGE sql AS ''; CREATE FUNCTION gone() RETURNS int LANGUAGE sql AS ''; DROP FUNCTION gone; CREATE OR REPLACE FUNCTION h2(int) RETURNS bigint LANGUAGE sql AS ''; ALTER FUNCTION h2(int) RENAME TO i;
       ALTER TABLE t RENAME TO u`,
    );
    expect(
      functions.map(
        ({ schema, name, argumentTypes, returnsSet, returnType }) =>
          `${schema}.${name}(${argumentTypes.join(', ')}) ${returnsSet ? 'SETOF ' : ''}${returnType}`,
      ),
    ).toEqual([
      'app.f(u, character varying, integer[]) SETOF u',
      'public.g() record',
      'public.h() SETOF integer',
      'public.i(integer) bigint',
    ]);
  });
});

describe('a broken file', () => {
  it('is told once, at its first broken statement', () => {
    const text =
      'CREATE TABLE t (a int);\nALTER TABLE t ADD COLUM b int int;\nCREATE TABEL u ();\nCREATE TABLE w (c int);';
    const { problems, tables } = replayTexts(text, 'CREATE TABLE fine ()');
    expect(
      problems.map(({ uri, offset, length, message }) => [uri, text.slice(offset, offset + length), message]),
    ).toEqual([['file:///1.sql', 'int', 'syntax error at or near "int"']]);
    expect(tables.map(({ name, closed }) => [name, closed])).toEqual([
      ['t', false],
      ['w', true],
      ['fine', true],
    ]);
  });

  it.each<[string, string, string[]]>([
    [
      'a missing comma: that table alone is not known',
      'CREATE TABLE a (x int); CREATE TABLE b (y int z int)',
      ['public.a: x integer'],
    ],
    [
      'a missing semicolon: both tables may differ',
      'CREATE TABLE a (); CREATE TABLE b (); ALTER TABLE a ADD x int ALTER TABLE b ADD y int;',
      ['public.a: …', 'public.b: …'],
    ],
    ['a broken DROP: it may be gone', 'CREATE TABLE a (); DROP TABLE a CASCAD E', []],
    [
      'a quote that is open: any may have changed',
      "CREATE TABLE a (x int); CREATE TABLE b (y int DEFAULT 'z); ALTER TABLE a ADD y int;",
      ['public.a: x integer, …'],
    ],
    [
      'a comment that is open',
      'CREATE TABLE a (x int); /* ALTER TABLE a ADD y int;',
      ['public.a: x integer, …'],
    ],
    [
      'an INSERT whose quote is open',
      "CREATE TABLE a (x int); INSERT INTO a VALUES ('; ALTER TABLE a ADD y int;",
      ['public.a: x integer, …'],
    ],
    ['half of a statement', 'CREATE TABLE a (x int); ALTER TABLE a ADD', ['public.a: x integer, …']],
    ['a word', 'CREATE TABLE a (x int); CRE', ['public.a: x integer']],
    [
      'a broken body of a function is not parsed',
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'begin nonsense'; CREATE TABLE a ()",
      ['public.a: '],
    ],
    [
      'a broken DO block',
      'CREATE TABLE a (x int); DO $$ BEGIN ALTER TABEL a ADD y int; END $$; DO $$ IF $$',
      ['public.a: x integer, …'],
    ],
  ])('%s', (_, text, expected) => {
    expect(shape(text)).toEqual(expected);
  });

  it('never throws, wherever a text is cut', () => {
    const text = `SET search_path TO app, public; CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('a', E'b\\'');
      CREATE TABLE t (id serial PRIMARY KEY, "n x" varchar(3) REFERENCES u (a), m mood[], CONSTRAINT k CHECK (id > 0));
      ALTER TABLE t ADD COLUMN z int, DROP COLUMN m CASCADE; COMMENT ON COLUMN t.z IS $$ x $$;
      CREATE VIEW v AS WITH c AS (SELECT * FROM t) SELECT c.*, count(*) OVER () FROM c LEFT JOIN LATERAL f(c.id) AS g(a, b) USING (a);
      DO $$ DECLARE r record; BEGIN FOR r IN SELECT 1 LOOP EXECUTE format('ALTER TABLE %I ADD y int', r.x); END LOOP; END $$; DROP TABLE t;`;
    for (let end = 0; end <= text.length; end += 7)
      expect(() => replayTexts(text.slice(0, end))).not.toThrow();
  });

  const hostile: [string, string][] = [
    [
      'parents of parents',
      `${Array.from(
        { length: 120 },
        (_, n) => `CREATE TABLE t${n} (c${n} int)${n > 0 ? ` INHERITS (t${n - 1})` : ''};`,
      ).join('')}ALTER TABLE t0 ADD x int; DROP TABLE t0 CASCADE`,
    ],
    [
      'views over views',
      'CREATE TABLE v0 (a int);' +
        Array.from({ length: 200 }, (_, n) => `CREATE VIEW v${n + 1} AS SELECT * FROM v${n};`).join('') +
        'DROP TABLE v0 CASCADE',
    ],
    ['a sum of ten thousand', `CREATE VIEW v AS SELECT ${'1+'.repeat(10_000)}1 AS a`],
    ['a thousand unions', `CREATE VIEW v AS SELECT 1 AS a ${'UNION SELECT 1 '.repeat(1000)}`],
    [
      'parents in a circle',
      'CREATE TABLE a (x int); CREATE TABLE b (x int) INHERITS (a); ALTER TABLE a INHERIT b; ALTER TABLE a ADD y int; ALTER TABLE a ALTER x SET NOT NULL; ALTER TABLE a RENAME x TO z; ALTER TABLE a DROP COLUMN y; DROP TABLE a CASCADE',
    ],
    [
      'a domain of itself',
      'CREATE DOMAIN d AS int; CREATE DOMAIN e AS d; DROP DOMAIN d; CREATE DOMAIN d AS e; CREATE TABLE t (a d); CREATE VIEW v AS SELECT max(a), coalesce(a, 1) FROM t',
    ],
    [
      'EXECUTE of EXECUTE',
      `DO $a$ BEGIN EXECUTE 'DO $b$ BEGIN EXECUTE ''CREATE TABLE t (a int)''; END $b$'; END $a$`,
    ],
    [
      'savepoints',
      `BEGIN; ${'SAVEPOINT a; CREATE TABLE IF NOT EXISTS t (a int);'.repeat(100)} ROLLBACK TO a; ROLLBACK`,
    ],
    [
      'names of the language',
      'CREATE TABLE __proto__ (constructor int, "toString" __proto__); CREATE VIEW "hasOwnProperty" AS SELECT constructor(1), "toString", valueOf(x) FROM __proto__, "constructor"() x; CREATE VIEW w AS SELECT * FROM toString()',
    ],
  ];

  it('does not grow wider than a table can be', () => {
    const names = ['t', ...'abcdefghijklmnop'];
    const doubled = names
      .slice(1)
      .map((name, at) => `${name} AS (SELECT * FROM ${names[at]} x, ${names[at]} y)`);
    const { tables } = replayTexts(
      `CREATE TABLE t (a int); CREATE TABLE w AS WITH ${doubled.join(', ')} SELECT * FROM p`,
    );
    expect(tables.map(({ name }) => name)).toEqual(['t']);
  });

  it.each(hostile)('is read in little time: %s', (_, text) => {
    const start = performance.now();
    expect(() => replayTexts(text)).not.toThrow();
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
