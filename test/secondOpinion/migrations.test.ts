import { afterAll, describe, expect, it } from 'vitest';
import { splitStatements } from '../../server/src/schema/migrations/splitStatements.ts';
import { loadSqlParser } from '../../server/src/schema/migrations/sqlParser.ts';
import { compare } from '../migrations/compare.ts';
import { Database } from '../migrations/database.ts';
import { Generator } from '../migrations/generator.ts';
import { Random } from '../migrations/random.ts';
import { cases as alterations } from '../unit/schema/migrations/cases/alterations.ts';
import { cases as doBlocks } from '../unit/schema/migrations/cases/doBlocks.ts';
import { cases as drops } from '../unit/schema/migrations/cases/drops.ts';
import { cases as expressions } from '../unit/schema/migrations/cases/expressions.ts';
import { cases as tables } from '../unit/schema/migrations/cases/tables.ts';
import { cases as types } from '../unit/schema/migrations/cases/types.ts';
import { cases as views } from '../unit/schema/migrations/cases/views.ts';

const parser = await loadSqlParser();
const database = await Database.start();
afterAll(() => database.close());

/** As many as take some ten seconds; `node test/migrations/main.ts` does more of them. */
const scripts = 40;

describe('what a replay of migrations says, and what PostgreSQL has', () => {
  const all = [...tables, ...types, ...views, ...drops, ...doBlocks, ...alterations, ...expressions];

  let taken = 0;
  let left = 0;

  it.each(all.map(([name, files]) => [name, files] as const))('%s', async (_, files) => {
    // The database knows no extensions: these statements, and what needs them, it refuses.
    const statements = files.flatMap((file) => [
      'RESET search_path',
      ...splitStatements(file).map(({ text }) => text),
    ]);
    const { differences, accepted, refused } = await compare(database, parser, statements);
    expect(differences).toEqual([]);
    taken += accepted.length;
    left += refused.length;
  });

  it('of statements that the database takes', () => {
    expect(left).toBeLessThan(taken / 4);
  });

  it('agree after random statements', async () => {
    let columns = 0;
    for (let script = 0; script < scripts; script++) {
      const generator = new Generator(new Random(script));
      const found = await compare(database, parser, {
        length: 25,
        next: (current, index) => generator.next(current, index),
      });
      columns += found.columns;
      expect({ script, accepted: found.accepted, differences: found.differences }).toMatchObject({
        differences: [],
      });
    }
    expect(columns).toBeGreaterThan(200);
  });
});
