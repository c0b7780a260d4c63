import { quoteScalar } from '../syntax/edit/scalarText.ts';
import { nodeRange } from '../syntax/textRange.ts';
import { cliScalar } from '../syntax/yaml/cliScalar.ts';
import { shapeRule } from './shapeRule.ts';

/** R63 */
export const cliScalarRule = shapeRule(
  {
    code: 'cli-scalar',
    specification: ['R63'],
    title: 'A name that the Hasura CLI sends as a boolean or a number because it is not quoted.',
    severity: 'warning',
  },
  ['cli-scalar'],
  ({ node, key }) => {
    const text = quoteScalar(key, 'double-quoted', 'yaml');
    return {
      message: `Without quotes, the Hasura CLI sends ${key} as ${cliScalar(key)}, but the server expects a string.`,
      range: nodeRange(node),
      fixes:
        node.aliasOf === undefined
          ? [{ title: `Change to ${text}`, edits: [{ ...nodeRange(node), text }], preferred: true }]
          : [],
    };
  },
);
