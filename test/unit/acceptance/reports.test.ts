import { describe, expect, it } from 'vitest';
import { check, type Files, json } from './project.ts';

/** What people have run into: with the words their server had for it, or nothing where it takes it now. */

function world(serverVersion: string | undefined, columns: Record<string, string>, sdl: string): Files {
  return {
    'remote-relationships.config.json': json({
      ...(serverVersion === undefined ? {} : { serverVersion }),
      sources: { default: { kind: 'postgres', tables: 'tables.json' } },
      remoteSchemas: { remote: { schema: 'remote.graphql' } },
    }),
    'tables.json': json([
      {
        schema: 'public',
        name: 'accounts',
        columns: Object.entries(columns).map(([name, type]) => ({ name, type, nullable: false })),
      },
    ]),
    'remote.graphql': sdl,
  };
}

function legacy(field: string, remote_field: unknown, remote_schema = 'remote') {
  return { table: 'accounts', name: 'rel', remote_schema, hasura_fields: [field], remote_field };
}

interface Report {
  readonly what: string;
  readonly version?: string;
  readonly columns: Record<string, string>;
  readonly sdl: string;
  readonly args: unknown;
  readonly found: readonly (readonly [code: string, text: string, serverMessage: string | undefined])[];
}

const events = `type Query { event(where: event_bool_exp): [event!]! }
type event { id: ID }
input event_bool_exp { _or: [event_bool_exp!] creator: Comparison }
input Comparison { _eq: String }
`;
const payments = `type Query { methods(limit: Float, type: PaymentType!): [Card!]! }
enum PaymentType { card }
type Card { id: ID }
`;
const large = 'scalar BigInt\ntype Query { account(id: BigInt!): Int byId(id: ID): Int }\n';
const subtasks = `type Query { subtasks: [Subtask!]! }
type Subtask { task_uuid: ID! }
type Mutation { createSubtask(title: String): Subtask }
`;

const reports: readonly Report[] = [
  {
    what: 'an object for a list of input objects',
    version: '2.8.4',
    columns: { owner: 'text' },
    sdl: events,
    args: legacy('owner', { event: { arguments: { where: { _or: { creator: { _eq: '$owner' } } } } } }),
    found: [
      [
        'object-for-list',
        '_or',
        'Inconsistent object: in table "accounts": in remote relationship"rel": type "event_bool_exp" is invalid for stripping',
      ],
    ],
  },
  ...(['1.3.2', '1.3.3', undefined] as const).map(
    (version): Report => ({
      what: 'a text for an enum, a whole number for a Float',
      ...(version === undefined ? {} : { version }),
      columns: { id: 'uuid' },
      sdl: payments,
      args: { ...legacy('id', { methods: { arguments: { limit: 10, type: 'card' } } }), hasura_fields: [] },
      found: [
        ['Float', 'Int', '10'],
        ['PaymentType', 'String', 'card'],
      ].map(([expected, got, text = '']) => [
        'literal-type',
        text,
        `${version === undefined ? 'Inconsistent object: ' : ''}in table "accounts": in remote relationship${
          version === undefined ? ' ' : ''
        }"rel": ${
          version === '1.3.2' ? 'cannot validate remote relationship because ' : ''
        }expected type "${expected}" but got "${got}"`,
      ]),
    }),
  ),
  {
    what: 'a remote schema that is not there',
    columns: { id: 'uuid' },
    sdl: large,
    args: legacy('id', { targets: { arguments: { id: '$id' } } }, 'API'),
    found: [
      [
        'unknown-remote-schema',
        'API',
        'Inconsistent object: in table "accounts": in remote relationship "rel": remote schema with name "API" not found',
      ],
    ],
  },
  {
    what: 'bigint for a custom scalar, now',
    columns: { id: 'bigint' },
    sdl: large,
    args: legacy('id', { account: { arguments: { id: '$id' } } }),
    found: [],
  },
  {
    what: 'bigint for a custom scalar, then',
    version: '2.1.1',
    columns: { id: 'bigint' },
    sdl: large,
    args: legacy('id', { account: { arguments: { id: '$id' } } }),
    found: [
      [
        'variable-type',
        '$id',
        'Inconsistent object: in table "accounts": in remote relationship"rel": expected type "BigInt" but got "bigint"',
      ],
    ],
  },
  {
    what: 'an integer for an ID',
    columns: { id: 'int4' },
    sdl: large,
    args: legacy('id', { byId: { arguments: { id: '$id' } } }),
    found: [],
  },
  ...(['2.1.1', '2.1.0'] as const).map(
    (version): Report => ({
      what: 'the legacy form in a request',
      version,
      columns: { id: 'text' },
      sdl: large,
      args: legacy('id', { byId: { arguments: { id: '$id' } } }),
      found:
        version === '2.1.0'
          ? [['unsupported-by-server-version', 'pg_create_remote_relationship', 'key "definition" not found']]
          : [],
    }),
  ),
  {
    what: 'a field without arguments',
    columns: { id: 'text' },
    sdl: subtasks,
    args: legacy('id', { subtasks: { arguments: { task_uuid: '$id' } } }),
    found: [
      [
        'unknown-argument',
        'task_uuid',
        'Inconsistent object: in table "accounts": in remote relationship "rel": argument with name "task_uuid" not found in remote schema',
      ],
    ],
  },
  {
    what: 'a mutation',
    columns: { id: 'text' },
    sdl: subtasks,
    args: legacy('id', { createSubtask: { arguments: { title: '$id' } } }),
    found: [
      [
        'unknown-remote-field',
        'createSubtask',
        'Inconsistent object: in table "accounts": in remote relationship "rel": remote field with name "createSubtask" and type "Query" not found',
      ],
    ],
  },
];

describe('reports', () => {
  it.each(reports)('$what ($version)', async ({ version, columns, sdl, args, found }) => {
    const request = json({ type: 'pg_create_remote_relationship', args });
    const all = await check({ ...world(version, columns, sdl), 'request.json': request });
    const told = all
      .filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ code, text, serverMessage }) => [code, text, serverMessage]);
    // Servers of version 1 have no prefixed commands.
    expect(told.filter(([, , message]) => version?.startsWith('1.') !== true || message)).toEqual(found);
    for (const { relationship } of all) expect(relationship).toBe('rel');
  });

  it('a payload of the console is a request like others', async () => {
    const step = (type: string) => [{ type, args: legacy('id', { byId: { arguments: { idd: '$id' } } }) }];
    const payload = json({
      name: 'a',
      up: step('create_remote_relationship'),
      down: step('delete_remote_relationship').map(({ type }) => ({
        type,
        args: { table: 'accounts', name: 'rel' },
      })),
      skip_execution: true,
    });
    const all = await check({ ...world(undefined, { id: 'text' }, large), 'payload.json': payload });
    expect(all.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'unknown-argument',
    ]);
  });
});
