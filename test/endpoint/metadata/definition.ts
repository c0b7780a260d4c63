import type { At } from '../at.ts';
import { byText, isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Release } from '../release.ts';
import { type FieldCall, readRemoteField } from './remoteField.ts';

export interface ToRemoteSchema {
  readonly target: 'remote schema';
  /** Whether it was written with the keys of Hasura 1.3; the server exports what it was given. */
  readonly legacy: boolean;
  readonly remoteSchema: string;
  readonly lhsFields: readonly string[];
  readonly path: readonly FieldCall[];
  readonly remoteField: Json;
}

export interface ToSource {
  readonly target: 'source';
  readonly relationshipType: 'object' | 'array';
  readonly source: string;
  /** Raw until the kind of the source is known. */
  readonly table: Json;
  readonly fieldMapping: readonly (readonly [string, string])[];
}

export type Definition = ToRemoteSchema | ToSource;

export interface RemoteRelationship {
  readonly name: string;
  readonly definition: Definition;
}

/** An item of a `remote_relationships` list in metadata: `definition` in lenient mode (spec 2.1). */
export function readRelationship(at: At, release: Release): RemoteRelationship {
  return {
    name: at.required('name').nonEmptyString(),
    definition: readLenient(at.required('definition'), release),
  };
}

/** A metadata `definition`: any form, and a `remote_schema` key decides for the legacy one. */
export function readLenient(at: At, release: Release): Definition {
  if (at.optional('remote_schema') || release.before(2, 1, 0)) return readLegacy(at, release);
  return readUnified(
    at,
    release,
    release.since(2, 2, 0)
      ? 'remote relationship definition (lenient format) expects exactly one of: remote_schema, to_source, to_remote_schema'
      : 'remote relationship definition expects exactly one of: to_source, to_remote_schema',
  );
}

/** The `definition` of a request: no legacy keys, even beside another form (since 2.2.0). */
export function readStrict(at: At, release: Release): Definition {
  if (release.before(2, 2, 0)) return readLenient(at, release);
  const text =
    'remote relationship definition (strict format) expects exactly one of: to_source, to_remote_schema';
  if (at.optional('remote_schema')) at.fail(text);
  return readUnified(at, release, text);
}

export function readLegacy(at: At, release: Release): Definition {
  return readToRemoteSchema(at, 'hasura_fields', release);
}

function readUnified(at: At, release: Release, text: string): Definition {
  const toSource = at.optional('to_source');
  const toRemoteSchema = at.optional('to_remote_schema');
  // What is inside is read without the key it stands under (spec 4.0).
  const { path } = at;
  if (toSource && !toRemoteSchema) return readToSource(toSource.outside(path));
  if (toRemoteSchema && !toSource) {
    return readToRemoteSchema(toRemoteSchema.outside(path), 'lhs_fields', release);
  }
  return at.fail(text);
}

function readToRemoteSchema(
  at: At,
  fieldsKey: 'hasura_fields' | 'lhs_fields',
  release: Release,
): ToRemoteSchema {
  const remoteSchema = at.required('remote_schema').nonEmptyString();
  const lhsFields = at.required(fieldsKey).strings();
  const remoteField = at.required('remote_field');
  return {
    target: 'remote schema',
    legacy: fieldsKey === 'hasura_fields',
    remoteSchema,
    lhsFields: [...new Set(lhsFields)].sort(byText),
    path: readRemoteField(remoteField, release),
    remoteField: remoteField.value,
  };
}

function readToSource(at: At): ToSource {
  const type = at.required('relationship_type');
  const relationshipType = type.value;
  if (relationshipType !== 'object' && relationshipType !== 'array') {
    return type.fail("expecting either 'object' or 'array' for rel_type");
  }
  const mapping = at.required('field_mapping');
  return {
    target: 'source',
    relationshipType,
    source: at.required('source').nonEmptyString(),
    table: at.required('table').value,
    fieldMapping: mapping.entries().map(([field, column]) => [field, column.string()] as const),
  };
}

/** The legacy keys themselves, or `{to_source}` or `{to_remote_schema}`: what stands under `definition`. */
export function definitionJson(definition: Definition): JsonObject {
  if (definition.target === 'source') {
    return {
      to_source: {
        relationship_type: definition.relationshipType,
        source: definition.source,
        table: definition.table,
        field_mapping: Object.fromEntries(definition.fieldMapping),
      },
    };
  }
  const { remoteSchema, lhsFields, remoteField, legacy } = definition;
  if (legacy) return { remote_schema: remoteSchema, hasura_fields: lhsFields, remote_field: remoteField };
  return {
    to_remote_schema: { remote_schema: remoteSchema, lhs_fields: lhsFields, remote_field: remoteField },
  };
}

/** As it is exported: all keys in order. */
export function relationshipJson({ name, definition }: RemoteRelationship): JsonObject {
  return { definition: inOrder(definitionJson(definition)), name };
}

function inOrder(value: Json): Json {
  if (isList(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).toSorted(byText);
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key] ?? null)]));
}

/** The shape of the create request's args, as inconsistent objects echo it: legacy keys beside the name (spec 8). */
export function requestJson(
  { name, definition }: RemoteRelationship,
  source: string,
  table: Json,
): JsonObject {
  const body = definitionJson(definition);
  const legacy = definition.target === 'remote schema' && definition.legacy;
  return { source, table, name, ...(legacy ? body : { definition: body }) };
}
