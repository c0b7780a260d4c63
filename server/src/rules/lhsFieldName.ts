import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { remoteSchemaJoins } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';

/** An entry of `lhs_fields` that can't become a variable (R12). */
export const lhsFieldName: Rule = {
  code: 'lhs-field-name',
  specification: ['R12'],
  title: 'The name of a join field to a remote schema is not a valid GraphQL name.',
  severity: 'error',
  needs: 'document',
  check(context, report) {
    for (const join of remoteSchemaJoins(context)) {
      for (const { name, field } of join.lhsFields) {
        // Of a name nobody knows, that it is unknown is the thing to say.
        if (field.state === 'absent' || isGraphqlName(name.value)) continue;
        report({
          message: `"${name.value}" can't be a join field to a remote schema: join fields become GraphQL variables, and this is not a valid GraphQL name. Only a relationship to a source can use such a column.`,
          serverMessage: inconsistentObject(
            context,
            join.relationship,
            `"${name.value}" is not a valid GraphQL identifier`,
          ),
          ...contentRange(name.node),
          relationship: relationshipName(join.relationship),
        });
      }
    }
  },
};
