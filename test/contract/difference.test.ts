import { describe, expect, it } from 'vitest';
import type { Json } from '../endpoint/endpoint.ts';
import { difference } from './difference.ts';

describe('the part of an answer that is known', () => {
  it.each<[Json, Json]>([
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: null }, { a: { $any: true } }],
    [{ a: 1 }, { b: { $absent: true } }],
    ['abc', { $regex: '^a' }],
    [[2, 1], { $unordered: [1, 2] }],
    [[{ a: 1, b: 1 }, 3], { $contains: [{ a: 1 }] }],
    [null, null],
  ])('%j fits %j', (actual, expected) => {
    expect(difference(actual, expected, false)).toBeUndefined();
  });

  it.each<[Json, Json]>([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { b: { $any: true } }],
    [{ a: null }, { a: { $absent: true } }],
    ['abc', { $regex: '^b' }],
    [
      [1, 2, 3],
      [1, 2],
    ],
    [[1, 2, 3], { $unordered: [1, 2] }],
    [[1], { $contains: [2] }],
    ['1', 1],
  ])('%j does not fit %j', (actual, expected) => {
    expect(difference(actual, expected, false)).toBeTypeOf('string');
  });
});

it('knows of a whole answer that there is no other key, and where it is', () => {
  expect(difference({ a: [{ b: 1, c: 2 }] }, { a: [{ b: 1 }] }, true)).toBe('$.a[0].c: not expected, got 2');
});
