import { typeReferenceText } from '../schema/typeReference.ts';
import { unwrapList } from '../syntax/edit/listEdits.ts';
import type { Rule } from './rule.ts';
import { valueRange } from './shapeRule.ts';
import { argumentDeclaration, argumentWords, sentence, typedValueUses } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';

/** A list given where none is expected (R21). */
export const listForNonList: Rule = {
  code: 'list-for-non-list',
  specification: ['R21'],
  title: 'A list is given where a single value is expected.',
  severity: 'error',
  check(context, report) {
    for (const use of typedValueUses(context, 'list')) {
      const { join } = use;
      const { value, expected } = use.value;
      // Of longer lists the server says that they are too long, and so does that rule.
      if (value.items.length > 1 || expected?.kind !== 'named') continue;
      // Out of a list in a list comes a list.
      const single = value.items[0]?.kind !== 'list';
      const edits = single ? unwrapList(context.tree, value.node) : undefined;
      report({
        message: `${sentence(argumentWords(use))} takes one ${typeReferenceText(expected)}, but a list is given.`,
        serverMessage: inconsistentObject(
          context,
          join.relationship,
          `type "${expected.name}"is not a list type`,
        ),
        ...valueRange(context, value.node),
        related: argumentDeclaration(use),
        relationship: relationshipName(join.relationship),
        fixes: edits ? [{ title: 'Take the value out of the list', edits, preferred: true }] : [],
      });
    }
  },
};
