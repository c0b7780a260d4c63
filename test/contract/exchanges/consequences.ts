import type { Json, JsonObject } from '../../endpoint/endpoint.ts';
import { type Check, type Exchange, metadata } from '../exchange.ts';
import { tableName, toSource } from '../worlds/world.ts';

/** What requests do beyond their own answer: what is stored, what depends on what, which version it is then. */

const success = { message: 'success' };
const toProfile = toSource('shop2', tableName('profile'), { id: 'customer_id' });
const toTicket = toSource('shop2', tableName('ticket'), { id: 'customer_id' });
const wrong = toSource('shop2', tableName('ticket'), { id: 'nothing' });

const onCustomer = (command: string, name: string, definition?: JsonObject) => ({
  type: `pg_${command}_remote_relationship`,
  args: { source: 'shop', table: 'customer', name, ...(definition ? { definition } : {}) },
});

const request = (body: { type: string; args: Json }, more: JsonObject = {}) =>
  metadata(body.type, body.args, more);

const exported = (pattern: JsonObject): Check => ({
  request: metadata('export_metadata', {}),
  responseMatches: pattern,
});

/** `plus`: by how much the version grew. */
const versionGrew = (plus: number): Check => ({
  request: metadata('export_metadata', {}, { version: 2 }),
  responseMatches: { resource_version: { $ref: 'resource_version', plus } },
});

/** The relationships of customers, all of them. */
const customersHave = (...relationships: readonly Json[]): Check =>
  exported({
    sources: {
      $contains: [
        {
          name: 'shop',
          tables: { $contains: [{ table: tableName('customer'), remote_relationships: relationships }] },
        },
      ],
    },
  });

const consistent: Check = {
  request: metadata('get_inconsistent_metadata', {}),
  responseMatches: { is_consistent: true },
};

const tables: readonly Exchange[] = [
  {
    title: 'a relationship that is created replaces the one of that name',
    world: 'shop with profile',
    request: request(onCustomer('create', 'profile', toTicket)),
    status: 200,
    response: success,
    after: [customersHave({ name: 'profile', definition: toTicket }), versionGrew(1)],
  },
  {
    title: 'a refused relationship leaves everything as it was',
    world: 'shop with profile',
    request: request(onCustomer('create', 'profile', wrong)),
    status: 400,
    responseMatches: { code: 'invalid-configuration' },
    after: [customersHave({ name: 'profile', definition: toProfile }), versionGrew(0)],
  },
  {
    title: 'an inconsistent relationship is not there to be updated',
    world: 'shop with broken profile',
    request: request(onCustomer('update', 'profile', toTicket)),
    status: 400,
    response: { path: '$.args', error: '"profile" does not exist', code: 'not-exists' },
  },
  {
    title: 'an inconsistent relationship is not there to be deleted',
    world: 'shop with broken profile',
    request: request(onCustomer('delete', 'profile')),
    status: 400,
    response: { path: '$.args', error: '"profile" does not exist', code: 'not-exists' },
  },
  {
    title: 'creating repairs an inconsistent relationship',
    world: 'shop with broken profile',
    request: request(onCustomer('create', 'profile', toTicket)),
    status: 200,
    response: success,
    after: [consistent],
  },
  {
    title: 'an inconsistent relationship is repaired and deleted in one bulk',
    world: 'shop with broken profile',
    request: metadata('bulk', [onCustomer('create', 'profile', toTicket), onCustomer('delete', 'profile')]),
    status: 200,
    response: [success, success],
    after: [consistent, versionGrew(1)],
  },
  {
    title: 'before 2.46 a wrong definition was stored over a wrong one',
    world: 'shop with broken profile',
    server: 'v2.45.0',
    request: request(onCustomer('create', 'profile', wrong)),
    status: 200,
    response: success,
    after: [customersHave({ name: 'profile', definition: wrong })],
  },
  {
    title: 'the legacy form is exported as it was given',
    world: 'four kinds',
    request: metadata('export_metadata', {}),
    status: 200,
    responseMatches: {
      version: 3,
      sources: [
        {
          name: 'shop',
          tables: [
            {
              table: tableName('customer'),
              remote_relationships: [
                {
                  name: 'legacy_person',
                  definition: {
                    remote_schema: 'people',
                    hasura_fields: ['person_id'],
                    remote_field: { $any: true },
                  },
                },
                { name: 'person', definition: { to_remote_schema: { $any: true } } },
                { name: 'profile', definition: { to_source: { $any: true } } },
              ],
            },
            { table: tableName('invoice') },
          ],
        },
        { name: 'shop2' },
      ],
    },
  },
  {
    title: 'an object relationship is not created over a remote one',
    world: 'shop with profile',
    request: metadata('pg_create_array_relationship', {
      source: 'shop',
      table: 'customer',
      name: 'profile',
      using: { foreign_key_constraint_on: { table: 'invoice', column: 'customer_id' } },
    }),
    status: 400,
    responseMatches: { code: 'already-exists' },
    uncertain: 'the text is not in the description of the server',
  },
];

