import type { Json, JsonObject } from '../../endpoint/endpoint.ts';
import { type Exchange, metadata } from '../exchange.ts';
import { tableName, toRemoteSchema, toSource } from '../worlds/world.ts';

/** What is wrong with a relationship, rule by rule, in the words of the server (R7 to R42). */

const success = { message: 'success' };

/** A `remote_field` of one level per argument object: `['person', {id: '$id'}], ['contacts', {}]`. */
function path(...levels: readonly (readonly [string, JsonObject])[]): JsonObject {
  return levels.reduceRight<JsonObject>(
    (field, [name, given]) => ({
      [name]: { arguments: given, ...(Object.keys(field).length > 0 ? { field } : {}) },
    }),
    {},
  );
}

const people = (fields: readonly string[], ...levels: readonly (readonly [string, JsonObject])[]) =>
  toRemoteSchema('people', fields, path(...levels));

const ticket = (mapping: JsonObject, table: Json = tableName('ticket'), source = 'shop2') =>
  toSource(source, table, mapping);

interface Case {
  readonly name?: string;
  readonly table?: string;
  readonly server?: string;
  readonly since?: string;
  readonly uncertain?: string;
}

function create(definition: JsonObject, { name = 'r', table = 'customer' }: Case) {
  return metadata('pg_create_remote_relationship', { source: 'shop', table, name, definition });
}

const more = ({ server, since, uncertain }: Case) => ({
  ...(server === undefined ? {} : { server }),
  ...(since === undefined ? {} : { since }),
  ...(uncertain === undefined ? {} : { uncertain }),
});

/** Refused, and nothing is stored. */
function refused(title: string, definition: JsonObject, text: string, options: Case = {}): Exchange {
  const { name = 'r', table = 'customer', server } = options;
  const blank = server && /^v2\.(\d|1\d|20)\./.test(server) ? '' : ' ';
  const error = `Inconsistent object: in table "${table}": in remote relationship${blank}"${name}": ${text}`;
  return {
    title,
    world: 'shop',
    request: create(definition, options),
    status: 400,
    responseMatches: {
      path: '$.args',
      code: 'invalid-configuration',
      error,
      internal: [{ type: 'remote_relationship', reason: error }],
    },
    after: [{ request: metadata('get_inconsistent_metadata', {}), responseMatches: { is_consistent: true } }],
    ...more(options),
  };
}

function accepted(title: string, definition: JsonObject, options: Case = {}): Exchange {
  const { table = 'customer' } = options;
  return {
    title: `accepts ${title}`,
    world: 'shop',
    request: create(definition, { ...options, table }),
    status: 200,
    response: success,
    ...more(options),
  };
}

function refusedName(title: string, name: string, code: string, error: string): Exchange {
  return {
    title,
    world: 'shop',
    request: create(ticket({ id: 'customer_id' }), { name }),
    status: 400,
    responseMatches: { path: '$.args', code, error },
  };
}

const notOffered = (name: string, title: string): Exchange => {
  const exchange = refused(title, people([name], ['person', { id: 1 }]), '');
  const start = `field with name "${name}"is not provided by the lhs entity""customer"for defining a join condition`;
  const error = `^Inconsistent object: in table "customer": in remote relationship "r": ${start}, the allowed fields are `;
  return { ...exchange, responseMatches: { code: 'invalid-configuration', error: { $regex: error } } };
};

