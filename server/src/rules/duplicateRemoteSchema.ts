import { groupBy } from '../../../common/src/groupBy.ts';
import { knownValue } from '../catalogue/catalogue.ts';
import type { RemoteSchemaEntry } from '../metadata/relationship.ts';
import type { Rule } from './rule.ts';
import { duplicates, multipleDeclarations, placeOfName } from './support/duplicates.ts';

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
        for (const { name, node } of others) {
          if (name.state !== 'present' || first.name.state !== 'present') continue;
          report({
            message: `There is already a remote schema "${name.value}".`,
            serverMessage,
            ...placeOfName(node, name.node),
            related: [
              {
                message: 'First defined here.',
                location: { uri, ...placeOfName(first.node, first.name.node) },
              },
            ],
          });
        }
      }
    }
  },
};

function nameOf({ name }: RemoteSchemaEntry): string | undefined {
  return knownValue(name);
}
