import type { DocumentContext } from '../join/documentContext.ts';
import { RangeIndex } from '../syntax/rangeIndex.ts';
import { contentRange, type TextRange } from '../syntax/textRange.ts';
import { shapeRule } from './shapeRule.ts';

/** The problems of a document that say what is wrong with a key: it may have many. */
const said = new WeakMap<DocumentContext, RangeIndex<TextRange>>();

function saidBy(context: DocumentContext): RangeIndex<TextRange> {
  const known = said.get(context);
  if (known !== undefined) return known;
  const index = new RangeIndex(
    context.tree.problems
      .filter(({ code }) => code !== 'json-syntax')
      .map(({ offset, length }) => ({ offset, length: Math.max(length, 1) })),
  );
  said.set(context, index);
  return index;
}

export const duplicateKey = shapeRule(
  {
    code: 'duplicate-key',
    specification: ['2'],
    title: 'A key is written twice in one object: only one of them counts.',
    severity: 'warning',
  },
  ['duplicate-key'],
  ({ node, key }, context) => {
    // The parser of YAML has said it.
    const end = node.offset + Math.max(node.length, 1);
    if (!saidBy(context).overlapping(node.offset, end).next().done) return undefined;
    return {
      message: `"${key}" is written twice in this object: the server uses only one of them.`,
      range: contentRange(node),
      tags: ['unnecessary'],
    };
  },
);
