import type { RemoteSchemaEntry } from '../model/relationship.ts';
import { nodePlace } from '../schema/place.ts';
import { duplicates, groupBy, multipleDeclarations } from './duplicates.ts';
import { contentRange } from './ranges.ts';
import type { Rule } from './rule.ts';

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
            related: [{ message: 'It is first defined here.', place: nodePlace(uri, first.name.node) }],
          });
        }
      }
    }
  },
};

function nameOf({ name }: RemoteSchemaEntry): string | undefined {
  return name.state === 'present' ? name.value : undefined;
}
