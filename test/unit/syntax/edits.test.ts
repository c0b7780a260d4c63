import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import {
  appendItems,
  renameKey,
  replaceScalar,
  replaceValue,
  setProperty,
} from '../../../server/src/syntax/edit/edits.ts';
import { removeItem, removeProperty } from '../../../server/src/syntax/edit/removals.ts';
import type { EditValue } from '../../../server/src/syntax/edit/renderValue.ts';
import { quoteScalar } from '../../../server/src/syntax/edit/scalarText.ts';
import { property } from '../../../server/src/syntax/nodes.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { TextReplacement } from '../../../server/src/syntax/textRange.ts';
import type { NodeStyle, SyntaxNode, SyntaxTree } from '../../../server/src/syntax/tree.ts';
import { cliExport, cliMeaning } from '../support/cliExport.ts';
import { jsonSamples, runs, yamlSamples } from './samples.ts';
import { plainValue } from './show.ts';

function apply(text: string, edits: readonly TextReplacement[]): string {
  let result = text;
  for (const { offset, length, text: inserted } of [...edits].sort((a, b) => b.offset - a.offset)) {
    result = result.slice(0, offset) + inserted + result.slice(offset + length);
  }
  return result;
}

function at(tree: SyntaxTree, path: readonly (string | number)[]): SyntaxNode {
  let node = tree.roots[0];
  for (const step of path)
    node = node && (typeof step === 'number' ? node.children[step] : property(node, step));
  return node ?? expect.fail(`nothing at ${path.join('.')}`);
}

type Change = (tree: SyntaxTree, node: SyntaxNode) => TextReplacement[];
type Case = [name: string, before: string, path: (string | number)[], change: Change, after: string];

const set =
  (key: string, value: EditValue): Change =>
  (tree, node) =>
    setProperty(tree, node, key, value);
const append =
  (value: EditValue): Change =>
  (tree, node) =>
    appendItems(tree, node, [value]) ?? expect.fail('it can be written');
const scalar =
  (value: string | number | boolean | null): Change =>
  (tree, node) =>
    replaceScalar(tree, node, value);
const value =
  (to: EditValue): Change =>
  (tree, node) =>
    replaceValue(tree, node, to);
const rename =
  (name: string): Change =>
  (tree, node) =>
    renameKey(tree, node, name);

