import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { appendItems } from '../../../server/src/syntax/edit/edits.ts';
import { removeFromList, unwrapList, wrapInList } from '../../../server/src/syntax/edit/listEdits.ts';
import { property } from '../../../server/src/syntax/nodes.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { TextReplacement } from '../../../server/src/syntax/textRange.ts';
import type { SyntaxLanguage, SyntaxNode, SyntaxTree } from '../../../server/src/syntax/tree.ts';

type Edits = TextReplacement | readonly TextReplacement[] | undefined;

/** Edits the value below the key `a`; the text after, which must be readable, or `undefined`. */
function edited(
  text: string,
  edit: (tree: SyntaxTree, value: SyntaxNode) => Edits,
  language: SyntaxLanguage = 'yaml',
): string | undefined {
  const tree = parse(text, language);
  expect(tree.problems).toEqual([]);
  const [root] = tree.roots;
  const value = root && property(root, 'a');
  if (value === undefined) throw new Error('no value');
  const edits = edit(tree, value);
  if (edits === undefined) return undefined;
  const after = [edits]
    .flat()
    .toSorted((one, other) => other.offset - one.offset)
    .reduce(
      (done, { offset, length, text: by }) => done.slice(0, offset) + by + done.slice(offset + length),
      text,
    );
  expect(parse(after, language).problems, after).toEqual([]);
  return after;
}

/** What the value is after the edit, to a reader that knows nothing of it. */
const meaning = (text: string | undefined): unknown =>
  text === undefined ? undefined : (parseYaml(text, { merge: true }) as { a: unknown }).a;

describe('appendItems', () => {
  const append = (text: string, name = 'new', language: SyntaxLanguage = 'yaml') =>
    edited(text, (tree, list) => appendItems(tree, list, [name]), language);

  it.each<[string, string, string | undefined]>([
    ['a block list', 'a:\n  - x\nb: 1\n', 'a:\n  - x\n  - new\nb: 1\n'],
    ['at the end of a file without a line break', 'a:\n  - x', 'a:\n  - x\n  - new'],
    ['at the end of a file', 'a:\n  - x\n', 'a:\n  - x\n  - new\n'],
    ['without indentation', 'a:\n- x\n- y\nb: 1\n', 'a:\n- x\n- y\n- new\nb: 1\n'],
    [
      'with a comment behind the last',
      'a:\n  - x # why\n  # next\nb: 1\n',
      'a:\n  - x # why\n  - new\n  # next\nb: 1\n',
    ],
    ['with line breaks of Windows', 'a:\r\n  - x\r\nb: 1\r\n', 'a:\r\n  - x\r\n  - new\r\nb: 1\r\n'],
    ['with line breaks of Windows, at the end', 'a:\r\n  - x', 'a:\r\n  - x\r\n  - new'],
    ['quoted as the last', `a:\n  - 'x'\n`, `a:\n  - 'x'\n  - 'new'\n`],
    ['a flow list', 'a: [x, y]\n', 'a: [x, y, new]\n'],
    ['a flow list that ends with a comma', 'a: [x, ]\n', 'a: [x, new, ]\n'],
    ['an empty flow list', 'a: []\n', 'a: [new]\n'],
    ['an empty flow list with a blank', 'a: [ ]\n', 'a: [new]\n'],
    ['a flow list over several lines', 'a: [\n  x,\n  y\n]\n', 'a: [\n  x,\n  y,\n  new\n]\n'],
    ['a list behind an anchor', 'a: &list [x]\n', 'a: &list [x, new]\n'],
    ['a list of lists', 'a:\n  - - x\n', 'a:\n  - - x\n  - new\n'],
    ['not an alias', 'b: &list [x]\na: *list\n', undefined],
    ['not what is merged', 'b: &all { a: [x] }\n<<: *all\n', undefined],
    ['not what is no list', 'a: x\n', undefined],
  ])('%s', (_, text, expected) => expect(append(text)).toBe(expected));

  it.each([
    'yes',
    'no',
    'on',
    'null',
    '~',
    '1',
    '1.5',
    'a b',
    'a: b',
    'a #b',
    'a, b',
    '[x',
    '-',
    'x:',
    '',
    `it's`,
    'say "x"',
    'back\\slash',
    '$id',
    'ä',
    '@x',
    '<<',
  ])('the name %j is a text, whatever the list looks like', (name) => {
    for (const text of [
      'a:\n  - x\n',
      'a: [x]\n',
      'a: []\n',
      `a:\n  - 'x'\n`,
      'a:\n  - "x"\n',
      `a: ['x']\n`,
    ]) {
      expect(meaning(append(text, name))).toEqual(text.includes('x') ? ['x', name] : [name]);
    }
    for (const text of ['{"a": ["x"]}', '{"a": []}', '{\n  "a": [\n    "x"\n  ]\n}']) {
      expect(meaning(append(text, name, 'json'))).toEqual(text.includes('x') ? ['x', name] : [name]);
    }
  });

  it.each([
    ['{"a": ["x"]}', '{"a": ["x", "new"]}'],
    ['{"a": []}', '{"a": ["new"]}'],
    ['{\n  "a": [\n    "x"\n  ]\n}', '{\n  "a": [\n    "x",\n    "new"\n  ]\n}'],
    ['{\r\n  "a": [\r\n    "x"\r\n  ]\r\n}', '{\r\n  "a": [\r\n    "x",\r\n    "new"\r\n  ]\r\n}'],
  ])('in JSON: %j', (text, expected) => expect(append(text, 'new', 'json')).toBe(expected));
});

