import type { Rule } from './rule.ts';
import { sourceJoins } from './support/joinReaders.ts';
import { isLacking, lackingName } from './support/lacking.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';

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
      report({
        ...lackingName('source', source, join.source, context.catalogue.sources),
        serverMessage: inconsistentObject(context, join.relationship, `source not found: "${source.value}"`),
        relationship: relationshipName(join.relationship),
      });
    }
  },
};
