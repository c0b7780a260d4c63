import { describe, expect, it } from 'vitest';
import { setup, uses } from './cases/usesOfViews.ts';
import { replayTexts } from './replayText.ts';

/** Whether a view is there after a statement, and all of it is known; other views always are. */
function fate(query: string, drop: string): string {
  const { tables } = replayTexts(
    `${setup} CREATE VIEW w AS ${query}; ${drop}; CREATE VIEW after AS SELECT 1 AS one`,
  );
  const view = tables.find(({ name }) => name === 'w');
  const isKnown = tables.every(({ closed }) => closed) && tables.some(({ name }) => name === 'after');
  return !isKnown ? 'not known' : view ? 'stays' : 'goes';
}

describe.each(uses)('%s', (drop, needing, others) => {
  it.each(needing)('takes along a view of %s', (query) => {
    expect(fate(query, drop)).toBe('goes');
  });

  it.each(others)('leaves a view of %s', (query) => {
    expect(fate(query, drop)).toBe('stays');
  });
});
