import { describe, expect, it, vi } from 'vitest';
import { Replay } from '../../../../server/src/schema/migrations/replay.ts';
import type { SqlParser } from '../../../../server/src/schema/migrations/sqlParser.ts';
import { cases as doBlocks } from './cases/doBlocks.ts';
import { cases as drops } from './cases/drops.ts';
import { cases as tables } from './cases/tables.ts';
import { cases as types } from './cases/types.ts';
import { cases as views } from './cases/views.ts';
import { parser } from './replayText.ts';

/** One that refuses several statements at once. */
const oneByOne: SqlParser = {
  parse: (sql) => (sql.includes('\n;\n') ? { message: 'one at a time', offset: 0 } : parser.parse(sql)),
  parsePlpgsql: (sql) => parser.parsePlpgsql(sql),
  scan: (sql) => parser.scan(sql),
};

function result(texts: readonly string[], by: SqlParser): string {
  const replay = new Replay(by);
  for (const [index, text] of texts.entries()) replay.read({ uri: `file:///${index}.sql`, text, offset: 7 });
  return JSON.stringify(replay.result(), null, 1);
}

describe('statements that are parsed at once', () => {
  it.each(Object.entries({ doBlocks, drops, tables, types, views }))(
    'are as if they were parsed alone: %s',
    (_, cases) => {
      for (const [name, texts] of cases) expect(result(texts, parser), name).toBe(result(texts, oneByOne));
    },
  );

  it.each([
    [
      'places behind other letters',
      'CREATE TABLE "é😀" (ä int);\nCREATE TABLE "ü" (a int, "ö😀" text);\nALTER TABLE "ü" ADD x int',
    ],
    ['a comment at the end', 'CREATE TABLE a (id int) -- all\n; CREATE TABLE b (id int) -- all'],
    ['a comment alone between', 'CREATE TABLE a (id int);\n/* none */;\n;CREATE TABLE b (id int)'],
    ['one that is broken', 'CREATE TABLE a (id int); CREATE TABEL b (id int); CREATE TABLE c (id int)'],
    ['the halves of one', 'CREATE TABLE a (id int; CREATE TABLE b (id int)); CREATE TABLE c (id int)'],
    ['two in one', 'CREATE RULE r AS ON INSERT TO a DO (SELECT 1; SELECT 2); CREATE TABLE a (id int)'],
    [
      'rows and lines of psql between',
      'CREATE TABLE a (id int);\n\\echo x\nCOPY a FROM stdin;\n1\n\\.\nDROP TABLE a; CREATE TABLE b (id int);',
    ],
    [
      'many',
      Array.from({ length: 3000 }, (_, index) => `CREATE TABLE t${index} (id int, "ä${index}" text)`).join(
        ';\n',
      ),
    ],
  ])('are so with %s', (_, text) => {
    expect(result([text], parser)).toBe(result([text], oneByOne));
  });

  it('are one text for the parser, up to a length', () => {
    const parse = vi.fn((sql: string) => parser.parse(sql));
    const count = (text: string): number => {
      parse.mockClear();
      result([text], { ...oneByOne, parse });
      return parse.mock.calls.length;
    };
    expect(count('CREATE TABLE a (id int); CREATE TABLE b (id int); DROP TABLE a')).toBe(1);
    const long = `COMMENT ON TABLE a IS '${'x'.repeat(70_000)}'`;
    expect(count(`${long}; ${long}; DROP TABLE a`)).toBe(3);
  });
});
