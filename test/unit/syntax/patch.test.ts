import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patchJson } from '../../../server/src/syntax/json/patchJson.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { patch } from '../../../server/src/syntax/patch.ts';
import { type AppliedChange, changeBetween, coverOf } from '../../../server/src/syntax/textChange.ts';
import { patchYaml } from '../../../server/src/syntax/yaml/patchYaml.ts';
import {
  anchoredSample,
  applyEdit,
  type Edit,
  editsOf,
  flowSamples,
  jsonSamples,
  outdentedSamples,
  runs,
  yamlSamples,
} from './samples.ts';
import { expectSound, show } from './show.ts';

describe('a patched tree is the tree of the new text', () => {
  it.each([
    ['yaml', [...yamlSamples, anchoredSample, yamlSamples.join('\n---\n')]],
    ['yaml', flowSamples],
    ['yaml', outdentedSamples],
    ['json', jsonSamples],
  ] as const)(
    '%s, after any edits one after the other',
    (language, samples) => {
      fc.assert(
        fc.property(fc.constantFrom(...samples), editsOf(language), (sample, edits) => {
          let tree = parse(sample, language);
          for (const edit of edits) {
            const text = applyEdit(tree.text, edit);
            tree = patch(tree, text);
            expect(tree.text).toBe(text);
            expect(show(tree)).toBe(show(parse(text, language)));
            expectSound(tree);
          }
        }),
        runs(2000),
      );
    },
    60_000,
  );

  it.each([
    ['yaml', [...yamlSamples, anchoredSample, ...flowSamples, ...outdentedSamples]],
    ['json', jsonSamples],
  ] as const)('%s, typed and erased again at every place', (language, samples) => {
    for (const sample of samples) {
      for (let at = 0; at <= sample.length; at += 3) {
        let tree = parse(sample, language);
        for (const typed of ['"', '"x', '"x"', '"x":', '"x": y', '"x"', '']) {
          tree = patch(tree, sample.slice(0, at) + typed + sample.slice(at));
        }
        expect(show(tree)).toBe(show(parse(sample, language)));
      }
    }
  });

  it.each([
    ...[...yamlSamples, anchoredSample, ...outdentedSamples].map((sample) => ['yaml', sample] as const),
    ...jsonSamples.map((sample) => ['json', sample] as const),
    ['yaml', '- "!include a.yaml"\n- "!include b.yaml"\n- "!include c.yaml"\n- "!include d.yaml"\n'],
    ['yaml', 'fields:\n  - a\n  - b\n  - c\n  - d\nother:\n- a\n- b\n- c\n- d\n'],
  ] as const)('%s, whole lines deleted and doubled, as an editor tells it: %j', (language, sample) => {
    for (const lines of [1, 2]) {
      for (let start = 0; start < sample.length; start = sample.indexOf('\n', start) + 1 || sample.length) {
        let oldEnd = start;
        for (let line = 0; line < lines; line++) oldEnd = sample.indexOf('\n', oldEnd) + 1 || sample.length;
        const piece = sample.slice(start, oldEnd);
        for (const put of ['', piece + piece]) {
          const text = sample.slice(0, start) + put + sample.slice(oldEnd);
          const tree = patch(parse(sample, language), text, [
            { start, oldEnd, newEnd: start + put.length, text },
          ]);
          expect(show(tree), text).toBe(show(parse(text, language)));
          expectSound(tree);
        }
      }
    }
  });

  it.each([
    ['the same text', 'a: 1\n', 'a: 1\n'],
    ['everything gone', 'a: 1\n', ''],
    ['from nothing', '', 'a:\n  - b\n'],
    ['a new entry before', 'a: 1\nb: 2\n', 'x: 0\na: 1\nb: 2\n'],
    ['a new entry behind', 'a: 1\nb: 2\n', 'a: 1\nb: 2\nc: 3'],
    ['an entry gone', '- a\n- b\n- c\n', '- a\n- c\n'],
    ['indented more', 'a:\n  b: 1\n  c: 2\n', 'a:\n  b: 1\n   c: 2\n'],
    ['indented less', 'a:\n  b: 1\n  c: 2\n', 'a:\n  b: 1\nc: 2\n'],
    ['a duplicate key', 'a:\n  b: 1\n  c: 2\n', 'a:\n  b: 1\n  b: 2\n'],
    ['a duplicate key gone', 'a:\n  b: 1\n  b: 2\nd: 1\n', 'a:\n  b: 1\n  c: 2\nd: 1\n'],
    ['a document marker', 'a: 1\nb: 2\n', 'a: 1\n---\nb: 2\n'],
    ['an anchor', 'a: 1\nb: *x\n', 'a: &x 1\nb: *x\n'],
    ['a list at the column of its key', 'a:\n- b\n- c\nd: 1\n', 'a:\n- b\n- cc\nd: 1\n'],
    ['a list becomes a key', 'a:\n- b\n- c\nd: 1\n', 'a:\n- b\nc\nd: 1\n'],
    ['before the first document', 'a: 1\n', '# x\na: 1\n'],
    ['a line of a block scalar', 'a: |\n  b\n  c\nd: 1\n', 'a: |\n  b\n  cc\nd: 1\n'],
    ['an entry without a key behind another', 'a: [1]| b\nc: d\n', 'a:\n [1]| b\nc: d\n'],
    ['a bracket closes at the column of its key', 'a: [\n  b\nc: 1\n', 'a: [\n  b\n]\nc: 1\n'],
    [
      'what is behind a collection goes',
      'a: {c: d,\ne: f}\n  z\nx: yyyyyyyyyyyyyyyyyyyyyy\n',
      'a: {c: d,\ne: f}\n  #z\nx: yyyyyyyyyyyyyyyyyyyyyy\n',
    ],
    [
      'what is behind a quoted text goes',
      'x: "a\nc: d"\n  y\nlonger: ttttttttttttttttttt\n',
      'x: "a\nc: d"\n\nlonger: ttttttttttttttttttt\n',
    ],
    [
      'what is behind an item goes',
      'x:\n- {a: b,\nc: d}\n  y\nlonger: ttttttttttttttt\n',
      'x:\n- {a: b,\nc: d}\n  #y\nlonger: ttttttttttttttt\n',
    ],
    ['a dash behind a block goes', 'a:\n  b: {c: d,\ne: f}\n- z\n', 'a:\n  b: {c: d,\ne: f}\n-z\n'],
    ['a quote closes further down', 'a: "b\nc: d\ne: f\n', 'a: "b\nc: d"\ne: f\n'],
    ['a bracket closes further down', 'a: [b\nc,\ne\n', 'a: [b\nc,\ne]\n'],
    ['nothing stands behind the quote any more', 'a: "b\nc"d\ne: f\n', 'a: "b\nc"\ne: f\n'],
    ['a quote that is not closed any more', 'a: "b\nc"\nd: 1\ne: 2\n', 'a: "b\nc\nd: 1\ne: 2\n'],
  ])('%s', (_, before, after) => {
    expect(show(patch(parse(before, 'yaml'), after))).toBe(show(parse(after, 'yaml')));
  });
});

