import { describe, it } from 'vitest';
import { expectNothing } from '../support/checkText.ts';
import { toPeople } from './support/definitions.ts';
import { type Row, rows } from './support/rows.ts';

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
      {
        code,
        severity: 'error',
        message: '"to_remote_schema": available since v2.1.0, but the server is 2.0.10.',
      },
      { serverVersion: '2.0.10' },
    ],
    [
      'a source as the target before v2.1.0',
      inSource(`        - name: profile\n          ${toTickets().replace('to_source', '⟦to_source⟧')}\n`),
      { code, message: '"to_source": available since v2.1.0, but the server is 2.0.10.' },
      { serverVersion: '2.0.10' },
    ],
    [
      'a legacy request at exactly v2.1.0',
      `type: ⟦pg_create_remote_relationship⟧\nargs: { table: customer, name: profile, ${legacy.slice(14, -2)} }\n`,
      {
        code,
        message: 'Server v2.1.0 requires a "definition" in requests: send "definition.to_remote_schema".',
        serverMessage: 'key "definition" not found',
      },
      { serverVersion: 'v2.1.0' },
    ],
    [
      'remote schemas as the left side before v2.5.0',
      `- name: people\n  definition: { url: u }\n  remote_relationships:\n    - type_name: Person\n      relationships: [{ name: ⟦orders⟧, ${toTickets()} }]\n`,
      { code, severity: 'warning', serverMessage: undefined },
      { serverVersion: '2.4' },
    ],
    [
      'one of them without a name',
      `- name: people\n  definition: { url: u }\n  remote_relationships:\n    - type_name: Person\n      relationships: [{ ⟦definition⟧: ${toTickets().slice(12)} }]\n`,
      [{ code: 'missing-key' }, { code, severity: 'warning' }],
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
        {
          code,
          ...(prefix === 'mysql' && {
            serverMessage: 'unknown metadata command "delete_remote_relationship" for backend mysql',
          }),
          message:
            prefix === 'mysql'
              ? 'Server 2.25 has no remote relationship commands for MySQL.'
              : new RegExp(`^"${prefix}_delete_remote_relationship": available since v\\d`),
        },
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
    [
      'a definition that can’t be read',
      inSource('        - { name: profile, definition: "!include profile.yaml" }\n'),
      '2.0.10',
    ],
    [
      'legacy metadata at exactly v2.1.0',
      inSource(`        - name: profile\n          ${legacy}\n`),
      'v2.1.0',
    ],
    [
      'a legacy request without a prefix at exactly v2.1.0',
      `type: create_remote_relationship\nargs: { table: customer, name: profile, ${legacy.slice(14, -2)} }\n`,
      'v2.1.0',
    ],
    [
      'a unified request at exactly v2.1.0',
      `type: pg_create_remote_relationship\nargs: { table: customer, name: profile, ${toPeople} }\n`,
      'v2.1.0',
    ],
    ['a command without a prefix, which is older', request('delete_remote_relationship'), '1.3.3'],
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
