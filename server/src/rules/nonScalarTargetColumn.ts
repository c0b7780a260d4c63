import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { sourceJoins } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { relatedPlace } from './support/tableNames.ts';

/** A target column of a nested type (R34). */
export const nonScalarTargetColumn: Rule = {
  code: 'non-scalar-target-column',
  specification: ['R34'],
  title: 'A target column holds nested values.',
  severity: 'error',
  check(context, report) {
    if (!context.catalogue.serverVersion.atLeast(2, 27)) return;
    for (const join of sourceJoins(context)) {
      for (const { entry, column } of join.pairs) {
        if (entry.column === undefined || column.state !== 'present' || column.value.scalar) continue;
        const { value: name, node } = entry.column;
        report({
          message: `Column "${name}" holds nested values; only scalar columns can be joined to.`,
          serverMessage: inconsistentObject(
            context,
            join.relationship,
            `Target field "${name}"is not a scalar column`,
          ),
          ...contentRange(node),
          related: relatedPlace(`Column "${name}" is declared here.`, column.value.location),
          relationship: relationshipName(join.relationship),
        });
      }
    }
  },
};
