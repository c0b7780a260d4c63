import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSqlParser } from '../../../../server/src/schema/migrations/sqlParser.ts';
import { parser } from './replayText.ts';

describe('the parser of SQL', () => {
  it('gives offsets in UTF-16 units', () => {
    const sql = 'CREATE TABLE "é😀" (ä int, b text)';
    const parsed = parser.parse(sql);
    if (!('statements' in parsed)) throw new Error(parsed.message);
    const [statement] = parsed.statements;
    if (!statement || !('CreateStmt' in statement)) throw new Error('no table');
    const places = (statement.CreateStmt.tableElts ?? []).map((each) =>
      'ColumnDef' in each ? parsed.at(each.ColumnDef.location ?? 0) : -1,
    );
    expect(places).toEqual([sql.indexOf('ä'), sql.indexOf('b text')]);
  });

  it.each<[string, string]>([
    ['CREATE TABLE "é😀" (ä int, b int x)', 'x'],
    ['CREATE TABLE t (', ''],
    ['SELEC 1', 'SELEC 1'],
  ])('says where a text is broken: %s', (sql, rest) => {
    const parsed = parser.parse(sql);
    expect(parsed).toHaveProperty('message');
    expect('offset' in parsed && sql.slice(parsed.offset)).toBe(rest === 'x' ? 'x)' : rest);
  });

  it('loads its WebAssembly from where it is told', async () => {
    const file = createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.wasm');
    const loaded = await loadSqlParser(file);
    expect(loaded.parse('SELECT 1')).toHaveProperty('statements');
    await expect(loadSqlParser(path.join(path.dirname(file), 'missing.wasm'))).rejects.toThrow();
  });

  const deep: [string, string][] = [
    ['parentheses', `SELECT ${'('.repeat(100_000)}1`],
    ['a sum', `SELECT ${'1+'.repeat(100_000)}1`],
    ['UNION', `SELECT 1 ${'UNION SELECT 1 '.repeat(30_000)}`],
    ['NOT', `SELECT ${'NOT '.repeat(100_000)}true`],
    ['CASE', `SELECT ${'CASE WHEN true THEN '.repeat(50_000)}1`],
    ['subqueries', `SELECT * FROM ${'(SELECT * FROM '.repeat(20_000)}a`],
    ['a null character', 'SELECT \0 1'],
    ['half of a pair', 'SELECT "\ud83d"'],
    ['nothing', ''],
  ];

  it.each(deep)('lives on after %s', (_, sql) => {
    parser.parse(sql);
    parser.scan(sql);
    parser.parsePlpgsql(sql);
    expect(parser.parse('SELECT 1')).toHaveProperty('statements');
  });
});
