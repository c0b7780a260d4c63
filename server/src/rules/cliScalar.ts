import { quoteScalar } from '../syntax/edit/scalarText.ts';
import { nodeRange } from '../syntax/textRange.ts';
import { cliScalar } from '../syntax/yaml/cliScalar.ts';
import { shapeRule } from './shapeRule.ts';

/** R63 */
export const cliScalarRule = shapeRule(
  {
    code: 'cli-scalar',
    specification: ['R63'],
    title: 'A name that the Hasura CLI sends as a boolean or a number, because it stands without quotes.',
    severity: 'warning',
  },
  ['cli-scalar'],
  ({ node, key }) => {
    const text = quoteScalar(key, 'double-quoted', 'yaml');
    return {
      message: `The Hasura CLI sends ${cliScalar(key)} for ${key} where it stands without quotes, and the server expects a text.`,
      range: nodeRange(node),
      fixes:
        node.aliasOf === undefined
          ? [{ title: `Change to ${text}`, edits: [{ ...nodeRange(node), text }], preferred: true }]
          : [],
    };
  },
);
