import { describe, expect, it } from 'vitest';
import { tooDeepAt } from '../../../common/src/nesting.ts';

describe('tooDeepAt', () => {
  it.each<[string, string, 'json' | 'graphql', number | undefined]>([
    ['as deep as allowed', '[[{}]]', 'json', undefined],
    ['one deeper', '[[{[', 'json', 3],
    ['side by side', '[][][][]{}{}', 'json', undefined],
    ['closed and opened again', '[[[]],[[[[', 'json', 8],
    ['brackets in a string', '["[[[[[[", "\\"[[[["]', 'json', undefined],
    ['a string without end', '["[[[[[[', 'json', undefined],
    ['parentheses', 'a((((', 'graphql', 4],
    ['a comment', '# [[[[\n[', 'graphql', undefined],
    ['a block string', '"""\n"[[[[ \\""" [[[\n""" [', 'graphql', undefined],
    ['behind a block string', '"""a""" [[[[', 'graphql', 11],
    ['behind a string without end', '"abc\n[[[[', 'graphql', 8],
  ])('%s', (_, text, language, expected) => {
    expect(tooDeepAt(text, language, 3)).toBe(expected);
  });
});
