import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import type { Knowledge } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { LhsField, RemoteSchemaJoin } from '../join/joinPath.ts';
import { appendItems } from '../syntax/edit/edits.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Fix, Rule } from './rule.ts';
import { lhsFieldsKey, valueUses } from './support/joinReaders.ts';
import { lhsFieldAbsence } from './support/lhsFieldAbsence.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { mayExist } from './support/missingColumn.ts';
import { didYouMean, renameFixes } from './support/suggestion.ts';
import { relatedPlace } from './support/tableNames.ts';
import { isListedMistyped, listedNameMeant } from './support/variableMeant.ts';

/** A `$variable` that is no entry of `lhs_fields` (R18). */
export const unlistedVariable: Rule = {
  code: 'unlisted-variable',
  specification: ['R18'],
  title: 'A variable is not among the join fields.',
  severity: 'error',
  needs: 'document',
  check(context, report) {
    for (const { join, value } of valueUses(context, 'variable')) {
      if (value.listed !== false || isListedMistyped(join, value)) continue;
      const { name, node } = value.value;
      const field = value.lhsField;
      const listedName = listedNameMeant(join, name);
      const accepted = isAccepted(context, field);
      report({
        ...messageFor(join, name, field, listedName, accepted),
        ...(accepted ? { severity: 'warning' as const } : {}),
        serverMessage: accepted
          ? undefined
          : inconsistentObject(context, join.relationship, `variable "${name}" is not found`),
        ...contentRange(node),
        relationship: relationshipName(join.relationship),
        fixes: [
          ...(field.state === 'present' ? [] : renameFixes(node, listedName, '$')),
          ...listingFixes(context, join, name, field, listedName),
        ],
      });
    }
  },
};

/** Before v2.0.2 any column of the table would do; not to list it was noticed only at run time. */
function isAccepted(context: DocumentContext, field: Knowledge<LhsField>): boolean {
  if (context.catalogue.serverVersion.atLeast(2, 0, 2)) return false;
  return field.state === 'present' ? field.value.origin === 'column' : mayExist(field);
}

function messageFor(
  join: RemoteSchemaJoin,
  name: string,
  field: Knowledge<LhsField>,
  listedName: string | undefined,
  accepted: boolean,
) {
  const key = lhsFieldsKey(join);
  const late = accepted ? ' The server accepts this, but the relationship fails when it is queried.' : '';
  if (field.state === 'present') {
    return {
      message: `"$${name}" is not among ${key}: a join field has to be listed there before an argument can use it.${late}`,
      related: relatedPlace(`"${name}" is declared here.`, field.value.location),
    };
  }
  if (mayExist(field)) {
    return { message: `"$${name}" is not among ${key}.${didYouMean(variable(listedName))}${late}` };
  }
  const absence = lhsFieldAbsence(join, name);
  return {
    message: `"$${name}" is not among ${key}, and can't be listed there: ${absence.message}${didYouMean(variable(listedName ?? absence.suggestion))}`,
    related: absence.related,
  };
}

function variable(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `$${name}`;
}

/** Lists the field where that may be right: never a name that is known not to exist. */
function listingFixes(
  context: DocumentContext,
  join: RemoteSchemaJoin,
  name: string,
  field: Knowledge<LhsField>,
  listedName: string | undefined,
): Fix[] {
  const { lhsFields } = join.definition;
  if (lhsFields.state !== 'present' || field.state === 'absent' || !isGraphqlName(name)) return [];
  const edits = appendItems(context.tree, lhsFields.node, [name]);
  if (edits === undefined) return [];
  const preferred = field.state === 'present' || listedName === undefined;
  return [{ title: `Add "${name}" to ${lhsFieldsKey(join)}`, edits, preferred }];
}
