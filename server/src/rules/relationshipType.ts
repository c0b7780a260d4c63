import { suggest } from '../schema/suggest.ts';
import { replaceContent } from '../syntax/edit/scalarText.ts';
import { shapeRule, valueRange } from './shapeRule.ts';
import { didYouMean } from './support/suggestion.ts';

export const relationshipType = shapeRule(
  {
    code: 'relationship-type',
    specification: ['R5'],
    title: '`relationship_type` is neither `object` nor `array`.',
    severity: 'error',
  },
  ['relationship-type'],
  ({ node, key }, context) => {
    const written = typeof node.value === 'string' ? node.value : '';
    const suggestion = /^(many|list|multiple|arr)/i.test(written)
      ? 'array'
      : /^(one|single|obj)/i.test(written)
        ? 'object'
        : suggest(written, ['object', 'array']);
    return {
      message: `"${key}" is "object" or "array".${didYouMean(suggestion)}`,
      range: valueRange(context, node),
      fixes:
        written !== '' && node.aliasOf === undefined
          ? ['object', 'array'].map((value) => ({
              title: `Change to "${value}"`,
              edits: [replaceContent(node, value)],
              preferred: value === suggestion,
            }))
          : [],
    };
  },
);
