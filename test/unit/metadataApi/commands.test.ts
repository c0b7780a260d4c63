import { describe, expect, it } from 'vitest';
import {
  exportMetadata,
  getInconsistentMetadata,
  getSourceTables,
  getTableInfos,
  inspectBigQuery,
  introspectRemoteSchema,
  modifyAll,
  type RelationshipVerb,
  relationshipRequest,
  reloadMetadata,
  reloadRemoteSchema,
  replaceMetadata,
  requestAsWritten,
  runSql,
} from '../../../common/src/metadataApi/document/commands.ts';
import type { Json, JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import { legacyProfile, ofTable, ofType, profile } from './fixtures.ts';

describe('relationshipRequest', () => {
  const owner = { source: 'shop', table: 'customer', name: 'r' };
  const type = { remote_schema: 'people', type_name: 'Person', name: 'r' };
  it.each<[RelationshipVerb, string, JsonObject | undefined, string, JsonObject]>([
    ['create', 'postgres', profile, 'pg_create_remote_relationship', { ...owner, definition: profile }],
    ['create', 'postgres', legacyProfile, 'pg_create_remote_relationship', { ...owner, ...legacyProfile }],
    ['update', 'citus', profile, 'citus_update_remote_relationship', { ...owner, definition: profile }],
    ['delete', 'cockroach', undefined, 'cockroach_delete_remote_relationship', owner],
    ['create', 'mssql', profile, 'mssql_create_remote_relationship', { ...owner, definition: profile }],
    ['delete', 'bigquery', undefined, 'bigquery_delete_remote_relationship', owner],
    [
      'create',
      'snowflake',
      profile,
      'snowflake_create_remote_relationship',
      { ...owner, definition: profile },
    ],
  ])('%s for %s', (verb, kind, definition, name, args) => {
    expect(relationshipRequest(verb, ofTable('r'), kind, definition)).toEqual({ type: name, args });
  });

  it.each<[RelationshipVerb, JsonObject | undefined, JsonObject]>([
    ['create', profile, { ...type, definition: profile }],
    ['update', profile, { ...type, definition: profile }],
    ['delete', undefined, type],
  ])('%s for a type of a remote schema', (verb, definition, args) => {
    expect(relationshipRequest(verb, ofType('r'), undefined, definition)).toEqual({
      type: `${verb}_remote_schema_remote_relationship`,
      args,
    });
  });
});

describe('modifyAll', () => {
  const one = { type: 'a', args: { x: 1 } };
  it.each([
    [[one], 3, { type: 'a', resource_version: 3, args: { x: 1 } }],
    [[one], undefined, { type: 'a', args: { x: 1 } }],
    [[one, one], 3, { type: 'bulk', resource_version: 3, args: [one, one] }],
  ])('%j at version %s', (requests, version, body) => {
    expect(modifyAll(requests, version)).toEqual({ api: 'metadata', effect: 'write', body });
  });
});

it.each([
  [exportMetadata, 'read', { type: 'export_metadata', version: 2, args: {} }],
  [getInconsistentMetadata, 'read', { type: 'get_inconsistent_metadata', args: {} }],
  [introspectRemoteSchema('a b'), 'read', { type: 'introspect_remote_schema', args: { name: 'a b' } }],
  [reloadRemoteSchema('a'), 'write', { type: 'reload_remote_schema', args: { name: 'a' } }],
  [
    reloadMetadata({ sources: false }),
    'write',
    { type: 'reload_metadata', args: { reload_remote_schemas: true, reload_sources: false } },
  ],
  [
    replaceMetadata({ version: 3, sources: [] }, 5),
    'write',
    {
      type: 'replace_metadata',
      version: 2,
      resource_version: 5,
      args: { allow_inconsistent_metadata: true, metadata: { version: 3, sources: [] } },
    },
  ],
  [getSourceTables('postgres', 's'), 'read', { type: 'pg_get_source_tables', args: { source: 's' } }],
  [getSourceTables('sqlite', 's'), 'read', { type: 'sqlite_get_source_tables', args: { source: 's' } }],
  [
    getTableInfos('postgres', 's', ['t'], true),
    'read',
    { type: 'bulk_keep_going', args: [{ type: 'pg_get_table_info', args: { source: 's', table: 't' } }] },
  ],
])('%j', (command, effect, body) => {
  expect(command).toMatchObject({ api: 'metadata', effect, body });
});

it.each<[string, string, JsonObject]>([
  ['postgres', 'run_sql', { read_only: true, cascade: false }],
  ['citus', 'citus_run_sql', { read_only: true, cascade: false }],
  ['cockroach', 'cockroach_run_sql', { read_only: true, cascade: false }],
  ['mssql', 'mssql_run_sql', { check_metadata_consistency: false }],
  ['bigquery', 'bigquery_run_sql', {}],
  ['sqlite', 'sqlite_run_sql', {}],
])('run_sql on %s changes nothing', (kind, type, more) => {
  expect(runSql(kind, 's', 'SELECT 1')).toEqual({
    api: 'query',
    effect: 'read',
    isKept: true,
    body: { type, args: { source: 's', sql: 'SELECT 1', ...more } },
  });
});

it('bigquery is inspected with a statement that nobody reads', () => {
  expect(inspectBigQuery('s')).toMatchObject({ api: 'query', body: { args: { source: 's', sql: '' } } });
});

it.each<[Json & JsonObject, string, string]>([
  [{ type: 'pg_create_remote_relationship', args: {} }, 'metadata', 'write'],
  [{ type: 'create_remote_relationship', args: {} }, 'legacy-query', 'write'],
  [{ type: 'bulk', args: [{ type: 'create_remote_relationship', args: {} }] }, 'legacy-query', 'write'],
  [{ type: 'create_remote_schema_remote_relationship', args: {} }, 'metadata', 'write'],
  [{ type: 'run_sql', args: { sql: 'x' } }, 'query', 'write'],
  [{ type: 'mssql_run_sql', args: { sql: 'x' } }, 'query', 'write'],
  [{ type: 'export_metadata', args: {} }, 'metadata', 'read'],
  [{ type: 'pg_get_table_info', args: {} }, 'metadata', 'read'],
  [{ type: 'bulk', args: [{ type: 'export_metadata', args: {} }] }, 'metadata', 'read'],
  [{ type: 'bulk', args: [{ type: 'export_metadata' }, { type: 'clear_metadata' }] }, 'metadata', 'write'],
  [{ type: 'bulk', args: [] }, 'metadata', 'write'],
  [{ type: 'bulk_keep_going', args: [{ type: 'get_inconsistent_metadata' }] }, 'metadata', 'read'],
  [{ type: 'bulk_keep_going', args: [{ type: 'run_sql' }] }, 'metadata', 'write'],
  [{ type: 'concurrent_bulk', args: [] }, 'query', 'write'],
  [{ type: 'my_concurrent_bulk', args: [] }, 'metadata', 'write'],
  [{ type: 'bigquery_database_inspection', args: {} }, 'query', 'write'],
  [{ type: 'run_sql_later', args: {} }, 'metadata', 'write'],
  [{ type: 'rerun_sql', args: {} }, 'metadata', 'write'],
  [{ type: 'get_source_tables', args: {} }, 'metadata', 'read'],
  [{ type: 'pg_get_table_info_and_drop', args: {} }, 'metadata', 'write'],
  [{ type: 'forget_table_info', args: {} }, 'metadata', 'write'],
  [{ type: 'introspect_remote_schema', args: [{ type: 'run_sql' }] }, 'metadata', 'read'],
  [{}, 'metadata', 'write'],
])('%j is sent as it stands', (body, api, effect) => {
  expect(requestAsWritten(body)).toEqual({ api, effect, body });
});

it('where the document says to send it counts', () => {
  expect(requestAsWritten({ type: 'export_metadata' }, 'legacy-query').api).toBe('legacy-query');
});
