import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import type { EditValue } from '../../../server/src/syntax/edit/renderValue.ts';
import { rewriteValue } from '../../../server/src/syntax/edit/rewriteValue.ts';
import { property } from '../../../server/src/syntax/nodes.ts';
import * as parsing from '../../../server/src/syntax/parse.ts';
import type { SyntaxLanguage, SyntaxNode, SyntaxTree } from '../../../server/src/syntax/tree.ts';
import { runs } from './samples.ts';
import { plainValue } from './show.ts';

const { parse } = parsing;

const isSet = (key: string): boolean => key === 'set';

function at({ roots }: SyntaxTree, ...path: readonly (string | number)[]): SyntaxNode {
  let node = roots[0];
  for (const step of path)
    node = node && (typeof step === 'number' ? node.children[step] : property(node, step));
  return node ?? expect.fail(`nothing at ${path.join('.')}`);
}

function rewritten(
  text: string,
  language: SyntaxLanguage,
  key: string,
  wanted: EditValue,
): string | undefined {
  const tree = parse(text, language);
  return rewriteValue(tree, at(tree, key), wanted, { isSet });
}

describe('a value is rewritten', () => {
  it.each<[what: string, before: string, wanted: EditValue, after: string]>([
    [
      'scalars with the quotes they have',
      `v:\n  a: 'x' # why\n  b: 2\nw: 1\n`,
      { a: 'y', b: 2 },
      `v:\n  a: 'y' # why\n  b: 2\nw: 1\n`,
    ],
    ['the order of keys says nothing', 'v: {b: 1, a: 2}\n', { a: 2, b: 1 }, 'v: {b: 1, a: 2}\n'],
    ['the order of a set neither', 'v:\n  set: [c, a]\n', { set: ['a', 'c'] }, 'v:\n  set: [c, a]\n'],
    [
      'a set loses and gains, each in its place',
      'v:\n  set:\n    - c # kept\n    - a\n    - b\n',
      { set: ['b', 'c', 'x'] },
      'v:\n  set:\n    - c # kept\n    - x\n    - b\n',
    ],
    ['the order of a list counts', 'v:\n  list: [c, a]\n', { list: ['a', 'c'] }, 'v:\n  list: [a, c]\n'],
    [
      'keys come and go',
      'v:\n  # one\n  a: 1\n  # two\n  b: 2\n',
      { b: 2, c: { d: [] } },
      'v:\n  # two\n  b: 2\n  c:\n    d: []\n',
    ],
    [
      'a key with another name keeps what stands below it',
      'v:\n  old:\n    # why\n    arguments: {id: 1}\n',
      { renewed: { arguments: { id: 1 } } },
      'v:\n  renewed:\n    # why\n    arguments: {id: 1}\n',
    ],
    ['line endings', 'v:\r\n  a: 1\r\nw: 2\r\n', { a: 1, b: 'x' }, 'v:\r\n  a: 1\r\n  b: x\r\nw: 2\r\n'],
    ['an alias, which is no use any more', 'x: &x {a: 1}\nv: *x\n', { a: 2 }, 'x: &x {a: 1}\nv:\n  a: 2\n'],
    ['an alias that means it', 'x: &x {a: 1}\nv: *x\n', { a: 1 }, 'x: &x {a: 1}\nv: *x\n'],
    [
      'what a merge key brings is overridden',
      'x: &x {a: 1, b: 2}\nv:\n  <<: *x\n',
      { a: 1, b: 3 },
      'x: &x {a: 1, b: 2}\nv:\n  <<: *x\n  b: 3\n',
    ],
  ])('%s', (_, before, wanted, after) => {
    expect(rewritten(before, 'yaml', 'v', wanted)).toBe(after);
  });

  it('whole, where its parts are not read as they are written, and soon', () => {
    const text = `- name: a
  definition:
    to_source:umber
      relationship_type: object
      source: shop
      table:
        schema: public
`;
    const tree = parse(text, 'yaml');
    const item = tree.roots[0]?.children[0];
    const node = item && property(item, 'definition');
    const read = vi.spyOn(parsing, 'parse');
    const wanted = { to_remote_schema: { remote_schema: 'p', lhs_fields: ['id'] } };
    const after = node && rewriteValue(tree, node, wanted, { isSet: () => false });
    const times = read.mock.calls.length;
    read.mockRestore();
    expect(after).toBe(`- name: a
  definition:
    to_remote_schema:
      remote_schema: p
      lhs_fields:
        - id
`);
    expect(times).toBeGreaterThan(1);
    expect(times).toBeLessThan(10);
  });

  it('in JSON with its indentation', () => {
    const before = '{\n\t"v": {\n\t\t"a": 1, // why\n\t\t"b": [1]\n\t}\n}\n';
    expect(rewritten(before, 'json', 'v', { a: 2, b: [1], c: { d: true } })).toBe(
      '{\n\t"v": {\n\t\t"a": 2, // why\n\t\t"b": [1],\n\t\t"c": {\n\t\t\t"d": true\n\t\t}\n\t}\n}\n',
    );
  });

  it('not where others would mean something else then', () => {
    expect(rewritten('v: &v\n  a: 1\nw: *v\n', 'yaml', 'v', { a: 2 })).toBeUndefined();
  });

  const json = fc.letrec<{ value: EditValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<EditValue>('x', '$id', 'true', 1, 2.5, true, null, 'a: b', ''),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'set'), tie('value'), { noNullPrototype: true }),
    ),
  })).value;

  it('from anything to anything, and nothing else changes', () => {
    const language = fc.constantFrom<SyntaxLanguage>('yaml', 'json');
    const property = fc.property(json, json, language, (before, wanted, each) => {
      const document = { x: 1, v: before, y: [2] };
      const text = each === 'json' ? JSON.stringify(document, null, 2) : stringify(document);
      const result = rewritten(text, each, 'v', wanted);
      const tree = parse(result ?? '', each);
      const [root] = tree.roots;
      expect(tree.problems).toEqual([]);
      // Sets may be in another order.
      expect(root && sorted(plainValue(root))).toEqual(sorted({ x: 1, v: wanted, y: [2] }));
    });
    fc.assert(property, runs(1000));
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const scalars = Array.isArray(item) && item.every((each) => typeof each !== 'object' || each === null);
      return [key, key === 'set' && scalars ? [...new Set(item)].map(String).sort() : sorted(item)];
    }),
  );
}
