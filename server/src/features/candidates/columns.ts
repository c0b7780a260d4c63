import type { LhsField } from '../../model/joinPath.ts';
import { isGraphqlName } from '../../model/nodes.ts';
import type { Column, Knowledge } from '../../schema/catalogue.ts';
import { columnTypesAgree } from '../../schema/typeCompatibility.ts';
import { propertyNames } from '../../syntax/nodes.ts';
import { type Candidate, member, textValue } from '../candidate.ts';
import type { CandidateRequest } from '../candidates.ts';
import { joinFieldType } from '../describe.ts';
import { prose } from '../markdown.ts';
import { stop } from '../skeleton.ts';
import type { Slot } from '../slot.ts';

/** Fields to join on that are not listed yet; only GraphQL names can become variables (R12). */
export function lhsFieldCandidates(
  slot: Extract<Slot, { kind: 'lhs-field' }>,
  { cursor }: CandidateRequest,
): Candidate[] {
  const listed = new Set(
    slot.list?.children.filter((item) => item !== cursor.node).map((item) => item.value) ?? [],
  );
  return knownFields(slot.lhs.fields)
    .filter((field) => !listed.has(field.name) && isGraphqlName(field.name))
    .map((field) => ({ ...fieldCandidate(field), insert: textValue(field.name) }));
}

export function mappingKeyCandidates(slot: Extract<Slot, { kind: 'mapping-key' }>): Candidate[] {
  const present = new Set(slot.object.kind === 'object' ? propertyNames(slot.object) : []);
  return knownFields(slot.lhs.fields)
    .filter((field) => !present.has(field.name))
    .map((field) => ({ ...fieldCandidate(field), insert: member(field.name, stop) }));
}

/** Columns of the other table: those of the type of the field first, those that can't be joined on (R34, R35) not at all. */
export function mappingColumnCandidates(slot: Extract<Slot, { kind: 'mapping-column' }>): Candidate[] {
  const { table, source, lhs } = slot.join;
  if (table?.state !== 'present' || table.value.columns.state !== 'present') return [];
  const field = slot.lhsField === undefined ? undefined : presentValue(lhs.field(slot.lhsField));
  const kind = source?.state === 'present' ? source.value.kind : undefined;
  const lhsKind = lhs.source?.state === 'present' ? lhs.source.value.kind : undefined;
  const rank = (column: Column) => {
    if (column.name === slot.lhsField) return 0;
    if (field === undefined || field.origin === 'remote-field') return 1;
    const agreement = columnTypesAgree(lhsKind, field.type, kind, column.type);
    return { agrees: 1, unknown: 2, differs: 3 }[agreement];
  };
  return table.value.columns.value
    .filter((column) => column.scalar && column.enumReference !== true)
    .toSorted((a, b) => rank(a) - rank(b))
    .map((column) => ({
      label: column.name,
      icon: 'column',
      detail: joinFieldType(column),
      documentation: column.description === undefined ? undefined : prose(column.description),
      insert: textValue(column.name),
    }));
}

export function fieldCandidate(field: LhsField): Omit<Candidate, 'insert'> {
  return {
    label: field.name,
    icon: 'column',
    detail:
      field.origin === 'computed-field' ? `${field.type ?? ''} (computed)`.trim() : joinFieldType(field),
    documentation: field.description === undefined ? undefined : prose(field.description),
  };
}

function knownFields(fields: Knowledge<readonly LhsField[]>): readonly LhsField[] {
  return fields.state === 'present' ? fields.value : [];
}

function presentValue<T>(knowledge: Knowledge<T>): T | undefined {
  return knowledge.state === 'present' ? knowledge.value : undefined;
}
