import type { JsonObject } from '../../endpoint/endpoint.ts';
import { type Exchange, metadata } from '../exchange.ts';
import { remoteSchema, table, tableName, toRemoteSchema, toSource } from '../worlds/world.ts';

/** What answers hold beside their verdict: the place of a mistake, which of two refusals wins, how metadata is told. */

const success = { message: 'success' };
const person = { person: { arguments: { id: '$id' } } };
const toPeople = toRemoteSchema('people', ['id'], person);
const toTicket = toSource('shop2', tableName('ticket'), { id: 'customer_id' });
const fromReading = 'known from reading the source only';

const creating = (definition: JsonObject, name = 'r') => ({
  type: 'pg_create_remote_relationship',
  args: { source: 'shop', table: 'customer', name, definition },
});

const changed = (definition: JsonObject, to: string, more: JsonObject): JsonObject => ({
  [to]: { ...(definition[to] as JsonObject), ...more },
});

function mistakeAt(title: string, body: JsonObject, path: string): Exchange {
  return {
    title: `the place of a mistake inside a definition: ${title}`,
    world: 'shop',
    request: { path: '/v1/metadata', body },
    status: 400,
    responseMatches: { code: 'parse-failed', path },
    uncertain: fromReading,
  };
}

const noList = changed(toPeople, 'to_remote_schema', { lhs_fields: 'id' });

const places: readonly Exchange[] = [
  mistakeAt('a key', creating(noList), '$.args.lhs_fields'),
  mistakeAt(
    'in a bulk',
    { type: 'bulk', args: [creating(toTicket), creating(noList)] },
    '$.args[1].args.lhs_fields',
  ),
  mistakeAt(
    'to a table',
    creating(changed(toTicket, 'to_source', { relationship_type: 'many' })),
    '$.args.relationship_type',
  ),
  mistakeAt(
    'on a type',
    {
      type: 'create_remote_schema_remote_relationship',
      args: { remote_schema: 'people', type_name: 'Person', name: 'r', definition: noList },
    },
    '$.args.lhs_fields',
  ),
];

const replaceBy = (document: JsonObject) =>
  metadata(
    'replace_metadata',
    { allow_inconsistent_metadata: true, metadata: { version: 3, sources: [], ...document } },
    { version: 2 },
  );

const doubled = (field: string) => ({
  type: 'remote_schema',
  reason: `Inconsistent object: Duplicate remote field '${field}'`,
});

const remoteSchemas: readonly Exchange[] = [
  {
    title: 'two remote schemas of the same root fields: an entry for each field, and both stay in use',
    world: 'shop',
    before: [
      replaceBy({
        remote_schemas: [
          remoteSchema('people'),
          {
            ...remoteSchema('people'),
            name: 'others',
            remote_relationships: [
              {
                type_name: 'Person',
                relationships: [
                  {
                    name: 'again',
                    definition: toRemoteSchema('others', ['id'], person),
                  },
                ],
              },
            ],
          },
        ],
      }),
    ],
    request: metadata('get_inconsistent_metadata', {}),
    status: 200,
    responseMatches: {
      inconsistent_objects: {
        $unordered: [
          'person',
          'byNumber',
          'byUuid',
          'byName',
          'weighing',
          'ranked',
          'known',
          'many',
          'search',
          'node',
          'anything',
          'rank',
          'count',
        ].map(doubled),
      },
    },
    after: [
      {
        request: metadata('introspect_remote_schema', { name: 'others' }),
        responseMatches: { data: { $any: true } },
      },
      {
        request: metadata('introspect_remote_schema', { name: 'people' }),
        responseMatches: { data: { $any: true } },
      },
    ],
    uncertain: fromReading,
  },
  {
    title: 'an inconsistent remote schema is told with all that it has',
    world: 'shop',
    before: [
      replaceBy({
        remote_schemas: [
          {
            name: 'away',
            definition: { url_from_env: 'NOT_SET_ANYWHERE' },
            comment: 'not there',
            permissions: [{ role: 'user', definition: { schema: 'type Query { a: Int }' } }],
            remote_relationships: [{ type_name: 'T', relationships: [] }],
          },
        ],
      }),
    ],
    request: metadata('get_inconsistent_metadata', {}),
    status: 200,
    responseMatches: {
      inconsistent_objects: [
        {
          type: 'remote_schema',
          definition: {
            name: 'away',
            definition: { url_from_env: 'NOT_SET_ANYWHERE', forward_client_headers: false },
            comment: 'not there',
            permissions: [{ role: 'user', definition: { schema: 'type Query { a: Int }' } }],
            remote_relationships: [{ type_name: 'T', relationships: [] }],
          },
        },
      ],
    },
    uncertain: fromReading,
  },
  {
    title: 'R57: a request without an address',
    world: 'empty',
    request: metadata('add_remote_schema', { name: 'nowhere', definition: {} }),
    status: 400,
    response: {
      code: 'invalid-params',
      error: "both `url` and `url_from_env` can't be empty",
      path: '$.args',
    },
    uncertain: fromReading,
  },
  {
    title: 'R57: an import without an address',
    world: 'empty',
    request: replaceBy({ remote_schemas: [{ name: 'nowhere', definition: {} }] }),
    status: 200,
    responseMatches: {
      is_consistent: false,
      inconsistent_objects: [
        {
          type: 'remote_schema',
          reason: "Inconsistent object: both `url` and `url_from_env` can't be empty",
        },
      ],
    },
    uncertain: fromReading,
  },
];

