import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createFindings, parseYaml } from '../../../server/src/syntax/yaml/parseYaml.ts';
import { FlowReader } from '../../../server/src/syntax/yaml/yamlFlow.ts';
import { readWithLibrary } from '../../../server/src/syntax/yaml/yamlLibrary.ts';
import { runs } from './samples.ts';
import { expectSound, show } from './show.ts';

/** As `FlowReader` reads a text that begins with a bracket; `undefined` where it leaves it to the library. */
function read(text: string): string | undefined {
  const findings = createFindings();
  const root = new FlowReader(text, findings).read(0, undefined, undefined, 0);
  if (root === undefined) {
    expect(findings.problems).toEqual([]);
    return undefined;
  }
  expectSound({ language: 'yaml', text, roots: [root], problems: findings.problems, requestLines: [] });
  return show({ roots: [root], problems: findings.problems });
}

function readByLibrary(text: string): string {
  const findings = createFindings();
  const piece = { text, start: 0, end: text.length, column: 0, depth: 0, isEntry: false };
  const roots = readWithLibrary(piece, undefined, findings);
  return show({ roots, problems: findings.problems });
}

describe('is read as the library reads it', () => {
  it.each([
    '{}',
    '[ ]',
    '[a, b , -1, -1x,\n c]',
    '{a: 1, b: [true, null, ~, 0x1F], "c": {d: .5}}',
    '{"a":1,"b":"x","c":[{}]}',
    '{a, b, "c"}',
    '{a: , b:}',
    '{a:, b: c}',
    '{a: 1,}',
    '{\n  a: 1, # one\n  # two\n  b: 2\n}',
    '{a:\n  b, "c" :\n  d}',
    "[a:b, a#b, $x, it's, \"it's\", 'it''s']",
    '["several\n  lines", \'in\n\n  quotes\', bare\n  words]',
    '["\\u0041\\x41\\\n  b"]',
    '{a: 1, a: 2}',
    '{1: a, true: b, null: c}',
    '[a\t,\t# b\n\tc,"d\te\n\tf"\t]',
    '{a:\tb\tc,\n\t\n d\t: e}',
    '[\r\n  a,\r\n  "b\r\n   c"\r\n]',
  ])('%j', (text) => {
    expect(read(text)).toBe(readByLibrary(text));
  });

  it('whatever is written, at whatever width', () => {
    const text = fc.oneof(
      fc.constantFrom(
        'id',
        '$id',
        'a b',
        'it\'s "so"',
        'a: b',
        '- a',
        '#x',
        '',
        'yes',
        '1',
        'ä\u2028\u00a0b',
      ),
      fc.string({
        unit: fc.constantFrom('a', ' ', '\n', '"', "'", ',', ':', '#', '{', '\\', '\t'),
        maxLength: 60,
      }),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        text,
        fc.integer(),
        fc.constantFrom(null, true, 1.5),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(text, tie('value'), { maxKeys: 4 }),
      ),
    }));
    const widths = fc.constantFrom(0, 20, 80);
    let count = 0;
    fc.assert(
      fc.property(fc.array(value), widths, (written, lineWidth) => {
        const flow = stringify(written, { collectionStyle: 'flow', lineWidth });
        for (const json of [flow, flow.replaceAll('\n', '\r\n'), JSON.stringify(written, null, 2)]) {
          const own = read(json);
          if (own === undefined) continue;
          count++;
          expect(own).toBe(readByLibrary(json));
        }
      }),
      runs(500),
    );
    expect(count).toBeGreaterThan(500);
  });
});

describe('is left to the library', () => {
  it.each([
    ['a tag', '[!x a]'],
    ['an anchor', '[&x a]'],
    ['an alias', '[*x]'],
    ['a merge key', '{<<: {a: 1}}'],
    ['a pair in a list', '[a: b]'],
    ['an explicit key', '{? a : b}'],
    ['a key on two lines', '{"a\n  b": c}'],
    ['no comma', '{a: "b" c: d}'],
    ['two commas', '[a,, b]'],
    ['no end', '{a: [b]'],
    ['the wrong end', '{a: [b}'],
    ['no end of a text', '{a: "b}'],
    ['a comment that touches', '{"a"#b\n}'],
    ['a document marker', '[a,\n--- b\n]'],
    ['a dash', '[- a]'],
    ['an escape that is none', '["\\q"]'],
    ['too many levels', `${'['.repeat(499)}${']'.repeat(499)}`],
  ])('%s', (_, text) => {
    expect(read(text)).toBeUndefined();
  });
});

it('what is wrong is said once where the library reads on', () => {
  const { problems } = parseYaml('{a: b, a: b}\nz');
  expect(problems.filter(({ code }) => code === 'yaml-duplicate-key')).toHaveLength(1);
});
