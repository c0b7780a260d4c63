import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../../server/src/catalogue/buildCatalogue.ts';
import type { Catalogue } from '../../../server/src/catalogue/catalogue.ts';
import {
  configured,
  customer,
  customerColumns,
  known,
  metadata,
  serverVersion,
  snapshot,
  source,
  tableOf,
} from './support.ts';

describe('columns', () => {
  const tracked = metadata([
    {
      version: 3,
      sources: [
        source('shop', [
          {
            ...customer,
            configuration: { column_config: { id: { custom_name: 'customerId' } } },
          },
          { table: 'invoice' },
        ]),
      ],
    },
  ]);
  const catalogue = buildCatalogue({
    serverVersion,
    metadata: tracked,
    configured: configured([snapshot('shop', [customerColumns])]),
  });

  it('come from the snapshot, custom names from the metadata', () => {
    const table = tableOf(catalogue, 'customer');
    expect(known(table.columns).map(({ name }) => name)).toEqual(['id', 'role']);
    expect(known(table.column('id'))).toMatchObject({
      type: 'uuid',
      nullable: false,
      customName: 'customerId',
    });
    expect(known(table.column('role')).customName).toBeUndefined();
  });

  it('are absent when the snapshot has the table without them', () => {
    expect(tableOf(catalogue, 'customer').column('customerId').state).toBe('absent');
    expect(tableOf(catalogue, 'customer').column('ID').state).toBe('absent');
  });

  it('are not known of a table no snapshot has', () => {
    const table = tableOf(catalogue, 'invoice');
    expect(table.columns.state).toBe('unknown');
    expect(table.column('id').state).toBe('unknown');
  });

  it('are not known when the snapshot lists none, and partly when one is unreadable', () => {
    const partly = buildCatalogue({
      serverVersion,
      configured: configured([
        snapshot('shop', [{ name: 'none' }, { name: 'partly', columns: [{ name: 'id' }, { type: 'text' }] }]),
      ]),
    });
    expect(tableOf(partly, 'none').column('id').state).toBe('unknown');
    expect(tableOf(partly, 'partly').column('id').state).toBe('present');
    expect(tableOf(partly, 'partly').column('other').state).toBe('unknown');
  });

  const logicalModels = [
    {
      name: 'customer_model',
      fields: [
        { name: 'CustomerId', type: { scalar: 'number', nullable: false } },
        { name: 'Address', type: { logical_model: 'address' } },
      ],
    },
  ];
  const sqlite = (table: object) =>
    metadata([
      { version: 3, sources: [source('shop', [table], { kind: 'sqlite', logical_models: logicalModels })] },
    ]);

  it('come from the logical model of a table', () => {
    const table = tableOf(
      buildCatalogue({
        serverVersion,
        metadata: sqlite({ table: ['Customer'], logical_model: 'customer_model' }),
      }),
      ['Customer'],
    );
    expect(known(table.column('CustomerId'))).toMatchObject({
      type: 'number',
      nullable: false,
      scalar: true,
    });
    expect(known(table.column('Address')).scalar).toBe(false);
    expect(table.column('Name').state).toBe('absent');
  });

  it('are not known of a table whose logical model is not there', () => {
    const table = tableOf(
      buildCatalogue({ serverVersion, metadata: sqlite({ table: ['Customer'], logical_model: 'other' }) }),
      ['Customer'],
    );
    expect(table.column('CustomerId').state).toBe('unknown');
  });
});

describe('references to enum tables', () => {
  const foreignKeys = [
    { columns: ['role'], table: { schema: 'public', name: 'role' } },
    { columns: ['a', 'b'], table: { schema: 'public', name: 'role' } },
    { columns: ['region'], table: { schema: 'public', name: 'region' } },
  ];
  const columns = ['role', 'a', 'region', 'plain'].map((name) => ({ name, type: 'text' }));
  const catalogueWith = (table: object, roleTable: object | undefined, complete = true) =>
    buildCatalogue({
      serverVersion,
      metadata: metadata(
        [
          {
            version: 3,
            sources: [source('shop', [customer, ...(roleTable === undefined ? [] : [roleTable])])],
          },
        ],
        { tablesComplete: new Map([['shop', complete]]) },
      ),
      configured: configured([snapshot('shop', [{ schema: 'public', name: 'customer', columns, ...table }])]),
    });
  const reference = (catalogue: Catalogue, column: string) =>
    known(tableOf(catalogue, 'customer').column(column)).enumReference;
  const enumTable = { table: 'role', is_enum: true };

  it('are columns whose foreign key points to one', () => {
    const catalogue = catalogueWith({ foreignKeys }, enumTable);
    expect(['role', 'a', 'region', 'plain'].map((column) => reference(catalogue, column))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('are none when the table is tracked as an ordinary one, or not at all', () => {
    expect(reference(catalogueWith({ foreignKeys }, { table: 'role' }), 'role')).toBe(false);
    expect(reference(catalogueWith({ foreignKeys }, undefined), 'role')).toBe(false);
  });

  it('are not known without foreign keys, or when the table may be tracked elsewhere', () => {
    expect(reference(catalogueWith({}, enumTable), 'role')).toBeUndefined();
    expect(reference(catalogueWith({ foreignKeys }, undefined, false), 'role')).toBeUndefined();
  });

  it('are what the snapshot says when it says it of the column', () => {
    const own = { columns: [{ name: 'role', type: 'text', enumReference: true }] };
    expect(reference(catalogueWith(own, undefined), 'role')).toBe(true);
  });
});

describe('computed fields', () => {
  const definition = { function: { schema: 'public', name: 'full_name' } };
  const entry = { ...customer, computed_fields: [{ name: 'full_name', definition }] };
  const inSnapshot = (...computedFields: readonly object[]) =>
    configured([snapshot('shop', [{ ...customerColumns, computedFields }])]);
  const details = { name: 'full_name', type: 'text', scalar: true, arguments: [] };

  it('come from the metadata, what they are from the snapshot', () => {
    const table = tableOf(
      buildCatalogue({
        serverVersion,
        metadata: metadata([{ version: 3, sources: [source('shop', [entry])] }]),
        configured: inSnapshot(details, { ...details, name: 'not_tracked' }),
      }),
      'customer',
    );
    expect(table.computedFields).toMatchObject([{ name: 'full_name', type: 'text', joinable: true }]);
    expect(table.computedField('full_name')?.location?.uri).toBe('file:///metadata/0');
    expect(table.computedField('not_tracked')).toBeUndefined();
  });

  it('are there, with nothing known, when the snapshot does not have them', () => {
    const table = tableOf(
      buildCatalogue({
        serverVersion,
        metadata: metadata([{ version: 3, sources: [source('shop', [entry])] }]),
        configured: inSnapshot(),
      }),
      'customer',
    );
    expect(table.computedField('full_name')).toMatchObject({ joinable: undefined, reason: undefined });
  });

  it.each([
    ['a scalar without arguments', {}, true, undefined],
    ['one with arguments', { arguments: ['offset'] }, false, 'arguments'],
    ['one that returns rows', { scalar: false }, false, 'not-scalar'],
    ['one whose arguments are not said', { arguments: undefined }, undefined, undefined],
    ['one whose result is not said', { scalar: undefined }, undefined, undefined],
  ])('come from the snapshot without metadata: %s', (_case, more, joinable, reason) => {
    const catalogue = buildCatalogue({ serverVersion, configured: inSnapshot({ ...details, ...more }) });
    expect(tableOf(catalogue, 'customer').computedField('full_name')).toMatchObject({ joinable, reason });
  });
});
