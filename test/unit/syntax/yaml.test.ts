import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../server/src/syntax/parse.ts';
import { markPlaceholders } from '../../../server/src/syntax/placeholders.ts';
import type { SyntaxNode, SyntaxTree } from '../../../server/src/syntax/tree.ts';
import { createFindings } from '../../../server/src/syntax/yaml/parseYaml.ts';
import { resolveAliases } from '../../../server/src/syntax/yaml/yamlAliases.ts';
import { readWithLibrary } from '../../../server/src/syntax/yaml/yamlLibrary.ts';
import { anchoredSample, applyEdit, editsOf, flowSamples, runs, yamlSamples } from './samples.ts';
import { expectSound, plainValue, show } from './show.ts';

/** The text read by the library as a whole: what reading it entry by entry has to agree with. */
function readAsOne(text: string): Pick<SyntaxTree, 'roots' | 'problems'> {
  const findings = createFindings();
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const piece = { text, start, end: text.length, column: 0, depth: 0, isEntry: false };
  const roots = readWithLibrary(piece, undefined, findings);
  for (const root of roots) resolveAliases(root, findings);
  markPlaceholders(roots, text);
  return { roots, problems: findings.problems.sort((a, b) => a.offset - b.offset) };
}

/** Whether a line of something quoted or in brackets stands no further right than the block it is in, as the library asks. */
function furthestLeft({ text, roots }: SyntaxTree): boolean {
  const isLeft = (node: SyntaxNode, column: number): boolean => {
    if (node.style === 'block') {
      const own = node.offset - (text.lastIndexOf('\n', node.offset - 1) + 1);
      return node.children.some((child) => isLeft(child, own));
    }
    const [, ...lines] = text.slice(node.offset, node.offset + node.length).split('\n');
    return lines.some((line) => line.trim() !== '' && line.length - line.trimStart().length <= column);
  };
  return roots.some((root) => isLeft(root, -1));
}

const values: [name: string, text: string, ...roots: unknown[]][] = [
  ['nothing', ''],
  ['only comments', '# a\n\n  # b\n'],
  [
    'scalars',
    '- a\n- 1\n- 0x1F\n- 0o17\n- 1.5\n- -2e3\n- .inf\n- true\n- FALSE\n- ~\n- null\n- yes\n- 1_000',
    ['a', 1, 31, 15, 1.5, -2000, Number.POSITIVE_INFINITY, true, false, null, null, 'yes', '1_000'],
  ],
  ['quotes', `- "a: b"\n- 'it''s'\n- "\\"x\\"\\n\\u0041"\n- "#"`, ['a: b', "it's", '"x"\nA', '#']],
  [
    'punctuation in plain scalars',
    '- a#b\n- a:b\n- -1x\n- $id\n- a, b\n- ?x',
    ['a#b', 'a:b', '-1x', '$id', 'a, b', '?x'],
  ],
  ['keys are strings', '1: a\ntrue: b\n~: c\n"x y": d', { 1: 'a', true: 'b', '~': 'c', 'x y': 'd' }],
  ['lists at the column of their key', 'a:\n- 1\n- 2\nb: 3', { a: [1, 2], b: 3 }],
  ['compact nesting', '- - a\n  - b: 1\n    c: 2\n-   d: 3', [['a', { b: 1, c: 2 }], { d: 3 }]],
  ['flow', 'a: {b: [1, {c: d}], "e": }\nf: [\n  x\n]', { a: { b: [1, { c: 'd' }], e: null }, f: ['x'] }],
  ['pairs in a flow sequence', 'a: [b: c, d]', { a: [{ b: 'c' }, 'd'] }],
  [
    'block scalars',
    'a: |\n  x\n   y\n\nb: >-\n  x\n  y\nc: |+\n  z\n\n',
    { a: 'x\n y\n', b: 'x y', c: 'z\n\n' },
  ],
  ['scalars over several lines', 'a: b\n  c\nd: "e\n  f"', { a: 'b c', d: 'e f' }],
  [
    'scalars in quotes, as far left as they like',
    'a:\n  b: "c\nd"\n  e:\n    \'f\n\n  g\'\n  h: 1',
    { a: { b: 'c d', e: 'f\ng', h: 1 } },
  ],
  [
    'tabs behind what has several lines',
    'a: "b\nc"\t\nd: [e,\nf]\t# g\nh: {i: j,\nk: l} \t\n',
    { a: 'b c', d: ['e', 'f'], h: { i: 'j', k: 'l' } },
  ],
  ['in a list', '- a:\n    - "b\nc"\n    - d', [{ a: ['b c', 'd'] }]],
  [
    'flow collections, as far left as they like',
    'a:\n  b: [\nc,\n {d: e\n}\n]\n  f: {\ng: "h\ni"}\n  j: 1',
    { a: { b: ['c', { d: 'e' }], f: { g: 'h i' }, j: 1 } },
  ],
  [
    'comments that touch what they stand behind',
    'a: [b]#c\nd: "e"# f\ng: [h, "i"#j\n]\nk: |# l\n  m\n',
    { a: ['b'], d: 'e', g: ['h', 'i'], k: 'm\n' },
  ],
  ['values that touch a key in quotes', 'a: {"b":{"c":[d]},\'e\':"f"}', { a: { b: { c: ['d'] }, e: 'f' } }],
  ['explicit keys', '? a\n: b\n? c', { a: 'b', c: null }],
  ['documents', 'a: 1\n---\n- 2\n---\n# none\n---\nx', { a: 1 }, [2], null, 'x'],
  ['directives', '%YAML 1.2\n---\na: 1\n...\n', { a: 1 }],
  ['carriage returns', 'a:\r\n  - b\r\nc: d\r\n', { a: ['b'], c: 'd' }],
  ['tabs as white space', 'a:\tb\nc: d\t# e\n', { a: 'b', c: 'd' }],
  ['byte order mark', '\uFEFFa: 1', { a: 1 }],
  ['comments everywhere', '# a\na: # b\n  # c\n  - d # e\n# f\nb: 1 # g', { a: ['d'], b: 1 }],
  ['known tags', 'a: !!str 1\nb: !!int "2"', { a: '1', b: 2 }],
  ['a bracket behind a tab', 'a: [\n  b,\n\t]\nc: 1\n', { a: ['b'], c: 1 }],
  ['a scalar document', 'just\n text', 'just text'],
];

