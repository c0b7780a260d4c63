import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { firstObjectArgument } from './support/objectArguments.ts';

export const lhsName: Rule = {
  code: 'lhs-name',
  specification: ['R40'],
  title:
    'An object argument needs a type named after the table or remote schema, whose name begins with a digit.',
  severity: 'error',
  check: (context, report) => {
    if (!context.catalogue.serverVersion.atLeast(2, 2)) return;
    for (const { relationship, definition, lhs } of context.joins) {
      const argument = firstObjectArgument(definition);
      if (argument === undefined || lhs.text === undefined || lhs.text === '') continue;
      if (isGraphqlName(lhs.text.replaceAll(/[^A-Za-z0-9]/g, '_'))) continue;
      const what = relationship.owner.kind === 'table' ? 'table' : 'remote schema';
      report({
        message: `An argument can't be an object here: the server names its type after the ${what} "${lhs.text}", and a GraphQL name can't begin with a digit.`,
        serverMessage: inconsistentObject(
          context,
          relationship,
          `"${lhs.text}" is not a valid GraphQL identifier`,
        ),
        ...contentRange(argument.name.node),
        relationship: relationshipName(relationship),
      });
    }
  },
};
