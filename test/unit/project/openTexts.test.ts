import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type ContentChange, OpenTexts } from '../../../server/src/project/openTexts.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { patch } from '../../../server/src/syntax/patch.ts';
import { runs, yamlSamples } from '../syntax/samples.ts';
import { show } from '../syntax/show.ts';

const uri = 'untitled:a';

/** With characters of one and of two UTF-16 units, and every kind of line end. */
const sample = `${yamlSamples[0]}# ö 😀😀\r\n- table: "😀"\r\n  is_enum: true\n${yamlSamples[3]}`;

const position = fc.record({ line: fc.nat(60), character: fc.nat(40) });
const change: fc.Arbitrary<ContentChange> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      range: fc.record({ start: position, end: position }),
      text: fc.constantFrom('', 'x', '😀', '\n', '\r\n', '- a: b\n', '"', ': '),
    }),
  },
  { weight: 1, arbitrary: fc.record({ text: fc.constantFrom('', 'a: 1\n', sample) }) },
);
const notifications = fc.array(fc.array(change, { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 4,
});

function opened(text: string): OpenTexts {
  const texts = new OpenTexts();
  texts.open(uri, 'yaml', 1, text);
  return texts;
}

describe('open texts', () => {
  it('follow the changes of the protocol, and keep the ranges the tree is patched with', () => {
    fc.assert(
      fc.property(notifications, fc.boolean(), (sent, readsAll) => {
        const texts = opened(sample);
        const expected = TextDocument.create(uri, 'yaml', 1, sample);
        let tree = parse(sample, 'yaml');
        for (const [index, changes] of sent.entries()) {
          texts.change(uri, index + 2, changes);
          TextDocument.update(expected, [...changes], index + 2);
          const text = texts.get(uri)?.getText() ?? '';
          expect(text).toBe(expected.getText());
          expect(texts.get(uri)?.version).toBe(index + 2);
          if (!readsAll && index < sent.length - 1) continue;
          const taken = texts.takeChanges(uri, tree.text);
          expect(taken).toBeDefined();
          tree = patch(tree, text, taken);
          expect(show(tree)).toBe(show(parse(text, 'yaml')));
        }
      }),
      runs(500),
    );
  }, 60_000);

  it('tell each change of a notification', () => {
    const texts = opened('ab\n😀cd\n');
    texts.change(uri, 2, [
      { range: { start: { line: 1, character: 3 }, end: { line: 1, character: 4 } }, text: 'xyz' },
      { range: { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } }, text: '-' },
    ]);
    expect(texts.takeChanges(uri, 'ab\n😀cd\n')).toEqual([
      { start: 6, oldEnd: 7, newEnd: 9, text: 'ab\n😀cxyz\n' },
      { start: 1, oldEnd: 1, newEnd: 2, text: 'a-b\n😀cxyz\n' },
    ]);
    expect(texts.takeChanges(uri, 'a-b\n😀cxyz\n')).toEqual([]);
  });

  it('tell very many changes as one', () => {
    const texts = opened('a'.repeat(40));
    const insertions = Array.from({ length: 20 }, (_, index): ContentChange => {
      const at = { line: 0, character: 2 * index };
      return { range: { start: at, end: at }, text: 'b' };
    });
    texts.change(uri, 2, insertions);
    const text = texts.get(uri)?.getText() ?? '';
    expect(texts.takeChanges(uri, 'a'.repeat(40))).toEqual([{ start: 0, oldEnd: 19, newEnd: 39, text }]);
  });

  it('do not know what led there from a text they never had', () => {
    const texts = opened('a');
    texts.change(uri, 2, [{ text: 'b' }]);
    expect(texts.takeChanges(uri, 'x')).toBeUndefined();
    expect(texts.takeChanges('untitled:b', 'a')).toBeUndefined();
  });

  it('end with the document', () => {
    const texts = opened('a');
    texts.close(uri);
    texts.change(uri, 2, [{ text: 'b' }]);
    expect(texts.get(uri)).toBeUndefined();
    expect(texts.keys()).toEqual([]);
  });
});
