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
  ({ node, key }) => ({
    message: `"${key}" is written twice in this object: the server uses only one of them.`,
    range: contentRange(node),
    tags: ['unnecessary'],
  }),
);
