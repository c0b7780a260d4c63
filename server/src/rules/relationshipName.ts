import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { inconsistentObject } from './support/messages.ts';
import { firstObjectArgument } from './support/objectArguments.ts';

export const relationshipNameRule: Rule = {
  code: 'relationship-name',
  specification: ['R7', 'R51'],
  title: 'The name of a relationship is not a valid GraphQL name.',
  severity: 'error',
  needs: 'document',
  check: (context, report) => {
    for (const relationship of context.model.relationships) {
      const { name, definition, request } = relationship;
      if (name.state !== 'present' || request?.verb === 'delete' || isGraphqlName(name.value)) continue;
      const graphqlName = name.value.trim().replace(/[^_0-9A-Za-z]+/g, '_');
      report({
        message: `"${name.value}" can't be the name of a field: GraphQL names have only letters, digits and "_", and don't begin with a digit.`,
        serverMessage:
          firstObjectArgument(definition) === undefined
            ? `cannot include "${name.value}" in the GraphQL schema because  it is not a valid GraphQL identifier`
            : inconsistentObject(context, relationship, `"${name.value}" is not a valid GraphQL identifier`),
        ...contentRange(name.node),
        relationship: name.value,
        fixes:
          isGraphqlName(graphqlName) && name.node.aliasOf === undefined && name.node.style !== 'block-scalar'
            ? [
                {
                  title: `Change to "${graphqlName}"`,
                  edits: [{ ...contentRange(name.node), text: graphqlName }],
                  preferred: false,
                },
              ]
            : [],
      });
    }
  },
};
