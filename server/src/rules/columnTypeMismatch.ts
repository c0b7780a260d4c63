import { knownValue } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { LeftHandSide, LhsField } from '../join/joinPath.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';
import { type Agreement, columnTypesAgree, fieldAndColumnAgree } from '../schema/typeCompatibility.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { allSourceJoins, lhsFieldWords } from './support/joinReaders.ts';
import { relationshipName } from './support/messages.ts';
import { relatedPlace } from './support/tableNames.ts';

/** A column, or a field of a remote schema, joined to a column whose values can't equal its own; no server compares them (R36). */
export const columnTypeMismatch: Rule = {
  code: 'column-type-mismatch',
  specification: ['R36'],
  title: 'Joined columns, or a field and a column, have incompatible types.',
  severity: 'warning',
  check(context, report) {
    for (const join of allSourceJoins(context)) {
      const targetKind = knownValue(join.source)?.kind;
      for (const { entry, lhs, column } of join.pairs) {
        if (entry.column === undefined || lhs.state !== 'present' || column.state !== 'present') continue;
        const field = lhs.value;
        const target = column.value;
        if (agreementOf(context, join.lhs, field, targetKind, target.type) !== 'differs') continue;
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

function agreementOf(
  context: DocumentContext,
  lhs: LeftHandSide,
  field: LhsField,
  targetKind: string | undefined,
  targetType: string | undefined,
): Agreement {
  if (field.origin !== 'remote-field') {
    const kind = lhs.kind === 'table' ? knownValue(lhs.source)?.kind : undefined;
    return columnTypesAgree(kind, field.type, targetKind, targetType);
  }
  if (field.graphqlType === undefined) return 'unknown';
  // A list of an action type is refused (R68), and told by its own rule.
  if (lhs.kind === 'action-type' && field.graphqlType.kind === 'list') return 'unknown';
  return fieldAndColumnAgree(field.graphqlType, schemaOf(context, lhs), targetKind, targetType);
}

function schemaOf({ catalogue }: DocumentContext, lhs: LeftHandSide): RemoteSchema | undefined {
  if (lhs.kind === 'action-type') return knownValue(catalogue.actionTypes);
  const remoteSchema = lhs.kind === 'remote-schema-type' ? knownValue(lhs.remoteSchema) : undefined;
  return remoteSchema && knownValue(remoteSchema.schema);
}
