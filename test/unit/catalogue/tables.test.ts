import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../../server/src/catalogue/buildCatalogue.ts';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import {
  configured,
  customer,
  customerColumns,
  metadata,
  nameOf,
  nodeOf,
  requests,
  serverVersion,
  snapshot,
  source,
  sourceOf,
  tableOf,
  tableState,
} from './support.ts';

describe('tables', () => {
  const tracked = metadata([{ version: 3, sources: [source('shop', [customer])] }]);
  const withSnapshot = configured([snapshot('shop', [customerColumns, { name: 'untracked', columns: [] }])]);

  it.each<[string, Parameters<typeof buildCatalogue>[0], unknown, string]>([
    ['tracked', { serverVersion, metadata: tracked }, 'customer', 'present'],
    ['tracked, in another form', { serverVersion, metadata: tracked }, { name: 'customer' }, 'present'],
    [
      'in another schema',
      { serverVersion, metadata: tracked },
      { schema: 'sales', name: 'customer' },
      'absent',
    ],
    ['in another case', { serverVersion, metadata: tracked }, 'Customer', 'absent'],
    ['in a form of another backend', { serverVersion, metadata: tracked }, ['public', 'customer'], 'unknown'],
    [
      'in the snapshot but not tracked',
      { serverVersion, metadata: tracked, configured: withSnapshot },
      'untracked',
      'absent',
    ],
    [
      'in the snapshot, perhaps tracked',
      {
        serverVersion,
        metadata: { ...tracked, tablesComplete: new Map([['shop', false]]) },
        configured: withSnapshot,
      },
      'untracked',
      'present',
    ],
    [
      'perhaps in a file that is not readable',
      { serverVersion, metadata: { ...tracked, tablesComplete: new Map([['shop', false]]) } },
      'invoice',
      'unknown',
    ],
    [
      'perhaps in an include',
      {
        serverVersion,
        metadata: metadata([[{ ...source('shop', []), tables: '!include shop/tables.yaml' }]]),
      },
      'invoice',
      'unknown',
    ],
    [
      'in no include, all of which were read',
      {
        serverVersion,
        metadata: metadata([[{ ...source('shop', []), tables: '!include shop/tables.yaml' }]], {
          tablesComplete: new Map([['shop', true]]),
        }),
      },
      'invoice',
      'absent',
    ],
    [
      'perhaps in an entry whose name is not readable',
      { serverVersion, metadata: metadata([{ version: 3, sources: [source('shop', [customer, {}])] }]) },
      'invoice',
      'unknown',
    ],
    ['in a snapshot, without metadata', { serverVersion, configured: withSnapshot }, 'customer', 'present'],
    ['in no snapshot, without metadata', { serverVersion, configured: withSnapshot }, 'invoice', 'absent'],
    [
      'perhaps in the unreadable part of a snapshot',
      { serverVersion, configured: configured([snapshot('shop', [customerColumns, 7])]) },
      'invoice',
      'unknown',
    ],
    [
      'of a source without a snapshot',
      { serverVersion, configured: configured([snapshot('shop', [], { tables: undefined })]) },
      'customer',
      'unknown',
    ],
    [
      'of a source of an unknown kind',
      { serverVersion, configured: configured([snapshot('shop', [customerColumns], { kind: undefined })]) },
      'customer',
      'present',
    ],
    [
      'of a source that only the configuration knows',
      {
        serverVersion,
        metadata: metadata([{ version: 3, sources: [] }]),
        configured: withSnapshot,
      },
      'invoice',
      'unknown',
    ],
  ])('%s', (_case, input, table, state) => {
    expect(tableState(buildCatalogue(input), table)).toBe(state);
  });

  it.each<[string, unknown, unknown, string]>([
    ['mssql', { schema: 'dbo', name: 'customer' }, 'customer', 'customer'],
    [
      'bigquery',
      { dataset: 'sales', name: 'customer' },
      { dataset: 'sales', name: 'customer' },
      'sales.customer',
    ],
    ['sqlite', ['main', 'Customer'], ['main', 'Customer'], 'main.Customer'],
    ['sqlite', ['Customer'], 'Customer', 'Customer'],
  ])('of %s: %j', (kind, entry, asked, text) => {
    const catalogue = buildCatalogue({
      serverVersion,
      metadata: metadata([{ version: 3, sources: [source('shop', [{ table: entry }], { kind })] }]),
    });
    expect(tableOf(catalogue, asked).text).toBe(text);
  });

  it('lists the tracked ones', () => {
    const catalogue = buildCatalogue({ serverVersion, metadata: tracked, configured: withSnapshot });
    expect(sourceOf(catalogue).tables.map(({ text }) => text)).toEqual(['customer']);
  });

  it('lets the last of two entries count, and knows both', () => {
    const entry = (name: string) => ({
      ...customer,
      object_relationships: [{ name, using: { foreign_key_constraint_on: 'x' } }],
    });
    const catalogue = buildCatalogue({
      serverVersion,
      metadata: metadata([{ version: 3, sources: [source('shop', [entry('first'), entry('second')])] }]),
    });
    const table = tableOf(catalogue, 'customer');
    expect(table.declarations).toHaveLength(2);
    expect(table.location?.offset).toBe(table.declarations[1]?.offset);
    expect(table.localRelationships.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['object second']);
  });

  it('puts the tables of several documents together', () => {
    const catalogue = buildCatalogue({
      serverVersion,
      metadata: {
        ...metadata([[{ ...source('shop', []), tables: '!include x.yaml' }]], {
          tablesComplete: new Map([['shop', true]]),
        }),
        documents: [
          ...metadata([[{ ...source('shop', []), tables: '!include x.yaml' }]]).documents,
          {
            uri: 'file:///metadata/customer.yaml',
            model: readModel(parse('table: {schema: public, name: customer}\n', 'yaml'), {
              role: 'table',
              source: 'shop',
            }),
          },
        ],
      },
    });
    expect(tableOf(catalogue, 'customer').location?.uri).toBe('file:///metadata/customer.yaml');
    expect(tableState(catalogue, 'invoice')).toBe('absent');
  });

  it.each<[string, Parameters<typeof buildCatalogue>[0], readonly string[] | undefined]>([
    ['none', { serverVersion, metadata: tracked }, []],
    [
      'some',
      {
        serverVersion,
        metadata: metadata([
          {
            version: 3,
            sources: [
              source('shop', [
                {
                  ...customer,
                  select_permissions: [{ role: 'user', permission: { columns: '*', filter: {} } }],
                },
              ]),
            ],
          },
        ]),
      },
      ['user'],
    ],
    [
      'some that can’t be read',
      {
        serverVersion,
        metadata: metadata([
          { version: 3, sources: [source('shop', [{ ...customer, select_permissions: '!include x.yaml' }])] },
        ]),
      },
      undefined,
    ],
    [
      'those of a request that tracks it',
      {
        serverVersion,
        metadata: tracked,
        extraRequests: requests({ type: 'pg_track_table', args: { source: 'shop', table: 'customer' } }),
      },
      undefined,
    ],
    ['those of a table that only a snapshot has', { serverVersion, configured: withSnapshot }, undefined],
  ])('who may select from it: %s', (_case, input, roles) => {
    const { selectPermissions } = tableOf(buildCatalogue(input), 'customer');
    expect(
      selectPermissions.state === 'present' ? selectPermissions.value.map(({ role }) => role) : undefined,
    ).toEqual(roles);
  });

  it.each([
    ['a table of the database', {}, 'inconsistent'],
    ['a logical model', { logical_model: 'customer_model' }, 'unknown'],
  ])('that the snapshot lacks: %s', (_case, more, state) => {
    const catalogue = buildCatalogue({
      serverVersion,
      metadata: metadata([{ version: 3, sources: [source('shop', [{ ...customer, ...more }])] }]),
      configured: configured([snapshot('shop', [{ name: 'other', columns: [] }])]),
    });
    expect(tableOf(catalogue, 'customer').consistency.state).toBe(state);
  });

  it.each<[string, string, unknown, string]>([
    ['is there', 'r', customer.table, 'present'],
    ['is not there', 'gone', customer.table, 'absent'],
    ['may be in a file that can’t be read', 'gone', { schema: 'public', name: 'unread' }, 'unknown'],
    ['may be on another table', 'r', { schema: 'public', name: 'nowhere' }, 'unknown'],
  ])('has the remote relationships of its entry: one that %s', (_case, name, table, state) => {
    const item = { name: 'r', definition: { to_source: { source: 'shop', table: 'customer' } } };
    const facts = metadata([
      {
        version: 3,
        sources: [
          source('shop', [
            { ...customer, remote_relationships: [item] },
            { table: { schema: 'public', name: 'unread' }, remote_relationships: '!include x.yaml' },
          ]),
        ],
      },
    ]);
    const owner = {
      kind: 'table',
      source: { name: 'shop', node: nodeOf('shop') },
      entry: undefined,
      table: { state: 'present', value: nameOf(table), node: nodeOf(table) },
    } as const;
    const asked = (input: Parameters<typeof buildCatalogue>[0]) =>
      buildCatalogue(input).relationship(owner, name).state;
    expect(asked({ serverVersion, metadata: facts })).toBe(state);
    expect(asked({ serverVersion, metadata: { ...facts, tablesComplete: new Map([['shop', false]]) } })).toBe(
      'unknown',
    );
    expect(
      asked({
        serverVersion,
        metadata: facts,
        extraRequests: requests({ type: 'replace_metadata', args: {} }),
      }),
    ).toBe('unknown');
    expect(asked({ serverVersion })).toBe('unknown');
  });

  it.each<[string, string | undefined, string, string, string]>([
    ['is there', 'people', 'Person', 'r', 'present'],
    ['is not there', 'people', 'Person', 'gone', 'absent'],
    ['is on a type that has none', 'people', 'Other', 'r', 'absent'],
    ['may be in a file that can’t be read', 'unread', 'Person', 'r', 'unknown'],
    ['is of a remote schema that nobody knows', 'nobody', 'Person', 'r', 'unknown'],
    ['is of no remote schema', undefined, 'Person', 'r', 'unknown'],
  ])('is not alone in having them: one of a type that %s', (_case, remoteSchema, type, name, state) => {
    const item = { name: 'r', definition: { to_source: { source: 'shop', table: 'customer' } } };
    const facts = metadata([
      {
        version: 3,
        sources: [source('shop', [customer])],
        remote_schemas: [
          {
            name: 'people',
            definition: { url: 'http://people.example' },
            remote_relationships: [{ type_name: 'Person', relationships: [item] }],
          },
          {
            name: 'unread',
            definition: { url: 'http://people.example' },
            remote_relationships: '!include x.yaml',
          },
        ],
      },
    ]);
    const owner = {
      kind: 'remote-schema-type',
      remoteSchema:
        remoteSchema === undefined ? undefined : { name: remoteSchema, node: nodeOf(remoteSchema) },
      typeName: { state: 'present', value: type, node: nodeOf(type) },
    } as const;
    expect(buildCatalogue({ serverVersion, metadata: facts }).relationship(owner, name).state).toBe(state);
  });

  it('stands in the snapshot when no metadata declares it', () => {
    const catalogue = buildCatalogue({ serverVersion, configured: withSnapshot });
    const table = tableOf(catalogue, 'customer');
    expect(table.location?.uri).toBe('file:///schema/shop.tables.json');
    expect(table.declarations).toEqual([]);
    expect(table.isEnum).toBe(false);
  });
});
