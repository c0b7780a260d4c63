import fc from 'fast-check';
import { type ParseError, parseTree, parse as parseValue } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../server/src/syntax/parse.ts';
import { patch } from '../../../server/src/syntax/patch.ts';
import type { SyntaxNode, SyntaxTree } from '../../../server/src/syntax/tree.ts';
import { applyEdit, editsOf, jsonSamples, runs } from './samples.ts';
import { expectSound, plainValue } from './show.ts';

describe('values', () => {
  it.each<[string, unknown[]]>([
    ['', []],
    ['  // comment\n', []],
    [
      '{"a": [1, -2.5e3, true, false, null, "\\u0041\\n"], "b": {}}',
      [{ a: [1, -2500, true, false, null, 'A\n'], b: {} }],
    ],
    ['[1, 2,]', [[1, 2]]],
    ['{"a": 1, /* c */ "b": 2, // d\n}', [{ a: 1, b: 2 }]],
    ['"x"', ['x']],
    ['\uFEFF{"a": 1}', [{ a: 1 }]],
    ['{"a": 1, "a": 2}', [{ a: 2 }]],
  ])('%j', (text, roots) => {
    const tree = parse(text, 'json');
    expect(tree.roots.map(plainValue)).toEqual(roots);
    expect(tree.problems).toEqual([]);
    expectSound(tree);
  });
  it('duplicate keys are all kept', () => {
    expect(parse('{"a": 1, "a": 2}', 'json').roots[0]?.children.map(plainValue)).toEqual([1, 2]);
  });
  it.each(jsonSamples)('sample %# has the places of the library', (text) => {
    const ours: string[] = [];
    const theirs: string[] = [];
    const [root] = parse(text, 'json').roots;
    const visit = (node: typeof root): void => {
      if (!node) return;
      if (node.key) ours.push(`string ${node.key.offset}+${node.key.length}`);
      ours.push(`${node.kind} ${node.offset}+${node.length}`);
      node.children.forEach(visit);
    };
    const visitTheirs = (node: ReturnType<typeof parseTree>): void => {
      if (!node) return;
      if (node.type !== 'property') theirs.push(`${node.type} ${node.offset}+${node.length}`);
      node.children?.forEach(visitTheirs);
    };
    visit(root);
    visitTheirs(parseTree(text, [], { allowTrailingComma: true }));
    expect(ours).toEqual(theirs);
  });
});

describe('half-typed', () => {
  it.each([
    ['{"a": }', '"a"', 5],
    ['{"a": , "b": 1}', '"a"', 5],
    ['{"a"}', '"a"', 4],
    ['{"x": 1, "a"', '"a"', 12],
    ['{"x": 1, na}', 'na', 11],
    ['{"x": {"na', '"na', 10],
  ])('%j has the key %s with a missing value', (text, key, offset) => {
    const tree = parse(text, 'json');
    const nodes = tree.roots.flatMap(function below(one): SyntaxNode[] {
      return [one, ...one.children.flatMap(below)];
    });
    const node = nodes.find(({ length }) => length === 0);
    expect(node).toMatchObject({ kind: 'null', offset, length: 0 });
    expect(text.substr(node?.key?.offset ?? 0, node?.key?.length)).toBe(key);
    expect(tree.problems[0]?.code).toBe('json-syntax');
  });
  it.each([['{"a": tru}'], ['["x", tru]'], ['{"a": tru'], ['{"a": tru, "b": 1}']])(
    'the word of %j is there, but says nothing',
    (text) => {
      const [root] = parse(text, 'json').roots;
      const word = root?.children.find(({ unresolved }) => unresolved);
      expect(text.substr(word?.offset ?? 0, word?.length)).toBe('tru');
    },
  );
  it('what is open reaches to the end', () => {
    const [root] = parse('{"a": [1, {"b": "c" ', 'json').roots;
    expect(root).toMatchObject({ offset: 0, length: 20 });
    expect(root?.children[0]?.children[1]).toMatchObject({ offset: 10, length: 10 });
  });
  it.each([
    ['objects', '{"a":'.repeat(10_000)],
    ['arrays', '['.repeat(10_000) + ']'.repeat(10_000)],
  ])('%s nested without end', (_, text) => {
    const tree = parse(text, 'json');
    expect(tree.problems).toMatchObject([{ message: 'Nested deeper than 500 levels' }]);
    expectSound(tree);
  });
});

describe('what JSON does not have', () => {
  const text = '{// a\n"b": [1, /* c */],\n"d": {"e": "//", },}';
  const kinds = (tree: SyntaxTree) =>
    tree.extensions?.map(({ kind, offset, length }) => [kind, tree.text.slice(offset, offset + length)]);
  const [comment, other, comma] = [
    ['comment', '// a'],
    ['comment', '/* c */'],
    ['trailing comma', ','],
  ];
  it('is noted where it stands', () => {
    expect(kinds(parse(text, 'json'))).toEqual([comment, other, comma, comma, comma]);
    expect(kinds(parse('{"a": "/* , */", "b": [1, 2]}', 'json'))).toEqual([]);
  });
  it('within the text, though a comment is not closed', () => {
    expect(parse('{}/* a', 'json').extensions).toEqual([{ kind: 'comment', offset: 2, length: 4 }]);
    expect(parse('{}/*', 'json').extensions).toEqual([{ kind: 'comment', offset: 2, length: 2 }]);
  });
  it('also after an edit', () => {
    const tree = patch(parse(text, 'json'), text.replace('/* c */', '2'));
    expect(kinds(tree)).toEqual([comment, comma, comma]);
    expect(tree.extensions).toEqual(parse(tree.text, 'json').extensions);
    expect(kinds(patch(tree, tree.text.replace('"//"', '"//", //')))).toEqual(
      kinds(parse(tree.text.replace('"//"', '"//", //'), 'json')),
    );
  });
});

it.each(jsonSamples)('every prefix of sample %# is read', (text) => {
  for (let end = 0; end <= text.length; end++) expectSound(parse(text.slice(0, end), 'json'));
});

it('whatever is edited is read, as the library does where it finds no error', () => {
  fc.assert(
    fc.property(fc.constantFrom(...jsonSamples), editsOf('json'), (sample, edits) => {
      const text = edits.reduce(applyEdit, sample);
      const tree = parse(text, 'json');
      expectSound(tree);
      const errors: ParseError[] = [];
      const value = parseValue(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
      if (errors.length === 0) expect(tree.roots.map(plainValue)).toEqual([value]);
      else if (tree.roots.length > 0) expect(tree.problems).not.toEqual([]);
    }),
    runs(1000),
  );
}, 60_000);
