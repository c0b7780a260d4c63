import fc, { type Arbitrary } from 'fast-check';
import {
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql';
import { isObject } from '../../contract/difference.ts';
import type { Json, JsonObject } from '../../endpoint/endpoint.ts';
import { namesIn, type RemoteSchemaFact, type WorldFacts } from '../facts.ts';

/** Requests to create a relationship in this world: many are right, most others have one thing wrong. */
export function requestsIn(facts: WorldFacts): Arbitrary<JsonObject> {
  return fc.oneof(...[tableRequest(facts), typeRequest(facts)].filter((each) => each !== undefined));
}

function tableRequest(facts: WorldFacts): Arbitrary<JsonObject> | undefined {
  if (facts.tables.length === 0) return undefined;
  return fc.constantFrom(...facts.tables).chain(({ source, kind, table, columns, others }) => {
    const lhs = [...columns, ...others];
    return fc
      .record({
        name: nameOf(fc.constantFrom('generated', ...lhs)),
        definition: definitionOf(lhs, facts),
        legacy: fc.boolean(),
      })
      .map(({ name, definition, legacy }) => ({
        type: `${kind === 'postgres' ? 'pg' : kind}_create_remote_relationship`,
        args: { source, table, name, ...(legacy ? asLegacy(definition) : { definition }) },
      }));
  });
}

function typeRequest(facts: WorldFacts): Arbitrary<JsonObject> | undefined {
  const types = facts.remoteSchemas.flatMap(({ name, schema }) =>
    Object.values(schema.getTypeMap())
      .filter((type) => !type.name.startsWith('__') || type.name === '__Type')
      .map((type) => ({ remote_schema: name, type })),
  );
  if (types.length === 0) return undefined;
  return fc.constantFrom(...types).chain(({ remote_schema, type }) => {
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : ['id'];
    return fc
      .record({
        name: nameOf(fc.constantFrom('generated', ...fields)),
        definition: definitionOf(fields, facts),
      })
      .map(({ name, definition }) => ({
        type: 'create_remote_schema_remote_relationship',
        args: { remote_schema, type_name: type.name, name, definition },
      }));
  });
}

/** A new name, mostly. */
function nameOf(others: Arbitrary<string>): Arbitrary<string> {
  return fc.oneof({ weight: 8, arbitrary: fc.constant('generated') }, { weight: 1, arbitrary: others });
}

/** The form of Hasura 1.3, where it has the means to say it. */
function asLegacy(definition: JsonObject): JsonObject {
  const { to_remote_schema: unified } = definition;
  if (!isObject(unified)) return { definition };
  const { lhs_fields, ...rest } = unified;
  return { ...rest, hasura_fields: lhs_fields };
}

function definitionOf(lhs: readonly string[], facts: WorldFacts): Arbitrary<JsonObject> {
  const toSource = toSourceOf(lhs, facts);
  const toRemoteSchemas = facts.remoteSchemas.map((schema) => toRemoteSchemaOf(lhs, schema, namesIn(facts)));
  const weighted = [
    ...(toSource ? [{ weight: 1, arbitrary: toSource }] : []),
    ...toRemoteSchemas.map((arbitrary) => ({ weight: 3, arbitrary })),
  ];
  return fc.oneof(...weighted);
}

function toSourceOf(lhs: readonly string[], { tables }: WorldFacts): Arbitrary<JsonObject> | undefined {
  if (tables.length === 0) return undefined;
  const target = fc.constantFrom(...tables).chain(({ source, table, columns }) =>
    fc.record({
      relationship_type: fc.constantFrom('object', 'array'),
      source: rarely(fc.constantFrom('nowhere', ...tables.map((other) => other.source)), source),
      table: rarely(fc.constantFrom<Json>('nothing', ...tables.map((other) => other.table)), table),
      field_mapping: fc.dictionary(
        fc.constantFrom(...lhs, ...(lhs.length === 0 ? ['id'] : [])),
        fc.constantFrom(...columns, ...(columns.length === 0 ? ['id'] : [])),
        { maxKeys: 2 },
      ),
    }),
  );
  return target.map((to_source) => ({ to_source }));
}

function rarely(other: Arbitrary<Json>, usual: Json): Arbitrary<Json> {
  return fc.oneof({ weight: 7, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
}

function toRemoteSchemaOf(
  lhs: readonly string[],
  { name, schema }: RemoteSchemaFact,
  names: readonly string[],
): Arbitrary<JsonObject> {
  const query = schema.getQueryType();
  return fc
    .uniqueArray(fc.constantFrom(...lhs, ...(lhs.length === 0 ? ['id'] : [])), { maxLength: 3 })
    .chain((listed) =>
      fc
        .record({
          lhs_fields: fc.constant(listed),
          remote_field: query
            ? remoteFieldOf(query, { listed, lhs, names }, 3)
            : fc.constant<JsonObject>({ id: { arguments: {} } }),
        })
        .map((rest): JsonObject => ({ to_remote_schema: { remote_schema: name, ...rest } })),
    );
}

interface Vocabulary {
  readonly listed: readonly string[];
  readonly lhs: readonly string[];
  readonly names: readonly string[];
}

/** A path that begins with a field of the type; below fields of interfaces and scalars too. */
function remoteFieldOf(parent: GraphQLObjectType, words: Vocabulary, depth: number): Arbitrary<JsonObject> {
  return fc.constantFrom(...Object.values(parent.getFields())).chain((field) => {
    const type = getNamedType(field.type);
    // What the server does below anything but an object: it looks in the type before.
    const next = isObjectType(type) ? type : parent;
    const stops = isObjectType(type) ? 1 : 6;
    const below =
      depth === 0
        ? fc.constant(undefined)
        : fc.oneof(
            { weight: 2 * stops, arbitrary: fc.constant(undefined) },
            { weight: 1, arbitrary: remoteFieldOf(next, words, depth - 1) },
          );
    return fc
      .record({
        name: fc.oneof(
          { weight: 12, arbitrary: fc.constant(field.name) },
          { weight: 1, arbitrary: fc.constantFrom(...words.names) },
        ),
        given: inputsOf(field.args, words, 3),
        below,
      })
      .map(
        ({ name, given, below }): JsonObject => ({
          [name]: { arguments: given, ...(below === undefined ? {} : { field: below }) },
        }),
      );
  });
}

interface InputValue {
  readonly name: string;
  readonly type: GraphQLInputType;
}

/** Some arguments, or fields of an input object; seldom one that does not exist. */
function inputsOf(expected: readonly InputValue[], words: Vocabulary, depth: number): Arbitrary<JsonObject> {
  const known = Object.fromEntries(expected.map(({ name, type }) => [name, inputValue(type, words, depth)]));
  const stray = fc.dictionary(fc.constantFrom(...words.names), anyValue(words), { minKeys: 1, maxKeys: 1 });
  return fc
    .tuple(
      fc.record(known, { requiredKeys: [] }),
      fc.oneof({ weight: 12, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: stray }),
    )
    .map(([some, more]): JsonObject => ({ ...some, ...more }));
}

function inputValue(type: GraphQLInputType, words: Vocabulary, depth: number): Arbitrary<Json> {
  return fc.oneof(
    { weight: 6, arbitrary: fittingValue(type, words, depth) },
    { weight: 1, arbitrary: anyValue(words) },
  );
}

/** What is meant for the type, as far as a definition can say it. */
function fittingValue(type: GraphQLInputType, words: Vocabulary, depth: number): Arbitrary<Json> {
  const nullable = getNullableType(type);
  const variables = words.listed.map((name) => `$${name}`);
  if (isListType(nullable)) {
    const item = fittingValue(nullable.ofType as GraphQLInputType, words, depth);
    return fc.oneof(
      fc.array(item, { maxLength: 1 }),
      fc.constantFrom<Json>(...variables, ...(variables.length === 0 ? [[]] : [])),
    );
  }
  if (isInputObjectType(nullable)) {
    return depth === 0 ? fc.constant({}) : inputsOf(Object.values(nullable.getFields()), words, depth - 1);
  }
  const literals: Readonly<Record<string, readonly Json[]>> = {
    Int: [0, 1, -3, 12345678901],
    Float: [1.5, -0.25],
    String: ['text', ''],
    Boolean: [true, false],
    ID: [1, 'text'],
  };
  const fitting = [...variables, ...(literals[getNamedType(nullable).name] ?? [])];
  return fc.constantFrom<Json>(...fitting, ...(fitting.length === 0 ? ['text'] : []));
}

function anyValue({ lhs, names }: Vocabulary): Arbitrary<Json> {
  const scalar = fc.constantFrom<Json>(
    null,
    1,
    2.0,
    2.5,
    true,
    'text',
    'HIGH',
    '$',
    '$no-name',
    '$unlisted',
    ...lhs.map((name) => `$${name}`),
  );
  return fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) },
    { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...names), scalar, { maxKeys: 2 }) },
    { weight: 1, arbitrary: fc.array(fc.constant<Json>({}), { maxLength: 2 }) },
  );
}
