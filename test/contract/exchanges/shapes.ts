import type { Json, JsonObject } from '../../endpoint/endpoint.ts';
import { type Exchange, metadata } from '../exchange.ts';
import { source, table, tableName, toRemoteSchema, toSource } from '../worlds/world.ts';

/** Requests and documents that are not understood: `parse-failed` before anything is looked up (R1 to R6, R39, R44). */

const person = { person: { arguments: { id: '$id' } } };
const toPeople = toRemoteSchema('people', ['id'], person);
const toTicket = toSource('shop2', tableName('ticket'), { id: 'customer_id' });
const legacy = { remote_schema: 'people', hasura_fields: ['id'], remote_field: person };

function wrapped(command: string, text: string): string {
  const page =
    'https://hasura.io/docs/latest/graphql/core/api-reference/metadata-api/index.html#metadata-apis';
  return [
    `Error when parsing command ${command}.`,
    `See our documentation at ${page}.`,
    `Internal error message: ${text}`,
  ].join('\n');
}

interface Case {
  readonly server?: string;
  readonly uncertain?: string;
}

/** A request to create a relationship that is not understood. */
function refused(title: string, args: JsonObject, text: string, more: Case = {}): Exchange {
  const unwrapped = more.server?.startsWith('v2.0');
  return {
    title,
    world: 'shop',
    request: metadata('pg_create_remote_relationship', {
      source: 'shop',
      table: 'customer',
      name: 'r',
      ...args,
    }),
    status: 400,
    responseMatches: {
      code: 'parse-failed',
      error: unwrapped ? text : wrapped('create_remote_relationship', text),
      path: { $regex: '^\\$\\.args' },
    },
    ...more,
  };
}

function taken(title: string, args: JsonObject, more: Case = {}): Exchange {
  return {
    title,
    world: 'shop',
    request: metadata('pg_create_remote_relationship', {
      source: 'shop',
      table: 'customer',
      name: 'r',
      ...args,
    }),
    status: 200,
    response: { message: 'success' },
    ...more,
  };
}

const strict =
  'remote relationship definition (strict format) expects exactly one of: to_source, to_remote_schema';
const lenient =
  'remote relationship definition (lenient format) expects exactly one of: remote_schema, to_source, to_remote_schema';
const oneOf = 'create_remote_relationship expects exactly one of: remote_schema, definition';

const forms: readonly Exchange[] = [
  refused('R1: both targets', { definition: { ...toPeople, ...toTicket } }, strict),
  refused('R1: no target', { definition: {} }, strict),
  refused('R1: legacy keys under the definition of a request', { definition: legacy }, strict),
  refused(
    'R1: a remote_schema key beside a target',
    { definition: { ...toTicket, remote_schema: 'people' } },
    strict,
  ),
  refused('R2: a definition and legacy keys', { ...legacy, definition: toPeople }, oneOf),
  refused(
    'R5: an unknown type of relationship',
    {
      definition: { to_source: { ...(toTicket['to_source'] as JsonObject), relationship_type: 'many' } },
    },
    "expecting either 'object' or 'array' for rel_type",
  ),
  refused('an empty source', { source: '', definition: toPeople }, 'empty string not allowed'),
  refused(
    'an empty source of the target',
    { definition: { to_source: { ...(toTicket['to_source'] as JsonObject), source: '' } } },
    'empty string not allowed',
  ),
  taken('takes the legacy form', legacy),
  taken('takes null for absent', { definition: { ...toPeople, to_source: null }, remote_schema: null }),
  taken('ignores unknown keys', { definition: { ...toPeople, why: 'because' }, comment: 'none' }),
  refused('rejects the legacy form in 2.1.0', legacy, 'key "definition" not found', { server: 'v2.1.0' }),
  {
    title: 'takes the legacy form of a command without a prefix in 2.1.0',
    world: 'shop',
    request: {
      path: '/v1/query',
      body: {
        type: 'create_remote_relationship',
        args: { source: 'shop', table: 'customer', name: 'r', ...legacy },
      },
    },
    status: 200,
    response: { message: 'success' },
    server: 'v2.1.0',
  },
  taken('takes legacy keys under the definition in 2.1.0', { definition: legacy }, { server: 'v2.1.0' }),
  refused(
    'does not know the unified form before 2.1',
    { definition: toPeople },
    'key "remote_schema" not found',
    {
      server: 'v2.0.10',
    },
  ),
];

