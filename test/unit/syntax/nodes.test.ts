import { describe, expect, it } from 'vitest';
import {
  contentRange,
  isInComment,
  nodeAt,
  pathOf,
  property,
  propertyNames,
  rootOf,
  textOf,
} from '../../../server/src/syntax/nodes.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
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
  it('paths lead back', () => {
    const inner = property(root, 'b')?.children[0]?.children[0] ?? root;
    expect(pathOf(inner)).toEqual(['b', 0, 'c']);
    expect(pathOf(root)).toEqual([]);
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
    expect(node && textOf(tree, node)).toBe(text);
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
    ['a: "xy', 'xy'],
    ['a: "', ''],
    ["a: ''", ''],
  ])('%j', (text, content) => {
    const tree = parse(text, 'yaml');
    const range = contentRange(tree, tree.roots[0]?.children[0] ?? expect.fail('no value'));
    expect(text.substr(range.offset, range.length)).toBe(content);
  });
});

describe('isInComment', () => {
  it.each<[SyntaxLanguage, string, boolean]>([
    ['yaml', 'a: b # c▮', true],
    ['yaml', '#▮', true],
    ['yaml', '▮# c', false],
    ['yaml', 'a: b#c▮', false],
    ['yaml', 'a: "b # c▮"', false],
    ['yaml', 'a: |\n  b # c▮\n', false],
    ['yaml', 'a: "b # c" # d▮', true],
    ['yaml', '# c\na: ▮', false],
    ['json', '{"a": 1 // c▮\n}', true],
    ['json', '{"a": "b // c▮"}', false],
    ['json', '{/* c▮ */ "a": 1}', true],
    ['json', '{/* c\n▮', true],
    ['json', '{/* c */ ▮"a": 1}', false],
    ['json', '{"a": "/*", ▮"b": 1}', false],
    ['http', '# c▮\nPOST /x', true],
    ['http', 'POST http://x▮', false],
  ])('%s %j: %s', (language, marked, expected) => {
    const { tree, offset } = atCursor(marked, language);
    expect(isInComment(tree, offset)).toBe(expected);
  });
});
