import type { Knowledge } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Join, LhsField } from '../join/joinPath.ts';
import type { Located } from '../metadata/relationship.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { type Absence, lhsFieldAbsence, offeredNames } from './support/lhsFieldAbsence.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { missingColumn } from './support/missingColumn.ts';
import { didYouMean, renameFixes } from './support/suggestion.ts';

/** An entry of `lhs_fields`, or a key of `field_mapping`, that the left-hand side does not offer (R11, R13, R28). */
export const unknownLhsField: Rule = {
  code: 'unknown-lhs-field',
  specification: ['R11', 'R13', 'R28'],
  title: 'A join field is not among those the table or type offers.',
  severity: 'error',
  check(context, report) {
    for (const join of context.joins) {
      for (const { name, field } of joinFields(join)) {
        if (field.state !== 'absent') continue;
        const absence = lhsFieldAbsence(join, name.value);
        const text =
          join.kind === 'to-source'
            ? sourceTargetText(context, name.value, absence)
            : remoteTargetText(context, join, name.value, absence);
        const finding = {
          message: `${absence.message}${didYouMean(absence.suggestion)}`,
          ...contentRange(name.node),
          serverMessage: text && inconsistentObject(context, join.relationship, text),
          related: absence.related,
          relationship: relationshipName(join.relationship),
          fixes: renameFixes(name.node, absence.suggestion),
        };
        const words =
          absence.reason === 'unknown-name'
            ? { column: name.value, table: join.lhs.text, suggestion: absence.suggestion }
            : undefined;
        report(missingColumn(context, field, finding, words));
      }
    }
  },
};

function joinFields(
  join: Join,
): readonly { readonly name: Located<string>; readonly field: Knowledge<LhsField> }[] {
  return join.kind === 'to-remote-schema'
    ? join.lhsFields
    : join.pairs.map(({ entry, lhs }) => ({ name: entry.lhs, field: lhs }));
}

/** R13. Computed fields are join fields to a source since v2.2.0. */
function sourceTargetText(context: DocumentContext, name: string, { reason }: Absence): string {
  const computed = reason.startsWith('computed');
  return computed && !context.catalogue.serverVersion.atLeast(2, 2)
    ? 'relationships from non-columns are not supported yet'
    : `"${name}" does not exist`;
}

/** R11 in the words of the configured server; `undefined` where they can't be known. */
function remoteTargetText(
  context: DocumentContext,
  join: Join,
  name: string,
  absence: Absence,
): string | undefined {
  const version = context.catalogue.serverVersion;
  const lhs = join.lhs.text;
  if (lhs === undefined) return undefined;
  if (version.atLeast(2, 2)) {
    return `field with name "${name}"is not provided by the lhs entity""${lhs}"for defining a join condition${allowedFields(offeredNames(join.lhs, listedFields + 1))}"`;
  }
  if (!version.atLeast(2, 0, 2)) return `field with name "${name}" not found in table "${lhs}"`;
  switch (absence.reason) {
    case 'relationship':
      return `field with name "${name}" not supported; only columns and scalar computed fields`;
    case 'computed-arguments':
      return absence.functionName === undefined
        ? undefined
        : `computed field "${name}" is associated with SQL function "${absence.functionName}" has input arguments other than table row type and hasura session`;
    case 'computed-not-scalar':
      // The server names the table whose rows the function returns, which is not known here.
      return undefined;
    default:
      return `field with name "${name}" not found in table "${lhs}"`;
  }
}

/** How many fields of a wide table are still worth listing. */
const listedFields = 40;

/** The server lists what it has in no particular order. */
function allowedFields(names: readonly string[]): string {
  const quoted = names.slice(0, listedFields).map((name) => `"${name}"`);
  const last = quoted.at(-1);
  if (last === undefined) return '';
  if (names.length > listedFields) return `, the allowed fields are ${quoted.join(', ')}, …`;
  if (quoted.length === 1) return `, the allowed fields are ${last}`;
  const first = quoted.slice(0, -1).join(', ');
  return `, the allowed fields are ${first}${quoted.length > 2 ? ',' : ''} or ${last}`;
}
