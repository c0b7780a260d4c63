import { groupBy } from '../../../common/src/groupBy.ts';
import type { Relationship, TableEntry } from '../metadata/relationship.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Rule } from './rule.ts';
import { duplicates, multipleDeclarations, placeOfName } from './support/duplicates.ts';
import { relationshipName } from './support/messages.ts';

export const duplicateRelationship: Rule = {
  code: 'duplicate-relationship',
  specification: ['R3'],
  title: 'Two remote relationships of one table have the same name.',
  severity: 'error',
  needs: 'document',
  check: ({ uri, model, catalogue }, report) => {
    for (const list of groupBy(model.relationships, listOf).values()) {
      const repeated = duplicates(list, relationshipName);
      const names = repeated.map(([first]) => relationshipName(first) ?? '');
      const serverMessage = multipleDeclarations('remote relationships', names, catalogue.serverVersion);
      for (const [first, ...others] of repeated) {
        for (const { name, node } of others) {
          if (name.state !== 'present' || first.name.state !== 'present') continue;
          report({
            message: `This table already has a remote relationship "${name.value}".`,
            serverMessage,
            ...placeOfName(node, name.node),
            relationship: name.value,
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

/** The list a relationship of a table stands in; of a request it is alone there. */
function listOf({ owner, node }: Relationship): TableEntry | SyntaxNode | undefined {
  return owner.kind === 'table' ? (owner.entry ?? node.parent) : undefined;
}
