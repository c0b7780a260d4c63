import { contentRange, headRange } from '../syntax/textRange.ts';
import { shapeRule, valueRange } from './shapeRule.ts';

/** What the server refuses in the definition of a remote schema (R57), apart from keys and kinds of values. */
export const remoteSchemaDefinition = shapeRule(
  {
    code: 'remote-schema-definition',
    specification: ['R57'],
    title:
      'The definition of a remote schema has no URL or two, a header without one value, or a custom name that is not a valid GraphQL name.',
    severity: 'error',
  },
  ['remote-schema-url', 'header-value', 'customization-name'],
  (problem, context) => {
    const { node } = problem;
    if (problem.kind === 'customization-name') {
      return {
        message: `"${String(node.value)}" is not a valid GraphQL name: GraphQL names have only letters, digits and "_", and don't begin with a digit.`,
        range: valueRange(context, node),
      };
    }
    const [subject, keys] =
      problem.kind === 'header-value'
        ? ['A header', '"value" or "value_from_env"']
        : ['A remote schema', '"url" or "url_from_env"'];
    return node.kind === 'object'
      ? { message: `${subject} needs ${keys}.`, range: headRange(node) }
      : { message: `${subject} has ${keys}, not both.`, range: contentRange(node) };
  },
);
