import { describe, expect, it } from 'vitest';
import { cases } from './cases/types.ts';
import { shape } from './replayText.ts';

describe('types of migrations', () => {
  it.each(cases)('%s', (_, files, left) => {
    expect(shape(...files)).toEqual(left);
  });
});
