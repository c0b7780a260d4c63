import type { DocumentContext } from '../join/documentContext.ts';
import { suggest } from '../schema/suggest.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Rule, RuleFinding } from './rule.ts';
import { remoteSchemaJoins } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { isLacking, onlyConfigured } from './support/onlyConfigured.ts';
import { didYouMean, renameFixes } from './support/suggestion.ts';

/** A target remote schema that the metadata does not have (R14). */
export const unknownRemoteSchema: Rule = {
  code: 'unknown-remote-schema',
  specification: ['R14'],
  title: 'A remote schema does not exist.',
  severity: 'error',
  check(context, report) {
    for (const join of remoteSchemaJoins(context)) {
      const { remoteSchema } = join.definition;
      if (remoteSchema.state !== 'present' || !isLacking(join.target, join.relationship)) continue;
      const text = `remote schema with name "${remoteSchema.value}" not found`;
      report({
        ...(join.target.state === 'absent'
          ? unknownName(context, remoteSchema.value, remoteSchema.node)
          : onlyConfigured('remote schema', remoteSchema.value, remoteSchema.node)),
        serverMessage: inconsistentObject(context, join.relationship, text),
        relationship: relationshipName(join.relationship),
      });
    }
  },
};

function unknownName(context: DocumentContext, name: string, node: SyntaxNode): RuleFinding {
  const suggestion = suggest(
    name,
    context.catalogue.remoteSchemas.map((remoteSchema) => remoteSchema.name),
  );
  return {
    message: `There is no remote schema "${name}".${didYouMean(suggestion)}`,
    ...contentRange(node),
    fixes: renameFixes(node, suggestion),
  };
}