const fields = 'Remote fields are represented by an object that maps each field name to its arguments.';
const given = 'Remote arguments are represented by an object that maps each argument name to its value.';

const tree = (title: string, remoteField: Json, text: string, more: Case = {}): Exchange =>
  refused(`R6: ${title}`, { definition: toRemoteSchema('people', ['id'], remoteField) }, text, more);

const trees: readonly Exchange[] = [
  tree('no field', {}, `${fields}Expecting one single mapping, received none.`),
  tree(
    'two fields',
    { ...person, count: { arguments: {} } },
    `${fields}Expecting one single mapping, received too many.`,
  ),
  tree('no arguments', { person: {} }, `${fields}key "arguments" not found`, {
    uncertain: 'a text of the JSON library',
  }),
  tree(
    'arguments that are null',
    { person: { arguments: null } },
    `${fields}${given}parsing RemoteArguments failed, expected Object, but encountered Null`,
  ),
  tree(
    'arguments that are a list',
    { person: { arguments: [] } },
    `${fields}${given}parsing RemoteArguments failed, expected Object, but encountered Array`,
  ),
  tree(
    'no object',
    'person',
    `${fields}parsing RemoteFields failed, expected Object, but encountered String`,
  ),
  tree(
    'a nested field that is no object',
    { person: { arguments: {}, field: 'contacts' } },
    `${fields}parsing RemoteFields failed, expected Object, but encountered String`,
  ),
  tree(
    'a field that is no GraphQL name',
    { 'per-son': { arguments: {} } },
    `${fields}per-son is not valid GraphQL name`,
  ),
  tree(
    'an argument that is no GraphQL name',
    { person: { arguments: { 'i-d': 1 } } },
    `${fields}${given}i-d is an invalid key name`,
  ),
  tree(
    'a key that is no GraphQL name',
    { search: { arguments: { where: { 'na-me': 1 } } } },
    `${fields}${given}na-me is an invalid key name`,
  ),
  tree(
    'a variable without a name',
    { person: { arguments: { id: '$' } } },
    `${fields}${given}Empty variable name`,
  ),
  tree(
    'a session variable',
    { person: { arguments: { id: '$x-hasura-user-id' } } },
    `${fields}${given}Invalid variable name 'x-hasura-user-id'`,
  ),
  {
    ...refused('two fields, before 2.1', {}, 'Only one field allowed, not multiple.', { server: 'v2.0.10' }),
    request: metadata('pg_create_remote_relationship', {
      source: 'shop',
      table: 'customer',
      name: 'r',
      ...legacy,
      remote_field: { ...person, count: { arguments: {} } },
    }),
  },
];

/** A metadata document that is not understood. */
function document(
  title: string,
  metadataDocument: JsonObject,
  error: string,
  code = 'parse-failed',
): Exchange {
  return {
    title,
    world: 'shop',
    request: metadata('replace_metadata', { metadata: metadataDocument }, { version: 2 }),
    status: 400,
    responseMatches: { code, error, path: { $regex: '^\\$\\.args' } },
  };
}

const withTable = (more: JsonObject): JsonObject => ({
  version: 3,
  sources: [source('shop', [table('customer', more)])],
});

const documents: readonly Exchange[] = [
  document(
    'R1: an item without a form',
    withTable({ remote_relationships: [{ name: 'r', definition: {} }] }),
    lenient,
  ),
  document(
    'an item with its keys beside the name',
    withTable({ remote_relationships: [{ name: 'r', ...legacy }] }),
    'key "definition" not found',
  ),
  document(
    'R3: a name twice',
    withTable({
      remote_relationships: [
        { name: 'a', definition: toPeople },
        { name: 'a', definition: toTicket },
      ],
    }),
    'multiple declarations exist for the following remote relationships: a',
  ),
  document(
    'R4: an unknown key of a table',
    withTable({ remote_relationship: [] }),
    'unexpected keys when parsing TableMetadata: ["remote_relationship"]',
  ),
  document(
    'R7: an empty name',
    withTable({ remote_relationships: [{ name: '', definition: toPeople }] }),
    'empty string not allowed',
  ),
  document(
    'a remote schema twice',
    {
      version: 3,
      sources: [],
      remote_schemas: [
        { name: 'a', definition: { url: 'http://127.0.0.1:1' } },
        { name: 'a', definition: { url: 'http://127.0.0.1:1' } },
      ],
    },
    'multiple declarations exist for the following remote schemas: a',
  ),
  document('R44: version 3 without sources', { version: 3 }, 'key "sources" not found'),
  document('R44: no version is version 1', { sources: [] }, 'key "tables" not found'),
  document('R44: an unknown version', { version: 4 }, 'expected 1, 2 or 3, encountered 4'),
  document(
    'R44: no source default to take the tables',
    { version: 2, tables: [] },
    'cannot import metadata without sources since no default source is defined',
    'not-supported',
  ),
];

