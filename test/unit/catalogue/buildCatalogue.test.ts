import { describe, expect, it } from 'vitest';
import { readServerVersion } from '../../../common/src/serverVersion.ts';
import { buildCatalogue } from '../../../server/src/catalogue/buildCatalogue.ts';
import type { Catalogue, Knowledge, Source, Table } from '../../../server/src/catalogue/catalogue.ts';
import { present, unknown } from '../../../server/src/catalogue/catalogue.ts';
import type {
  ConfiguredFacts,
  ConfiguredSource,
  MetadataFacts,
} from '../../../server/src/catalogue/catalogueInput.ts';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';
import type { TableName } from '../../../server/src/schema/tableName.ts';
import { tableNameOf } from '../../../server/src/schema/tableName.ts';
import { readTableSnapshot, tablesOfSource } from '../../../server/src/schema/tableSnapshot.ts';
import { nodeLocation } from '../../../server/src/syntax/location.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';

const serverVersion = readServerVersion('2.48');

// ---- inputs, written short -----------------------------------------------------------------------------------

/** The project's metadata: one document for each value, all of it complete unless said otherwise. */
function metadata(
  documents: readonly unknown[],
  more: Partial<Omit<MetadataFacts, 'documents'>> = {},
  language: SyntaxLanguage = 'json',
): MetadataFacts {
  return {
    documents: documents.map((document, index) => ({
      uri: `file:///metadata/${index}`,
      model: readModel(parse(JSON.stringify(document), language)),
    })),
    sourcesComplete: true,
    remoteSchemasComplete: true,
    tablesComplete: new Map(),
    ...more,
  };
}

function source(name: string, tables: readonly unknown[], more: object = {}) {
  return { name, kind: 'postgres', tables, configuration: {}, ...more };
}

function snapshot(name: string, tables: unknown, more: Partial<ConfiguredSource> = {}): ConfiguredSource {
  const read = readTableSnapshot(`file:///schema/${name}.tables.json`, parse(JSON.stringify(tables), 'json'));
  const own = tablesOfSource(read, name);
  return {
    name,
    kind: 'postgres',
    tables: own?.tables,
    complete: own?.complete === true,
    location: undefined,
    ...more,
  };
}

function configured(
  sources: readonly ConfiguredSource[],
  more: Partial<ConfiguredFacts> = {},
): ConfiguredFacts {
  return { sources, sourcesDeclared: true, remoteSchemas: [], remoteSchemasDeclared: true, ...more };
}

function requests(...list: readonly unknown[]) {
  const model = readModel(parse(JSON.stringify({ type: 'bulk', args: list }), 'json'));
  return [{ uri: 'file:///request.json', requests: model.otherRequests }];
}

// ---- questions -----------------------------------------------------------------------------------------------

function nameOf(json: unknown): TableName {
  const root = parse(JSON.stringify(json), 'json').roots[0];
  const name = root && tableNameOf(root);
  if (name === undefined) throw new Error('no table name');
  return name;
}

function known<T>(knowledge: Knowledge<T>): T {
  if (knowledge.state !== 'present') throw new Error(knowledge.state);
  return knowledge.value;
}

function sourceOf(catalogue: Catalogue, name = 'shop'): Source {
  return known(catalogue.source(name));
}

function tableOf(catalogue: Catalogue, table: unknown, name = 'shop'): Table {
  return known(sourceOf(catalogue, name).table(nameOf(table)));
}

function tableState(catalogue: Catalogue, table: unknown, name = 'shop') {
  return sourceOf(catalogue, name).table(nameOf(table)).state;
}

const customer = { table: { schema: 'public', name: 'customer' } };
const customerColumns = {
  schema: 'public',
  name: 'customer',
  columns: [
    { name: 'id', type: 'uuid', nullable: false },
    { name: 'role', type: 'text', nullable: true },
  ],
};

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

  it('stands in the snapshot when no metadata declares it', () => {
    const catalogue = buildCatalogue({ serverVersion, configured: withSnapshot });
    const table = tableOf(catalogue, 'customer');
    expect(table.location?.uri).toBe('file:///schema/shop.tables.json');
    expect(table.declarations).toEqual([]);
    expect(table.isEnum).toBe(false);
  });
});

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

describe('remote schemas', () => {
  const { schema } = loadSdl([{ uri: 'file:///schema/people.graphql', text: 'type Query { a: Int }' }]);
  const setting = {
    name: 'people',
    schema: schema === undefined ? unknown : present(schema),
    location: undefined,
    origin: 'schema/people.graphql',
  };
  const declared = metadata([
    { version: 3, sources: [source('shop', [])], remote_schemas: [{ name: 'people', definition: {} }] },
  ]);

  it('are declared by the metadata and read from where the configuration says', () => {
    const catalogue = buildCatalogue({
      serverVersion,
      metadata: declared,
      configured: configured([], { remoteSchemas: [setting] }),
    });
    const people = known(catalogue.remoteSchema('people'));
    expect(people.schema.state).toBe('present');
    expect(people.origin).toBe('schema/people.graphql');
    expect(people.location?.uri).toBe('file:///metadata/0');
    expect(catalogue.remoteSchemas).toHaveLength(1);
    expect(catalogue.remoteSchema('forum').state).toBe('absent');
  });

  it('are there without their schema when nothing says where to read it', () => {
    const people = known(buildCatalogue({ serverVersion, metadata: declared }).remoteSchema('people'));
    expect(people.schema.state).toBe('unknown');
  });

  it.each<[string, Parameters<typeof buildCatalogue>[0], string]>([
    [
      'a file of metadata is unreadable',
      { serverVersion, metadata: { ...declared, remoteSchemasComplete: false } },
      'unknown',
    ],
    [
      'an entry has no readable name',
      {
        serverVersion,
        metadata: metadata([
          { version: 3, sources: [source('shop', [])], remote_schemas: [{ definition: {} }] },
        ]),
      },
      'unknown',
    ],
    ['the configuration has the section', { serverVersion, configured: configured([]) }, 'absent'],
    [
      'the configuration has no such section',
      { serverVersion, configured: configured([], { remoteSchemasDeclared: false }) },
      'unknown',
    ],
  ])('one that is nowhere, when %s', (_case, input, state) => {
    expect(buildCatalogue(input).remoteSchema('forum').state).toBe(state);
  });
});

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

  it.each(['pg_untrack_table', 'remove_remote_schema', 'reload_metadata'])('%s changes nothing', (type) => {
    const catalogue = withRequests({ type, args: { source: 'shop', table: 'customer', name: 'shop' } });
    expect(tableState(catalogue, 'customer')).toBe('present');
    expect(tableState(catalogue, 'other')).toBe('absent');
    expect(catalogue.source('other').state).toBe('absent');
  });
});

describe('nodeLocation', () => {
  it('follows its node', () => {
    const node = parse('{"name": "a"}', 'json').roots[0]?.children[0];
    if (node === undefined) throw new Error('no node');
    const location = nodeLocation('file:///a.json', node);
    node.offset += 100;
    expect(location).toMatchObject({ uri: 'file:///a.json', offset: 109, length: 3 });
  });
});
