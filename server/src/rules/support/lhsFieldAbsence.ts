import { type Column, type ComputedField, knownValue, type Table } from '../../catalogue/catalogue.ts';
import type { Join, LeftHandSide } from '../../join/joinPath.ts';
import type { NamedType } from '../../schema/remoteSchema.ts';
import { suggest } from '../../schema/suggest.ts';
import type { RelatedLocation } from '../rule.ts';
import { beforeCustomization, fieldBeforeCustomization } from './customizedNames.ts';
import { lhsWords, sentence } from './joinReaders.ts';
import { relatedPlace } from './tableNames.ts';

/** Why the left-hand side does not offer a field for joining (spec 4.3), in words. */
export interface Absence {
  readonly message: string;
  readonly reason:
    | 'unknown-name'
    | 'relationship'
    | 'computed-arguments'
    | 'computed-not-scalar'
    | 'computed-too-new'
    | 'other';
  /** The name that was meant. */
  readonly suggestion: string | undefined;
  readonly related: readonly RelatedLocation[];
  /** Name of a computed field's SQL function. */
  readonly functionName: string | undefined;
}

/** Says why `name`, known to be absent, can't be joined on. What is joined on already is not suggested. */
export function lhsFieldAbsence(join: Join, name: string): Absence {
  const known = knownOf(join);
  const before = known.absences.get(name);
  if (before !== undefined) return before;
  const found = absenceOf(join, name, known);
  const taken = known.written.has(found.suggestion);
  const absence = taken ? { ...found, suggestion: undefined } : found;
  known.absences.set(name, absence);
  return absence;
}

/** What is the same for all names of a join: there may be thousands of them, in a table as wide. */
interface Known {
  readonly written: ReadonlySet<string | undefined>;
  /** What can be joined on and is not yet. */
  readonly candidates: readonly string[];
  readonly absences: Map<string, Absence>;
}

const knownByJoin = new WeakMap<Join, Known>();

function knownOf(join: Join): Known {
  const before = knownByJoin.get(join);
  if (before !== undefined) return before;
  const written = new Set<string | undefined>(writtenNames(join));
  const candidates = offeredNames(join.lhs).filter((candidate) => !written.has(candidate));
  const known = { written, candidates, absences: new Map<string, Absence>() };
  knownByJoin.set(join, known);
  return known;
}

function absenceOf(join: Join, name: string, { candidates }: Known): Absence {
  const { lhs } = join;
  const table = lhs.kind === 'table' ? knownValue(lhs.table) : undefined;
  const type = lhs.kind === 'table' ? undefined : knownValue(lhs.type);
  const special =
    (table && absenceInTable(table, name, join.kind)) ??
    (type && (absenceInType(type, lhsWords(join), name) ?? customizedField(lhs, type, lhsWords(join), name)));
  if (special !== undefined) return special;
  const kind = table === undefined ? 'field' : 'column';
  return {
    ...plainAbsence,
    message: `${sentence(lhsWords(join))} has no ${kind} "${name}".`,
    suggestion: suggest(name, candidates),
    related: relatedPlace(`${sentence(lhsWords(join))} is declared here.`, table?.location ?? type?.location),
  };
}

/** Names of everything that can be joined on, or of the first of it; empty when not known. */
export function offeredNames(lhs: LeftHandSide, most?: number): string[] {
  return lhs.fields.state === 'present' ? lhs.fields.value.slice(0, most).map((field) => field.name) : [];
}

function writtenNames(join: Join): string[] {
  return join.kind === 'to-source'
    ? join.pairs.map(({ entry }) => entry.lhs.value)
    : join.lhsFields.map(({ name }) => name.value);
}

const plainAbsence: Omit<Absence, 'message'> = {
  reason: 'unknown-name',
  suggestion: undefined,
  related: [],
  functionName: undefined,
};

interface Columns {
  readonly byName: ReadonlyMap<string, Column>;
  readonly byCustomName: ReadonlyMap<string | undefined, Column>;
}

const columnsByTable = new WeakMap<Table, Columns>();

