import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../../server/src/catalogue/buildCatalogue.ts';
import {
  configured,
  customer,
  customerColumns,
  known,
  metadata,
  requests,
  serverVersion,
  snapshot,
  source,
  sourceOf,
  tableOf,
  tableState,
} from './support.ts';

describe('requests', () => {
  const tracked = metadata([{ version: 3, sources: [source('shop', [customer])], remote_schemas: [] }]);
  const withRequests = (...list: readonly unknown[]) =>
    buildCatalogue({
      serverVersion,
      metadata: tracked,
      configured: configured([
        snapshot('shop', [customerColumns, { name: 'invoice', columns: [{ name: 'id' }] }]),
      ]),
      extraRequests: requests(...list),
    });

  it.each([
    ['pg_track_table', { source: 'shop', table: 'invoice' }],
    ['pg_track_table', { source: 'shop', schema: 'public', name: 'invoice' }],
    ['pg_track_tables', { tables: [{ source: 'shop', table: { schema: 'public', name: 'invoice' } }] }],
  ])('%s makes a table present: %j', (type, args) => {
    const catalogue = withRequests({ type, args });
    const table = tableOf(catalogue, 'invoice');
    expect(table.column('id').state).toBe('present');
    expect(table.column('other').state).toBe('absent');
    expect(table.location?.uri).toBe('file:///request.json');
    expect(tableState(catalogue, 'other')).toBe('absent');
  });

  it.each([
    ['track_table', { schema: 'public', name: 'invoice' }],
    ['add_existing_table_or_view', 'invoice'],
  ])('%s without a source is about the default one', (type, args) => {
    const catalogue = buildCatalogue({ serverVersion, extraRequests: requests({ type, args }) });
    expect(tableState(catalogue, 'invoice', 'default')).toBe('present');
    expect(tableState(catalogue, 'other', 'default')).toBe('unknown');
    expect(catalogue.source('shop').state).toBe('unknown');
  });

  it.each([
    ['mssql_add_source', { name: 'new' }, 'mssql'],
    ['pg_add_source', { name: 'new' }, 'postgres'],
    ['sqlite_add_source', { name: 'new' }, undefined],
    ['rename_source', { name: 'shop', new_name: 'new' }, undefined],
  ])('%s makes a source present, its tables unknown', (type, args, kind) => {
    const catalogue = withRequests({ type, args });
    expect(sourceOf(catalogue, 'new').kind).toBe(kind);
    expect(tableState(catalogue, 'anything', 'new')).toBe('unknown');
    expect(catalogue.source('other').state).toBe('absent');
  });

  it('add_remote_schema makes a remote schema present, its fields unknown', () => {
    const catalogue = withRequests({ type: 'add_remote_schema', args: { name: 'forum', definition: {} } });
    expect(known(catalogue.remoteSchema('forum')).schema.state).toBe('unknown');
    expect(catalogue.remoteSchema('other').state).toBe('absent');
  });

  it('run_sql leaves open what it makes', () => {
    const catalogue = withRequests({ type: 'run_sql', args: { source: 'shop', sql: 'alter table ...' } });
    expect(tableState(catalogue, 'other')).toBe('unknown');
    expect(tableOf(catalogue, 'customer').column('id').state).toBe('present');
    expect(tableOf(catalogue, 'customer').column('other').state).toBe('unknown');
  });

  it.each([
    ['of another source', { source: 'helpdesk', sql: '' }],
    ['that only reads', { source: 'shop', sql: '', read_only: true }],
  ])('run_sql %s changes nothing', (_case, args) => {
    const catalogue = withRequests({ type: 'run_sql', args });
    expect(tableState(catalogue, 'other')).toBe('absent');
    expect(tableOf(catalogue, 'customer').column('other').state).toBe('absent');
    expect(catalogue.source('helpdesk').state).toBe('absent');
  });

  it('pg_add_computed_field makes a computed field present', () => {
    const args = { source: 'shop', table: 'customer', name: 'full_name', definition: {} };
    const table = tableOf(withRequests({ type: 'pg_add_computed_field', args }), 'customer');
    expect(table.computedField('full_name')).toMatchObject({ joinable: undefined });
    expect(table.computedField('other')).toBeUndefined();
  });

  it.each(['replace_metadata', 'clear_metadata'])('after %s nothing is absent', (type) => {
    const catalogue = withRequests({ type, args: {} });
    expect(catalogue.source('other').state).toBe('unknown');
    expect(catalogue.remoteSchema('other').state).toBe('unknown');
    expect(tableState(catalogue, 'other')).toBe('unknown');
    expect(tableOf(catalogue, 'customer').column('other').state).toBe('unknown');
  });

  it.each([
    ['pg_track_table'],
    ['pg_track_tables'],
    ['pg_add_source'],
    ['rename_source'],
    ['add_remote_schema'],
    ['pg_add_computed_field'],
    ['run_sql'],
  ])('half-written %s changes nothing', (type) => {
    for (const args of [undefined, null, {}, [], 'x', { name: 3, table: 4, tables: [5, null], source: 6 }]) {
      const catalogue = withRequests({ type, args });
      expect(catalogue.source('other').state).toBe('absent');
      expect(catalogue.remoteSchema('other').state).toBe('absent');
      expect(tableState(catalogue, 'other')).toBe('absent');
    }
  });

  it.each([
    ['pg_track_table', { source: 'shop', table: ['public', 'invoice'] }],
    ['pg_drop_relationship', { source: 'shop', table: 'invoice', relationship: 'x' }],
    ['pg_drop_relationship', { source: 'shop', table: ['a', 'b', 'c'], relationship: 'x' }],
    ['pg_add_computed_field', { source: 'shop', table: 'invoice', name: 'x', definition: {} }],
    ['pg_set_table_customization', { source: 'shop', table: 'invoice', configuration: {} }],
  ])('%s of what is no tracked table changes nothing: %j', (type, args) => {
    const catalogue = withRequests({ type, args });
    expect(sourceOf(catalogue, 'shop').tables.map(({ text }) => text)).toEqual(['customer']);
    expect(tableState(catalogue, 'invoice')).toBe('absent');
  });

  it.each(['pg_untrack_table', 'remove_remote_schema', 'reload_metadata'])('%s changes nothing', (type) => {
    const catalogue = withRequests({ type, args: { source: 'shop', table: 'customer', name: 'shop' } });
    expect(tableState(catalogue, 'customer')).toBe('present');
    expect(tableState(catalogue, 'other')).toBe('absent');
    expect(catalogue.source('other').state).toBe('absent');
  });
});
