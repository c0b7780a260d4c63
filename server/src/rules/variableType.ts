import { knownValue } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { LhsField, RemoteSchemaJoin } from '../join/joinPath.ts';
import type { TypeReference } from '../schema/remoteSchema.ts';
import { strictVariableMessage, variableAgreement } from '../schema/typeCompatibility.ts';
import { typeReferenceText } from '../schema/typeReference.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import {
  argumentDeclaration,
  argumentWords,
  lhsFieldWords,
  sentence,
  typedValueUses,
} from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { relatedPlace } from './support/tableNames.ts';

/** A join field whose type does not fit the argument it is given to (R24). */
export const variableType: Rule = {
  code: 'variable-type',
  specification: ['R24'],
  title: 'The type of a join field does not fit the argument.',
  severity: 'warning',
  check(context, report) {
    for (const use of typedValueUses(context, 'variable')) {
      const { join } = use;
      const { value, expected } = use.value;
      const field = knownValue(use.value.lhsField);
      if (field === undefined || expected === undefined) continue;
      const refusal = strictRefusal(context, join, field, expected);
      if (refusal === undefined && !differs(join, field, expected)) continue;
      const type = field.type === undefined ? '' : ` of type ${field.type}`;
      report({
        ...(refusal === undefined ? {} : { severity: 'error' as const }),
        message: `${sentence(lhsFieldWords(field))}${type} does not fit ${argumentWords(use)}, which takes ${typeReferenceText(expected)}.${refusal === undefined ? ' The server accepts this; the remote server will refuse the query.' : ''}`,
        serverMessage: refusal && inconsistentObject(context, join.relationship, refusal),
        ...contentRange(value.node),
        related: [
          ...argumentDeclaration(use),
          ...relatedPlace(`${sentence(lhsFieldWords(field))} is declared here.`, field.location),
        ],
        relationship: relationshipName(join.relationship),
      });
    }
  },
};

function differs(join: RemoteSchemaJoin, field: LhsField, expected: TypeReference): boolean {
  return variableAgreement(field.graphqlType, expected, knownValue(join.schema)) === 'differs';
}

/** Servers before 2.2.0 compare types, strictly by name (spec 5.3). */
function strictRefusal(
  context: DocumentContext,
  join: RemoteSchemaJoin,
  field: LhsField,
  expected: TypeReference,
): string | undefined {
  const version = context.catalogue.serverVersion;
  if (version.atLeast(2, 2) || join.lhs.kind !== 'table') return undefined;
  const { source, table } = join.lhs;
  const column = knownValue(table)?.column(field.name);
  return strictVariableMessage(
    {
      kind: knownValue(source)?.kind,
      type: field.type,
      enumReference: column && knownValue(column)?.enumReference,
    },
    expected,
    version.atLeast(2, 0),
  );
}
