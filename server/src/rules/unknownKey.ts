import { contentRange } from '../syntax/textRange.ts';
import { shapeRule, shapeWords } from './shapeRule.ts';
import { meantKeys } from './support/meantKeys.ts';
import { didYouMean, renameFixes } from './support/suggestion.ts';

export const unknownKey = shapeRule(
  {
    code: 'unknown-key',
    specification: ['1.1'],
    title: 'A key is unknown to the server, which silently ignores it.',
    severity: 'warning',
  },
  ['unknown-key'],
  ({ node, key, shape }, context) => {
    const keys = meantKeys(context, node.parent);
    if (keys?.meant.has(node) !== true) return undefined;
    const name = keys.meant.get(node);
    const isFirst = name !== undefined && keys.first.get(name) === node;
    return {
      message: `The server ignores "${key}" in ${shapeWords(shape)}.${didYouMean(name)}`,
      range: contentRange(node),
      // Of several, one alone can be called so.
      fixes: renameFixes(node, name).map((fix) => ({ ...fix, preferred: isFirst })),
    };
  },
);
