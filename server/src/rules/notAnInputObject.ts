import { typeReferenceText } from '../schema/typeReference.ts';
import type { Rule } from './rule.ts';
import { valueRange } from './shapeRule.ts';
import { argumentDeclaration, argumentWords, sentence, typedValueUses } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';

/** An object given where the type is no input object (R20). */
export const notAnInputObject: Rule = {
  code: 'not-an-input-object',
  specification: ['R20'],
  title: 'An object is given where none is expected.',
  severity: 'error',
  check(context, report) {
    for (const use of typedValueUses(context, 'object')) {
      const { join } = use;
      const { value, expected, expectedType } = use.value;
      if (expected === undefined || expectedType === undefined) continue;
      if (expectedType.kind === 'input-object') continue;
      const firstKey = value.fields[0]?.name.value;
      report({
        message: `${sentence(argumentWords(use))} takes ${typeReferenceText(expected)}, which is not an input object, but an object is given.`,
        serverMessage: inconsistentObject(
          context,
          join.relationship,
          // The server names the first key it comes upon in place of the type; without a key it fails later.
          firstKey === undefined
            ? `type "${expectedType.name}" is invalid for stripping`
            : `type "${firstKey}"not an input object type`,
        ),
        ...valueRange(context, value.node),
        related: argumentDeclaration(use),
        relationship: relationshipName(join.relationship),
      });
    }
  },
};
