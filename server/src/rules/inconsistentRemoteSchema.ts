import { knownValue } from '../catalogue/catalogue.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { remoteSchemaJoins } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';

/** A target remote schema that the server drops for its definition (R57, R58): it counts as not there (R14). */
export const inconsistentRemoteSchema: Rule = {
  code: 'inconsistent-remote-schema',
  specification: ['R14', 'R57', 'R58'],
  title: 'A relationship targets an inconsistent remote schema.',
  severity: 'error',
  check(context, report) {
    for (const join of remoteSchemaJoins(context)) {
      const { remoteSchema } = join.definition;
      const cause = knownValue(join.target)?.inconsistencies.find(({ certain }) => certain);
      if (remoteSchema.state !== 'present' || cause === undefined) continue;
      const name = remoteSchema.value;
      report({
        message: `The server drops remote schema "${name}", because ${cause.reason}; so this relationship has no target.`,
        serverMessage: inconsistentObject(
          context,
          join.relationship,
          `remote schema with name "${name}" not found`,
        ),
        ...contentRange(remoteSchema.node),
        related: [{ message: 'This is the reason.', location: cause.location }],
        relationship: relationshipName(join.relationship),
      });
    }
  },
};
