import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { owningTable, relatedPlace } from './support/tableNames.ts';

export const nameConflictsWithColumn: Rule = {
  code: 'name-conflicts-with-column',
  specification: ['R9'],
  title: 'A column of the table has the same name as the relationship.',
  severity: 'error',
  check: (context, report) => {
    for (const relationship of context.model.relationships) {
      const { name, request } = relationship;
      if (name.state !== 'present') continue;
      const table = owningTable(context, relationship);
      const column = table?.column(name.value);
      if (table === undefined || column?.state !== 'present') continue;
      // A schema of Hasura may be of a time when there was a column where the relationship is now.
      if (table.isByHasuraSchema) continue;
      const changes = request !== undefined && request.verb !== 'create';
      report({
        message: changes
          ? `"${name.value}" is a column of table "${table.text}", not a remote relationship.`
          : `Table "${table.text}" has a column "${name.value}": a relationship can't have the same name.`,
        serverMessage: changes
          ? 'expecting a remote relationship'
          : 'Inconsistent object: field definition conflicts with postgres column',
        ...contentRange(name.node),
        relationship: name.value,
        related: relatedPlace('The column is listed here.', column.value.location),
      });
    }
  },
};
