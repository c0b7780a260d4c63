import { describe, expect, it } from 'vitest';
import { expectNothing, findingsIn, type Surroundings } from '../support/checkText.ts';

/** What an earlier step of a bulk says of a table, metadata no longer says. */

const metadata = `- name: shop
  kind: postgres
  configuration: {}
  tables:
    - table: 2024_sales
    - table: kind
      is_enum: true
    - table: order
      configuration: { column_config: { gone: { custom_name: x } } }
    - table: customer
      configuration: { column_config: { state: { custom_name: status } } }
      computed_fields: [{ name: full_name, definition: { function: full_name } }]
      object_relationships: [{ name: owner, using: {} }]
`;

const around: Surroundings = {
  files: { 'databases.yaml': metadata },
  sources: {
    shop: {
      tables: [
        { table: '2024_sales', columns: { id: 'integer' } },
        { table: 'kind', columns: { value: 'integer' } },
        {
          table: 'order',
          columns: { id: 'integer', kind: 'integer' },
          foreignKeys: [{ columns: ['kind'], table: 'kind' }],
        },
        { table: 'customer', columns: { id: 'integer', state: 'integer' } },
      ],
    },
  },
};

const created = (name: string, table: string, target = 'id') =>
  `{ type: pg_create_remote_relationship, args: { source: shop, table: customer, name: ${name}, definition: { to_source: { relationship_type: array, source: shop, table: ${table}, field_mapping: { id: ${target} } } } } }`;
const step = (command: string, table: string) =>
  `{ type: ${command}, args: { source: shop, table: ${table} } }`;
const bulk = (...steps: readonly string[]) =>
  `type: bulk\nargs:\n${steps.map((one) => `  - ${one}\n`).join('')}`;

describe('a table that an earlier step changes', () => {
  it.each([
    ['table-graphql-name', step('pg_set_table_customization', '2024_sales'), created('r', '2024_sales')],
    ['unknown-table', step('pg_set_table_customization', 'order'), created('r', 'order')],
    [
      'name-conflicts-with-custom-name',
      step('set_table_custom_fields', 'customer'),
      created('status', 'customer'),
    ],
    [
      'enum-target-column',
      `${step('pg_set_table_is_enum', 'kind')}\n  - ${step('pg_set_table_customization', 'order')}`,
      created('r', 'order', 'kind'),
    ],
    ['name-conflict', step('pg_untrack_table', 'customer'), created('owner', 'customer')],
    [
      'name-conflict',
      '{ type: pg_untrack_tables, args: { tables: [{ source: shop, table: customer }] } }',
      created('full_name', 'customer'),
    ],
  ])('%s', (code, earlier, creation) => {
    const other = step('pg_set_table_customization', 'elsewhere');
    expect(findingsIn(bulk(other, creation), around).map((finding) => finding.code)).toContain(code);
    expectNothing(bulk(earlier, creation), around);
  });
});
