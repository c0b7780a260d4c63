import { describe, expect, it } from 'vitest';
import { cases } from './cases/expressions.ts';
import { shape } from './replayText.ts';

describe('types of expressions in migrations', () => {
  it.each(cases)('%s', (_, files, left) => {
    expect(shape(...files)).toEqual(left);
  });
});
