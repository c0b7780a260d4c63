import {
  compareTexts,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type JsonPath,
  member,
  sameJson,
  sortKeys,
  textMember,
} from './json.ts';
import type { KindOf } from './relationshipIdentity.ts';
import { canonicalTableName } from './tableName.ts';

/** How a definition of a relationship to a remote schema is written: `legacy` with `hasura_fields`. */
export type DefinitionForm = 'unified' | 'legacy';

export interface ToRemoteSchema {
  readonly target: 'remote-schema';
  readonly form: DefinitionForm;
  readonly remoteSchema: string;
  /** A set: sorted, each once. */
  readonly lhsFields: readonly string[];
  /** Without the keys that the server drops, keys in order. */
  readonly remoteField: Json;
}

export interface ToSource {
  readonly target: 'source';
  readonly form: 'unified';
  readonly relationshipType: string;
  readonly source: string;
  /** As written, in the target's canonical form where its kind is known. */
  readonly table: Json;
  readonly fieldMapping: JsonObject;
}

/** What a definition means, whatever the order and form it is written in. */
export type CanonicalDefinition = ToRemoteSchema | ToSource;

/**
 * Reads a definition as the server does (spec 2.1, lenient): `remote_schema` wins over the others; keys that the server
 * ignores are dropped. `undefined` when the server would not take it. `kindOf` is needed for the target table's name.
 */
export function readDefinition(
  definition: Json | undefined,
  kindOf: KindOf,
): CanonicalDefinition | undefined {
  if (member(definition, 'remote_schema') !== undefined) {
    return readToRemoteSchema(definition, 'legacy', 'hasura_fields');
  }
  const toRemoteSchema = member(definition, 'to_remote_schema');
  const toSource = member(definition, 'to_source');
  if ((toRemoteSchema === undefined) === (toSource === undefined)) return undefined;
  return toSource === undefined
    ? readToRemoteSchema(toRemoteSchema, 'unified', 'lhs_fields')
    : readToSource(toSource, kindOf);
}

function readToRemoteSchema(
  value: Json | undefined,
  form: DefinitionForm,
  fieldsKey: string,
): ToRemoteSchema | undefined {
  const remoteSchema = textMember(value, 'remote_schema');
  const lhsFields = member(value, fieldsKey);
  const remoteField = readRemoteField(member(value, 'remote_field'));
  if (remoteSchema === undefined || remoteField === undefined || !isTextList(lhsFields)) return undefined;
  return {
    target: 'remote-schema',
    form,
    remoteSchema,
    lhsFields: [...new Set(lhsFields)].sort(compareTexts),
    remoteField,
  };
}

function isTextList(value: Json | undefined): value is readonly string[] {
  return isJsonArray(value) && value.every((item) => typeof item === 'string');
}

/** A level of the path: one field with its arguments, and perhaps the next level. */
function readRemoteField(value: Json | undefined): Json | undefined {
  const [entry, ...others] = isJsonObject(value) ? Object.entries(value) : [];
  if (entry === undefined || others.length > 0) return undefined;
  const [name, below] = entry;
  const written = member(below, 'arguments');
  if (!isJsonObject(written)) return undefined;
  const next = member(below, 'field');
  if (next === undefined) return { [name]: { arguments: sortKeys(written) } };
  const field = readRemoteField(next);
  return field === undefined ? undefined : { [name]: { arguments: sortKeys(written), field } };
}

function readToSource(value: Json, kindOf: KindOf): ToSource | undefined {
  const relationshipType = textMember(value, 'relationship_type');
  const source = textMember(value, 'source');
  const table = member(value, 'table');
  const mapping = member(value, 'field_mapping');
  if (relationshipType !== 'object' && relationshipType !== 'array') return undefined;
  if (source === undefined || table === undefined || !isJsonObject(mapping)) return undefined;
  if (Object.values(mapping).some((column) => typeof column !== 'string')) return undefined;
  return {
    target: 'source',
    form: 'unified',
    relationshipType,
    source,
    table: sortKeys(canonicalTableName(kindOf(source), table) ?? table),
    fieldMapping: Object.fromEntries(Object.entries(mapping).sort(([a], [b]) => compareTexts(a, b))),
  };
}

