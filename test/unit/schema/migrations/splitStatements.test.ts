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