const joinFields: readonly Exchange[] = [
  notOffered('idd', 'R11: a join field that is not there'),
  notOffered('customerName', "R11: a column's custom name is no join field"),
  notOffered('invoices', 'R11: a relationship is no join field'),
  notOffered('initials', 'R11: a computed field with arguments is no join field'),
  notOffered('open_invoices', 'R11: a computed field of rows is no join field'),
  refused(
    'R12: a join field that is no GraphQL name',
    people(['nick-name'], ['person', { id: 1 }]),
    '"nick-name" is not a valid GraphQL identifier',
  ),
  refused(
    'R13: a join field that is not there, to a source',
    ticket({ idd: 'customer_id' }),
    '"idd" does not exist',
  ),
  accepted('join fields that are not used', people(['id', 'person_id'], ['count', {}])),
  accepted('a join field twice', people(['id', 'id'], ['person', { id: '$id' }])),
  accepted('no join field at all', people([], ['count', {}])),
  accepted('a scalar computed field', people(['full_name'], ['byName', { name: '$full_name' }])),
  accepted('a computed field in a mapping', ticket({ full_name: 'customer_id' })),
  accepted('a column that is no GraphQL name in a mapping', ticket({ 'nick-name': 'customer_id' })),
  accepted('a variable of another type (R24)', people(['name'], ['byNumber', { number: '$name' }])),
];

const remoteTargets: readonly Exchange[] = [
  refused(
    'R14: a remote schema that is not there',
    toRemoteSchema('peple', ['id'], path(['person', { id: '$id' }])),
    'remote schema with name "peple" not found',
  ),
  refused(
    'R15: a root field that is not there',
    people(['id'], ['persn', { id: '$id' }]),
    'remote field with name "persn" and type "Query" not found',
  ),
  refused(
    'R15: a field that is not there',
    people(['id'], ['person', { id: '$id' }], ['contact', {}]),
    'remote field with name "contact" and type "Person" not found',
  ),
  ...(
    [
      ['a scalar', ['name', {}], 'equals', 'Person'],
      ['an interface', ['owner', {}], 'id_of_owner', 'Person'],
    ] as const
  ).map(([what, level, name, type]) =>
    refused(
      `R15: below ${what} the type before is looked in`,
      people(['id'], ['person', { id: '$id' }], level, [name, {}]),
      `remote field with name "${name}" and type "${type}" not found`,
    ),
  ),
  refused(
    'R15: below a union at the first level the query root is looked in',
    people(['id'], ['anything', { id: '$id' }], ['name', {}]),
    'remote field with name "name" and type "Query" not found',
  ),
  {
    title: 'R42: below an interface, when the type before has the field',
    world: 'shop',
    request: create(people(['id'], ['person', { id: '$id' }], ['owner', {}], ['friend', {}]), {}),
    status: 400,
    responseMatches: { code: 'remote-schema-error', error: 'object with name "Node" not found' },
  },
  refused(
    'R17: an argument that is not there',
    people(['id'], ['person', { ident: '$id' }]),
    'argument with name "ident" not found in remote schema',
  ),
  refused(
    'R17: an argument that is not there, further down',
    people(['id'], ['person', { id: '$id' }], ['contacts', { max: 1 }]),
    'argument with name "max" not found in remote schema',
  ),
  refused(
    'R17: a key the input object does not have',
    people(['name'], ['search', { where: { name: { starts: '$name' } } }]),
    'argument with name "starts" not found in remote schema',
  ),
  refused(
    'R18: a variable that is no join field of the relationship',
    people(['id'], ['person', { id: '$person_id' }]),
    'variable "person_id" is not found',
  ),
  refused('R19: null', people(['id'], ['person', { id: null }]), 'null is not allowed here'),
  refused('R19: null in a list', people(['id'], ['many', { ids: [null] }]), 'null is not allowed here'),
  refused(
    'R19: null in an object',
    people(['id'], ['search', { where: { name: null } }]),
    'null is not allowed here',
  ),
  refused(
    'R20: an object for a scalar names the key',
    people(['id'], ['person', { id: { eq: '$id' } }]),
    'type "eq"not an input object type',
  ),
  refused(
    'R20: {} for a scalar',
    people(['id'], ['person', { id: {} }]),
    'type "ID" is invalid for stripping',
  ),
  refused(
    'R20: an object for a list of objects',
    people(['name'], ['search', { orders: { name: { like: '$name' } } }]),
    'type "ContactFilter" is invalid for stripping',
  ),
  refused(
    'R20: an object for a list of objects, further down',
    people(['name'], ['search', { where: { and: { name: { like: '$name' } } } }]),
    'type "ContactFilter" is invalid for stripping',
  ),
  refused(
    'R21: a list of two',
    people(['id'], ['many', { ids: ['$id', 2] }]),
    'multiple elements in list value is not supported',
  ),
  refused(
    'R21: a list for a scalar',
    people(['id'], ['person', { id: ['$id'] }]),
    'type "ID"is not a list type',
  ),
  refused(
    'R40: the name of the table starts with a digit',
    people(['id'], ['search', { where: { ids: ['$id'] } }]),
    '"2024_sales" is not a valid GraphQL identifier',
    { table: '2024_sales' },
  ),
  refused(
    'R7: a name that is no GraphQL name, with an object argument',
    people(['name'], ['search', { where: { name: { like: '$name' } } }]),
    '"my-rel" is not a valid GraphQL identifier',
    { name: 'my-rel' },
  ),
  accepted('a required argument that is missing (R22)', people(['id'], ['person', {}])),
  accepted('an interface at the end', people(['id'], ['node', { id: '$id' }])),
  accepted('a union at the end', people(['id'], ['anything', { id: '$id' }])),
  accepted('an enum at the end', people(['id'], ['rank', { id: '$id' }])),
  accepted('a scalar at the end', people(['id'], ['person', { id: '$id' }], ['name', {}])),
  accepted(
    'objects in a list of one',
    people(['name'], ['search', { orders: [{ name: { like: '$name' } }] }]),
  ),
  accepted('an empty list', people(['id'], ['many', { ids: [] }])),
  accepted('an empty object', people(['id'], ['search', { where: {} }])),
  accepted('a variable in a list', people(['id'], ['many', { ids: ['$id'] }])),
  accepted('a variable for a list', people(['id'], ['many', { ids: '$id' }])),
];

