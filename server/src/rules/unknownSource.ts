import { suggest } from '../schema/suggest.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { sourceJoins } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { isLacking, onlyConfigured } from './support/onlyConfigured.ts';
import { didYouMean, renameFixes } from './support/suggestion.ts';

/** A target source that does not exist (R29). */
export const unknownSource: Rule = {
  code: 'unknown-source',
  specification: ['R29'],
  title: 'A source does not exist.',
  severity: 'error',
  check(context, report) {
    for (const join of sourceJoins(context)) {
      const { source } = join.definition;
      if (source.state !== 'present' || !isLacking(join.source, join.relationship)) continue;
      const said = {
        serverMessage: inconsistentObject(context, join.relationship, `source not found: "${source.value}"`),
        relationship: relationshipName(join.relationship),
      };
      if (join.source.state !== 'absent') {
        report({ ...onlyConfigured('source', source.value, source.node), ...said });
        continue;
      }
      const suggestion = suggest(
        source.value,
        context.catalogue.sources.map(({ name }) => name),
      );
      report({
        message: `There is no source "${source.value}".${didYouMean(suggestion)}`,
        ...said,
        ...contentRange(source.node),
        fixes: renameFixes(source.node, suggestion),
      });
    }
  },
};
