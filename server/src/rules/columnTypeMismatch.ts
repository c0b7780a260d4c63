import { knownValue } from '../catalogue/catalogue.ts';
import type { LeftHandSide, LhsField } from '../join/joinPath.ts';
import { columnTypesAgree } from '../schema/typeCompatibility.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { lhsFieldWords, sourceJoins } from './support/joinReaders.ts';
import { relationshipName } from './support/messages.ts';
import { relatedPlace } from './support/tableNames.ts';

/** Two columns joined whose values can't be equal; no server compares them (R36). */
export const columnTypeMismatch: Rule = {
  code: 'column-type-mismatch',
  specification: ['R36'],
  title: 'Columns of types that don’t agree.',
  severity: 'warning',
  check(context, report) {
    for (const join of sourceJoins(context)) {
      const targetKind = knownValue(join.source)?.kind;
      for (const { entry, lhs, column } of join.pairs) {
        if (entry.column === undefined || lhs.state !== 'present' || column.state !== 'present') continue;
        const field = lhs.value;
        const target = column.value;
        if (!isSqlTyped(field)) continue;
        if (columnTypesAgree(kindOf(join.lhs), field.type, targetKind, target.type) !== 'differs') continue;
        report({
          message: `Column "${target.name}" is of type ${target.type}, but ${lhsFieldWords(field)} joined to it is of type ${field.type}. The server accepts this, but their values can't be equal.`,
          ...contentRange(entry.column.node),
          related: [
            ...relatedPlace(`Column "${target.name}" is declared here.`, target.location),
            ...relatedPlace(`"${field.name}" is declared here.`, field.location),
          ],
          relationship: relationshipName(join.relationship),
        });
      }
    }
  },
};

/** Types of a remote schema's fields are GraphQL's; what their values look like in SQL is not known. */
function isSqlTyped(field: LhsField): boolean {
  return field.origin !== 'remote-field';
}

function kindOf(lhs: LeftHandSide): string | undefined {
  return lhs.kind === 'table' ? knownValue(lhs.source)?.kind : undefined;
}