describe('removeFromList', () => {
  const remove = (text: string, index: number, language: SyntaxLanguage = 'yaml') =>
    edited(
      text,
      (tree, list) => {
        const item = list.children[index];
        if (item === undefined) throw new Error('no item');
        return removeFromList(tree, list, item);
      },
      language,
    );

  it.each<[string, string, number, string | undefined]>([
    ['the first', 'a:\n  - x\n  - y\n', 0, 'a:\n  - y\n'],
    ['the last', 'a:\n  - x\n  - y\nb: 1\n', 1, 'a:\n  - x\nb: 1\n'],
    ['the last of a file without a line break', 'a:\n  - x\n  - y', 1, 'a:\n  - x\n'],
    ['one in between, with its comment', 'a:\n  - x\n  - y # why\n  - z\n', 1, 'a:\n  - x\n  - z\n'],
    ['the only one', 'a:\n  - x\nb: 1\n', 0, 'a:\n  []\nb: 1\n'],
    ['with line breaks of Windows', 'a:\r\n  - x\r\n  - y\r\n', 0, 'a:\r\n  - y\r\n'],
    ['the last, with line breaks of Windows', 'a:\r\n  - x\r\n  - y', 1, 'a:\r\n  - x\r\n'],
    ['the first of a flow list', 'a: [x, y, z]\n', 0, 'a: [y, z]\n'],
    ['one in between', 'a: [x, y, z]\n', 1, 'a: [x, z]\n'],
    ['the last of a flow list', 'a: [x, y]\n', 1, 'a: [x]\n'],
    ['the only one of a flow list', 'a: [x]\n', 0, 'a: []\n'],
    ['one over several lines', 'a: [\n  x,\n  y\n]\n', 1, 'a: [\n  x\n]\n'],
    ['not of an alias', 'b: &list [x, y]\na: *list\n', 0, undefined],
    ['not of what is merged', 'b: &all { a: [x] }\n<<: *all\n', 0, undefined],
    ['not of a list in a line of another', 'a:\n  - - x\n    - y\n', 0, 'a:\n  []\n'],
  ])('%s', (_, text, index, expected) => expect(remove(text, index)).toBe(expected));

  it('an alias as an item goes like any other', () => {
    expect(remove('b: &one x\na: [*one, y]\n', 0)).toBe('b: &one x\na: [y]\n');
    expect(remove('b: &one x\na:\n  - *one\n  - y\n', 0)).toBe('b: &one x\na:\n  - y\n');
  });

  it('what is no item of it stays', () => {
    expect(edited('a: [x]\nb: y\n', (tree, list) => removeFromList(tree, list, list))).toBeUndefined();
  });

  it.each([
    ['{"a": ["x", "y"]}', 0, '{"a": ["y"]}'],
    ['{"a": ["x", "y"]}', 1, '{"a": ["x"]}'],
    ['{"a": ["x"]}', 0, '{"a": []}'],
  ])('in JSON: %j', (text, index, expected) => expect(remove(text, index, 'json')).toBe(expected));
});