const versions: readonly Exchange[] = [
  {
    title: 'a relationship is created with the current resource version',
    world: 'shop',
    request: request(onCustomer('create', 'r', toTicket), { resource_version: { $ref: 'resource_version' } }),
    status: 200,
    response: success,
    after: [versionGrew(1)],
  },
  {
    title: 'a relationship is not created with an old resource version',
    world: 'shop',
    request: request(onCustomer('create', 'r', toTicket), {
      resource_version: { $ref: 'resource_version', plus: -1 },
    }),
    status: 409,
    responseMatches: {
      path: '$',
      code: 'conflict',
      error: { $regex: '^metadata resource version referenced \\(\\d+\\) did not match current version$' },
    },
    after: [versionGrew(0)],
  },
  {
    title: 'any other refusal hides a conflict',
    world: 'shop',
    request: request(onCustomer('create', 'r', wrong), {
      resource_version: { $ref: 'resource_version', plus: -1 },
    }),
    status: 400,
    responseMatches: { code: 'invalid-configuration' },
  },
  {
    title: 'reading does not look at the resource version',
    world: 'shop',
    request: metadata('get_inconsistent_metadata', {}, { resource_version: 0 }),
    status: 200,
    responseMatches: { is_consistent: true },
    after: [versionGrew(0)],
  },
  {
    title: 'a resource version inside a bulk is not looked at',
    world: 'shop',
    request: metadata('bulk', [{ ...onCustomer('create', 'r', toTicket), resource_version: 0 }]),
    status: 200,
    response: [success],
  },
  {
    title: 'a bulk that fails stores nothing of its first item',
    world: 'shop',
    request: metadata('bulk', [onCustomer('create', 'r', toTicket), onCustomer('create', 's', wrong)]),
    status: 400,
    responseMatches: { path: '$.args[1].args', code: 'invalid-configuration' },
    after: [
      versionGrew(0),
      { request: request(onCustomer('delete', 'r')), responseMatches: { code: 'not-exists' } },
    ],
  },
  {
    title: 'a bulk of reading commands modifies nothing',
    world: 'shop',
    request: metadata('bulk', [{ type: 'get_inconsistent_metadata', args: {} }]),
    status: 200,
    responseMatches: [{ is_consistent: true }],
    after: [versionGrew(0)],
  },
  {
    title: 'bulk_keep_going stores what did not fail',
    world: 'shop',
    since: '2.24',
    request: metadata('bulk_keep_going', [
      onCustomer('create', 'r', wrong),
      onCustomer('create', 's', toTicket),
    ]),
    status: 200,
    responseMatches: [{ path: '$.args', code: 'invalid-configuration', internal: { $any: true } }, success],
    after: [customersHave({ name: 's', definition: toTicket }), versionGrew(1)],
  },
  {
    title: 'an item of bulk_keep_going that is not understood fails all of it',
    world: 'shop',
    since: '2.24',
    request: metadata('bulk_keep_going', [onCustomer('create', 's', toTicket), onCustomer('create', 'r')]),
    status: 400,
    responseMatches: { code: 'parse-failed' },
  },
];

const onPerson = (command: string, name: string, more: JsonObject = {}) =>
  metadata(`${command}_remote_schema_remote_relationship`, {
    remote_schema: 'people',
    type_name: 'Person',
    name,
    ...more,
  });