const literal = (field: string, argument: string, value: Json, text: string): Exchange =>
  refused(
    `R23: ${JSON.stringify(value)} for the argument ${argument} of ${field}`,
    people(['id'], [field, { [argument]: value }]),
    text,
  );

const toId = (received: string) =>
  `Only ID, Int, uuid or String scalar types can be joined to the ID type, but received "${received}"`;

const literals: readonly Exchange[] = [
  literal('weighing', 'weight', 1, 'expected type "Float" but got "Int"'),
  literal('byNumber', 'number', 1.5, 'expected type "Int" but got "Float"'),
  literal('byNumber', 'number', 'one', 'expected type "Int" but got "String"'),
  literal('byName', 'name', 1, 'expected type "String" but got "Int"'),
  literal('ranked', 'rank', 'HIGH', 'expected type "Rank" but got "String"'),
  literal('byUuid', 'id', '5b1f2a0e', 'expected type "uuid" but got "String"'),
  literal('known', 'is', 'true', 'expected type "Boolean" but got "String"'),
  literal('person', 'id', true, toId('Boolean')),
  literal('person', 'id', 1.5, toId('Float')),
  literal('many', 'ids', 'one', 'expected type "Int" but got "String"'),
  ...(
    [
      ['person', 'id', 1],
      ['person', 'id', 'one'],
      ['weighing', 'weight', 1.5],
      ['known', 'is', true],
      ['many', 'ids', 1],
      ['many', 'matrix', 1],
      ['many', 'matrix', [[1]]],
    ] as const
  ).map(([field, argument, value]) =>
    accepted(
      `${JSON.stringify(value)} for the argument ${argument} of ${field}`,
      people([], [field, { [argument]: value as Json }]),
    ),
  ),
];

