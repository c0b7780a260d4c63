import { knownValue } from '../catalogue/catalogue.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { relatedPlace } from './support/tableNames.ts';
import { typeKindWords, typeOwners } from './support/typeOwners.ts';

/** A relationship of a remote schema on something else than an object type (R27). */
export const notAnObjectType: Rule = {
  code: 'not-an-object-type',
  specification: ['R27'],
  title: 'A relationship is on a type that is not an object type.',
  severity: 'error',
  check(context, report) {
    for (const { relationship, typeName, node } of typeOwners(context)) {
      const lhs = context.lhs(relationship);
      const type = lhs.kind === 'remote-schema-type' ? knownValue(lhs.type) : undefined;
      if (type === undefined || type.kind === 'object') continue;
      report({
        message: `"${typeName}" is ${typeKindWords[type.kind]}; only object types can have relationships.`,
        serverMessage: inconsistentObject(
          context,
          relationship,
          'remote relationships on a remote schema can only be defined on object types',
        ),
        ...contentRange(node),
        related: relatedPlace(`"${typeName}" is declared here.`, type.location),
        relationship: relationshipName(relationship),
      });
    }
  },
};
