import { describe, expect, it } from 'vitest';
import { conditions, setup, variables } from './cases/conditions.ts';
import { replayTexts } from './replayText.ts';

/** What becomes of a table that a block alters in one way or the other. */
function answer(condition: string): string {
  const alter = (column: string): string => `ALTER TABLE answers ADD COLUMN ${column} int;`;
  const block = `BEGIN IF ${condition} THEN ${alter('yes')} ELSE ${alter('no')} END IF; END`;
  const text = `${setup} CREATE TABLE answers (); DO $do$ DECLARE ${variables}; ${block} $do$`;
  const { tables } = replayTexts(text);
  const answers = tables.find(({ name }) => name === 'answers');
  // What is not known of a condition makes nothing else less known.
  if (tables.find(({ name }) => name === 'people')?.closed !== true) return 'nothing is known';
  return answers?.closed === true ? answers.columns.map(({ name }) => name).join(', ') : 'unknown';
}

describe('a condition of a block, answered by what migrations have made', () => {
  it.each(conditions)('%s: %s', (condition, expected) => {
    expect(answer(condition)).toBe(expected);
  });
});
