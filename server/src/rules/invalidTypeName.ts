import { contentRange } from '../syntax/textRange.ts';
import { shapeRule } from './shapeRule.ts';

export const invalidTypeName = shapeRule(
  {
    code: 'invalid-type-name',
    specification: ['2.5'],
    title: '`type_name` is not a valid GraphQL name.',
    severity: 'error',
  },
  ['type-name'],
  ({ node }) => ({
    message: `"${String(node.value)}" can't be the name of a type: GraphQL names have only letters, digits and "_", and don't begin with a digit.`,
    range: contentRange(node),
  }),
);
