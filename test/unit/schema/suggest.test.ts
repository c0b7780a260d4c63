import { describe, expect, it } from 'vitest';
import { suggest, withBoundedSuggestions } from '../../../server/src/schema/suggest.ts';

const columns = ['id', 'person_id', 'full_name', 'created_at', 'is_active'];

describe('suggest', () => {
  it.each([
    ['persn_id', 'person_id'],
    ['person', 'person_id'],
    ['personId', 'person_id'],
    ['FULL_NAME', 'full_name'],
    ['create_at', 'created_at'],
    ['idd', 'id'],
    ['Id', 'id'],
  ])('%s: %s', (name, expected) => {
    expect(suggest(name, columns)).toBe(expected);
  });

  it.each(['zip', 'xy', 'completely_different', '', 'a'])('nothing is near %j', (name) => {
    expect(suggest(name, columns)).toBeUndefined();
  });

  it('of names without a letter none is like another', () => {
    expect(suggest('', ['_', ' '])).toBeUndefined();
    expect(suggest('__', ['-', 'x_'])).toBe('x_');
    expect(suggest('_', ['id'])).toBeUndefined();
  });

  it.each([
    ['abc', ['abd'], 'abd'],
    ['abc', ['xyz'], undefined],
    ['abcd', ['abxy'], 'abxy'],
    ['abcd', ['axyz'], undefined],
    ['abcdefgh', ['abcdexyz'], 'abcdexyz'],
    ['abcdefghijklmnop', ['abcdefghijkl....'], 'abcdefghijkl....'],
    ['abcdefghijklmnopqrst', ['abcdefghijklmno.....'], undefined],
  ])('is as near as a quarter of its letters and one more, four at most: %s', (name, names, expected) => {
    expect(suggest(name, names)).toBe(expected);
  });

  it('the nearest counts, of equally near ones the first', () => {
    expect(suggest('personid', ['personal', 'persons', 'persnid'])).toBe('persnid');
    expect(suggest('aab', ['aac', 'aad'])).toBe('aac');
    expect(suggest('per', ['person', 'permit'])).toBeUndefined();
    expect(suggest('pe', ['person_with_a_long_name'])).toBeUndefined();
    expect(suggest('per', ['person_with_a_long_name'])).toBe('person_with_a_long_name');
  });

  it('never suggests the name itself', () => {
    expect(suggest('id', ['id'])).toBeUndefined();
    expect(suggest('id', ['id', 'ids'])).toBe('ids');
  });

  it('has nothing to suggest from nothing', () => {
    expect(suggest('id', [])).toBeUndefined();
    expect(suggest('name', ['__proto__', 'constructor'])).toBeUndefined();
  });
});

describe('a schema of thousands of names', () => {
  const names = Array.from({ length: 100_000 }, (_, index) => `name${index}`);

  it('is compared with so many mistakes, and no more, while one document is checked', () => {
    const suggested = withBoundedSuggestions(() =>
      Array.from({ length: 200 }, () => suggest('Name_5', names)).filter((name) => name !== undefined),
    );
    expect(suggested).toHaveLength(50);
    expect(suggest('Name_5', names)).toBe('name5');
  });

  it('is compared as often in a check within another', () => {
    const suggested = withBoundedSuggestions(() => {
      for (let mistake = 0; mistake < 49; mistake++) suggest('Name_5', names);
      const within = withBoundedSuggestions(() => {
        for (let mistake = 0; mistake < 49; mistake++) suggest('Name_5', names);
        return suggest('Name_5', names);
      });
      return [within, suggest('Name_5', names), suggest('Name_5', names)];
    });
    expect(suggested).toEqual(['name5', 'name5', undefined]);
  });

  it('is compared anew after a check, however often it was before', () => {
    withBoundedSuggestions(() => undefined);
    for (let mistake = 0; mistake < 50; mistake++) suggest('Name_5', names);
    expect(suggest('Name_5', names)).toBeUndefined();
    withBoundedSuggestions(() => undefined);
    expect(suggest('Name_5', names)).toBe('name5');
  });

  it('says nothing to a name nobody would write', () => {
    expect(suggest('n'.repeat(201), ['n'.repeat(200)])).toBeUndefined();
    expect(suggest('n'.repeat(200), ['n'.repeat(199)])).toBe('n'.repeat(199));
  });
});
