import { describe, it } from 'vitest';
import {
  type ExpectedFinding,
  expectFindings,
  expectFindingsIn,
  expectNothing,
  type Surroundings,
} from '../support/checkText.ts';

type Row = [
  name: string,
  text: string,
  expected: ExpectedFinding | ExpectedFinding[],
  surroundings?: Surroundings,
];

function rows(list: readonly Row[]): void {
  it.each(list)('%s', (_, text, expected, surroundings = {}) => {
    expectFindings(text, Array.isArray(expected) ? expected : [expected], surroundings);
  });
}

const toPeople =
  'definition: { to_remote_schema: { remote_schema: people, lhs_fields: [id], remote_field: { person: { arguments: { id: $id } } } } }';
const toTickets = (type = 'array') =>
  `definition: { to_source: { relationship_type: ${type}, source: helpdesk, table: ticket, field_mapping: { id: customer_id } } }`;

/** `databases.yaml` with one table written out. */
const inSource = (relationships: string, more = '') => `- name: shop
  kind: postgres
  configuration: {}
  tables:
    - table: { schema: public, name: customer }
${more}      remote_relationships:
${relationships}`;

const customer = { table: 'customer', columns: { id: 'int4!', name: 'text', full_name: 'text' } };

describe('wrong-dialect', () => {
  const request = (type: string, source: string) =>
    `type: ${type}\nargs: { source: ${source}, table: customer, name: profile }\n`;
  const sources = {
    shop: { kind: 'postgres' },
    crm: { kind: 'mssql' },
    wh: { kind: 'snowflake' },
    odd: { kind: 'citus' },
  };
  rows([
    [
      'pg for mssql',
      request('⟦pg_delete_remote_relationship⟧', 'crm'),
      {
        code: 'wrong-dialect',
        severity: 'error',
        serverMessage: 'table "customer" does not exist in source: crm',
        fixed: request('mssql_delete_remote_relationship', 'crm'),
      },
      { sources },
    ],
    [
      'unprefixed for mssql',
      request('⟦delete_remote_relationship⟧', 'crm'),
      { code: 'wrong-dialect' },
      { sources },
    ],
    [
      'pg for citus',
      request('⟦pg_delete_remote_relationship⟧', 'odd'),
      { code: 'wrong-dialect' },
      { sources },
    ],
    [
      'a data connector for postgres',
      request('⟦snowflake_delete_remote_relationship⟧', 'shop'),
      { code: 'wrong-dialect', fixed: request('pg_delete_remote_relationship', 'shop') },
      { sources },
    ],
  ]);
  it.each([
    ['pg', 'shop'],
    ['postgres', 'shop'],
    ['mssql', 'crm'],
    ['snowflake', 'wh'],
    ['sqlite', 'wh'],
  ])('is not reported: %s for %s', (prefix, source) =>
    expectNothing(request(`${prefix}_delete_remote_relationship`, source), { sources }),
  );
  it('is not reported for a source nobody knows', () =>
    expectNothing(request('pg_delete_remote_relationship', 'other')));
});

describe('untracked-table', () => {
  const request = (args: string, type = 'pg_delete_remote_relationship') =>
    `type: ${type}\nargs: { ${args}, name: profile }\n`;
  const known: Surroundings = { sources: { shop: { tables: [customer] } } };
  rows([
    [
      'a table',
      request('source: shop, table: ⟦custmer⟧'),
      {
        code: 'untracked-table',
        severity: 'error',
        serverMessage: 'table "custmer" does not exist in source: shop',
        fixed: request('source: shop, table: customer'),
      },
      known,
    ],
    [
      'a table in another schema',
      request('source: shop, table: ⟦{ schema: sales, name: customer }⟧').replaceAll(/⟦|⟧/g, ''),
      { code: 'untracked-table', serverMessage: 'table "sales.customer" does not exist in source: shop' },
      known,
    ],
    [
      'a source',
      request('source: ⟦shp⟧, table: customer'),
      { code: 'untracked-table', fixed: request('source: shop, table: customer') },
      known,
    ],
    [
      'the implied source',
      request('table: customer', '⟦pg_delete_remote_relationship⟧'),
      { code: 'untracked-table', message: /"default".* names none/ },
      known,
    ],
    [
      'a remote schema: the server says nothing',
      request('remote_schema: ⟦peple⟧, type_name: Person', 'delete_remote_schema_remote_relationship'),
      {
        code: 'untracked-table',
        severity: 'warning',
        serverMessage: undefined,
        message: /Did you mean "people"/,
      },
      { remoteSchemas: { people: null } },
    ],
    [
      'a remote schema in an update',
      `type: update_remote_schema_remote_relationship\nargs: { remote_schema: ⟦peple⟧, type_name: Person, name: profile, ${toPeople} }\n`,
      {
        code: 'untracked-table',
        severity: 'error',
        serverMessage: 'no relationship defined on remote schema ""peple" with name "profile""',
      },
      { remoteSchemas: { people: null } },
    ],
  ]);
  it.each([
    ['nothing is known', request('source: shop, table: custmer'), {}],
    ['tables are not known', request('source: shop, table: custmer'), { sources: { shop: {} } }],
    ['metadata is not complete', request('source: shp, table: custmer'), { files: {}, complete: false }],
    ['the table exists', request('source: shop, table: { schema: public, name: customer }'), known],
    [
      'an earlier request of the document tracks it',
      `- type: pg_track_table\n  args: { source: shop, table: custmer }\n- ${request('source: shop, table: custmer').trim().replace('\n', '\n  ')}\n`,
      known,
    ],
    [
      'an earlier request adds the remote schema',
      `- type: add_remote_schema\n  args: { name: peple, definition: { url: u } }\n- type: delete_remote_schema_remote_relationship\n  args: { remote_schema: peple, type_name: Person, name: profile }\n`,
      { remoteSchemas: { people: null } },
    ],
  ] satisfies [string, string, Surroundings][])('is not reported: %s', (_, text, surroundings) =>
    expectNothing(text, surroundings),
  );
});

