import { describe, expect, it } from 'vitest';
import { Replay } from '../../../../server/src/schema/migrations/replay.ts';
import { parser, shape } from './replayText.ts';

function read(replay: Replay, text: string, offset = 0): Replay {
  replay.read({ uri: 'file:///up.sql', text, offset });
  return replay;
}

describe('SQL that makes more than can be followed', () => {
  const columns = Array.from({ length: 1600 }, (_, index) => `c${index} int`).join(', ');
  const views = Array.from({ length: 400 }, (_, index) => `CREATE VIEW v${index} AS SELECT * FROM w;`);
  const much = `CREATE TABLE w (${columns});\n${views.join('\n')}`;

  it('is given up where that shows, and nothing is known then, whatever comes after it', () => {
    const replay = read(new Replay(parser), 'CREATE TABLE t (a int);');
    read(read(replay, much), 'CREATE TABLE late (a int); CREATE TABLE (');
    for (const each of [replay, read(replay.copy(), 'CREATE TABLE (')]) {
      const { tables, functions, problems } = each.result();
      expect({ tables, functions }).toEqual({ tables: [], functions: [] });
      expect(problems.map(({ message }) => message)).toEqual([
        expect.stringMatching(/makes more than can be followed, so nothing is known by any of it$/),
      ]);
      expect(much.slice(problems[0]?.offset)).toMatch(/^CREATE VIEW v3\d\d /);
    }
  });

  it('is given up in a transaction that is rolled back again and again', () => {
    const again = Array.from(
      { length: 90 },
      (_, index) => `SAVEPOINT s; ${views.slice(0, 10).join(' ')} ROLLBACK TO s; -- ${index}`,
    );
    const replay = read(
      new Replay(parser),
      `CREATE TABLE w (${columns}); BEGIN; ${again.join('\n').replaceAll(/ -- \d+/g, '')} COMMIT;`,
    );
    expect(replay.result().problems).toHaveLength(1);
  });

  it('is no long history', () => {
    const text = Array.from(
      { length: 20_000 },
      (_, index) => `ALTER TABLE t ADD COLUMN c${index} int; ALTER TABLE t DROP COLUMN c${index};`,
    );
    expect(shape(`CREATE TABLE t (a int); ${text.join('')}`)).toEqual(['public.t: a integer']);
  });
});