/** A definition as it is written: keys in the order of the documentation, sets and mappings sorted. */
export function writeDefinition(definition: CanonicalDefinition, form?: DefinitionForm): JsonObject {
  if (definition.target === 'source') {
    const { relationshipType, source, table, fieldMapping } = definition;
    return {
      to_source: { relationship_type: relationshipType, source, table, field_mapping: fieldMapping },
    };
  }
  const { remoteSchema, lhsFields, remoteField } = definition;
  return (form ?? definition.form) === 'legacy'
    ? { remote_schema: remoteSchema, hasura_fields: lhsFields, remote_field: remoteField }
    : {
        to_remote_schema: { remote_schema: remoteSchema, lhs_fields: lhsFields, remote_field: remoteField },
      };
}

/** Whether both mean the same to the server; the form does not count. */
export function sameDefinition(a: CanonicalDefinition, b: CanonicalDefinition): boolean {
  return sameJson(writeDefinition(a, 'unified'), writeDefinition(b, 'unified'));
}

/**
 * The same of definitions as they are written, `null` for none. Those that can't be read are the same only when they are
 * written so.
 */
export function sameWrittenDefinition(a: Json, b: Json, kindOf: KindOf): boolean {
  const [left, right] = [readDefinition(a, kindOf), readDefinition(b, kindOf)];
  return left === undefined || right === undefined ? sameJson(a, b) : sameDefinition(left, right);
}

/** A part of a value that differs; `undefined`: not there on that side. */
export interface Difference {
  readonly path: JsonPath;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Where two definitions differ, by the keys of the unified form. Lists of fields are compared as sets. */
export function definitionDifferences(
  before: CanonicalDefinition | undefined,
  after: CanonicalDefinition | undefined,
): readonly Difference[] {
  const differences: Difference[] = [];
  collect(
    [],
    before && writeDefinition(before, 'unified'),
    after && writeDefinition(after, 'unified'),
    differences,
  );
  return differences;
}

function collect(
  path: JsonPath,
  before: Json | undefined,
  after: Json | undefined,
  into: Difference[],
): void {
  if (before !== undefined && after !== undefined && sameJson(before, after)) return;
  if (!isJsonObject(before) || !isJsonObject(after)) {
    if (before !== undefined || after !== undefined) into.push({ path, before, after });
    return;
  }
  for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareTexts)) {
    collect([...path, key], own(before, key), own(after, key), into);
  }
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** What a conflicting change did, beside what we are about to do; both against what we had seen. */
export interface ThreeWayDifference {
  readonly theirs: readonly Difference[];
  readonly ours: readonly Difference[];
  /** The parts that both change, to different values. */
  readonly conflicts: readonly JsonPath[];
}

export function threeWayDifference(
  seen: CanonicalDefinition | undefined,
  now: CanonicalDefinition | undefined,
  wanted: CanonicalDefinition | undefined,
): ThreeWayDifference {
  const theirs = definitionDifferences(seen, now);
  const ours = definitionDifferences(seen, wanted);
  const conflicts = ours
    .filter((mine) => theirs.some((other) => overlap(mine.path, other.path) && !sameChange(mine, other)))
    .map(({ path }) => path);
  return { theirs, ours, conflicts };
}

function overlap(a: JsonPath, b: JsonPath): boolean {
  return a.slice(0, b.length).every((key, index) => key === b[index]);
}

function sameChange(a: Difference, b: Difference): boolean {
  if (a.path.length !== b.path.length) return false;
  return a.after === undefined || b.after === undefined ? a.after === b.after : sameJson(a.after, b.after);
}