const yamlCases: Case[] = [
  ['a plain scalar', 'a: b # c\n', ['a'], scalar('d'), 'a: d # c\n'],
  ['keeps double quotes', 'a: "b"\n', ['a'], scalar('d'), 'a: "d"\n'],
  ['keeps single quotes', "a: 'b'\n", ['a'], scalar("it's"), "a: 'it''s'\n"],
  ['quotes what must be', 'a: b\n', ['a'], scalar('true'), 'a: "true"\n'],
  ['a missing value', 'a:\nb: 1\n', ['a'], scalar('$id'), 'a: $id\nb: 1\n'],
  ['a missing value before a space', 'a: \nb: 1\n', ['a'], scalar('x'), 'a: x\nb: 1\n'],
  ['a missing value before a comment', 'a: # c\n', ['a'], scalar('x'), 'a: x # c\n'],
  ['a missing item', '-\n- b\n', [0], scalar('a'), '- a\n- b\n'],
  ['a missing value and colon', 'x: 1\na\n', ['a'], scalar('b'), 'x: 1\na: b\n'],
  ['a scalar in flow', 'a: [b, c]\n', ['a', 0], scalar('x, y'), "a: ['x, y', c]\n"],
  ['a block scalar', 'a: |\n  b\nc: 1\n', ['a'], scalar('x'), 'a: x\nc: 1\n'],
  ['a scalar by a map', 'a: b\nc: 1\n', ['a'], value({ d: ['e'] }), 'a:\n  d:\n    - e\nc: 1\n'],
  ['a map by a scalar', 'a:\n  b: 1\nc: 1\n', ['a'], value('x'), 'a: x\nc: 1\n'],
  ['an item by a map', '- a\n- b\n', [0], value({ c: 1, d: 2 }), '- c: 1\n  d: 2\n- b\n'],
  ['the root', '# c\na: 1\n', [], value({ b: [] }), '# c\nb: []\n'],
  [
    'an item of a block list',
    'a:\n  - b # c\n  # d\ne: 1\n',
    ['a'],
    append('x'),
    'a:\n  - b # c\n  - x\n  # d\ne: 1\n',
  ],
  [
    'an item at the column of the key',
    'a:\n- b\n',
    ['a'],
    append({ c: 1, d: [2] }),
    'a:\n- b\n- c: 1\n  d:\n  - 2\n',
  ],
  ['an item of a flow list', 'a: [b]\n', ['a'], append('c d'), 'a: [b, c d]\n'],
  ['an item behind a trailing comma', 'a: [b,]\n', ['a'], append('c'), 'a: [b, c,]\n'],
  ['an item of an empty list', 'a: []\n', ['a'], append('b'), 'a: [b]\n'],
  ['an item of a spread flow list', 'a: [\n  b\n]\n', ['a'], append('c'), 'a: [\n  b,\n  c\n]\n'],
  ['an item behind a comment', 'a: [\n  b # c\n]\n', ['a'], append('d'), 'a: [\n  b, # c\n  d\n]\n'],
  [
    'an item between a comma and the end',
    'a: [\n  b, # c\n]\n',
    ['a'],
    append('d'),
    'a: [\n  b, # c\n  d,\n]\n',
  ],
  ['an item in the quotes of the last', 'a: ["b"]\n', ['a'], append('c'), 'a: ["b", "c"]\n'],
  ['a number beside quotes', 'a:\n  - "b"\n', ['a'], append(1), 'a:\n  - "b"\n  - 1\n'],
  ['an item behind a block scalar', '- |\n  a\n', [], append('b'), '- |\n  a\n- b\n'],
  ['an item of a missing list', 'a:\nb: 1\n', ['a'], append('c'), 'a:\n  - c\nb: 1\n'],
  ['an item without a last line break', '- a', [], append('b'), '- a\n- b'],
  ['an item with carriage returns', '- a\r\n', [], append('b'), '- a\r\n- b\r\n'],
  [
    'a property',
    'a:\n    b: 1\nc: 2\n',
    ['a'],
    set('d', { e: 'f' }),
    'a:\n    b: 1\n    d:\n        e: f\nc: 2\n',
  ],
  ['a property of an item', '- a: 1\n- b: 2\n', [0], set('c', true), '- a: 1\n  c: true\n- b: 2\n'],
  ['a property there is', 'a:\n  b: 1\n', ['a'], set('b', 2), 'a:\n  b: 2\n'],
  ['a property in flow', 'a: {b: 1}\n', ['a'], set('c', ['d']), 'a: {b: 1, c: [d]}\n'],
  ['a property of an empty map', 'a: {}\n', ['a'], set('b', '$c'), 'a: {b: $c}\n'],
  ['a property of nothing', 'a:\n  b:\nc: 1\n', ['a', 'b'], set('d', 1), 'a:\n  b:\n    d: 1\nc: 1\n'],
  ['a key', 'a: 1 # b\n', ['a'], rename('c'), 'c: 1 # b\n'],
  ['a quoted key', '"a": 1\n', ['a'], rename('c'), '"c": 1\n'],
  ['a key to be quoted', 'a: 1\n', ['a'], rename('x: y'), "'x: y': 1\n"],
  ['- a property', 'a: 1\n# of b\nb: 2 # too\n# of c\nc: 3\n', ['b'], removeProperty, 'a: 1\n# of c\nc: 3\n'],
  ['- a property with all below', 'a:\n  b:\n    c: 1\n  d: 2\n', ['a', 'b'], removeProperty, 'a:\n  d: 2\n'],
  ['- the first on a dash', '- a: 1\n  b: 2\n', [0, 'a'], removeProperty, '- b: 2\n'],
  ['- the only one', 'a:\n  b: 1\nc: 2\n', ['a', 'b'], removeProperty, 'a: {}\nc: 2\n'],
  ['- the last, no line break', 'a: 1\nb: 2', ['b'], removeProperty, 'a: 1'],
  ['- a property in flow', 'a: {b: 1, c: 2}\n', ['a', 'b'], removeProperty, 'a: {c: 2}\n'],
  ['- the last in flow', 'a: {b: 1, c: 2}\n', ['a', 'c'], removeProperty, 'a: {b: 1}\n'],
  ['- an item', 'a:\n  # x\n  - b\n  - c\n', ['a', 0], removeItem, 'a:\n  - c\n'],
  ['- the only item', 'a:\n  - b\nc: 1\n', ['a', 0], removeItem, 'a: []\nc: 1\n'],
  ['- a map item', '- a: 1\n  b: 2\n- c: 3\n', [0], removeItem, '- c: 3\n'],
  ['- the only item in flow', 'a: [ b ]\n', ['a', 0], removeItem, 'a: []\n'],
];

