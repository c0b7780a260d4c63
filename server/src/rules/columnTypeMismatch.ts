import type { LeftHandSide, LhsField } from '../model/joinPath.ts';
import { columnTypesAgree } from '../schema/typeCompatibility.ts';
import { lhsFieldWords, sourceJoins } from './joinReaders.ts';
import { relationshipName } from './messages.ts';
import { contentRange } from './ranges.ts';
import type { Rule } from './rule.ts';
import { relatedPlace } from './tableNames.ts';

/** Two columns joined whose values can't be equal; no server compares them (R36). */
export const columnTypeMismatch: Rule = {
  code: 'column-type-mismatch',
  specification: ['R36'],
  title: 'Columns of types that don’t agree.',
  severity: 'warning',
  check(context, report) {
    for (const join of sourceJoins(context)) {
      const targetKind = join.source?.state === 'present' ? join.source.value.kind : undefined;
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
            ...relatedPlace(`Column "${target.name}" is declared here.`, target.place),
            ...relatedPlace(`"${field.name}" is declared here.`, field.place),
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

function kindOf({ source }: LeftHandSide): string | undefined {
  return source?.state === 'present' ? source.value.kind : undefined;
}
