import { replaceContent } from '../syntax/edit/scalarText.ts';
import { contentRange } from '../syntax/textRange.ts';
import { shapeRule, valueRange } from './shapeRule.ts';

/** What stands around a request: the version of its command, and the bulk it is in (R64). */
export const requestEnvelope = shapeRule(
  {
    code: 'request-envelope',
    specification: ['R64'],
    title:
      'A request has a `version` that its command does not have, or is in a bulk request that does not accept it.',
    severity: 'error',
  },
  ['request-version', 'bulk-item'],
  (problem, context) => {
    const { kind, node, key, serverMessage } = problem;
    if (key === 'resource_version') {
      return { message: '"resource_version" is a whole number.', range: valueRange(context, node) };
    }
    if (kind === 'request-version') {
      return {
        message:
          serverMessage === undefined
            ? `"${key}" has no version 2; only "export_metadata" and "replace_metadata" have one.`
            : 'The version of a command is 1 or 2.',
        range: valueRange(context, node),
      };
    }
    if (key === 'bulk_atomic') {
      return { message: `"bulk_atomic" does not take "${String(node.value)}".`, range: contentRange(node) };
    }
    return {
      message:
        '"concurrent_bulk" is not a command of the metadata API: only /v2/query has it, and it takes only SQL.',
      range: contentRange(node),
      fixes:
        node.aliasOf === undefined
          ? [{ title: 'Change to "bulk"', edits: [replaceContent(node, 'bulk')], preferred: true }]
          : [],
    };
  },
);