const SPREAD = '{\n  // c\n  "a": [1],\n  // d\n  "b": {\n    "x": "y" // z\n  }\n}\n';

const jsonCases: Case[] = [
  ['a scalar', '{"a": "b"}', ['a'], scalar('"c"'), '{"a": "\\"c\\""}'],
  ['another kind', '{"a": "b"}', ['a'], scalar(1), '{"a": 1}'],
  ['a missing value', '{"a": }', ['a'], scalar('b'), '{"a": "b" }'],
  ['a missing value and colon', '{"a"}', ['a'], scalar('b'), '{"a": "b"}'],
  ['a value on one line', '{"a": 1}', ['a'], value({ b: [1] }), '{"a": {"b": [1]}}'],
  ['a value over several lines', SPREAD, ['a'], value(['x']), SPREAD.replace('[1]', '[\n    "x"\n  ]')],
  ['an item', '{"a": [1]}', ['a'], append(null), '{"a": [1, null]}'],
  [
    'an item behind a block comment',
    '{"a": [\n  1 /* b */\n]}',
    ['a'],
    append(2),
    '{"a": [\n  1, /* b */\n  2\n]}',
  ],
  ['an item of an empty list', '{"a": [ ]}', ['a'], append('b'), '{"a": ["b"]}'],
  [
    'a property on a line of its own',
    SPREAD,
    [],
    set('e', true),
    SPREAD.replace('  }\n}', '  },\n  "e": true\n}'),
  ],
  [
    'a property behind a comment',
    SPREAD,
    ['b'],
    set('k', 1),
    SPREAD.replace('"y" // z', '"y", // z\n    "k": 1'),
  ],
  [
    'a property with tabs',
    '{\n\t"a": {\n\t\t"b": 1\n\t}\n}',
    ['a'],
    set('c', {}),
    '{\n\t"a": {\n\t\t"b": 1,\n\t\t"c": {}\n\t}\n}',
  ],
  ['a key', '{"a": 1}', ['a'], rename('b"'), '{"b\\"": 1}'],
  ['- a property', SPREAD, ['a'], removeProperty, SPREAD.replace('  // c\n  "a": [1],\n', '')],
  ['- the last property', SPREAD, ['b'], removeProperty, '{\n  // c\n  "a": [1]\n}\n'],
  ['- the only property', '{"a": {"b": 1}}', ['a', 'b'], removeProperty, '{"a": {}}'],
  ['- an item', '[1, 2, 3]', [1], removeItem, '[1, 3]'],
  ['- the last item', '[1, 2, 3]', [2], removeItem, '[1, 2]'],
];

describe.each([
  ['yaml', yamlCases],
  ['json', jsonCases],
] as const)('%s', (language, cases) => {
  it.each(cases)('%s', (_, before, path, change, after) => {
    const tree = parse(before, language);
    expect(apply(before, change(tree, at(tree, path)))).toBe(after);
  });
});

describe('appendItems', () => {
  it.each([
    ['a: [b]\n', 'a: [b, c d, 1, [e]]\n'],
    ['a: []\n', 'a: [c d, 1, [e]]\n'],
    ['a: [\n  b, # x\n]\n', 'a: [\n  b, # x\n  c d,\n  1,\n  [e],\n]\n'],
    ['a:\n  - b # x\n', 'a:\n  - b # x\n  - c d\n  - 1\n  - - e\n'],
    ['a:\n', 'a:\n  - c d\n  - 1\n  - - e\n'],
    ["a: ['b']\n", "a: ['b', 'c d', 1, [e]]\n"],
  ])('several at once: %j', (before, after) => {
    const tree = parse(before, 'yaml');
    const edits = appendItems(tree, at(tree, ['a']), ['c d', 1, ['e']]);
    expect(edits && apply(before, edits)).toBe(after);
  });

  it.each(['b: &x [c]\na: *x\n', 'b: &x {a: [c]}\n<<: *x\n', 'a: *gone\n', 'a: b\n', 'a: {}\n'])(
    'not what stands elsewhere or is no list: %j',
    (text) => {
      const tree = parse(text, 'yaml');
      expect(appendItems(tree, at(tree, ['a']), ['c'])).toBeUndefined();
    },
  );
});

