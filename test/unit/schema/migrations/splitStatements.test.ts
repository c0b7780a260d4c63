import { describe, expect, it } from 'vitest';
import { mayBeDdl, splitStatements } from '../../../../server/src/schema/migrations/splitStatements.ts';

function texts(sql: string): string[] {
  return splitStatements(sql).map(({ text }) => text);
}

describe('splitStatements', () => {
  it.each<[string, string, string[]]>([
    ['semicolons', 'a; b ;c', ['a', 'b ', 'c']],
    ['no statement', ' ;; -- a\n /* b; */ ;', []],
    ['a byte order mark', '\ufeffCREATE TABLE t ()', ['CREATE TABLE t ()']],
    ['quotes', `a ';' '''; ' ";" """;"; b`, [`a ';' '''; ' ";" """;"`, 'b']],
    ['a backslash in plain quotes is one', `a '\\'; b`, [`a '\\'`, 'b']],
    ['a backslash in E quotes escapes', `a E'\\';' e'x''\\\\'; b`, [`a E'\\';' e'x''\\\\'`, 'b']],
    ['a word that ends in e is no E', `name'\\'; b`, [`name'\\'`, 'b']],
    ['dollar quotes', 'a $$;$$ $x$;$$;$x$; b', ['a $$;$$ $x$;$$;$x$', 'b']],
    ['a parameter and a name with a dollar', 'a $1; b$c$; d$c$', ['a $1', 'b$c$', 'd$c$']],
    ['nested comments', 'a /* ; /* ; */ ; */ b; -- ;\n c', ['a /* ; /* ; */ ; */ b', 'c']],
    ['data', 'COPY t FROM stdin;\n1\t;\n\\.x\n\\.\nb; c', ['COPY t FROM stdin', 'b', 'c']],
    [
      'data of Windows',
      'copy t (a) from STDIN with csv;\r\n1;\r\n\\.\r\nb',
      ['copy t (a) from STDIN with csv', 'b'],
    ],
    ['COPY of a file has none', "COPY t FROM '/x'; b", ["COPY t FROM '/x'", 'b']],
    ['data without an end', 'COPY t FROM stdin;\n1;\n2;', ['COPY t FROM stdin']],
    [
      "psql's own lines",
      '\\restrict x;\na;\n\\connect y\nb \\gexec\nc',
      ['a', '\\connect y', 'b ', '\\gexec', 'c'],
    ],
    [
      'BEGIN ATOMIC',
      'CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END; b',
      ['CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END', 'b'],
    ],
    ['BEGIN of a transaction', 'BEGIN; a; END; b', ['BEGIN', 'a', 'END', 'b']],
    [
      'rules',
      'CREATE RULE r AS ON INSERT TO t DO (a; b); c',
      ['CREATE RULE r AS ON INSERT TO t DO (a; b)', 'c'],
    ],
    ['an open parenthesis elsewhere', 'CREATE TABLE t (a int; b', ['CREATE TABLE t (a int', 'b']],
  ])('%s', (_, sql, expected) => {
    expect(texts(sql)).toEqual(expected);
  });

  it('says where each begins', () => {
    const sql = ' /* é */ CREATE TABLE t ();\n\n  "x" y';
    for (const { offset, text } of splitStatements(sql))
      expect(sql.slice(offset, offset + text.length)).toBe(text);
    expect(splitStatements(sql).map(({ firstWord }) => firstWord)).toEqual(['CREATE', '']);
  });

  it.each(["a 'b; c", 'a "b; c', 'a $x$ b; c', 'a /* b; c', "a E'\\'; c"])(
    'is told of a quote that is open: %s',
    (sql) => {
      expect(splitStatements(sql)).toMatchObject([{ text: sql, unclosed: true }]);
      expect(splitStatements('a; b')).toMatchObject([{ unclosed: false }, { unclosed: false }]);
    },
  );

  it.each<[string, number, string]>([
    ["a; b 'c;", 5, 'quoted string'],
    ["a; b E'c\\';", 6, 'quoted string'],
    ["a; b E'c''", 6, 'quoted string'],
    ['a; b "c;', 5, 'quoted identifier'],
    ['a; b $$c;', 5, 'dollar-quoted string'],
    ['a; b $x$c;$$', 5, 'dollar-quoted string'],
    ['a; b /* c;', 5, '/* comment'],
    ['a; b /* /* c; */', 5, '/* comment'],
    ['a; /* c;', 3, '/* comment'],
  ])('says where what is open begins: %s', (sql, offset, kind) => {
    const [first, last, ...others] = splitStatements(sql);
    expect(first).toMatchObject({ text: 'a', unclosed: false, unclosedAt: undefined });
    expect(last).toMatchObject({ unclosed: true, unclosedAt: { offset, kind } });
    expect(others).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['CREATE FUNCTION f() BEGIN ATOMIC a; b; END; c', ['CREATE FUNCTION f() BEGIN ATOMIC a; b; END', 'c']],
    [
      'create or replace procedure f() begin\natomic a; b; end; c',
      ['create or replace procedure f() begin\natomic a; b; end', 'c'],
    ],
    [
      'CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN CASE WHEN a THEN b END THEN c END; d; END; e',
      ['CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN CASE WHEN a THEN b END THEN c END; d; END', 'e'],
    ],
    [
      'CREATE FUNCTION f() RETURN CASE WHEN a THEN b END; c',
      ['CREATE FUNCTION f() RETURN CASE WHEN a THEN b END', 'c'],
    ],
    ['CREATE FUNCTION f(begin int) RETURN 1; c', ['CREATE FUNCTION f(begin int) RETURN 1', 'c']],
    ['CREATE FUNCTION f(begin atomics) RETURN 1; c', ['CREATE FUNCTION f(begin atomics) RETURN 1', 'c']],
    ['CREATE TABLE function (begin int); c', ['CREATE TABLE function (begin int)', 'c']],
    ['CREATE VIEW v AS SELECT 1 BEGIN ATOMIC; c', ['CREATE VIEW v AS SELECT 1 BEGIN ATOMIC', 'c']],
    ['ALTER FUNCTION f BEGIN ATOMIC; c', ['ALTER FUNCTION f BEGIN ATOMIC', 'c']],
    [
      'CREATE RULE r AS ON INSERT TO t DO (a; (b; c); d); e',
      ['CREATE RULE r AS ON INSERT TO t DO (a; (b; c); d)', 'e'],
    ],
    [
      'create or replace rule r as on insert to t do (a; b); c',
      ['create or replace rule r as on insert to t do (a; b)', 'c'],
    ],
    [
      'CREATE FUNCTION f() RETURN 1; CREATE RULE r AS (a; b); CREATE FUNCTION g() BEGIN ATOMIC a; END',
      ['CREATE FUNCTION f() RETURN 1', 'CREATE RULE r AS (a; b)', 'CREATE FUNCTION g() BEGIN ATOMIC a; END'],
    ],
    [
      'CREATE FUNCTION f() RETURN 1; CREATE VIEW v AS SELECT a BEGIN ATOMIC; c',
      ['CREATE FUNCTION f() RETURN 1', 'CREATE VIEW v AS SELECT a BEGIN ATOMIC', 'c'],
    ],
    ['CREATE RULE r ) DO (a; b); c', ['CREATE RULE r ) DO (a; b)', 'c']],
    ['CREATE RULE r AS (a; b); CREATE TABLE t (a; b', ['CREATE RULE r AS (a; b)', 'CREATE TABLE t (a', 'b']],
    ['CREATE RULES r AS (a; b', ['CREATE RULES r AS (a', 'b']],
    // Too far behind CREATE to say what is made.
    [`CREATE TABLE ${'x'.repeat(60)} RULE (a; b`, [`CREATE TABLE ${'x'.repeat(60)} RULE (a`, 'b']],
  ])('knows semicolons inside of a statement: %s', (sql, expected) => {
    expect(texts(sql)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ['COPY t FROM stdin;\n1;\n\\.\nb', ['COPY t FROM stdin', 'b']],
    ['COPY t FROM  STDIN WITH (x);\n\\.\nb', ['COPY t FROM  STDIN WITH (x)', 'b']],
    ['COPY t FROM stdin;\n1;\n \\.\n\\.x\n\\.', ['COPY t FROM stdin']],
    ["COPY t FROM 'from stdin'; b", ["COPY t FROM 'from stdin'", 'b']],
    ['COPY "from stdin" TO x; b', ['COPY "from stdin" TO x', 'b']],
    ['COPY t /* from stdin */ TO x; b', ['COPY t /* from stdin */ TO x', 'b']],
    ['COPY t -- from stdin\n TO x; b', ['COPY t -- from stdin\n TO x', 'b']],
    ['COPY t FROM stdinx; b', ['COPY t FROM stdinx', 'b']],
    ['INSERT INTO t FROM stdin; b', ['INSERT INTO t FROM stdin', 'b']],
    ['\\copy t from stdin\n1;\n\\.\nb', ['b']],
    ['\\copy t from pstdin\n1;\n\\.\nb', ['b']],
    ["\\copy t from '/x'\nb", ['b']],
    ['\\copy t from stdin\n1;\n', ['\\copy t from stdin']],
  ])('knows data from statements: %s', (sql, expected) => {
    expect(texts(sql)).toEqual(expected);
  });

  it.each(
    '? ! H a l t x z C T f s o p w echo qecho warn set unset pset restrict unrestrict timing encoding out copyright conninfo print password prompt setenv cd g gx gset gdesc errverbose crosstabview bind html d dt d+ dS+ dfnp'.split(
      ' ',
    ),
  )('a line of psql that changes nothing is none: \\%s', (command) => {
    expect(texts(`a;\n\\${command}\nb`)).toEqual(['a', 'b']);
    expect(texts(`\\${command} x y\r\nb`)).toEqual(['b']);
    expect(splitStatements(`a\n\\${command} x \\i y\nb`)).toMatchObject([
      { text: 'a\n' },
      { text: `\\${command} x \\i y`, firstWord: '\\', unclosed: false, offset: 2 },
      { text: 'b' },
    ]);
  });

  it.each(['i', 'ir', 'include', 'gexec', 'connect', 'c', 'if', 'else', 'endif', 'watch', 'echoes', 'e'])(
    'a line of psql that may change something is one: \\%s',
    (command) => {
      expect(splitStatements(`a;\n\\${command} x\nb`)).toMatchObject([
        { text: 'a', firstWord: 'A' },
        { text: `\\${command} x`, firstWord: '\\' },
        { text: 'b', firstWord: 'B' },
      ]);
    },
  );

  it('says the same line of psql once, and separates by its semicolon', () => {
    expect(texts('\\i x\n\\i x\n\\i y\n\\i x')).toEqual(['\\i x', '\\i y', '\\i x']);
    expect(texts('a \\; b')).toEqual(['a ', 'b']);
  });

  it.each([
    ['é b', 'É'],
    ['_a b', '_A'],
    ['(a) b', ''],
    ['1a b', ''],
    ['"a" b', ''],
    ['ab1$ c', 'AB1$'],
    [`${'a'.repeat(20)} b`, 'A'.repeat(20)],
    [`${'a'.repeat(21)} b`, ''],
  ])('%s begins with the word %s', (sql, word) => {
    expect(splitStatements(`x; ${sql}`).map(({ firstWord }) => firstWord)).toEqual(['X', word]);
  });

  it.each(
    (
      'ABORT ANALYZE ANALYSE BEGIN CHECKPOINT CLOSE CLUSTER COMMIT COPY DEALLOCATE DECLARE DELETE END EXPLAIN FETCH GRANT INSERT LISTEN ' +
      'LOAD LOCK MERGE MOVE NOTIFY PREPARE REASSIGN REFRESH REINDEX RELEASE REVOKE ROLLBACK SAVEPOINT SECURITY SHOW START TRUNCATE ' +
      'UNLISTEN UPDATE VACUUM VALUES'
    ).split(' '),
  )('%s makes no table and changes none', (word) => {
    expect(splitStatements(`${word.toLowerCase()} x`).map(mayBeDdl)).toEqual([false]);
  });

  it.each<[string, boolean]>([
    ['CREATE TABLE t ()', true],
    ['alter table t', true],
    ['DO $$ $$', true],
    ['SELECT f()', true],
    ['WITH a AS (SELECT 1) SELECT 1 INTO t', true],
    ['SET search_path TO a', true],
    ['COMMENT ON TABLE t IS NULL', true],
    ['(SELECT 1)', true],
    ['INSERT INTO t VALUES (1)', false],
    ['update t set a = 1', false],
    ['DELETE FROM t', false],
    ['COPY t FROM stdin', false],
    ['GRANT SELECT ON t TO x', false],
    ['BEGIN', false],
  ])('parses what may change a shape alone: %s', (sql, expected) => {
    expect(splitStatements(sql).map(mayBeDdl)).toEqual([expected]);
  });

  const units = [
    '$',
    '$a',
    '$a$',
    '/*',
    '*/',
    '/**/',
    "'",
    '"',
    "E'\\",
    '\\\n',
    '--',
    '(',
    ';',
    'a',
    'begin ',
    'from ',
    'create function begin ',
    'copy a from stdin;',
    '\n\\.x',
  ];

  it.each(units)('takes a time that grows with the length alone: %j', (unit) => {
    const time = (length: number): number => {
      const text = unit.repeat(length / unit.length);
      const times = [1, 2, 3].map(() => {
        const start = performance.now();
        splitStatements(text);
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    time(1000);
    // Twenty times the text may take twenty times as long, and a machine be busy; four hundred times would be the square.
    expect(time(1_000_000)).toBeLessThan(200 * Math.max(time(50_000), 1));
  });
});
