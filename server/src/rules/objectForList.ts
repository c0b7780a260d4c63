import { listDepth, typeReferenceText } from '../schema/typeReference.ts';
import { wrapInList } from '../syntax/edit/listEdits.ts';
import type { Rule } from './rule.ts';
import { valueRange } from './shapeRule.ts';
import { argumentDeclaration, argumentWords, sentence, typedValueUses } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';

/** An object given where a list of input objects is expected: GraphQL would wrap it, the server does not (R20). */
export const objectForList: Rule = {
  code: 'object-for-list',
  specification: ['R20'],
  title: 'An object is given where a list of objects is expected.',
  severity: 'error',
  check(context, report) {
    for (const use of typedValueUses(context, 'object')) {
      const { join } = use;
      const { value, expected, expectedType } = use.value;
      if (expected?.kind !== 'list' || expectedType?.kind !== 'input-object') continue;
      const edits = wrapInList(context.tree, value.node, listDepth(expected));
      report({
        message: `${sentence(argumentWords(use))} takes a list (${typeReferenceText(expected)}), so put the object in a list: [{…}].`,
        serverMessage: inconsistentObject(
          context,
          join.relationship,
          `type "${expectedType.name}" is invalid for stripping`,
        ),
        ...valueRange(context, value.node),
        related: argumentDeclaration(use),
        relationship: relationshipName(join.relationship),
        fixes: edits ? [{ title: 'Put the object in a list', edits, preferred: true }] : [],
      });
    }
  },
};
