import { describe, it } from 'vitest';
import { expectFindings, expectFindingsIn, expectNothing } from '../support/checkText.ts';
import { rows } from './support/rows.ts';

const code = 'request-envelope';
const deletion = '{ type: pg_delete_remote_relationship, args: { table: customer, name: profile } }';
const creation =
  '{ type: pg_create_remote_relationship, args: { table: customer, name: profile, definition: { to_remote_schema: { remote_schema: people, lhs_fields: [], remote_field: { me: { arguments: {} } } } } } }';

describe('request-envelope', () => {
  rows([
    [
      'version 3',
      'type: pg_delete_remote_relationship\nversion: ⟦3⟧\nargs: { table: customer, name: profile }\n',
      {
        code,
        severity: 'error',
        message: 'The version of a command is 1 or 2.',
        serverMessage: 'expected 1 or 2, encountered 3',
      },
    ],
    [
      'version 2 of a command that has none',
      'type: pg_delete_remote_relationship\nversion: ⟦2⟧\nargs: { table: customer, name: profile }\n',
      {
        code,
        message:
          '"pg_delete_remote_relationship" has no version 2; only "export_metadata" and "replace_metadata" have one.',
      },
    ],
    [
      'a fraction as resource_version',
      'type: pg_delete_remote_relationship\nresource_version: ⟦1.5⟧\nargs: { table: customer, name: profile }\n',
      { code, message: '"resource_version" is a whole number.', serverMessage: undefined },
    ],
    [
      'concurrent_bulk',
      `type: ⟦concurrent_bulk⟧\nargs: [${deletion}]\n`,
      {
        code,
        message:
          '"concurrent_bulk" is not a command of the metadata API: only /v2/query has it, and it takes only SQL.',
        serverMessage: 'unknown metadata command "bulk" for backend concurrent',
        fixed: `type: bulk\nargs: [${deletion}]\n`,
      },
    ],
    [
      'a creation in bulk_atomic',
      `type: bulk_atomic\nargs: [${creation.replace('pg_create_remote_relationship', '⟦pg_create_remote_relationship⟧')}]\n`,
      {
        code,
        message: '"bulk_atomic" does not take "pg_create_remote_relationship".',
        serverMessage: 'Bulk atomic does not support this command',
      },
    ],
  ]);

  it.each([
    [
      'version 1',
      'type: pg_delete_remote_relationship\nversion: 1\nargs: { table: customer, name: profile }\n',
    ],
    [
      'version null',
      'type: pg_delete_remote_relationship\nversion: null\nargs: { table: customer, name: profile }\n',
    ],
    [
      'version 2 of replace_metadata',
      'type: replace_metadata\nversion: 2\nargs: { allow_inconsistent_metadata: true, metadata: { version: 3, sources: [] } }\n',
    ],
    [
      'a resource version',
      'type: pg_delete_remote_relationship\nresource_version: 5\nargs: { table: customer, name: profile }\n',
    ],
    ['a deletion in bulk_atomic', `type: bulk_atomic\nargs: [${deletion}]\n`],
    [
      'what bulk_atomic takes besides',
      `type: bulk_atomic\nargs: [${deletion}, { type: pg_create_object_relationship, args: {} }, { type: pg_track_native_query, args: {} }]\n`,
    ],
    [
      'SQL in concurrent_bulk',
      'type: concurrent_bulk\nargs: [{ type: run_sql, args: { sql: "select 1", read_only: true } }]\n',
    ],
    ['an empty bulk', `- { type: bulk, args: [] }\n- ${deletion}\n`],
  ])('says nothing of %s', (_, text) => expectNothing(text));

  it('concurrent_bulk of anything at /v1/metadata', () =>
    expectFindingsIn(
      'http',
      'POST http://localhost:8080/v1/metadata\n\n{"type": "⟦concurrent_bulk⟧", "args": [{"type": "run_sql", "args": {"sql": "select 1"}}]}\n',
      [{ code }],
    ));

  it('no version 2 of commands that /v1/query has twice', () =>
    expectFindingsIn(
      'http',
      'POST http://localhost:8080/v1/query\n\n{"type": "track_table", "version": 2, "args": {"table": "customer"}}\n',
      [],
    ));
});

describe('kinds of values around a request', () => {
  it.each([
    [
      'resource_version',
      'type: pg_delete_remote_relationship\nresource_version: "⟦5⟧"\nargs: { table: customer, name: profile }\n',
      'a number, not a string',
    ],
    [
      'version',
      'type: pg_delete_remote_relationship\nversion: "⟦1⟧"\nargs: { table: customer, name: profile }\n',
      'a number, not a string',
    ],
    [
      'allow_inconsistent_metadata',
      'type: replace_metadata\nversion: 2\nargs: { allow_inconsistent_metadata: "⟦yes⟧", metadata: { version: 3, sources: [] } }\n',
      'a boolean, not a string',
    ],
    ['args', `type: bulk\n⟦args⟧:\n  a: ${deletion}\n`, 'a list, not an object'],
  ])('%s', (key, text, words) =>
    expectFindings(text, [{ code: 'wrong-kind', message: `"${key}" must be ${words}.` }]),
  );

  it('a resource version further in is not read', () =>
    expectNothing(
      'type: bulk\nargs: [{ type: pg_delete_remote_relationship, resource_version: "5", args: { table: customer, name: profile } }]\n',
    ));
});
