import { describe, it } from 'vitest';
import { expectFindings, expectNothing, type Surroundings, type TableFixture } from '../support/checkText.ts';
import { toPeople } from './support/definitions.ts';

/** A source with a table `customer`, which has relationships, and two enum tables. */
const source = (configuration: string, names = ['profile'], table = 'customer') => `- name: shop
  kind: postgres
  configuration: {}
  tables:
    - table: ⟦${table}⟧
      configuration: ${configuration}
      remote_relationships:
${names.map((name) => `        - name: ${name}\n          ${toPeople}\n`).join('')}    - { table: kind, is_enum: true }
    - { table: role, is_enum: true }
`;

const customer = (more: Partial<TableFixture> = {}): TableFixture => ({
  table: 'customer',
  columns: { id: 'int4!', name: 'text', status: 'text' },
  ...more,
});

const around = (table: TableFixture | undefined = customer()): Surroundings => ({
  files: {},
  sources: {
    shop: {
      tables: [
        table,
        { table: 'kind', columns: { value: 'text' } },
        { table: 'role', columns: { value: 'text' } },
      ],
    },
  },
  remoteSchemas: { people: null },
});

const odd = customer({ columns: { id: 'int4!', 'first-name': 'text' } });
const twoEnums = (second: string) =>
  customer({
    foreignKeys: [
      { columns: ['status'], table: 'kind' },
      { columns: ['status'], table: second },
    ],
  });

describe('inconsistent-table', () => {
  it.each<[string, string, TableFixture, string]>([
    [
      'a column that is not a valid GraphQL name',
      '{}',
      odd,
      'the name of column "first-name" is not a valid GraphQL name, and the column has no "custom_name"',
    ],
    [
      'such a column whose configuration names nothing',
      '{ column_config: { first-name: { comment: x } } }',
      odd,
      'the name of column "first-name" is not a valid GraphQL name, and the column has no "custom_name"',
    ],
    [
      'column_config for no column',
      '{ column_config: { gone: { comment: x } } }',
      customer(),
      'configuration was given for the column "gone", but no such column exists',
    ],
    [
      'custom_column_names for no column',
      '{ custom_column_names: { gone: away } }',
      customer(),
      'configuration was given for the column "gone", but no such column exists',
    ],
    [
      'two custom names',
      '{ column_config: { id: { custom_name: x }, name: { custom_name: x } } }',
      customer(),
      'the definitions of columns "id" and "name" are in conflict: they are mapped to the same field name, "x"',
    ],
    [
      'a custom name that is another column’s name',
      '{ column_config: { name: { custom_name: id } } }',
      customer(),
      'the definitions of columns "id" and "name" are in conflict: they are mapped to the same field name, "id"',
    ],
    [
      'a column that refers to two enum tables',
      '{}',
      twoEnums('role'),
      'the foreign keys of column "status" refer to two enum tables, "kind" and "role"',
    ],
    [
      'a table the database does not have',
      '{}',
      { table: 'other', columns: { id: 'int4' } },
      'no such table/view exists in source: "customer"',
    ],
  ])('%s', (_, configuration, table, reason) => {
    expectFindings(
      source(configuration),
      [
        {
          code: 'inconsistent-table',
          severity: 'warning',
          message: `The server considers table "customer" inconsistent and drops the remote relationship on it: ${reason}.`,
          serverMessage: undefined,
          relationship: 'profile',
        },
      ],
      around(table),
    );
  });

  it('is told once, however many relationships are dropped', () => {
    expectFindings(
      source('{}', ['profile', 'avatar', 'address']),
      [{ code: 'inconsistent-table', message: /drops all 3 remote relationships/ }],
      around(odd),
    );
  });

  it.each<[string, string, Surroundings]>([
    ['a sound table', '{ column_config: { name: { custom_name: fullName } } }', around()],
    [
      'an odd column with a custom name',
      '{ column_config: { first-name: { custom_name: firstName } } }',
      around(odd),
    ],
    [
      'two columns that swap their names',
      '{ column_config: { id: { custom_name: name }, name: { custom_name: id } } }',
      around(),
    ],
    ['two foreign keys to one enum table', '{}', around(twoEnums('kind'))],
    ['a second table that is no enum table', '{}', around(twoEnums('other'))],
    [
      'columns nobody knows',
      '{ column_config: { gone: { custom_name: x } } }',
      around({ table: 'customer' }),
    ],
    [
      'no snapshot',
      '{ column_config: { gone: { custom_name: x } } }',
      { ...around(), sources: { shop: {} } },
    ],
    ['a configuration that is an include', '"!include x.yaml"', around(odd)],
  ])('is not reported: %s', (_, configuration, surroundings) =>
    expectNothing(source(configuration).replaceAll(/⟦|⟧/g, ''), surroundings),
  );

  it('is not reported of a table of the database’s own, which a snapshot leaves out', () =>
    expectNothing(
      source('{}', ['profile'], '{ schema: hdb_catalog, name: event_log }').replaceAll(/⟦|⟧/g, ''),
      around(),
    ));

  it('is not reported of a table without relationships', () =>
    expectNothing(
      '- { name: shop, kind: postgres, configuration: {}, tables: [{ table: customer, configuration: { column_config: { gone: {} } } }] }\n',
      around(),
    ));
});
