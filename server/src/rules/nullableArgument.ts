import { typeReferenceText } from '../schema/typeReference.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import {
  argumentDeclaration,
  argumentWords,
  lhsFieldWords,
  sentence,
  typedValueUses,
} from './support/joinReaders.ts';
import { relationshipName } from './support/messages.ts';

/** A join field that may be null given to an argument that may not (R25): such rows have a null relationship. */
export const nullableArgument: Rule = {
  code: 'nullable-argument',
  specification: ['R25'],
  title: 'A nullable join field is given to a non-null argument.',
  severity: 'information',
  check(context, report) {
    for (const use of typedValueUses(context, 'variable')) {
      const { join } = use;
      const { value, expected, lhsField } = use.value;
      if (expected?.nonNull !== true || lhsField.state !== 'present') continue;
      const field = lhsField.value;
      if (field.nullable !== true) continue;
      report({
        message: `${sentence(lhsFieldWords(field))} can be null, ${argumentWords(use)} (${typeReferenceText(expected)}) can't. Where it is null the remote server is not asked, and the relationship is null.`,
        ...contentRange(value.node),
        related: argumentDeclaration(use),
        relationship: relationshipName(join.relationship),
      });
    }
  },
};
