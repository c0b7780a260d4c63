import { contentRange } from '../syntax/textRange.ts';
import { shapeRule } from './shapeRule.ts';

export const duplicateKey = shapeRule(
  {
    code: 'duplicate-key',
    specification: ['2'],
    title: 'A key is written twice in one object: only one of them counts.',
    severity: 'warning',
  },
  ['duplicate-key'],
  ({ node, key }, { tree }) => {
    const said = tree.problems.some(
      ({ offset, length, code }) =>
        code !== 'json-syntax' &&
        offset < node.offset + Math.max(node.length, 1) &&
        node.offset < offset + Math.max(length, 1),
    );
    if (said) return undefined;
    return {
      message: `"${key}" is written twice in this object: the server uses only one of them.`,
      range: contentRange(node),
      tags: ['unnecessary'],
    };
  },
);
