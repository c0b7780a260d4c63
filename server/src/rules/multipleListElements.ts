import { typeReferenceText } from '../schema/typeReference.ts';
import type { Rule } from './rule.ts';
import { valueRange } from './shapeRule.ts';
import { argumentWords, sentence, valueUses } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';

/** A list of more than one value (R21). */
export const multipleListElements: Rule = {
  code: 'multiple-list-elements',
  specification: ['R21'],
  title: 'A list has more than one value.',
  severity: 'error',
  needs: 'document',
  check(context, report) {
    for (const use of valueUses(context, 'list')) {
      const { join } = use;
      const { value, expected } = use.value;
      if (value.items.length < 2) continue;
      const noList =
        expected?.kind === 'named' ? `, and ${typeReferenceText(expected)} takes no list at all` : '';
      report({
        message: `${sentence(argumentWords(use))} is given a list of ${value.items.length} values; a list in a relationship can hold only one${noList}.`,
        serverMessage: inconsistentObject(
          context,
          join.relationship,
          'multiple elements in list value is not supported',
        ),
        ...valueRange(context, value.node),
        relationship: relationshipName(join.relationship),
      });
    }
  },
};
