import type { DocumentContext } from '../join/documentContext.ts';
import type { Relationship } from '../metadata/relationship.ts';
import type { Location } from '../syntax/location.ts';
import { nodeLocation } from '../syntax/location.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { owningTable, relatedPlace } from './support/tableNames.ts';

export const nameConflictsWithCustomName: Rule = {
  code: 'name-conflicts-with-custom-name',
  specification: ['R10'],
  title: 'A column of the table has the name of the relationship as its custom GraphQL name.',
  severity: 'error',
  check: (context, report) => {
    for (const relationship of context.model.relationships) {
      const { name, request } = relationship;
      if (name.state !== 'present' || (request !== undefined && request.verb !== 'create')) continue;
      for (const { column, location } of columnsCalled(context, relationship, name.value)) {
        report({
          message: `Column "${column}" is called "${name.value}" in GraphQL: a relationship can't have the same name.`,
          serverMessage: `Inconsistent object: field definition conflicts with custom field name for postgres column "${column}"`,
          ...contentRange(name.node),
          relationship: name.value,
          related: relatedPlace('The column gets its name here.', location),
        });
      }
    }
  },
};

interface NamedColumn {
  readonly column: string;
  readonly location: Location | undefined;
}

/**
 * Columns that have the name in GraphQL alone, and exist, or may exist: the server ignores custom names of others.
 */
function columnsCalled(context: DocumentContext, relationship: Relationship, name: string): NamedColumn[] {
  const { owner } = relationship;
  if (owner.kind !== 'table') return [];
  const found: NamedColumn[] = [];
  if (owner.entry !== undefined) {
    for (const [column, { value, node }] of owner.entry.customNames) {
      if (value !== name || column === name) continue;
      if (owningTable(context, relationship)?.column(column).state === 'absent') continue;
      found.push({ column, location: nodeLocation(context.uri, node) });
    }
    return found;
  }
  const table = owningTable(context, relationship);
  for (const column of table?.columns.state === 'present' ? table.columns.value : []) {
    if (column.customName === name && column.name !== name) {
      found.push({ column: column.name, location: column.location });
    }
  }
  return found;
}