describe('quoteScalar', () => {
  it.each<[string | number | boolean | null, NodeStyle, string]>([
    ['abc', 'plain', 'abc'],
    ['$id', 'plain', '$id'],
    ['a b', 'block', 'a b'],
    ['true', 'plain', '"true"'],
    ['no', 'plain', '"no"'],
    ['123', 'plain', '"123"'],
    ['1e3', 'plain', '"1e3"'],
    ['null', 'plain', '"null"'],
    ['', 'plain', '""'],
    ['a: b', 'plain', "'a: b'"],
    ['a #b', 'plain', "'a #b'"],
    ['@x', 'plain', "'@x'"],
    ['*', 'plain', "'*'"],
    ['- a', 'plain', "'- a'"],
    [' a', 'plain', "' a'"],
    ["@it's", 'plain', "'@it''s'"],
    ['0_x1F', 'plain', '"0_x1F"'],
    ['1_.5_0', 'plain', '"1_.5_0"'],
    ['+_1', 'plain', '"+_1"'],
    ['a\nb', 'single-quoted', '"a\\nb"'],
    ["it's", 'single-quoted', "'it''s'"],
    ['abc', 'double-quoted', '"abc"'],
    [123, 'double-quoted', '123'],
    ['2024_sales', 'plain', '2024_sales'],
    ['1_000', 'plain', '"1_000"'],
    ['0X1F', 'plain', '"0X1F"'],
    ['0O17', 'plain', '"0O17"'],
    ['0B1', 'plain', '"0B1"'],
    ['1__0', 'plain', '"1__0"'],
    ['09', 'plain', '"09"'],
    ['.inf', 'plain', '".inf"'],
    ['yEs', 'plain', '"yEs"'],
    ['12:30:45', 'plain', '"12:30:45"'],
    ['2001-12-14', 'plain', '"2001-12-14"'],
    ['a\u2028b', 'double-quoted', '"a\\u2028b"'],
    [null, 'plain', 'null'],
  ])('%j, %s', (scalarValue, style, text) => expect(quoteScalar(scalarValue, style, 'yaml')).toBe(text));

  it('in flow collections brackets and commas need quotes', () => {
    expect(quoteScalar('a, b', 'plain', 'yaml')).toBe('a, b');
    expect(quoteScalar('a, b', 'plain', 'yaml', true)).toBe("'a, b'");
  });

  it.each(['plain', 'single-quoted', 'double-quoted'] as const)(
    'any string comes back, %s',
    (style) => {
      fc.assert(
        fc.property(awkwardText, (text) => {
          for (const [before, after, inFlow] of [
            ['a: ', '\nb: 1', false],
            ['[', ', 1]', true],
          ] as const) {
            const written = before + quoteScalar(text, style, 'yaml', inFlow) + after;
            const tree = parse(written, 'yaml');
            expect(tree.problems).toEqual([]);
            expect(tree.roots[0]?.children[0]?.value).toBe(text);
            for (const version of ['1.1', '1.2'] as const) {
              const [first] = Object.values(
                parseYaml(written, { version, merge: true }) as Record<string, unknown>,
              );
              expect(first, written).toBe(text);
            }
            const asKey = `${quoteScalar(text, style, 'yaml', inFlow)}: 1`;
            for (const version of ['1.1', '1.2'] as const) {
              const keys = parseYaml(inFlow ? `{${asKey}}` : asKey, { version, merge: true, mapAsMap: true });
              expect([...(keys as Map<unknown, unknown>).keys()], asKey).toEqual([text]);
            }
          }
        }),
        runs(500),
      );
    },
    60_000,
  );
});

describe('a text is written as the Hasura CLI would', () => {
  // An emoji in digits would be unreadable, and what only other readers take for something else has quotes all the same.
  const isWrittenOtherwise = (text: string): boolean =>
    /^[?:]\S|^=$|^\n|\n$|[^\n -~\u00a0-\ud7ff]/.test(text) ||
    /^\s.*\n/s.test(text) ||
    (cliMeaning(text) === 'string' && isOther(text));
  const isOther = (text: string): boolean =>
    /^(?:y|n|yes|no|on|off)$/i.test(text) ||
    (/^[\w.:+-]+$/.test(text) &&
      [text, text.replaceAll('_', '')].some((each) => parseYaml(each, { version: '1.1' }) !== each));

  it('so that an export leaves it as it is', () => {
    fc.assert(
      fc.property(awkwardText, awkwardText, (key, text) => {
        fc.pre(![key, text].some(isWrittenOtherwise) && !key.includes('\n'));
        const tree = parse('a: 1\n', 'yaml');
        const edits = setProperty(tree, at(tree, []), 'b', { [key]: [text] });
        expect(apply(tree.text, edits)).toBe(cliExport({ a: 1, b: { [key]: [text] } }));
      }),
      runs(1000),
    );
  });

  it('and nothing stands bare that either of its readers takes for something else', () => {
    fc.assert(
      fc.property(fc.oneof(numberLike, awkwardText), (text) => {
        for (const inFlow of [false, true]) {
          const bare = quoteScalar(text, 'plain', 'yaml', inFlow) === text;
          expect(bare && cliMeaning(text) !== 'string', text).toBe(false);
        }
      }),
      runs(5000),
    );
  });
});