const lastWins: readonly Exchange[] = [
  {
    title: 'R43: of two entries for one table the later one counts',
    world: 'shop',
    request: metadata('replace_metadata', {
      metadata: {
        version: 3,
        sources: [
          source('shop', [
            table('invoice', { remote_relationships: [{ name: 'gone', definition: toTicket }] }),
            table('invoice'),
          ]),
        ],
      },
    }),
    status: 200,
    response: { is_consistent: true, inconsistent_objects: [] },
    after: [
      {
        request: metadata('export_metadata', {}),
        responseMatches: { sources: [{ tables: [{ table: tableName('invoice') }] }] },
      },
    ],
  },
];

const command = (title: string, type: string, error: string, args: Json = {}): Exchange => ({
  title,
  world: 'empty',
  request: metadata(type, args),
  status: 400,
  responseMatches: { code: 'parse-failed', error },
});

const commands: readonly Exchange[] = [
  command(
    'R39: a relationship command without a prefix',
    'create_remote_relationship',
    'unknown metadata command "remote_relationship" for backend create',
  ),
  command(
    'R39: a prefix that is no name',
    '1pg_create_remote_relationship',
    'unknown metadata command "1pg_create_remote_relationship"; "1pg" was not recognized as a valid backend name',
  ),
  {
    title: 'R39: the prefix of a backend that is gone counts as a data connector',
    world: 'shop',
    request: metadata('mysql_create_remote_relationship', {
      source: 'shop',
      table: 'customer',
      name: 'r',
      definition: toTicket,
    }),
    status: 400,
    responseMatches: { code: 'not-exists', error: 'table "customer" does not exist in source: shop' },
  },
  {
    title: 'args are needed even where there is nothing to say',
    world: 'empty',
    request: { path: '/v1/metadata', body: { type: 'export_metadata' } },
    status: 400,
    responseMatches: { code: 'parse-failed', error: 'key "args" not found', path: '$' },
  },
  {
    title: 'the key of a type is type_name, not type',
    world: 'shop',
    request: metadata('create_remote_schema_remote_relationship', {
      remote_schema: 'people',
      type: 'Person',
      name: 'r',
      definition: toTicket,
    }),
    status: 400,
    responseMatches: { code: 'parse-failed', error: 'key "type_name" not found' },
  },
  {
    title: 'a shape error within a bulk names its place',
    world: 'shop',
    request: metadata('bulk', [
      { type: 'export_metadata', args: {} },
      { type: 'pg_create_remote_relationship', args: { source: 'shop', table: 'customer', name: 'r' } },
    ]),
    status: 400,
    responseMatches: { path: '$.args[1].args', error: wrapped('create_remote_relationship', oneOf) },
  },
  {
    title: 'others than admins are told of shape errors first',
    world: 'empty',
    request: {
      path: '/v1/metadata',
      headers: { 'X-Hasura-Role': 'user' },
      body: { type: 'make_coffee', args: {} },
    },
    status: 400,
    responseMatches: { code: 'parse-failed' },
  },
  {
    title: 'a wrong secret hides a shape error',
    world: 'empty',
    secret: 'wrong',
    request: { path: '/v1/metadata', body: { type: 'make_coffee', args: {} } },
    status: 401,
    responseMatches: { code: 'access-denied' },
  },
];

export const shapeExchanges: readonly Exchange[] = [
  ...forms,
  ...trees,
  ...documents,
  ...lastWins,
  ...commands,
];
