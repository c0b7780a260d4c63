import { removeFromList } from '../syntax/edit/listEdits.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { remoteSchemaJoins } from './support/joinReaders.ts';
import { relationshipName } from './support/messages.ts';

/** An entry of `lhs_fields` that is there already: the server reads a set. */
export const duplicateLhsField: Rule = {
  code: 'duplicate-lhs-field',
  specification: ['2.2', '2.3'],
  title: 'A join field is listed twice.',
  severity: 'hint',
  needs: 'document',
  check(context, report) {
    for (const join of remoteSchemaJoins(context)) {
      const { lhsFields } = join.definition;
      const seen = new Set<string>();
      for (const { name } of join.lhsFields) {
        if (!seen.has(name.value)) {
          seen.add(name.value);
          continue;
        }
        const edit =
          lhsFields.state === 'present' ? removeFromList(context.tree, lhsFields.node, name.node) : undefined;
        report({
          message: `"${name.value}" is already listed; the list is read as a set.`,
          ...contentRange(name.node),
          tags: ['unnecessary'],
          relationship: relationshipName(join.relationship),
          fixes: edit ? [{ title: `Remove the second "${name.value}"`, edits: [edit], preferred: true }] : [],
        });
      }
    }
  },
};