const schemas: readonly Exchange[] = [
  {
    title: 'the entry of a type stays when its last relationship is deleted',
    world: 'broken type relationship',
    request: onPerson('delete', 'gone'),
    status: 200,
    response: success,
    after: [
      exported({ remote_schemas: [{ remote_relationships: [{ type_name: 'Person', relationships: [] }] }] }),
      consistent,
    ],
  },
  {
    title: 'deleting what does not exist raises the resource version',
    world: 'shop',
    request: onPerson('delete', 'nothing'),
    status: 200,
    response: success,
    after: [versionGrew(1)],
  },
  {
    title: 'an inconsistent relationship of a type is not there to be updated',
    world: 'broken type relationship',
    request: onPerson('update', 'gone', { definition: toTicket }),
    status: 400,
    response: {
      path: '$.args',
      error: 'no relationship defined on remote schema ""people" with name "gone""',
      code: 'not-exists',
    },
  },
  {
    title: 'an inconsistent relationship of a type is echoed with the key type',
    world: 'broken type relationship',
    uncertain: 'derived from how the field is named in code',
    request: metadata('get_inconsistent_metadata', {}),
    status: 200,
    response: {
      is_consistent: false,
      inconsistent_objects: [
        {
          type: 'remote_schema_remote_relationship',
          name: 'remote_schema_remote_relationship remote_relationship gone on type Person in remote schema people',
          reason:
            'Inconsistent object: in remote relationship "gone": table "nowhere" does not exist in source: shop',
          definition: {
            remote_schema: 'people',
            type: 'Person',
            name: 'gone',
            definition: toSource('shop', tableName('nowhere'), { number: 'id' }),
          },
        },
      ],
    },
  },
  {
    title: 'updating a remote schema drops its relationships',
    world: 'four kinds',
    uncertain: 'read from code, no test of the server covers it',
    request: metadata('update_remote_schema', { name: 'people', definition: { url: '<url:people>' } }),
    status: 200,
    response: success,
    after: [
      exported({
        remote_schemas: {
          $contains: [
            { name: 'people', definition: { url: '<url:people>' }, remote_relationships: { $absent: true } },
          ],
        },
      }),
    ],
  },
  {
    title: 'a remote schema that is pointed to from tables and types is not removed',
    world: 'four kinds',
    request: metadata('remove_remote_schema', { name: 'people' }),
    status: 400,
    response: {
      path: '$.args',
      code: 'dependency-error',
      error:
        'cannot drop due to the following dependent objects: remote relationship customer.legacy_person in source "shop", ' +
        'remote relationship customer.person in source "shop", ' +
        'remote_relationship self on type Person in remote schema people',
    },
    uncertain: 'whether a schema that points to itself is listed',
  },
  {
    title: 'a remote schema whose server stopped is refused when reloaded',
    world: 'four kinds',
    before: [{ stop: 'people' }],
    uncertain: 'servers that store introspection may answer otherwise',
    request: metadata('reload_remote_schema', { name: 'people' }),
    status: 500,
    responseMatches: {
      code: 'unexpected',
      error: 'cannot continue due to newly found inconsistent metadata',
    },
  },
  {
    title: 'a remote schema that was unreachable before and is now is reloaded with success',
    world: 'shop',
    before: [{ stop: 'people' }, metadata('reload_metadata', {})],
    request: metadata('reload_remote_schema', { name: 'people' }),
    status: 200,
    response: success,
  },
  {
    title: 'what is on an unreachable remote schema is not reported itself, what points to it is',
    world: 'four kinds',
    before: [{ stop: 'people' }, metadata('reload_metadata', {})],
    request: metadata('get_inconsistent_metadata', {}),
    status: 200,
    responseMatches: {
      is_consistent: false,
      inconsistent_objects: {
        $unordered: [
          {
            type: 'remote_schema',
            name: 'remote_schema people',
            reason: {
              $regex: '^Inconsistent object: HTTP exception occurred while sending the request to "http',
            },
          },
          {
            type: 'remote_relationship',
            definition: { name: 'person', definition: { to_remote_schema: {} } },
          },
          {
            type: 'remote_relationship',
            reason:
              'Inconsistent object: in table "customer": in remote relationship "legacy_person": remote schema with name "people" not found',
            definition: {
              source: 'shop',
              table: tableName('customer'),
              name: 'legacy_person',
              remote_schema: 'people',
              hasura_fields: ['person_id'],
            },
          },
        ],
      },
    },
  },
  {
    title: 'dropping what is inconsistent drops an unreachable remote schema with all that points to it',
    world: 'four kinds',
    before: [{ stop: 'people' }, metadata('reload_metadata', {})],
    request: metadata('drop_inconsistent_metadata', {}),
    status: 200,
    response: success,
    after: [consistent, customersHave({ name: 'profile' })],
  },
  {
    title: 'an unreachable server is no remote schema',
    world: 'four kinds',
    before: [{ stop: 'people' }],
    request: metadata('add_remote_schema', { name: 'again', definition: { url: '<url:people>' } }),
    status: 400,
    responseMatches: {
      code: 'remote-schema-error',
      error: { $regex: '^HTTP exception occurred while sending the request to "' },
    },
  },
];

const sources: readonly Exchange[] = [
  {
    title: 'a source others need is not dropped without cascade',
    world: 'a source others need',
    request: metadata('pg_drop_source', { name: 'target' }),
    status: 400,
    responseMatches: {
      code: 'dependency-error',
      error:
        'cannot drop due to the following dependent objects: remote relationship hasura.track.album in source "source", ' +
        'remote_relationship album on type hasura_track in remote schema source',
    },
    uncertain: 'the list is described for remote schemas',
  },
  {
    title: 'a table others need is not untracked without cascade',
    world: 'shop with profile',
    request: metadata('pg_untrack_table', { source: 'shop2', table: 'profile' }),
    status: 400,
    responseMatches: { code: 'dependency-error' },
    uncertain: 'the list is described for remote schemas',
  },
  {
    title: 'a table others need is untracked with them',
    world: 'shop with profile',
    request: metadata('pg_untrack_table', { source: 'shop2', table: 'profile', cascade: true }),
    status: 200,
    response: success,
    after: [consistent],
  },
  {
    title: 'a source of another kind is not described',
    world: 'shop',
    since: '2.27',
    request: metadata('citus_get_table_info', { source: 'shop', table: 'customer' }),
    status: 400,
    responseMatches: {
      code: 'not-exists',
      error:
        'source with name "shop" has backend type "postgres" which does not match the expected type "citus"',
    },
  },
  {
    title: 'the relationships of a table that is gone are not reported',
    world: 'shop with profile',
    before: [{ sql: 'DROP TABLE customer CASCADE' }],
    request: metadata('reload_metadata', {}),
    status: 200,
    responseMatches: {
      is_consistent: false,
      inconsistent_objects: [{ type: 'table', name: 'table customer in source shop' }],
    },
  },
];

export const consequenceExchanges: readonly Exchange[] = [...tables, ...versions, ...schemas, ...sources];
