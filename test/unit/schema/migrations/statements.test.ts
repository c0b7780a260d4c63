import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { change } from './stateChange.ts';

const perhaps = (statement: string): string =>
  `DO $maybe$ BEGIN IF random() > 0.5 THEN ${statement}; END IF; END $maybe$`;

/** A statement, what it changes, and what it changes if it may have run or not (`?`); nothing is said if it cannot be in a block. */
const cases = readFileSync(new URL('cases/statements.txt', import.meta.url), 'utf8')
  .split('\n\n')
  .map((text): [string, string[], string[]] => {
    const [statement = '', ...lines] = text.trim().split('\n');
    const [sure, maybe] = [
      lines.filter((line) => !line.startsWith('?')),
      lines.filter((line) => line.startsWith('?')),
    ];
    return [statement, sure, maybe.map((line) => line.slice(2))];
  });

describe('a statement of a migration', () => {
  it.each(cases)('%s', (statement, sure, maybe) => {
    expect(change(statement)).toEqual(sure);
    if (!/\b(?:COMMIT|ROLLBACK|LOCAL|ABORT)\b|^(?:DO|START) /.test(statement))
      expect(change(perhaps(statement))).toEqual(maybe);
  });
});