const sourceTargets: readonly Exchange[] = [
  refused(
    'R29: a source that is not there',
    ticket({ id: 'customer_id' }, tableName('ticket'), 'shop3'),
    'source not found: "shop3"',
  ),
  refused(
    'R31: a table of the wrong form',
    ticket({ id: 'customer_id' }, ['ticket']),
    'expecting a string/object for QualifiedObject',
  ),
  refused(
    'R32: a table that is not tracked',
    ticket({ id: 'customer_id' }, tableName('untracked')),
    'table "untracked" does not exist in source: shop2',
  ),
  refused(
    'R32: a table of another schema',
    ticket({ id: 'customer_id' }, tableName('support.ticket')),
    'table "support.ticket" does not exist in source: shop2',
  ),
  refused('R33: a column that is not there', ticket({ id: 'custmer_id' }), '"custmer_id" does not exist'),
  refused(
    'R33: a computed field of the target',
    ticket({ id: 'full_name' }, tableName('customer'), 'shop'),
    '"full_name" does not exist',
  ),
  refused(
    'R35: a column of the target that refers to an enum table',
    ticket({ id: 'region' }, tableName('profile')),
    'relationships to enum fields are not supported yet',
  ),
  accepted('a column of its own that refers to an enum table', ticket({ region: 'customer_id' })),
  accepted('a table by its name alone', ticket({ id: 'customer_id' }, 'ticket')),
  accepted('an empty mapping (R36)', ticket({})),
  accepted('columns of different types (R36)', ticket({ name: 'customer_id' })),
  accepted('its own source', ticket({ id: 'customer_id' }, 'invoice', 'shop')),
];

const nested = (title: string, mapping: JsonObject, text: string): Exchange => {
  const error = `Inconsistent object: in table "main.track": in remote relationship "r": ${text}`;
  return {
    title,
    world: 'nested columns',
    request: metadata('sqlite_create_remote_relationship', {
      source: 'source',
      table: ['main', 'track'],
      name: 'r',
      definition: toSource('target', ['main', 'album'], mapping),
    }),
    status: 400,
    responseMatches: { code: 'invalid-configuration', error },
  };
};

const nestedColumns: readonly Exchange[] = [
  nested('R13: a nested object is no join field', { home: 'id' }, '"home" does not exist'),
  nested('R34: a nested object of the target', { id: 'home' }, 'Target field "home"is not a scalar column'),
  {
    title: 'accepts composite columns of Postgres on both sides',
    world: 'composite scalars',
    request: metadata('pg_create_remote_relationship', {
      source: 'source',
      table: tableName('main.track'),
      name: 'r',
      definition: toSource('target', tableName('main.album'), { home: 'home' }),
    }),
    status: 200,
    response: success,
  },
];

const conflict = (name: string) => `Conflicting objects: conflicting definitions for field "${name}"`;
const customName =
  'Inconsistent object: field definition conflicts with custom field name for postgres column "name"';

const nameCollisions: readonly Exchange[] = [
  {
    ...refusedName(
      'R8: the name of an array relationship',
      'invoices',
      'invalid-configuration',
      conflict('invoices'),
    ),
    responseMatches: {
      error: conflict('invoices'),
      internal: [
        {
          reason: conflict('invoices'),
          objects: { $unordered: [{ type: 'array_relation' }, { type: 'remote_relationship' }] },
        },
      ],
    },
  },
  refusedName(
    'R8: the name of a computed field',
    'full_name',
    'invalid-configuration',
    conflict('full_name'),
  ),
  refusedName(
    'R9: the name of a column',
    'id',
    'invalid-configuration',
    'Inconsistent object: field definition conflicts with postgres column',
  ),
  refusedName(
    'R9: the database name of a column that has another name',
    'name',
    'invalid-configuration',
    'Inconsistent object: field definition conflicts with postgres column',
  ),
  refusedName('R10: the custom name of a column', 'customerName', 'invalid-configuration', customName),
  refusedName(
    'R7: a name that is no GraphQL name',
    'my-rel',
    'validation-failed',
    'cannot include "my-rel" in the GraphQL schema because  it is not a valid GraphQL identifier',
  ),
];

