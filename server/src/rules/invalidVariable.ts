import { contentRange } from '../syntax/textRange.ts';
import { shapeRule } from './shapeRule.ts';

export const invalidVariable = shapeRule(
  {
    code: 'invalid-variable',
    specification: ['R6', '3'],
    title: 'A string begins with `$` but does not name a variable.',
    severity: 'error',
  },
  ['invalid-variable'],
  ({ node, key }) => ({
    message:
      key === ''
        ? '"$" must be followed by the name of a join field.'
        : `"$${key}" names no join field: only letters, digits and "_" may follow "$". A text can't begin with "$", and session variables can't be used here.`,
    range: contentRange(node),
  }),
);
