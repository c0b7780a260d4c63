import { describe, expect, it } from 'vitest';
import { boundedList, boundedName, boundedText, cutText } from '../../../common/src/boundedText.ts';

const long = 'n'.repeat(1_000_000);

describe('what is shown is bounded', () => {
  it('a name is cut at 200 characters', () => {
    expect(boundedName('short')).toBe('short');
    expect(boundedName('n'.repeat(200))).toHaveLength(200);
    expect(boundedName(long)).toBe(`${'n'.repeat(200)}…`);
  });

  it('never between the halves of a character', () => {
    expect(cutText(`ab${'\u{1F600}'}c`, 3)).toBe('ab…');
  });

  it('a message keeps its words around long names', () => {
    const name = 'n'.repeat(10_000);
    expect(boundedText(`There is no table "${name}" in "${name}".`)).toBe(
      `There is no table "${'n'.repeat(200)}…" in "${'n'.repeat(200)}…".`,
    );
    // Past what is looked at, the rest is lost.
    expect(boundedText(`There is no table "${long}" in "${name}".`)).toBe(
      `There is no table "${'n'.repeat(200)}…`,
    );
    expect(boundedText('It says "a" and "b".')).toBe('It says "a" and "b".');
  });

  it('a message without quotes is cut as a whole, however long', () => {
    expect(boundedText('word '.repeat(1_000_000)).length).toBeLessThanOrEqual(2001);
    expect(boundedText('"'.repeat(1_000_000)).length).toBeLessThanOrEqual(2001);
  });

  it('a list names the first and counts the others', () => {
    expect(boundedList(['a', 'b'])).toBe('a, b');
    const names = Array.from({ length: 16_000 }, (_, index) => `n${index}`);
    expect(boundedList(names)).toBe('n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 15,990 more');
  });
});
