import { describe, expect, it } from 'vitest';
import { cases } from './cases/doBlocks.ts';
import { shape } from './replayText.ts';

describe('DO blocks and calls in migrations', () => {
  it.each(cases)('%s', (_, files, left) => {
    expect(shape(...files)).toEqual(left);
  });
});