const modes = [
  ['read-only', 400, 'not-supported'],
  ['maintenance', 500, 'unexpected'],
] as const;

const commands: readonly Exchange[] = [
  {
    title: 'clear_metadata leaves the source default, emptied',
    world: 'empty',
    before: [
      replaceBy({
        sources: [
          {
            name: 'default',
            kind: 'postgres',
            tables: [],
            functions: [],
            configuration: { connection_info: { database_url: '<database>' } },
            customization: { root_fields: { prefix: 'p_' } },
          },
          {
            name: 'other',
            kind: 'postgres',
            tables: [],
            configuration: { connection_info: { database_url: '<database>' } },
          },
        ],
      }),
    ],
    request: metadata('clear_metadata', {}),
    status: 200,
    response: success,
    after: [
      {
        request: metadata('export_metadata', {}, { version: 2 }),
        responseMatches: {
          metadata: {
            sources: [{ name: 'default', tables: [], customization: { $absent: true } }],
            remote_schemas: { $absent: true },
          },
        },
      },
    ],
    uncertain: fromReading,
  },
  ...modes.flatMap(([mode, status, code]): readonly Exchange[] => [
    {
      title: `a command that fails anyway gives its own error in ${mode} mode`,
      world: 'shop',
      settings: { mode },
      request: { path: '/v1/metadata', body: creating(toRemoteSchema('nobody', ['id'], person)) },
      status: 400,
      responseMatches: { code: 'invalid-configuration' },
      uncertain: fromReading,
    },
    {
      title: `any other is refused in ${mode} mode`,
      world: 'shop',
      settings: { mode },
      request: { path: '/v1/metadata', body: creating(toTicket) },
      status,
      responseMatches: { code, path: '$' },
      uncertain: fromReading,
    },
  ]),
  {
    title: 'R64: a resource_version of another type is not understood',
    world: 'shop',
    request: { path: '/v1/metadata', body: { ...creating(toTicket), resource_version: '5' } },
    status: 400,
    responseMatches: { code: 'parse-failed', path: '$.resource_version' },
    uncertain: fromReading,
  },
  {
    title: 'two keys are exported whenever a table has a configuration',
    world: 'shop',
    before: [
      replaceBy({
        sources: [
          {
            name: 'shop',
            kind: 'postgres',
            configuration: { connection_info: { database_url: '<database>' } },
            tables: [
              table('customer', { configuration: { column_config: { name: { custom_name: 'called' } } } }),
              table('invoice', { configuration: { custom_root_fields: {} } }),
            ],
          },
        ],
      }),
    ],
    request: metadata('export_metadata', {}, { version: 2 }),
    status: 200,
    responseMatches: {
      metadata: {
        sources: [
          {
            tables: [
              {
                configuration: {
                  column_config: { name: { custom_name: 'called' } },
                  custom_column_names: { name: 'called' },
                  custom_root_fields: {},
                },
              },
              { configuration: { $absent: true } },
            ],
          },
        ],
      },
    },
    uncertain: fromReading,
  },
];

export const answerExchanges: readonly Exchange[] = [...places, ...remoteSchemas, ...commands];
