import type { Rule } from './rule.ts';
import { remoteSchemaJoins } from './support/joinReaders.ts';
import { isLacking, lackingName } from './support/lacking.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';

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
        ...lackingName('remote schema', remoteSchema, join.target, context.catalogue.remoteSchemas),
        serverMessage: inconsistentObject(context, join.relationship, text),
        relationship: relationshipName(join.relationship),
      });
    }
  },
};