describe('values', () => {
  it.each(values)('%s', (_, text, ...roots) => {
    const tree = parse(text, 'yaml');
    expect(tree.roots.map(plainValue)).toEqual(roots);
    expect(tree.problems).toEqual([]);
    expectSound(tree);
  });
});

describe('places', () => {
  it('of every kind of node', () => {
    const text = 'a: "b" # c\nd:\n  - e: !include f.yaml\n    g:\n  -\n  - |\n    h\n\ni: [j, {k: l}]\n';
    expect(show(parse(text, 'yaml'))).toMatchInlineSnapshot(`
      "object block 0+75 undefined 
        "a" string plain 0+1: string double-quoted 3+3 "b" 
        "d" string plain 11+1: array block 16+43 undefined 
          object block 18+25 undefined 
            "e" string plain 18+1: string plain 30+6 "f.yaml" !include
            "g" string plain 41+1: null plain 43+0 null 
          null plain 47+0 null 
          string block-scalar 52+7 "h\\n" 
        "i" string plain 61+1: array flow 64+11 undefined 
          string plain 65+1 "j" 
          object flow 68+6 undefined 
            "k" string plain 69+1: string plain 72+1 "l" "
    `);
  });
  it('a byte order mark counts', () => {
    expect(parse('\uFEFFa: b', 'yaml').roots[0]?.children[0]?.key?.offset).toBe(1);
  });
  it.each([
    ['a:   # c\n', 2],
    ['a:\n\nb: 1', 2],
    ['-   \n- b', 1],
    ['a: {b: }', 6],
    ['a: !x\nb: 1', 5],
  ])('a missing value of %j stands behind its colon or dash', (text, offset) => {
    const [root] = parse(text, 'yaml').roots;
    const first = root?.children[0];
    const missing = first?.kind === 'object' ? first.children[0] : first;
    expect(missing).toMatchObject({ offset, length: 0 });
  });
});

