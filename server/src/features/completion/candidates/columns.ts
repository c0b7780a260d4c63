import { isGraphqlName } from '../../../../../common/src/graphqlName.ts';
import { type Column, type Knowledge, knownValue } from '../../../catalogue/catalogue.ts';
import type { CursorTarget } from '../../../join/cursorTarget.ts';
import type { LhsField, RemoteSchemaJoin, ValueStep } from '../../../join/joinPath.ts';
import { columnTypesAgree } from '../../../schema/typeCompatibility.ts';
import { propertyNames } from '../../../syntax/nodes.ts';
import { joinFieldType } from '../../hover/describe.ts';
import { prose } from '../../hover/markdown.ts';
import type { CandidateRequest } from '../candidate.ts';
import { type Candidate, member, textValue } from '../candidate.ts';
import { fieldCandidate, mappingLikeness } from '../joinFields.ts';
import { stop } from '../skeleton.ts';

/**
 * Fields to join on that are not listed yet, those that the arguments use already first; only GraphQL names can become
 * variables (R12).
 */
export function lhsFieldCandidates(
  target: Extract<CursorTarget, { kind: 'lhs-field' }>,
  { cursor }: CandidateRequest,
): Candidate[] {
  const listed = new Set(
    target.list?.children.filter((item) => item !== cursor.node).map((item) => item.value) ?? [],
  );
  const used = target.join?.kind === 'to-remote-schema' ? variablesIn(target.join) : new Set<string>();
  const fields = knownFields(target.lhs.fields).filter((field) => isGraphqlName(field.name));
  const known = new Set(fields.map((field) => field.name));
  const unknown = [...used].filter((name) => !known.has(name) && target.lhs.field(name).state !== 'absent');
  return [
    ...fields.filter((field) => used.has(field.name)).map(fieldCandidate),
    ...unknown.map((label): Omit<Candidate, 'insert'> => ({ label, icon: 'column' })),
    ...fields.filter((field) => !used.has(field.name)).map(fieldCandidate),
  ]
    .filter(({ label }) => !listed.has(label))
    .map((shown) => ({ ...shown, insert: textValue(shown.label) }));
}

/** Names of the variables in the arguments of a path. */
function variablesIn({ path }: RemoteSchemaJoin): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = ({ value, items, fields }: ValueStep): void => {
    if (value.kind === 'variable') names.add(value.name);
    items.forEach(visit);
    for (const field of fields) visit(field.value);
  };
  for (const step of path) for (const argument of step.arguments) visit(argument.value);
  return names;
}

export function mappingKeyCandidates(target: Extract<CursorTarget, { kind: 'lhs-field' }>): Candidate[] {
  const present = new Set(target.mapping?.kind === 'object' ? propertyNames(target.mapping) : []);
  return knownFields(target.lhs.fields)
    .filter((field) => !present.has(field.name))
    .map((field) => ({ ...fieldCandidate(field), insert: member(field.name, stop) }));
}

/**
 * Columns of the other table that are not mapped yet: of those whose type agrees with the field's the one that is named after it first; those
 * that can't be joined on (R34, R35) not at all.
 */
export function mappingColumnCandidates(target: Extract<CursorTarget, { kind: 'column' }>): Candidate[] {
  const { table, source, lhs, pairs } = target.join;
  if (table.state !== 'present' || table.value.columns.state !== 'present') return [];
  const field = target.lhsField === undefined ? undefined : knownValue(lhs.field(target.lhsField));
  const kind = knownValue(source)?.kind;
  const lhsKind = lhs.kind === 'table' ? knownValue(lhs.source)?.kind : undefined;
  const owner = lhs.kind === 'table' ? knownValue(lhs.table)?.name.name : knownValue(lhs.type)?.name;
  const mapped = new Set(pairs.map(({ entry }) => entry.column?.value));
  const rank = (column: Column) => {
    const likeness = mappingLikeness(target.lhsField, owner, column.name, table.value.name.name);
    if (field === undefined || field.origin === 'remote-field') return likeness;
    const agreement = columnTypesAgree(lhsKind, field.type, kind, column.type);
    return likeness + { agrees: 0, unknown: 4, differs: 8 }[agreement];
  };
  return table.value.columns.value
    .filter((column) => column.scalar && column.enumReference !== true && !mapped.has(column.name))
    .map((column) => ({ column, rank: rank(column) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ column }) => ({
      label: column.name,
      icon: 'column',
      detail: joinFieldType(column),
      documentation: column.description === undefined ? undefined : prose(column.description),
      insert: textValue(column.name),
    }));
}

function knownFields(fields: Knowledge<readonly LhsField[]>): readonly LhsField[] {
  return knownValue(fields) ?? [];
}
