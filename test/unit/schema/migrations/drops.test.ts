import { describe, expect, it } from 'vitest';
import { cases } from './cases/drops.ts';
import { shape } from './replayText.ts';

describe('what is dropped in migrations', () => {
  it.each(cases)('%s', (_, files, left) => {
    expect(shape(...files)).toEqual(left);
  });
});
