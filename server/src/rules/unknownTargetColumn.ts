import type { Table } from '../catalogue/catalogue.ts';
import { suggest } from '../schema/suggest.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { RelatedLocation, Rule } from './rule.ts';
import { sourceJoins } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { missingColumn } from './support/missingColumn.ts';
import { didYouMean, renameFixes } from './support/suggestion.ts';
import { relatedPlace } from './support/tableNames.ts';

/** A value of `field_mapping` that is no column of the target table (R33). */
export const unknownTargetColumn: Rule = {
  code: 'unknown-target-column',
  specification: ['R33'],
  title: 'A target column does not exist.',
  severity: 'error',
  check(context, report) {
    for (const join of sourceJoins(context)) {
      if (join.table.state !== 'present') continue;
      for (const { entry, column } of join.pairs) {
        if (column.state !== 'absent' || entry.column === undefined) continue;
        const { value: name, node } = entry.column;
        const { message, suggestion, related, isPlain } = describe(join.table.value, name);
        const finding = {
          message: `${message}${didYouMean(suggestion)}`,
          serverMessage: inconsistentObject(context, join.relationship, `"${name}" does not exist`),
          ...contentRange(node),
          related,
          relationship: relationshipName(join.relationship),
          fixes: renameFixes(node, suggestion),
        };
        const words = isPlain ? { column: name, table: join.table.value.text, suggestion } : undefined;
        report(missingColumn(context, column, finding, words));
      }
    }
  },
};

interface Description {
  readonly message: string;
  readonly suggestion: string | undefined;
  readonly related: readonly RelatedLocation[];
  /** The name is that of nothing else. */
  readonly isPlain?: true;
}

function describe(table: Table, name: string): Description {
  const columns = table.columns.state === 'present' ? table.columns.value : [];
  const renamed = columns.find((column) => column.customName === name);
  if (renamed !== undefined) {
    return {
      message: `"${name}" is the GraphQL name of column "${renamed.name}" of table "${table.text}"; field_mapping uses the column's own name.`,
      suggestion: renamed.name,
      related: relatedPlace(`Column "${renamed.name}" is declared here.`, renamed.location),
    };
  }
  const computed = table.computedField(name);
  if (computed !== undefined) {
    return {
      message: `"${name}" is a computed field of table "${table.text}"; only columns can be on the target side of field_mapping.`,
      suggestion: undefined,
      related: relatedPlace(`Computed field "${name}" is declared here.`, computed.location),
    };
  }
  const relationship = table.localRelationships.find((entry) => entry.name === name);
  if (relationship !== undefined) {
    return {
      message: `"${name}" is a relationship of table "${table.text}"; field_mapping takes columns.`,
      suggestion: undefined,
      related: relatedPlace(`Relationship "${name}" is declared here.`, relationship.location),
    };
  }
  return {
    message: `Table "${table.text}" has no column "${name}".`,
    suggestion: suggest(
      name,
      columns.map((column) => column.name),
    ),
    related: relatedPlace(`Table "${table.text}" is declared here.`, table.location),
    isPlain: true,
  };
}
