import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../../server/src/catalogue/buildCatalogue.ts';
import type { Catalogue } from '../../../server/src/catalogue/catalogue.ts';
import type { ConfiguredSource } from '../../../server/src/catalogue/catalogueInput.ts';
import { loadRemoteSchema } from '../../../server/src/schema/remoteSchemaCache.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { originAt, replayed, replayedTable } from '../support/replayed.ts';
import {
  configured,
  known,
  metadata,
  requests,
  serverVersion,
  snapshot,
  source,
  sourceOf,
  tableOf,
} from './support.ts';

const sdl = `
scalar uuid
scalar timestamptz
scalar _text
scalar jsonb
scalar Shade
type query_root { customer: [customer!]! sales_invoice: [sales_invoice!]! }
"Who buys."
type customer {
  id: uuid!
  "Where letters go."
  email: String
  age: Int
  size: Float
  isMember: Boolean!
  tags: _text
  words: [String!]
  created_at: timestamptz!
  data(path: String): jsonb
  shade: Shade
  state: state_enum!
  invoices: [sales_invoice!]!
  full_name: String
}
enum customer_select_column { id email age size isMember tags words created_at data shade state }
enum state_enum { open closed }
type sales_invoice { number: Int! customer_id: uuid! }
enum sales_invoice_select_column { number customer_id }
`;

const customer = {
  table: { schema: 'public', name: 'customer' },
  configuration: { column_config: { is_member: { custom_name: 'isMember' } } },
  computed_fields: [{ name: 'full_name', definition: { function: 'customer_full_name' } }],
  array_relationships: [
    {
      name: 'invoices',
      using: {
        foreign_key_constraint_on: { table: { schema: 'sales', name: 'invoice' }, column: 'customer_id' },
      },
    },
  ],
  select_permissions: [
    {
      role: 'user',
      permission: {
        columns: ['id', 'email', 'is_member'],
        computed_fields: ['full_name'],
        filter: { _and: [{ id: { _eq: 'X-Hasura-User-Id' } }, { invoices: { number: { _gt: 1 } } }] },
      },
    },
  ],
  remote_relationships: [
    {
      name: 'profile',
      definition: { to_source: { source: 'shop', table: 'nowhere', field_mapping: { half_ty: 'id' } } },
    },
  ],
};
const invoice = { table: { schema: 'sales', name: 'invoice' } };

interface Case {
  readonly sdl?: string;
  readonly tables?: readonly unknown[];
  readonly more?: object;
  readonly others?: readonly unknown[];
  readonly configured?: Partial<ConfiguredSource>;
  readonly facts?: Parameters<typeof metadata>[1];
  readonly requested?: readonly unknown[];
  readonly language?: SyntaxLanguage;
  readonly isIntrospection?: boolean;
}

function catalogueOf(one: Case = {}): Catalogue {
  const text = one.sdl ?? sdl;
  const file =
    one.isIntrospection === true
      ? {
          uri: 'file:///schema.json',
          text: JSON.stringify(
            introspectionFromSchema(buildSchema(`schema { query: query_root }\n${text}`), {}),
          ),
        }
      : { uri: 'file:///schema.graphql', text: `schema { query: query_root }\n${text}` };
  const { schema, problems } = loadRemoteSchema([file]);
  expect(problems).toEqual([]);
  const shop = source('shop', one.tables ?? [customer, invoice], one.more);
  return buildCatalogue({
    serverVersion,
    metadata: metadata([{ version: 3, sources: [shop, ...(one.others ?? [])] }], one.facts, one.language),
    configured: configured([
      {
        name: 'shop',
        kind: undefined,
        tables: undefined,
        complete: false,
        hasuraSchema: schema,
        location: undefined,
        ...one.configured,
      },
    ]),
    ...(one.requested === undefined ? {} : { extraRequests: requests(...one.requested) }),
  });
}