describe('an entry is reread alone', () => {
  const pages = (text: string): string => text.repeat(3);
  const yaml = pages(yamlSamples[0] ?? '');
  const json = `[${pages(`${jsonSamples[0]},`)} 1]`;

  it.each(['"', "'", 'x', ': ', '- ', '{', '[', '|', '#', 'foo\n        '])(
    'where %j is typed in YAML',
    (typed) => {
      const at = yaml.indexOf('$id');
      const text = yaml.slice(0, at) + typed + yaml.slice(at);
      const patched = patchYaml(parse(yaml, 'yaml'), text, changeBetween(yaml, text));
      expect(patched && show(patched)).toBe(show(parse(text, 'yaml')));
    },
  );
  it.each(['x', ', ', 'null', '[]', '"a": 1,', '//\n'])('where %j is typed in JSON', (typed) => {
    const at = json.indexOf('"lhs_fields"');
    const text = json.slice(0, at) + typed + json.slice(at);
    const patched = patchJson(parse(json, 'json'), text, changeBetween(json, text));
    expect(patched && show(patched)).toBe(show(parse(text, 'json')));
  });
  it('keeps the nodes of the others', () => {
    const tree = parse(yaml, 'yaml');
    const last = tree.roots[0]?.children.at(-1);
    const text = yaml.replace('$id', '$identity');
    expect(patch(tree, text).roots[0]?.children.at(-1)).toBe(last);
  });
});

describe('several changes at once', () => {
  it.each([
    ['yaml', yamlSamples.join('\n---\n')],
    ['json', jsonSamples[0] ?? ''],
  ] as const)(
    '%s, applied one after the other',
    (language, sample) => {
      fc.assert(
        fc.property(editsOf(language), (edits) => {
          const changes = appliedChanges(sample, edits);
          const text = changes.at(-1)?.text ?? sample;
          const patched = patch(parse(sample, language), text, changes);
          expect(patched.text).toBe(text);
          expect(show(patched)).toBe(show(parse(text, language)));
          expectSound(patched);
          const [cover] = coverOf(changes);
          if (cover === undefined) return;
          expect(cover.text).toBe(text);
          expect(sample.slice(0, cover.start)).toBe(text.slice(0, cover.start));
          expect(sample.slice(cover.oldEnd)).toBe(text.slice(cover.newEnd));
        }),
        runs(500),
      );
    },
    60_000,
  );

  it('far from each other leave what is between them', () => {
    const entries = Array.from({ length: 12 }, (_, index) => `- table: t${index}\n  is_enum: false\n`);
    const text = entries.join('');
    const tree = parse(text, 'yaml');
    const between = tree.roots[0]?.children.slice(1, 11) ?? [];
    const changes = appliedChanges(text, [
      { at: text.indexOf('t11'), remove: 3, insert: 'last' },
      { at: text.indexOf('t0'), remove: 2, insert: 'first' },
    ]);
    const patched = patch(tree, changes.at(-1)?.text ?? '', changes);
    expect(show(patched)).toBe(show(parse(patched.text, 'yaml')));
    expect(between).toHaveLength(10);
    for (const [index, node] of between.entries()) expect(patched.roots[0]?.children[index + 1]).toBe(node);
  });
});

/** Edits one after the other, as an editor tells of them. */
function appliedChanges(before: string, edits: readonly Edit[]): AppliedChange[] {
  let text = before;
  return edits.map((edit) => {
    const start = edit.at % (text.length + 1);
    const oldEnd = Math.min(start + edit.remove, text.length);
    text = applyEdit(text, edit);
    return { start, oldEnd, newEnd: start + edit.insert.length, text };
  });
}

it.each([
  ['abc', 'abc', 3, 3, 3],
  ['', 'abc', 0, 0, 3],
  ['aaa', 'aaaa', 3, 3, 4],
  [`${'x'.repeat(9000)}a${'y'.repeat(9000)}`, `${'x'.repeat(9000)}bc${'y'.repeat(9000)}`, 9000, 9001, 9002],
])('the change between %.5s and %.5s', (before, after, start, oldEnd, newEnd) => {
  expect(changeBetween(before, after)).toEqual({ start, oldEnd, newEnd });
});
