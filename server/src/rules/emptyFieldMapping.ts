import type { Rule } from './rule.ts';
import { valueRange } from './shapeRule.ts';
import { sourceJoins } from './support/joinReaders.ts';
import { relationshipName } from './support/messages.ts';

/** A `field_mapping` without a pair: the server takes it, and there is no join condition (R36). */
export const emptyFieldMapping: Rule = {
  code: 'empty-field-mapping',
  specification: ['R36'],
  title: 'A field_mapping is empty.',
  severity: 'warning',
  needs: 'document',
  check(context, report) {
    for (const join of sourceJoins(context)) {
      const { fieldMapping } = join.definition;
      if (fieldMapping.state !== 'present' || fieldMapping.node.children.length > 0) continue;
      report({
        message:
          'field_mapping is empty: the server accepts this, but nothing says which rows belong together.',
        ...valueRange(context, fieldMapping.node),
        relationship: relationshipName(join.relationship),
      });
    }
  },
};
