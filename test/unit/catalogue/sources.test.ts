import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../../server/src/catalogue/buildCatalogue.ts';
import {
  configured,
  customer,
  customerColumns,
  metadata,
  requests,
  serverVersion,
  snapshot,
  source,
  sourceOf,
  tableOf,
  tableState,
} from './support.ts';

describe('whether a table is consistent', () => {
  const tracked = (more: object = {}) => ({
    version: 3,
    sources: [source('shop', [{ ...customer, ...more }])],
  });
  const sound = { ...customerColumns, foreignKeys: [] };
  const consistencyOf = (document: unknown, tables: unknown, more: object = {}) =>
    tableOf(
      buildCatalogue({
        serverVersion,
        metadata: metadata([document]),
        configured: configured([snapshot('shop', tables)]),
        ...more,
      }),
      'customer',
    ).consistency;
  const gone = { configuration: { column_config: { gone: { custom_name: 'x' } } } };

  it('is known where its columns and foreign keys are', () => {
    expect(consistencyOf(tracked(), [sound])).toEqual({ state: 'consistent' });
    expect(consistencyOf(tracked(gone), [sound])).toMatchObject({
      state: 'inconsistent',
      location: { uri: 'file:///metadata/0' },
    });
    expect(consistencyOf(tracked(), [{ ...sound, name: 'other' }])).toMatchObject({ state: 'inconsistent' });
  });

  it.each<[string, unknown, unknown, object?]>([
    ['foreign keys that are not known', tracked(), [customerColumns]],
    ['columns that are not known', tracked(gone), [{ schema: 'public', name: 'customer' }]],
    ['columns of which some can’t be read', tracked(gone), [{ ...sound, columns: [{ name: 'id' }, {}] }]],
    ['a snapshot that lacks an entry', tracked(), [{ ...sound, name: 'other' }, {}]],
    ['a snapshot of nothing', tracked(), []],
    ['a configuration from elsewhere', tracked({ configuration: '!include x.yaml' }), [sound]],
    [
      'a naming convention',
      {
        version: 3,
        sources: [source('shop', [customer], { customization: { naming_convention: 'graphql-default' } })],
      },
      [sound],
    ],
    [
      'SQL of the document',
      tracked(gone),
      [sound],
      { extraRequests: requests({ type: 'pg_run_sql', args: { source: 'shop', sql: 'alter table …' } }) },
    ],
    [
      'a request that tracks it',
      tracked(gone),
      [sound],
      { extraRequests: requests({ type: 'pg_track_table', args: { source: 'shop', table: 'customer' } }) },
    ],
  ])('is not known: %s', (_, document, tables, more) =>
    expect(consistencyOf(document, tables, more)).toEqual({ state: 'unknown' }),
  );

  it('asks the last of several entries', () => {
    const twice = { version: 3, sources: [source('shop', [{ ...customer, ...gone }, customer])] };
    expect(consistencyOf(twice, [sound])).toEqual({ state: 'consistent' });
  });
});

describe('sources', () => {
  it.each<[string, Parameters<typeof buildCatalogue>[0], string]>([
    [
      'in the metadata',
      { serverVersion, metadata: metadata([{ version: 3, sources: [source('shop', [])] }]) },
      'present',
    ],
    [
      'in none of it',
      { serverVersion, metadata: metadata([{ version: 3, sources: [source('other', [])] }]) },
      'absent',
    ],
    [
      'perhaps in an unreadable file',
      { serverVersion, metadata: metadata([{ version: 3, sources: [] }], { sourcesComplete: false }) },
      'unknown',
    ],
    [
      'perhaps in an entry without a readable name',
      { serverVersion, metadata: metadata([{ version: 3, sources: [{ ...source('x', []), name: 3 }] }]) },
      'unknown',
    ],
    [
      'in the configuration alone',
      {
        serverVersion,
        metadata: metadata([{ version: 3, sources: [] }]),
        configured: configured([snapshot('shop', [])]),
      },
      'present',
    ],
    ['in no configuration, without metadata', { serverVersion, configured: configured([]) }, 'absent'],
    [
      'without a section of sources',
      { serverVersion, configured: configured([], { sourcesDeclared: false }) },
      'unknown',
    ],
    ['without anything', { serverVersion }, 'unknown'],
  ])('%s', (_case, input, state) => {
    expect(buildCatalogue(input).source('shop').state).toBe(state);
  });

  it('lists them once, those of the metadata first', () => {
    const catalogue = buildCatalogue({
      serverVersion,
      metadata: metadata([{ version: 3, sources: [source('b', []), source('a', []), source('b', [])] }]),
      configured: configured([snapshot('a', []), snapshot('c', [])]),
    });
    expect(catalogue.sources.map(({ name }) => name)).toEqual(['b', 'a', 'c']);
    expect(sourceOf(catalogue, 'b').declarations).toHaveLength(2);
  });

  it.each<[string, object | undefined, string | undefined, string | undefined]>([
    ['metadata', { kind: 'mssql' }, 'postgres', 'mssql'],
    ['metadata, where none is postgres', { kind: undefined }, 'mssql', 'postgres'],
    ['metadata, short for postgres', { kind: 'pg' }, undefined, 'postgres'],
    ['configuration', undefined, 'bigquery', 'bigquery'],
    ['configuration, short for postgres', undefined, 'pg', 'postgres'],
    ['nothing', undefined, undefined, undefined],
  ])('takes the kind from %s', (_case, entry, kind, expected) => {
    const catalogue = buildCatalogue({
      serverVersion,
      metadata: entry && metadata([{ version: 3, sources: [source('shop', [], entry)] }]),
      configured: configured([snapshot('shop', [], { kind })]),
    });
    expect(sourceOf(catalogue).kind).toBe(expected);
  });

  it('takes the source of version 2 metadata for a postgres one', () => {
    const catalogue = buildCatalogue({
      serverVersion,
      metadata: metadata([{ version: 2, tables: [customer] }], {
        tablesComplete: new Map([['default', true]]),
      }),
    });
    expect(sourceOf(catalogue, 'default').kind).toBe('postgres');
    expect(tableState(catalogue, 'customer', 'default')).toBe('present');
    expect(tableState(catalogue, 'invoice', 'default')).toBe('absent');
    expect(catalogue.source('shop').state).toBe('absent');
  });
});
