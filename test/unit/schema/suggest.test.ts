import { describe, expect, it } from 'vitest';
import { suggest } from '../../../server/src/schema/suggest.ts';

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

  it('never suggests the name itself', () => {
    expect(suggest('id', ['id'])).toBeUndefined();
    expect(suggest('id', ['id', 'ids'])).toBe('ids');
  });

  it('has nothing to suggest from nothing', () => {
    expect(suggest('id', [])).toBeUndefined();
    expect(suggest('name', ['__proto__', 'constructor'])).toBeUndefined();
  });
});
