import { describe, expect, it } from 'vitest';
import { cases } from './cases/alterations.ts';
import { shape } from './replayText.ts';

describe('what statements of migrations alter', () => {
  it.each(cases)('%s', (_, files, left) => {
    expect(shape(...files)).toEqual(left);
  });
});
