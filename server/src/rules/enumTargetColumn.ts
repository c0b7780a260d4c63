import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { sourceJoins } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { relatedPlace } from './support/tableNames.ts';

/** A target column that references an enum table (R35). */
export const enumTargetColumn: Rule = {
  code: 'enum-target-column',
  specification: ['R35'],
  title: 'A target column references an enum table.',
  severity: 'error',
  check(context, report) {
    for (const join of sourceJoins(context)) {
      for (const { entry, column } of join.pairs) {
        if (entry.column === undefined || column.state !== 'present' || column.value.enumReference !== true)
          continue;
        const { value: name, node } = entry.column;
        report({
          message: `Column "${name}" references an enum table; a relationship can't be joined to such a column.`,
          serverMessage: inconsistentObject(
            context,
            join.relationship,
            'relationships to enum fields are not supported yet',
          ),
          ...contentRange(node),
          related: relatedPlace(`Column "${name}" is declared here.`, column.value.location),
          relationship: relationshipName(join.relationship),
        });
      }
    }
  },
};
