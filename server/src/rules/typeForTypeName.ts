import { replaceContent } from '../syntax/edit/scalarText.ts';
import { contentRange } from '../syntax/textRange.ts';
import { shapeRule } from './shapeRule.ts';

export const typeForTypeName = shapeRule(
  {
    code: 'type-for-type-name',
    specification: ['2.7'],
    title: '`type` is written where the server reads only `type_name`.',
    severity: 'error',
  },
  ['type-for-type-name'],
  ({ node }) => ({
    message: 'The server reads "type_name" here; "type" (as the API reference has it) is ignored.',
    range: contentRange(node),
    fixes:
      node.aliasOf === undefined
        ? [{ title: 'Change to "type_name"', edits: [replaceContent(node, 'type_name')], preferred: true }]
        : [],
  }),
);
