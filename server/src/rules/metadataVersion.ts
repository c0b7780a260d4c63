import { headRange } from '../syntax/textRange.ts';
import type { Fix } from './rule.ts';
import { shapeRule, valueRange } from './shapeRule.ts';
import { insertKeyFixes } from './support/insertKeyFixes.ts';

export const metadataVersion = shapeRule(
  {
    code: 'metadata-version',
    specification: ['R44'],
    title: 'The `version` of the metadata is unknown, or does not match the content of the document.',
    severity: 'error',
  },
  ['metadata-version'],
  ({ node, key }, context) => {
    if (key === 'version') {
      return { message: 'Metadata has version 1, 2 or 3.', range: valueRange(context, node) };
    }
    if (key === 'sources') {
      return { message: 'Metadata of version 3 needs "sources".', range: valueRange(context, node) };
    }
    // Then it has "sources".
    const unversioned = node.kind === 'object';
    const fixes: readonly Fix[] = unversioned ? insertKeyFixes(context.tree, node, 'version', 3) : [];
    return {
      message: unversioned
        ? 'Without a "version" this counts as metadata of version 1, which needs "tables".'
        : 'Metadata of version 1 and 2 needs "tables".',
      range: unversioned ? headRange(node) : valueRange(context, node),
      fixes,
    };
  },
);
