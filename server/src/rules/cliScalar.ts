import { quoteScalar } from '../syntax/edit/scalarText.ts';
import { nodeRange } from '../syntax/textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax/tree.ts';
import { cliScalar } from '../syntax/yaml/cliScalar.ts';
import { type ShapeDescription, shapeRule } from './shapeRule.ts';

/** R63 */
export const cliScalarRule = shapeRule(
  {
    code: 'cli-scalar',
    specification: ['R63'],
    title:
      'A name that the Hasura CLI sends as a boolean or a number because it is not quoted, or a value that it can’t read.',
    severity: 'warning',
  },
  ['cli-scalar', 'cli-stop'],
  (problem, { tree }) => {
    if (problem.kind === 'cli-stop') return stopped(tree, problem.node);
    const { node, key } = problem;
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

/** Only a text is quoted: a number would be another value then. */
function stopped({ text }: SyntaxTree, node: SyntaxNode): ShapeDescription {
  const range = nodeRange(node);
  const written = text.slice(range.offset, range.offset + range.length);
  if (node.style === 'double-quoted') {
    return {
      message: 'The Hasura CLI stops at "\\/" in double quotes, and builds no metadata at all: write "/".',
      range,
      fixes: [
        {
          title: 'Write "/"',
          edits: [
            { ...range, text: written.replaceAll(/\\(.)/g, (pair, next) => (next === '/' ? '/' : pair)) },
          ],
          preferred: true,
        },
      ],
    };
  }
  const quoted = quoteScalar(written, 'double-quoted', 'yaml');
  return {
    message: `The Hasura CLI stops at ${written} without quotes, and builds no metadata at all.`,
    range,
    fixes:
      node.kind === 'string'
        ? [{ title: `Change to ${quoted}`, edits: [{ ...range, text: quoted }], preferred: true }]
        : [],
  };
}
