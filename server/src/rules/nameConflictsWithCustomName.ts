import { isPostgresLike } from '../../../common/src/metadataApi/document/sourceKinds.ts';
import { knownValue } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Relationship } from '../metadata/relationship.ts';
import type { Location } from '../syntax/location.ts';
import { nodeLocation } from '../syntax/location.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { owningTable, relatedPlace } from './support/tableNames.ts';

export const nameConflictsWithCustomName: Rule = {
  code: 'name-conflicts-with-custom-name',
  specification: ['R10', 'R52'],
  title: 'A column of the table has the name of the relationship as its custom GraphQL name.',
  severity: 'error',
  check: (context, report) => {
    for (const relationship of context.model.relationships) {
      const { name, request } = relationship;
      if (name.state !== 'present' || (request !== undefined && request.verb !== 'create')) continue;
      for (const { column, location, byConvention } of columnsCalled(context, relationship, name.value)) {
        report({
          ...(byConvention ? { severity: 'warning' } : {}),
          message: byConvention
            ? `With the naming convention of its source, column "${column}" is called "${name.value}" in GraphQL if the server has that experimental feature: a relationship can't have the same name.`
            : `Column "${column}" is called "${name.value}" in GraphQL: a relationship can't have the same name.`,
          serverMessage: `Inconsistent object: field definition conflicts with custom field name for postgres column "${column}"`,
          ...contentRange(name.node),
          relationship: name.value,
          related: relatedPlace(
            byConvention ? 'The column is listed here.' : 'The column gets its name here.',
            location,
          ),
        });
      }
    }
  },
};

interface NamedColumn {
  readonly column: string;
  readonly location: Location | undefined;
  readonly byConvention: boolean;
}

/**
 * Columns that have the name in GraphQL alone, and exist, or may exist: the server ignores custom names of others.
 */
function columnsCalled(context: DocumentContext, relationship: Relationship, name: string): NamedColumn[] {
  const { owner } = relationship;
  if (owner.kind !== 'table') return [];
  const found = columnsByConvention(context, relationship, name);
  if (owner.entry !== undefined) {
    for (const [column, { value, node }] of owner.entry.customNames) {
      if (value !== name || column === name) continue;
      if (owningTable(context, relationship)?.column(column).state === 'absent') continue;
      found.push({ column, location: nodeLocation(context.uri, node), byConvention: false });
    }
    return found;
  }
  const table = owningTable(context, relationship);
  for (const column of table?.columns.state === 'present' ? table.columns.value : []) {
    if (column.customName === name && column.name !== name) {
      found.push({ column: column.name, location: column.location, byConvention: false });
    }
  }
  return found;
}

/** Columns that `graphql-default` of their source calls so (R52). */
function columnsByConvention(
  context: DocumentContext,
  relationship: Relationship,
  name: string,
): NamedColumn[] {
  const lhs = context.lhs(relationship);
  const source = lhs.kind === 'table' ? knownValue(lhs.source) : undefined;
  if (source?.namingConvention !== 'graphql-default' || !isPostgresLike(source.kind ?? '')) return [];
  const columns = owningTable(context, relationship)?.columns;
  return (columns?.state === 'present' ? columns.value : [])
    .filter((column) => column.customName === undefined && camelCase(column.name) === name)
    .map((column) => ({ column: column.name, location: column.location, byConvention: true }));
}

/** `first_name` as `firstName`; `undefined` for what is no such name, or is the same in both. */
function camelCase(name: string): string | undefined {
  if (!/^[a-z][a-z0-9]*(?:_[a-z][a-z0-9]*)+$/.test(name)) return undefined;
  return name.replaceAll(/_[a-z]/g, (match) => match.charAt(1).toUpperCase());
}
