import { knownValue } from '../catalogue/catalogue.ts';
import type { RemoteSchemaEntry } from '../metadata/relationship.ts';
import { nodeLocation } from '../syntax/location.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { duplicates, groupBy, multipleDeclarations } from './support/duplicates.ts';

export const duplicateRemoteSchema: Rule = {
  code: 'duplicate-remote-schema',
  specification: ['R3'],
  title: 'Two remote schemas have the same name.',
  severity: 'error',
  needs: 'document',
  check: ({ uri, model, catalogue }, report) => {
    for (const list of groupBy(model.remoteSchemas, ({ node }) => node.parent).values()) {
      const repeated = duplicates(list, nameOf);
      const names = repeated.map(([first]) => nameOf(first) ?? '');
      const serverMessage = multipleDeclarations('remote schemas', names, catalogue.serverVersion);
      for (const [first, ...others] of repeated) {
        for (const { name } of others) {
          if (name.state !== 'present' || first.name.state !== 'present') continue;
          report({
            message: `There is a remote schema "${name.value}" already.`,
            serverMessage,
            ...contentRange(name.node),
            related: [{ message: 'It is first defined here.', location: nodeLocation(uri, first.name.node) }],
          });
        }
      }
    }
  },
};

function nameOf({ name }: RemoteSchemaEntry): string | undefined {
  return knownValue(name);
}
