import { contentRange } from '../syntax/textRange.ts';
import { shapeRule } from './shapeRule.ts';

/** R61 */
export const invalidCustomName = shapeRule(
  {
    code: 'invalid-custom-name',
    specification: ['R61'],
    title: 'The `custom_name` of a table or column is not a valid GraphQL name.',
    severity: 'error',
  },
  ['custom-name'],
  ({ node, key }) => ({
    message: `"${key}" can't be a custom name: GraphQL names have only letters, digits and "_", and don't begin with a digit.`,
    range: contentRange(node),
  }),
);
