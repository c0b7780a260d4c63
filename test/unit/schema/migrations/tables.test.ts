import { describe, expect, it } from 'vitest';
import { cases } from './cases/tables.ts';
import { shape } from './replayText.ts';

describe('tables of migrations', () => {
  it.each(cases)('%s', (_, files, left) => {
    expect(shape(...files)).toEqual(left);
  });
});