function columnsOf(table: Table): Columns {
  const before = columnsByTable.get(table);
  if (before !== undefined) return before;
  // Of several the first counts.
  const list = (table.columns.state === 'present' ? table.columns.value : []).toReversed();
  const columns = {
    byName: new Map(list.map((column) => [column.name, column])),
    byCustomName: new Map(list.map((column) => [column.customName, column])),
  };
  columnsByTable.set(table, columns);
  return columns;
}

function absenceInTable(table: Table, name: string, target: Join['kind']): Absence | undefined {
  const { byName, byCustomName } = columnsOf(table);
  const nested = byName.get(name);
  if (nested !== undefined && !nested.scalar) {
    return {
      ...plainAbsence,
      reason: 'other',
      message: `Column "${name}" of table "${table.text}" holds nested values; only scalar columns can be joined on.`,
      related: relatedPlace(`Column "${name}" is declared here.`, nested.location),
    };
  }
  const computed = table.computedField(name);
  if (computed !== undefined) {
    return {
      reason: reasonOf(computed),
      message: `Computed field "${name}" of table "${table.text}" can't be joined on: ${whyNot(computed, target)}.`,
      suggestion: undefined,
      related: relatedPlace(`Computed field "${name}" is declared here.`, computed.location),
      functionName: computed.functionName,
    };
  }
  const relationship = table.localRelationships.find((entry) => entry.name === name);
  if (relationship !== undefined) {
    const kind = relationship.kind === 'object' ? 'an object' : 'an array';
    return {
      ...plainAbsence,
      reason: 'relationship',
      message: `"${name}" is ${kind} relationship of table "${table.text}"; only columns and computed fields can be joined on.`,
      related: relatedPlace(`Relationship "${name}" is declared here.`, relationship.location),
    };
  }
  const renamed = byCustomName.get(name);
  if (renamed !== undefined) {
    return {
      ...plainAbsence,
      reason: 'other',
      message: `"${name}" is the GraphQL name of column "${renamed.name}" of table "${table.text}"; relationships use the column's own name.`,
      suggestion: renamed.name,
      related: relatedPlace(`Column "${renamed.name}" is declared here.`, renamed.location),
    };
  }
  return undefined;
}

function reasonOf({ joinable, reason }: ComputedField): Absence['reason'] {
  if (joinable !== false) return 'computed-too-new';
  return reason === 'not-scalar' ? 'computed-not-scalar' : 'computed-arguments';
}

function whyNot(computed: ComputedField, target: Join['kind']): string {
  switch (reasonOf(computed)) {
    case 'computed-not-scalar':
      return 'it returns rows of a table, not a scalar';
    case 'computed-arguments':
      return 'its function takes arguments besides the row and the session';
    default:
      return target === 'to-source'
        ? 'before 2.2.0, only columns can be joined to a source'
        : 'servers before 2.0.2 join columns only';
  }
}

/** A field by the name that a customization gives it. */
function customizedField(
  lhs: LeftHandSide,
  type: NamedType,
  words: string,
  name: string,
): Absence | undefined {
  const remoteSchema = lhs.kind === 'remote-schema-type' ? knownValue(lhs.remoteSchema) : undefined;
  const schema = remoteSchema && knownValue(remoteSchema.schema);
  if (remoteSchema === undefined || schema === undefined) return undefined;
  const original = fieldBeforeCustomization(remoteSchema, schema, type.name, name);
  if (original === undefined) return undefined;
  return {
    ...plainAbsence,
    message: `${sentence(words)} has no field "${name}".${beforeCustomization('field', original)}`,
    suggestion: original,
    related: relatedPlace(`Field "${original}" is declared here.`, type.field(original)?.location),
  };
}

function absenceInType(type: NamedType, words: string, name: string): Absence | undefined {
  const field = type.field(name);
  if (field === undefined || field.arguments.length === 0) return undefined;
  return {
    ...plainAbsence,
    reason: 'other',
    message: `Field "${name}" of ${words} takes arguments; only fields without arguments can be joined on.`,
    related: relatedPlace(`Field "${name}" is declared here.`, field.location),
  };
}
