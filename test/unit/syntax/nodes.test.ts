import { describe, expect, it } from 'vitest';
import { lineStart } from '../../../server/src/syntax/lines.ts';
import { isInScalar, nodeAt, property, propertyNames, rootOf } from '../../../server/src/syntax/nodes.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { contentRange } from '../../../server/src/syntax/textRange.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { plainValue } from './show.ts';

const CURSOR = '▮';

function atCursor(marked: string, language: SyntaxLanguage) {
  const offset = marked.indexOf(CURSOR);
  const tree = parse(marked.replace(CURSOR, ''), language);
  return { tree, offset, node: nodeAt(tree, offset) };
}

const twins: [SyntaxLanguage, string][] = [
  ['yaml', 'a: 1\nb:\n  - c: d\n  - e\na: 2\n'],
  ['json', '{"a": 1, "b": [{"c": "d"}, "e"], "a": 2}'],
];

describe.each(twins)('%s', (language, text) => {
  const tree = parse(text, language);
  const root = tree.roots[0] ?? expect.fail('no root');
  it('the last of duplicate properties wins', () => {
    expect(plainValue(property(root, 'a'))).toBe(2);
    expect(property(root, 'x')).toBeUndefined();
    expect(property(root.children[1] ?? root, '0')).toBeUndefined();
  });
  it('names are given once', () => {
    expect(propertyNames(root)).toEqual(['a', 'b']);
    expect(propertyNames(root.children[1] ?? root)).toEqual([]);
  });
  it('the root is found from below', () => {
    const inner = property(root, 'b')?.children[0]?.children[0] ?? root;
    expect(rootOf(inner)).toBe(root);
    expect(rootOf(inner.key ?? inner)).toBe(root);
  });
  it('every node is found at its own place', () => {
    const visit = (node: typeof root): void => {
      if (node.key) expect(nodeAt(tree, node.key.offset)).toBe(node.key);
      if (node.children.length === 0) {
        expect(nodeAt(tree, node.offset)).toBe(node);
        expect(nodeAt(tree, node.offset + node.length)).toBe(node);
      }
      node.children.forEach(visit);
    };
    visit(root);
  });
});

describe('nodeAt', () => {
  it.each<[SyntaxLanguage, string, string | undefined]>([
    ['yaml', 'a: b▮c', 'bc'],
    ['yaml', 'a▮: bc', 'a'],
    ['yaml', 'a:▮\nb: 1', ''],
    ['yaml', 'a: 1\n▮\n\nb: 2', 'a: 1\n\n\nb: 2'],
    ['yaml', 'a: 1\n\n▮', undefined],
    ['yaml', 'a: "x▮', '"x'],
    ['yaml', 'a: 1\n---\nb: ▮2', '2'],
    ['json', '{"a": [▮]}', '[]'],
    ['json', '{"a": [1, ▮', '[1, '],
    ['json', '{"▮": 1}', '""'],
  ])('%s %j', (language, marked, text) => {
    const { tree, node } = atCursor(marked, language);
    expect(node && tree.text.slice(node.offset, node.offset + node.length)).toBe(text);
  });
  it('an alias is found where it is written', () => {
    const { node } = atCursor('a: &a {b: 1}\nc: *▮a', 'yaml');
    expect(node?.aliasOf?.kind).toBe('object');
  });
});

describe('contentRange', () => {
  it.each([
    ['a: "xy"', 'xy'],
    ["a: 'xy'", 'xy'],
    ['a: xy', 'xy'],
    ["a: ''", "''"],
    ['a: [x]', '[x]'],
  ])('%j', (text, content) => {
    const tree = parse(text, 'yaml');
    const range = contentRange(tree.roots[0]?.children[0] ?? expect.fail('no value'));
    expect(text.substr(range.offset, range.length)).toBe(content);
  });
});

describe('isInScalar', () => {
  it.each<[SyntaxLanguage, string, boolean]>([
    ['yaml', 'a: b ▮# c', false],
    ['yaml', '▮# c', false],
    ['yaml', 'a: b▮#c', true],
    ['yaml', 'a: "b ▮# c"', true],
    ['yaml', 'a: |\n  b ▮# c\n', true],
    ['yaml', 'a: "b # c" ▮# d', false],
    ['yaml', '"a ▮# b": c', true],
    ['json', '{"a": 1 ▮// c\n}', false],
    ['json', '{"a": "b ▮// c"}', true],
    ['json', '{▮/* c */ "a": 1}', false],
    ['http', '▮# c\nPOST /x', false],
  ])('%s %j: %s', (language, marked, expected) => {
    const { tree, offset } = atCursor(marked, language);
    expect(isInScalar(tree, offset)).toBe(expected);
  });
});

it.each([
  ['', 0, 0],
  ['\n', 0, 0],
  ['a\nb', 0, 0],
  ['a\nb', 1, 0],
  ['a\nb', 2, 2],
  ['a\r\nb', 4, 3],
  ['\n\n', 2, 2],
])('the line of %j at %i starts at %i', (text, offset, start) => {
  expect(lineStart(text, offset)).toBe(start);
});
