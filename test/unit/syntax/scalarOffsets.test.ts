import { describe, expect, it } from 'vitest';
import { property } from '../../../server/src/syntax/nodes.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { rangeInScalar } from '../../../server/src/syntax/scalarOffsets.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';

/** What `word` of the value is in the file, with the offset it begins at. */
function found(text: string, word: string, language: SyntaxLanguage = 'yaml'): [string, number] | undefined {
  const tree = parse(text, language);
  const root = tree.roots[0];
  const node = root && property(root, 'a');
  if (typeof node?.value !== 'string') throw new Error('no text');
  const range = rangeInScalar(tree, node, { offset: node.value.indexOf(word), length: word.length });
  return range && [text.slice(range.offset, range.offset + range.length), range.offset];
}

describe('a part of a text in its file', () => {
  it.each<[string, string, SyntaxLanguage?]>([
    ['a literal', 'a: |\n  one\n  two WORD three\n'],
    ['a literal without its last line break', 'a: |-\n  one\n    WORD\n\n  three'],
    ['a literal with blank lines', 'a: |\n\n\n  one\n\n  WORD\nb: 1\n'],
    ['a literal with an indentation of its own', 'a: |2\n    one\n  WORD\n'],
    ['a literal with a comment in its header', 'a: | # more\n  one\n  WORD\n'],
    ['a literal with CRLF', 'a: |\r\n  one\r\n  WORD x\r\n'],
    ['a literal with letters of two units', 'a: |\n  😀 one\n  😀 WORD\n'],
    ['a plain scalar', 'a: one WORD two\n'],
    ['single quotes', "a: 'it''s one WORD'\n"],
    ['double quotes', 'a: "one\\n\\"two\\"\\u0041 WORD"\n'],
    ['JSON', '{"a": "one\\n  two\\t\\"\\u0041\\/ WORD"}', 'json'],
  ])('%s', (_, text, language) => {
    expect(found(text, 'WORD', language)).toEqual(['WORD', text.indexOf('WORD')]);
  });

  it.each([
    ['a folded scalar', 'a: >\n  one\n  two WORD\n'],
    ['a plain scalar of several lines', 'a: one\n  WORD\n'],
    ['double quotes over several lines', 'a: "one\n  WORD"\n'],
    ['an alias', 'b: &x WORD\na: *x\n'],
  ])('not in %s', (_, text) => expect(found(text, 'WORD')).toBeUndefined());
});