describe('wrapInList', () => {
  const wrap = (text: string, depth = 1, language: SyntaxLanguage = 'yaml') =>
    edited(text, (tree, value) => wrapInList(tree, value, depth), language);

  it.each<[string, string, number, string | undefined]>([
    ['a flow value', 'a: {b: 1}\n', 1, 'a: [{b: 1}]\n'],
    ['two lists deep', 'a: {b: 1}\n', 2, 'a: [[{b: 1}]]\n'],
    ['a scalar', 'a: x\n', 1, 'a: [x]\n'],
    ['an alias', 'b: &x {c: 1}\na: *x\n', 1, 'b: &x {c: 1}\na: [*x]\n'],
    ['a block', 'a:\n  b: 1\n  c: 2\nd: 3\n', 1, 'a:\n  - b: 1\n    c: 2\nd: 3\n'],
    ['a block at the end of a file without a line break', 'a:\n  b: 1\n  c: 2', 1, 'a:\n  - b: 1\n    c: 2'],
    ['a block of one line there', 'a:\n  b: 1', 1, 'a:\n  - b: 1'],
    ['a block two lists deep', 'a:\n  b: 1\n  c: 2\n', 2, 'a:\n  - - b: 1\n      c: 2\n'],
    ['with an empty line', 'a:\n  b: 1\n\n  c: 2\nd: 3\n', 1, 'a:\n  - b: 1\n\n    c: 2\nd: 3\n'],
    ['with a comment', 'a:\n  b: 1\n  # c\n  c: 2\n', 1, 'a:\n  - b: 1\n    # c\n    c: 2\n'],
    [
      'with what is below',
      'a:\n  b:\n    c: 2\n    d: [\n      1\n    ]\ne: 3\n',
      1,
      'a:\n  - b:\n      c: 2\n      d: [\n        1\n      ]\ne: 3\n',
    ],
    ['with line breaks of Windows', 'a:\r\n  b: 1\r\n  c: 2\r\n', 1, 'a:\r\n  - b: 1\r\n    c: 2\r\n'],
    [
      'a block scalar at the end',
      'a:\n  b: |\n    x\n    y\nd: 1\n',
      1,
      'a:\n  - b: |\n      x\n      y\nd: 1\n',
    ],
    ['not what is merged', 'b: &all { a: x }\n<<: *all\n', 1, undefined],
  ])('%s', (_, text, depth, expected) => {
    expect(wrap(text, depth)).toBe(expected);
    if (expected !== undefined) {
      let wanted = meaning(text);
      for (let lists = 0; lists < depth; lists++) wanted = [wanted];
      expect(meaning(expected)).toEqual(wanted);
    }
  });

  it('in JSON', () => expect(wrap('{"a": {"b": 1}}', 2, 'json')).toBe('{"a": [[{"b": 1}]]}'));
});

describe('unwrapList', () => {
  const unwrap = (text: string, language: SyntaxLanguage = 'yaml') => edited(text, unwrapList, language);

  it.each<[string, string, string | undefined]>([
    ['a flow list', 'a: [x]\n', 'a: x\n'],
    ['with blanks', 'a: [ x ]\n', 'a: x\n'],
    ['with a comma', 'a: [x, ]\n', 'a: x\n'],
    ['over several lines', 'a: [\n  x\n]\n', 'a: x\n'],
    ['at the end of a file without a line break', 'a: [x]', 'a: x'],
    ['a block list', 'a:\n  - b: 1\n    c: 2\n', 'a:\n    b: 1\n    c: 2\n'],
    [
      'a block list at the end of a file without a line break',
      'a:\n  - b: 1\n    c: 2',
      'a:\n    b: 1\n    c: 2',
    ],
    ['a block list of one scalar', 'a:\n  - x\n', 'a:\n    x\n'],
    ['of an object', 'a: [{b: 1}]\n', 'a: {b: 1}\n'],
    ['not of two', 'a: [x, y]\n', undefined],
    ['not of none', 'a: []\n', undefined],
    ['not with a comment before the value', 'a: [ # why\n  x]\n', undefined],
    ['not with a comment behind it', 'a: [x # why\n  ]\n', undefined],
    ['not with an anchor of the value', 'a: [&x {b: 1}]\n', undefined],
    ['not with a dash on a line of its own', 'a:\n  -\n    b: 1\n', undefined],
    ['not of an alias', 'b: &l [x]\na: *l\n', undefined],
    ['not of what is merged', 'b: &all { a: [x] }\n<<: *all\n', undefined],
  ])('%s', (_, text, expected) => {
    expect(unwrap(text)).toBe(expected);
    if (expected !== undefined) expect([meaning(expected)]).toEqual(meaning(text));
  });

  it('in JSON', () => expect(unwrap('{"a": [{"b": 1}]}', 'json')).toBe('{"a": {"b": 1}}'));
});
