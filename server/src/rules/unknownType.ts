import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { knownValue } from '../catalogue/catalogue.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';
import { suggest } from '../schema/suggest.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { beforeCustomization, typeBeforeCustomization } from './support/customizedNames.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { didYouMean, renameFixes } from './support/suggestion.ts';
import { typeOwners } from './support/typeOwners.ts';

/** The type a relationship of a remote schema stands on does not exist (R26). */
export const unknownType: Rule = {
  code: 'unknown-type',
  specification: ['R26'],
  title: 'A type does not exist in the remote schema.',
  severity: 'error',
  check(context, report) {
    for (const { relationship, typeName, node, remoteSchema } of typeOwners(context)) {
      const lhs = context.lhs(relationship);
      if (lhs.kind !== 'remote-schema-type' || lhs.type.state !== 'absent') continue;
      // Of what is not a valid GraphQL name, that is the thing to say.
      if (!isGraphqlName(typeName)) continue;
      const known = knownValue(lhs.remoteSchema);
      const schema = known && knownValue(known.schema);
      if (known === undefined || schema === undefined) continue;
      const original = typeBeforeCustomization(known, schema, typeName);
      const suggestion = original ?? suggest(typeName, objectTypes(schema));
      const hint = original === undefined ? didYouMean(suggestion) : beforeCustomization('type', original);
      const text = context.catalogue.serverVersion.atLeast(2, 5)
        ? `no type named "${typeName}" defined in remote schema "${remoteSchema}"`
        : `no such type defined in remote schema: "${remoteSchema}"`;
      report({
        message: `Remote schema "${remoteSchema}" has no type "${typeName}".${hint}`,
        serverMessage: inconsistentObject(context, relationship, text),
        ...contentRange(node),
        relationship: relationshipName(relationship),
        fixes: renameFixes(node, suggestion),
      });
    }
  },
};

function objectTypes(schema: RemoteSchema): string[] {
  return schema.typeNames.filter((name) => !name.startsWith('__') && schema.type(name)?.kind === 'object');
}
