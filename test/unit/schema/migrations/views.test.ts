import { describe, expect, it } from 'vitest';
import { cases } from './cases/views.ts';
import { shape } from './replayText.ts';

describe('views of migrations', () => {
  it.each(cases)('%s', (_, files, left) => {
    expect(shape(...files)).toEqual(left);
  });
});