describe('unsupported-by-server-version', () => {
  const request = (type: string) => `type: ${type}\nargs: { table: customer, name: profile }\n`;
  const legacy =
    'definition: { remote_schema: people, hasura_fields: [id], remote_field: { person: { arguments: { id: $id } } } }';
  const code = 'unsupported-by-server-version';
  rows([
    [
      'the unified form before v2.1.0',
      inSource(
        `        - name: profile\n          ${toPeople.replace('to_remote_schema', '⟦to_remote_schema⟧')}\n`,
      ),
      { code, severity: 'error' },
      { serverVersion: '2.0.10' },
    ],
    [
      'a legacy request at exactly v2.1.0',
      `type: ⟦pg_create_remote_relationship⟧\nargs: { table: customer, name: profile, ${legacy.slice(14, -2)} }\n`,
      { code, serverMessage: 'key "definition" not found' },
      { serverVersion: 'v2.1.0' },
    ],
    [
      'remote schemas as the left side before v2.5.0',
      `- name: people\n  definition: { url: u }\n  remote_relationships:\n    - type_name: Person\n      relationships: [{ name: ⟦orders⟧, ${toTickets()} }]\n`,
      { code, severity: 'warning', serverMessage: undefined },
      { serverVersion: '2.4' },
    ],
    [
      'their commands',
      'type: ⟦delete_remote_schema_remote_relationship⟧\nargs: { remote_schema: people, type_name: Person, name: orders }\n',
      {
        code,
        serverMessage: 'unknown metadata command "remote_schema_remote_relationship" for backend delete',
      },
      { serverVersion: '2.4.0' },
    ],
    ...(
      [
        ['pg', '1.3.3'],
        ['citus', '2.0.1'],
        ['bigquery', '2.0.10'],
        ['mssql', '2.5.2'],
        ['cockroach', '2.11'],
        ['snowflake', '2.20'],
        ['mysql', '2.25'],
      ] as const
    ).map(
      ([prefix, serverVersion]): Row => [
        `${prefix} commands at v${serverVersion}`,
        request(`⟦${prefix}_delete_remote_relationship⟧`).replace(
          'customer',
          prefix === 'bigquery' ? '{ dataset: shop, name: customer }' : 'customer',
        ),
        { code },
        { serverVersion },
      ],
    ),
    [
      'a delete command that does not work yet',
      request('⟦citus_delete_remote_relationship⟧'),
      { code, severity: 'warning', serverMessage: undefined },
      { serverVersion: '2.1.0' },
    ],
    [
      'keys of a table entry',
      'version: 3\nsources:\n  - name: shop\n    configuration: {}\n    tables:\n      - table: customer\n        ⟦logical_model⟧: x\n        ⟦apollo_federation_config⟧: { enable: v1 }\n',
      [{ code, serverMessage: 'unexpected keys when parsing TableMetadata: ["logical_model"]' }, { code }],
      { serverVersion: '2.9.0' },
    ],
  ]);
  it.each([
    ['the first version that has it', request('mssql_delete_remote_relationship'), '2.6'],
    ['delete commands of citus since v2.1.1', request('citus_delete_remote_relationship'), '2.1.1'],
    ['delete commands of Postgres before', request('pg_delete_remote_relationship'), '2.1.0'],
    ['the newest', request('snowflake_delete_remote_relationship'), undefined],
    ['a version nobody can read', request('snowflake_delete_remote_relationship'), 'dev-abc'],
    ['legacy metadata at v1.3', inSource(`        - name: profile\n          ${legacy}\n`), '1.3.3'],
    [
      'a legacy request at v2.1.1',
      `type: pg_create_remote_relationship\nargs: { table: customer, name: profile, ${legacy.slice(14, -2)} }\n`,
      '2.1.1',
    ],
    [
      'a legacy request at "2.1"',
      `type: pg_create_remote_relationship\nargs: { table: customer, name: profile, ${legacy.slice(14, -2)} }\n`,
      '2.1',
    ],
  ])('is not reported: %s', (_, text, serverVersion) =>
    expectNothing(text, serverVersion === undefined ? {} : { serverVersion }),
  );
});

describe('JSON with everything on one line', () => {
  it('has the same ranges inside the quotes', () => {
    expectFindingsIn(
      'json',
      '{"type":"⟦pg_delete_remote_relationship⟧","args":{"source":"crm","table":"customer","name":"profile"}}',
      [{ code: 'wrong-dialect' }],
      { sources: { crm: { kind: 'mssql' } } },
    );
  });
});