const columnsOf = (catalogue: Catalogue, table: unknown = 'customer') => {
  const { columns } = tableOf(catalogue, table);
  return columns.state === 'present'
    ? columns.value.map(({ name, type, nullable }) =>
        [name, type, nullable === false ? '!' : undefined].filter((part) => part !== undefined).join(' '),
      )
    : columns.state;
};

const allColumns = [
  'id uuid !',
  'email String',
  'age integer',
  'size real',
  'is_member boolean !',
  'tags _text',
  'words String[]',
  'created_at timestamptz !',
  'data jsonb',
  'shade',
  'state !',
];

describe('tables known by the GraphQL schema of Hasura', () => {
  it.each<[string, Case]>([
    ['SDL, metadata in JSON', {}],
    ['SDL, metadata in YAML', { language: 'yaml' }],
    ['an introspection result', { isIntrospection: true }],
    ['a source of kind citus', { more: { kind: 'citus' } }],
    ['a source without customization', { more: { customization: null } }],
    [
      'the naming convention by which nothing changes',
      { more: { customization: { naming_convention: 'hasura-default' } } },
    ],
  ])('%s: columns have their own names, types and nullability', (_, one) => {
    const catalogue = catalogueOf(one);
    expect(sourceOf(catalogue).hasuraSchema).toMatchObject({ isUsed: true, tables: 2 });
    expect(columnsOf(catalogue)).toEqual(allColumns);
    expect(columnsOf(catalogue, { schema: 'sales', name: 'invoice' })).toEqual([
      'number integer !',
      'customer_id uuid !',
    ]);
    const table = tableOf(catalogue, 'customer');
    expect(known(table.column('is_member')).customName).toBe('isMember');
    expect(known(table.column('state')).enumReference).toBe(true);
    expect(known(table.column('email')).description).toBe('Where letters go.');
    expect(known(table.column('email')).location?.uri).toMatch(/^file:\/\/\/schema\./);
  });

  it.each(['nothing', 'isMember', 'full_name', 'invoices', 'half_ty'])(
    'a column it has not ("%s") is not known, rather than absent',
    (name) => expect(tableOf(catalogueOf(), 'customer').column(name).state).toBe('unknown'),
  );

  it('nothing is said to be inconsistent by it', () => {
    const strange = { ...invoice, configuration: { column_config: { number: { custom_name: 'number' } } } };
    const table = tableOf(catalogueOf({ tables: [customer, strange] }), { schema: 'sales', name: 'invoice' });
    expect(table.consistency.state).toBe('unknown');
    expect(table.isByHasuraSchema).toBe(true);
  });

  const renamed = (prefix: string, suffix: string) =>
    sdl
      .replaceAll(/\b(customer|sales_invoice)(_select_column)?(?= \{)/g, `${prefix}$1$2${suffix}`)
      .replaceAll(/\[(customer|sales_invoice)!\]/g, `[${prefix}$1${suffix}!]`);
  const affixes = (names: unknown) => ({ customization: { type_names: names } });

  it.each<[string, Case]>([
    ['a prefix', { sdl: renamed('shop_', ''), more: affixes({ prefix: 'shop_' }) }],
    ['a suffix', { sdl: renamed('', '_X'), more: affixes({ suffix: '_X', prefix: null }) }],
    [
      'another source with such tables and a prefix',
      { others: [source('depot', [customer, invoice], affixes({ prefix: 'depot_' }))] },
    ],
    [
      'a custom name',
      {
        sdl: sdl.replaceAll('sales_invoice', 'Bill'),
        tables: [customer, { ...invoice, configuration: { custom_name: 'Bill' } }],
      },
    ],
    [
      'names of root fields',
      {
        tables: [
          {
            ...customer,
            configuration: { ...customer.configuration, custom_root_fields: { select: 'buyers' } },
          },
          invoice,
        ],
      },
    ],
    [
      'columns that changed names with each other',
      {
        tables: [
          customer,
          {
            ...invoice,
            configuration: { custom_column_names: { number: 'customer_id', customer_id: 'number' } },
          },
        ],
      },
    ],
    [
      'a column that can have no name in GraphQL',
      {
        tables: [
          customer,
          { ...invoice, insert_permissions: [{ role: 'a', permission: { columns: ['no-name'] } }] },
        ],
      },
    ],
  ])('are found by %s', (_, one) => {
    const catalogue = catalogueOf(one);
    expect(sourceOf(catalogue).hasuraSchema).toEqual(expect.objectContaining({ isUsed: true }));
    expect(columnsOf(catalogue)).toEqual(allColumns);
  });

  it('are known without types of kinds whose types several share', () => {
    const tables = [{ table: { schema: 'sales', name: 'invoice' } }];
    expect(columnsOf(catalogueOf({ tables, more: { kind: 'mssql' } }), invoice.table)).toEqual([
      'number !',
      'customer_id !',
    ]);
  });

  const permitted = (...columns: readonly string[]) => ({
    ...invoice,
    update_permissions: [{ role: 'a', permission: { columns, filter: {} } }],
  });
  it.each<[string, Case, string]>([
    [
      'of a role that may not see a table',
      { tables: [customer, invoice, { table: 'secret' }] },
      'it has no table "secret" (type "secret")',
    ],
    [
      'of a role that may see a part of the columns',
      { tables: [customer, permitted('number', 'total')] },
      'it has no column "total" of table "sales.invoice"',
    ],
    [
      'that lacks a column of a condition',
      {
        tables: [
          customer,
          {
            ...invoice,
            select_permissions: [
              { role: 'a', permission: { columns: '*', filter: { paid: { _eq: true } } } },
            ],
          },
        ],
      },
      'it has no column "paid" of table "sales.invoice"',
    ],
    [
      'that lacks a column of a relationship from another table',
      {
        tables: [
          {
            ...customer,
            array_relationships: [
              {
                name: 'invoices',
                using: { foreign_key_constraint_on: { table: invoice.table, column: 'buyer' } },
              },
            ],
          },
          invoice,
        ],
      },
      'it has no column "buyer" of table "sales.invoice"',
    ],
    [
      'that lacks a configured column',
      { tables: [customer, { ...invoice, configuration: { column_config: { total: { comment: 'all' } } } }] },
      'it has no column "total" of table "sales.invoice"',
    ],
    [
      'from before a column had its name',
      { tables: [customer, { ...invoice, configuration: { custom_column_names: { number: 'no' } } }] },
      'it has table "sales.invoice" otherwise than the metadata',
    ],
    [
      'with a column where a relationship is',
      {
        tables: [
          customer,
          {
            ...invoice,
            object_relationships: [{ name: 'number', using: { foreign_key_constraint_on: 'customer_id' } }],
          },
        ],
      },
      'it has table "sales.invoice" otherwise than the metadata',
    ],
    [
      'of a type that has no list of columns',
      { sdl: sdl.replace(/enum sales_invoice_select_column.*/, '') },
      'it has no table "sales.invoice" (type "sales_invoice")',
    ],
    [
      'by graphql-default, as the source says',
      { more: { customization: { naming_convention: 'graphql-default' } } },
      'names of columns do not follow from those that a naming convention gives them',
    ],
    [
      'by graphql-default, of which the metadata says nothing',
      { sdl: sdl.replaceAll('customer_select_column', 'CustomerSelectColumn') },
      'it has no table "customer" (type "customer")',
    ],
    [
      'where another source has types of these names',
      { others: [source('depot', [{ table: 'customer' }])] },
      'several tables would be type "customer"',
    ],
    [
      'where another table has such a type',
      { tables: [customer, invoice, { table: 'sales_invoice' }] },
      'several tables would be type "sales_invoice"',
    ],
    [
      'without the prefix of the source',
      { more: affixes({ prefix: 'shop_' }) },
      'it has no table "customer" (type "shop_customer")',
    ],
    [
      'where the prefix is a placeholder',
      { more: affixes({ prefix: '{{ .Prefix }}' }) },
      'the customization of the source is not known',
    ],
    [
      'where names are customized one by one',
      { more: affixes({ mapping: { a: 'b' } }) },
      'the customization of the source is not known',
    ],
    [
      'where the customization is included',
      { more: { customization: '!include x.yaml' } },
      'the customization of the source is not known',
    ],
    [
      'where not all tables are known',
      { facts: { tablesComplete: new Map([['shop', false]]) } },
      'not all metadata of the source is known',
    ],
    [
      'where SQL is run in between',
      { requested: [{ type: 'run_sql', args: { source: 'shop', sql: 'drop table x' } }] },
      'not all metadata of the source is known',
    ],
    [
      'where the name of a table can’t be read',
      { tables: [customer, { ...invoice, configuration: '!include x.yaml' }] },
      'what table "sales.invoice" is called in GraphQL is not known',
    ],
    [
      'of a data connector',
      { more: { kind: 'sqlite' }, tables: [{ table: ['customer'] }] },
      'for this kind of source it is not known how tables are called in GraphQL',
    ],
    ['where no table is tracked', { tables: [] }, 'no table of the source is tracked'],
  ])('are not taken from a schema %s', (_, one, reason) => {
    const catalogue = catalogueOf(one);
    expect(sourceOf(catalogue).hasuraSchema).toEqual({ isUsed: false, reason });
    for (const table of sourceOf(catalogue).tables) {
      expect(table.columns.state).toBe('unknown');
      expect(table.column('id').state).toBe('unknown');
    }
  });

  it('a snapshot wins', () => {
    const { tables, complete } = snapshot('shop', [
      { name: 'customer', columns: [{ name: 'id', type: 'bigint' }] },
    ]);
    const catalogue = catalogueOf({ configured: { tables, complete } });
    expect(columnsOf(catalogue)).toEqual(['id bigint']);
    expect(tableOf(catalogue, 'customer').isByHasuraSchema).toBe(false);
  });

  it('migrations win, table by table; a column that the schema has is not missing in them', () => {
    const database = replayed(replayedTable('customer', { id: 'int8!' }));
    const catalogue = catalogueOf({ configured: { replayed: { database, files: 1, isHistory: true } } });
    expect(sourceOf(catalogue).hasuraSchema).toMatchObject({ isUsed: true, tables: 1 });
    expect(columnsOf(catalogue)).toEqual(['id int8 !']);
    expect(tableOf(catalogue, 'customer').column('email').state).toBe('unknown');
    expect(tableOf(catalogue, 'customer').column('other').state).toBe('absent');
    expect(columnsOf(catalogue, invoice.table)).toEqual(['number integer !', 'customer_id uuid !']);
  });

  it('what migrations take away is not gone where the schema has it', () => {
    const gone = { name: 'email', how: 'dropped' as const, origin: originAt(7) };
    const database = replayed(replayedTable('customer', { id: 'int8!' }, { goneColumns: [gone] }));
    const goneTables = [{ ...gone, schema: 'public', name: 'invoice' }];
    const catalogue = catalogueOf({
      configured: { replayed: { database: { ...database, goneTables }, files: 1, isHistory: true } },
    });
    expect(tableOf(catalogue, 'customer').column('email').state).toBe('unknown');
    expect(tableOf(catalogue, invoice.table).consistency.state).not.toBe('inconsistent');
  });

  it('a table that a request configures anew is not known by it', () => {
    const catalogue = catalogueOf({
      requested: [
        {
          type: 'pg_set_table_customization',
          args: { source: 'shop', table: 'customer', configuration: { custom_name: 'Buyer' } },
        },
      ],
    });
    expect(columnsOf(catalogue)).toBe('unknown');
    expect(columnsOf(catalogue, invoice.table)).toHaveLength(2);
  });
});
