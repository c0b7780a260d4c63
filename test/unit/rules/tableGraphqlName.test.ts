import { describe, it } from 'vitest';
import { expectFindings, expectNothing, type Surroundings } from '../support/checkText.ts';
import { toPeople } from './support/definitions.ts';

const around: Surroundings = { files: {}, remoteSchemas: { people: null } };

/** A table `customer` with a relationship to `target`, which is tracked with `configuration`. */
const leadingTo = (kind: string, target: string, configuration = '{}', written = target) => `- name: shop
  kind: ${kind}
  configuration: {}
  tables:
    - table: ${target}
      configuration: ${configuration}
    - table: ${kind === 'bigquery' ? '{ dataset: crm, name: customer }' : 'customer'}
      remote_relationships:
        - name: sales
          definition:
            to_source:
              relationship_type: array
              source: shop
              table: ${written}
              field_mapping: { id: customer_id }
`;

const owning = (table: string, configuration: string) => `- name: shop
  kind: postgres
  configuration: {}
  tables:
    - table: ${table}
      configuration: ${configuration}
      remote_relationships:
        - name: profile
          ${toPeople}
`;

describe('table-graphql-name', () => {
  it.each<[string, string, string, string | undefined]>([
    [
      'a digit at its beginning',
      'postgres',
      '2024_sales',
      'cannot include "2024_sales" in the GraphQL schema because "2024_sales" is not a valid GraphQL identifier',
    ],
    [
      'a blank, in another schema',
      'postgres',
      '{ schema: crm, name: order items }',
      'cannot include "crm.order items" in the GraphQL schema because "crm_order items" is not a valid GraphQL identifier',
    ],
    ['SQL Server', 'mssql', '{ schema: dbo, name: order items }', undefined],
    [
      'a data connector',
      'sqlite',
      '[main, order.items]',
      'TableName main_order.items is not a valid GraphQL identifier',
    ],
    ['BigQuery', 'bigquery', '{ dataset: 2024, name: sales }', undefined],
  ])('of a target: %s', (_, kind, target, serverMessage) => {
    expectFindings(
      leadingTo(kind, target.replace('dataset: 2024', 'dataset: "2024"')),
      [
        {
          code: 'table-graphql-name',
          severity: 'error',
          message: /^Table ".*" can't be a target: its GraphQL name would be ".*", which is not valid\./,
          serverMessage,
          relationship: 'sales',
        },
      ],
      around,
    );
  });

  it('of an owner', () => {
    expectFindings(
      owning('⟦2024_sales⟧', '{}'),
      [
        {
          code: 'table-graphql-name',
          severity: 'warning',
          message:
            /^Table "2024_sales" is not in the GraphQL schema, so its remote relationships can't be queried/,
          serverMessage: undefined,
          relationship: 'profile',
        },
      ],
      around,
    );
    expectNothing(owning('2024_sales', '{ custom_name: sales }'), around);
  });

  it('is not said of a table that is inconsistent, which is the thing to say', () => {
    const sources = {
      shop: { tables: [{ table: 'customer', columns: { id: 'int4', customer_id: 'int4' } }] },
    };
    expectFindings(leadingTo('postgres', '2024_sales'), [{ code: 'unknown-table' }], { ...around, sources });
    expectFindings(owning('2024_sales', '{}'), [{ code: 'inconsistent-table' }], { ...around, sources });
  });

  it('of the owner in a request', () => {
    const metadata = '- { name: shop, kind: postgres, configuration: {}, tables: [{ table: 2024_sales }] }\n';
    expectFindings(
      `type: pg_create_remote_relationship\nargs: { source: shop, table: ⟦2024_sales⟧, name: profile, ${toPeople} }\n`,
      [{ code: 'table-graphql-name', severity: 'warning' }],
      { ...around, files: { 'databases.yaml': metadata } },
    );
    const known = metadata.replace(
      '2024_sales }',
      `2024_sales, remote_relationships: [{ name: profile, ${toPeople} }] }`,
    );
    expectFindings(
      'type: pg_delete_remote_relationship\nargs: { source: shop, table: 2024_sales, name: profile }\n',
      [],
      {
        ...around,
        files: { 'databases.yaml': known },
      },
    );
  });

  it.each<[string, string, Surroundings]>([
    ['a custom name', leadingTo('postgres', '2024_sales', '{ custom_name: sales }'), around],
    ['a table of a data connector', leadingTo('sqlite', '[main, order_items]'), around],
    [
      'a custom name in a data connector',
      leadingTo('sqlite', '[main, order.items]', '{ custom_name: items }'),
      around,
    ],
    ['a digit behind the schema', leadingTo('postgres', '{ schema: crm, name: 2024_sales }'), around],
    ['a configuration that can’t be read', leadingTo('postgres', '2024_sales', '"!include x.yaml"'), around],
    [
      'a table whose metadata is not known',
      leadingTo('postgres', 'order').replace(
        'table: order\n              f',
        'table: 2024_sales\n              f',
      ),
      { remoteSchemas: { people: null }, sources: { shop: { tables: [{ table: '2024_sales' }] } } },
    ],
  ])('is not reported: %s', (_, text, surroundings) => expectNothing(text, surroundings));
});