describe('aliases and merge keys', () => {
  it('share what their anchors hold, own keys win', () => {
    const [root] = parse(anchoredSample, 'yaml').roots;
    expect(plainValue(root)).toEqual({
      base: { schema: 'public', list: ['a', 'b'] },
      users: { name: 'users', schema: 'public', list: ['a', 'b'] },
      both: { list: ['a', 'b'], schema: 'public', x: 1 },
    });
    const [base, users, both] = root?.children ?? [];
    const list = both?.children[0];
    expect(list?.aliasOf).toBe(base?.children[1]);
    expect(list?.children).toBe(base?.children[1]?.children);
    expect(anchoredSample.slice(list?.offset, (list?.offset ?? 0) + 5)).toBe('*list');
    expect(users?.children.map(({ merged }) => merged)).toEqual([false, true, true]);
    expect(users?.children[1]?.offset).toBe(base?.children[0]?.offset);
    expect(users?.children[1]?.parent).toBe(users);
  });
  it('the first of several merged maps wins', () => {
    const text = 'a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc: {<<: [*b, *a]}';
    expect(plainValue(parse(text, 'yaml').roots[0]?.children[2])).toEqual({ x: 2, z: 2, y: 1 });
  });
  it('an anchor of another document is unknown', () => {
    const tree = parse('a: &a 1\n---\nb: *a', 'yaml');
    expect(tree.problems).toMatchObject([{ code: 'yaml-unresolved-alias', offset: 15, length: 2 }]);
    expect(tree.roots[1]?.children[0]?.unresolved).toBe(true);
  });
  it('an alias inside its own anchor is unresolved', () => {
    const tree = parse('a: &a [b, *a]', 'yaml');
    expect(tree.problems).toMatchObject([{ code: 'yaml-unresolved-alias', offset: 10, length: 2 }]);
  });
  it('an object that merges something unknown is unresolved', () => {
    const tree = parse('a: {<<: *b, c: 1}', 'yaml');
    expect(tree.roots[0]?.children[0]).toMatchObject({ unresolved: true });
    expect(plainValue(tree.roots[0])).toEqual({ a: { c: 1 } });
  });
  it('a quoted << is a key like others', () => {
    expect(plainValue(parse('a: {"<<": {b: 1}}', 'yaml').roots[0])).toEqual({ a: { '<<': { b: 1 } } });
  });
  it('an expansion without end is cut off', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 30; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const tree = parse(lines.join('\n'), 'yaml');
    expect(tree.problems[0]?.code).toBe('alias-expansion');
    let count = 0;
    const walk = (node: (typeof tree.roots)[number]): void => {
      count++;
      node.children.forEach(walk);
    };
    tree.roots.forEach(walk);
    expect(count).toBeLessThan(300_000);
  });
  it('a long chain of aliases is cut off before it is too deep to walk', () => {
    const lines = ['a0: &a0 [x]'];
    for (let i = 1; i < 2000; i++) lines.push(`a${i}: &a${i} [*a${i - 1}]`);
    const tree = parse(lines.join('\n'), 'yaml');
    expect(() => plainValue(tree.roots[0])).not.toThrow();
    expect(tree.problems[0]?.code).toBe('alias-expansion');
  });
});

const broken: [text: string, message: string, marked: string][] = [
  ['a: "b\nc: d\n', 'Missing closing "quote', ''],
  ["- 'b\n- d\n", "Missing closing 'quote", ''],
  ['a: 1\nfoo\nb: 2\n', 'Implicit map keys need to be followed by map values', 'foo'],
  [
    'a: [1, 2\nb: 3\n',
    'Flow sequence in block collection must be sufficiently indented and end with a ]',
    '',
  ],
  ['a: @b\nc: d\n', 'Plain value cannot start with reserved character @', '@'],
  ['a:\n    b: 1\n  c: 2\n', 'All mapping items must start at the same column', 'c'],
  ['- a\nb\n- c\n', 'Sequence item without - indicator', 'b'],
  ['a: b: c\nd: 1\n', 'Nested mappings are not allowed in compact mappings', 'b'],
];

