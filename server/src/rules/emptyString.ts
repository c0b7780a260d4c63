import { nodeRange } from '../syntax/textRange.ts';
import { shapeRule, shapeWords } from './shapeRule.ts';

export const emptyString = shapeRule(
  {
    code: 'empty-string',
    specification: ['R7', '2'],
    title: 'A name is the empty string.',
    severity: 'error',
  },
  ['empty-string'],
  ({ node, key, shape }) => ({
    message: `"${key}" of ${shapeWords(shape)} must not be empty.`,
    range: nodeRange(node),
  }),
);
