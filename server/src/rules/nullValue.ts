import type { Rule } from './rule.ts';
import { valueRange } from './shapeRule.ts';
import { argumentWords, sentence, valueUses } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';

/** A `null`, written or left open, among the arguments (R19). */
export const nullValue: Rule = {
  code: 'null-value',
  specification: ['R19'],
  title: 'An argument is null.',
  severity: 'error',
  needs: 'document',
  check(context, report) {
    for (const use of valueUses(context, 'null')) {
      const { join } = use;
      const { value } = use.value;
      const what = sentence(argumentWords(use));
      report({
        message:
          value.node.length === 0
            ? `${what} has no value, which reads as null, and null can't be given to a remote field.`
            : `${what} is null, and null can't be given to a remote field. Leave it out instead.`,
        serverMessage: inconsistentObject(context, join.relationship, 'null is not allowed here'),
        ...valueRange(context, value.node),
        relationship: relationshipName(join.relationship),
      });
    }
  },
};