describe('problems', () => {
  it.each(broken)('%j', (text, message, marked) => {
    const tree = parse(text, 'yaml');
    const problem = tree.problems.find((one) => one.message === message);
    expect(problem?.code).toBe('yaml-syntax');
    expect(text.substr(problem?.offset ?? 0, problem?.length)).toBe(marked);
    expectSound(tree);
  });
  it.each([
    ['a: "b\nc: d\n', 'c'],
    ["a: 'b\nc: d\n", 'c'],
    ['a: [1, {\nc: d\n', 'c'],
    ['a\nc: d\n', 'c'],
    ['x: 1\na\nc: d\n', 'c'],
    ['a: &\nc: d\n', 'c'],
    ['a: @b\nc: d\n', 'c'],
    ['- x\na:\n', undefined],
  ])('an error in an entry of %j leaves the next one alone', (text, key) => {
    const [root] = parse(text, 'yaml').roots;
    const next = root?.children.find((child) => child.key?.value === key);
    if (key) expect(plainValue(next)).toBe('d');
    expectSound(parse(text, 'yaml'));
  });
  it('a key without colon has a missing value', () => {
    const [root] = parse('a: 1\nfo\nb: 2', 'yaml').roots;
    expect(plainValue(root)).toEqual({ a: 1, fo: null, b: 2 });
    expect(root?.children[1]).toMatchObject({ offset: 7, length: 0, key: { offset: 5, length: 2 } });
  });
  it('duplicate keys are kept, the later one is reported', () => {
    const tree = parse('a: 1\nb: {c: 1, c: 2}\na: 3\n', 'yaml');
    expect(tree.problems).toMatchObject([
      { code: 'yaml-duplicate-key', offset: 15, length: 1 },
      { code: 'yaml-duplicate-key', offset: 21, length: 1 },
    ]);
    expect(tree.roots[0]?.children).toHaveLength(3);
  });
  it.each([
    ['flow sequences', '['.repeat(10_000)],
    ['closed flow sequences', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['flow maps', '{a: '.repeat(10_000)],
    ['compact sequences', '- '.repeat(10_000)],
    ['explicit keys', '? '.repeat(10_000)],
    ['explicit keys in a value', `a:\n  ${'? '.repeat(10_000)}`],
    ['pairs in a flow sequence', `[${'a: '.repeat(10_000)}]`],
    ['explicit keys in a flow map', '{? '.repeat(10_000)],
    ['block maps', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('%s nested without end', (_, text) => {
    const tree = parse(text, 'yaml');
    expect(tree.problems.map(({ message }) => message)).toContain('Nested deeper than 500 levels');
    expectSound(tree);
  });
  it('an entry nested without end leaves the others as they are', () => {
    const tree = parse(`a: 1\nb:\n  ${'? '.repeat(2000)}\nc: 3\n`, 'yaml');
    expect(tree.problems).toMatchObject([{ code: 'yaml-syntax', message: 'Nested deeper than 500 levels' }]);
    expect(tree.roots[0]?.children.map(({ key }) => key?.value)).toEqual(['a', 'b', 'c']);
  });
});

describe('reading entry by entry agrees with the library', () => {
  it.each(values.filter(([name]) => !/left|in a list|tabs behind/.test(name)))('%s', (_, text) => {
    expect(show(parse(text, 'yaml'))).toBe(show(readAsOne(text)));
  });
  it.each([...yamlSamples, anchoredSample, ...flowSamples])('sample %#', (text) => {
    const tree = parse(text, 'yaml');
    expect(show(tree)).toBe(show(readAsOne(text)));
    expect(tree.problems).toEqual([]);
  });
  it.each([
    ['blocks', [...yamlSamples, anchoredSample]],
    ['flow collections', flowSamples],
  ])(
    '%s, whatever is edited: equal where the library finds no error, a problem where it does',
    (_, samples) => {
      fc.assert(
        fc.property(fc.constantFrom(...samples), editsOf('yaml'), (sample, edits) => {
          const text = edits.reduce(applyEdit, sample);
          // The library takes a tab on a blank last line for indentation.
          fc.pre(!/(?:^|\n) *\t[ \t]*$/.test(text));
          const tree = parse(text, 'yaml');
          const whole = readAsOne(text);
          expectSound(tree);
          const isWrong = whole.problems.some(({ code }) => code === 'yaml-syntax');
          if (isWrong) {
            const isRead = tree.problems.every(({ code }) => code !== 'yaml-syntax');
            if (isRead) expect(furthestLeft(tree), text).toBe(true);
          } else expect(show(tree)).toBe(show(whole));
        }),
        runs(1500),
      );
    },
    60_000,
  );
});

it.each([...yamlSamples, anchoredSample, ...flowSamples])('every prefix of sample %# is read', (text) => {
  for (let end = 0; end <= text.length; end++) expectSound(parse(text.slice(0, end), 'yaml'));
});