const numberLike = fc.string({ unit: fc.constantFrom(...'0123789_.:-+eExXoObBfT ZinaN~yon'), maxLength: 8 });

const awkwardText = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(...'ab1 :#-?,[]{}\'"\n\\$@!&*|>%~.=') }),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.string({ unit: fc.constantFrom(...'01789_.:-+eExXoObBfTZ ') }),
  fc.constantFrom('true', 'null', '~', '0x1', '1.5', '---', '<<', 'a:', '-', '?', '\uFEFF', '\r\n', '\t'),
  fc.constantFrom(
    'yes',
    'OFF',
    'y',
    '1_000',
    '0b1',
    '012',
    '1e3',
    '12:30:45',
    '2001-12-14',
    '.inf',
    '.NaN',
    '=',
  ),
);

const awkwardKey = awkwardText.filter((key) => key !== '__proto__');

const anyValue = fc.letrec<{ value: EditValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    awkwardText,
    fc.constantFrom<EditValue>(1, -2.5, true, null, [], {}),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(awkwardKey, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

/** All values and keys of a tree that edits may go to, with a function that finds their twins in the plain value. */
function places(tree: SyntaxTree): SyntaxNode[] {
  const below = (node: SyntaxNode): SyntaxNode[] => [node, ...node.children.flatMap(below)];
  return tree.roots.slice(0, 1).flatMap(below);
}

type Plain = Record<string, unknown> & unknown[];

/** The container of a node in the plain value of its root, and its key there. */
function twin(holder: { root: unknown }, node: SyntaxNode): [container: Plain, key: string | number] {
  if (!node.parent) return [holder as unknown as Plain, 'root'];
  const [outer, outerKey] = twin(holder, node.parent);
  const container = outer[outerKey as keyof Plain] as Plain;
  return [container, node.key ? String(node.key.value) : node.parent.children.indexOf(node)];
}

describe('any edit anywhere leaves a text that says what was meant', () => {
  const yaml = yamlSamples
    .filter((text) => !text.startsWith('# only'))
    .map((text) => text.replace('? complex\n: value\n', ''));
  it.each([
    ['yaml', yaml],
    ['json', jsonSamples.slice(0, 1)],
  ] as const)(
    '%s',
    (language, samples) => {
      fc.assert(
        fc.property(
          fc.constantFrom(...samples),
          fc.nat(),
          fc.nat(5),
          awkwardKey,
          anyValue,
          (text, index, kind, key, to) => {
            const tree = parse(text, language);
            const all = places(tree);
            const node = all[index % all.length] ?? expect.fail('no node');
            const holder = { root: plainValue(tree.roots[0]) };
            const [container, name] = twin(holder, node);
            const own = container[name as keyof Plain] as Plain;
            let edits: TextReplacement[];
            if (kind === 0) {
              edits = replaceValue(tree, node, to);
              Object.assign(container, { [name]: to });
            } else if (kind === 1 && node.kind === 'array') {
              edits = appendItems(tree, node, [to]) ?? expect.fail('it can be written');
              own.push(to);
            } else if (kind === 2 && node.kind === 'object') {
              edits = setProperty(tree, node, key, to);
              Object.assign(own, { [key]: to });
            } else if (kind === 3 && node.key && !(key in container)) {
              edits = renameKey(tree, node, key);
              Object.assign(container, { [key]: own });
              delete container[name as keyof Plain];
            } else if (kind === 4 && node.key) {
              edits = removeProperty(tree, node);
              delete container[name as keyof Plain];
            } else if (kind === 5 && node.parent?.kind === 'array') {
              edits = removeItem(tree, node);
              container.splice(Number(name), 1);
            } else return;
            const after = apply(text, edits);
            const again = parse(after, language);
            expect(again.problems, after).toEqual([]);
            expect(plainValue(again.roots[0]), after).toEqual(holder.root);
          },
        ),
        runs(3000),
      );
    },
    60_000,
  );
});