function onType(
  title: string,
  typeName: string,
  definition: JsonObject,
  text: string | undefined,
  name = 'r',
): Exchange {
  const error = `Inconsistent object: in remote relationship "${name}": ${text}`;
  const request = metadata('create_remote_schema_remote_relationship', {
    remote_schema: 'people',
    type_name: typeName,
    name,
    definition,
  });
  if (text === undefined) return { title, world: 'shop', request, status: 200, response: success };
  return {
    title,
    world: 'shop',
    request,
    status: 400,
    responseMatches: {
      path: '$.args',
      code: 'invalid-configuration',
      error,
      internal: [
        {
          type: 'remote_schema_remote_relationship',
          name: `remote_schema_remote_relationship remote_relationship ${name} on type ${typeName} in remote schema people`,
          reason: error,
        },
      ],
    },
  };
}

const types: readonly Exchange[] = [
  onType(
    'R26: a type that is not there',
    'Persn',
    ticket({ id: 'customer_id' }),
    'no type named "Persn" defined in remote schema "people"',
  ),
  ...['Node', 'Anything', 'Rank', 'uuid', 'ContactFilter'].map((type) =>
    onType(
      `R27: ${type} is no object type`,
      type,
      ticket({ id: 'customer_id' }),
      'remote relationships on a remote schema can only be defined on object types',
    ),
  ),
  onType(
    'R28: a field with arguments',
    'Person',
    ticket({ contacts: 'customer_id' }),
    '"contacts" does not exist',
  ),
  onType(
    'R29: a source that is not there',
    'Person',
    ticket({ id: 'a' }, 't', 'shop3'),
    'source not found: "shop3"',
  ),
  onType('R33: a column that is not there', 'Person', ticket({ number: 'nr' }), '"nr" does not exist'),
  onType('accepts a field of an object type', 'Person', ticket({ friend: 'customer_id' }), undefined),
  onType('accepts the query root', 'Query', ticket({ count: 'customer_id' }), undefined),
  onType(
    "accepts the name of one of the type's fields (R41)",
    'Person',
    ticket({ number: 'id' }),
    undefined,
    'name',
  ),
];

const earlier: readonly Exchange[] = [
  accepted('columns in a mapping before 2.21', ticket({ id: 'customer_id' }), { server: 'v2.20.0' }),
  refused('no blank in the context before 2.21', ticket({ idd: 'id' }), '"idd" does not exist', {
    server: 'v2.20.0',
  }),
  refused(
    'R24: a variable of another type before 2.2',
    people(['name'], ['byNumber', { number: '$name' }]),
    'expected type "Int" but got "String"',
    { server: 'v2.1.1' },
  ),
  accepted('a uuid for an ID before 2.2', people(['person_id'], ['person', { id: '$person_id' }]), {
    server: 'v2.1.1',
  }),
  refused(
    'R11: before 2.2',
    people(['idd'], ['person', { id: 1 }]),
    'field with name "idd" not found in table "customer"',
    { server: 'v2.1.1' },
  ),
  refused(
    'R11: a relationship before 2.2',
    people(['invoices'], ['person', { id: 1 }]),
    'field with name "invoices" not supported; only columns and scalar computed fields',
    { server: 'v2.1.1' },
  ),
  refused(
    'R13: a computed field before 2.2',
    ticket({ full_name: 'customer_id' }),
    'relationships from non-columns are not supported yet',
    { server: 'v2.1.1' },
  ),
  {
    title: 'R18: any column was a variable before 2.0.2',
    world: 'shop',
    server: 'v2.0.1',
    request: metadata('pg_create_remote_relationship', {
      source: 'shop',
      table: 'customer',
      name: 'r',
      remote_schema: 'people',
      hasura_fields: [],
      remote_field: path(['person', { id: '$person_id' }]),
    }),
    status: 200,
    response: success,
  },
];

export const ruleExchanges: readonly Exchange[] = [
  ...joinFields,
  ...remoteTargets,
  ...literals,
  ...sourceTargets,
  ...nestedColumns,
  ...nameCollisions,
  ...types,
  ...earlier,
];
