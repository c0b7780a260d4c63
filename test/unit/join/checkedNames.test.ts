import { describe, expect, it } from 'vitest';
import { checkedNames } from '../../../server/src/join/checkedNames.ts';
import { contextOf, type Surroundings } from '../support/checkText.ts';
import { replayed, replayedTable } from '../support/replayed.ts';

const text = `- name: default
  kind: postgres
  configuration: {}
  tables:
    - table: users
      remote_relationships:
        - name: orders
          definition:
            to_source:
              relationship_type: array
              source: default
              table: orders
              field_mapping: { id: user_id }
        - name: person
          definition:
            to_remote_schema:
              remote_schema: people
              lhs_fields: [id]
              remote_field: { person: { arguments: { id: $id, of: { name: x } }, field: { name: { arguments: {} } } } }
    - table: orders
`;
const sdl =
  'type Query { person(id: ID, of: Of): Person } input Of { name: String } type Person { name: String }';
const of = (around: Surroundings) =>
  checkedNames(contextOf(text, { files: {}, ...around })).map(
    ({ kind, name, against }) => `${kind} ${name}: ${against}`,
  );

describe('what names are checked against', () => {
  it('nothing', () => {
    expect(of({ sources: { default: {} }, remoteSchemas: { people: null } })).toEqual([
      'table users: nothing',
      'table orders: nothing',
      'column id: nothing',
      'column user_id: nothing',
      'table users: nothing',
      'column id: nothing',
      'remote field person: nothing',
      'argument id: nothing',
      'argument of: nothing',
      'argument name: nothing',
      'remote field name: nothing',
    ]);
  });

  it('a snapshot, migrations, and a schema', () => {
    const migrations = replayed(
      replayedTable('users', { id: 'uuid!' }),
      replayedTable('orders', { id: 'uuid!' }, { closed: false }),
    );
    expect(of({ sources: { default: { migrations } }, remoteSchemas: { people: sdl } })).toEqual([
      'table users: migrations',
      'table orders: migrations',
      'column id: migrations',
      'column user_id: nothing',
      'table users: migrations',
      'column id: migrations',
      'remote field person: schema',
      'argument id: schema',
      'argument of: schema',
      'argument name: schema',
      'remote field name: schema',
    ]);
    const open = replayed(
      replayedTable('users', { name: 'text' }, { closed: false }),
      replayedTable('orders', { user_id: 'uuid!' }),
    );
    expect(of({ sources: { default: { migrations: open } } }).slice(0, 4)).toEqual([
      'table users: migrations',
      'table orders: migrations',
      'column id: nothing',
      'column user_id: migrations',
    ]);
    const tables = [
      { table: 'users', columns: { id: 'uuid!' } },
      { table: 'orders', columns: { id: 'uuid!' } },
    ];
    expect(of({ sources: { default: { tables } } }).slice(0, 4)).toEqual([
      'table users: snapshot',
      'table orders: snapshot',
      'column id: snapshot',
      'column user_id: snapshot',
    ]);
  });

  it('of types, which have no table, and of mappings that are half written', () => {
    const types = `- name: people
  definition: { url: u }
  remote_relationships:
    - type_name: Person
      relationships:
        - name: orders
          definition:
            to_source: { relationship_type: array, source: nowhere, table: orders, field_mapping: { name: , nope: id } }
`;
    const names = checkedNames(contextOf(types, { files: {}, sources: {}, remoteSchemas: { people: sdl } }));
    expect(names.map(({ kind, name, against }) => `${kind} ${name}: ${against}`)).toEqual([
      'table orders: metadata',
      'column name: schema',
      'column nope: schema',
      'column id: nothing',
    ]);
  });

  it('of types of actions, which join to the source default unless they name one', () => {
    const types = (source: string) => `custom_types:
  objects:
    - name: Output
      fields: [{ name: id, type: Int }]
      relationships: [{ name: r, type: object, ${source}remote_table: users, field_mapping: { id: id } }]
`;
    const tables = [{ table: 'users', columns: { id: 'uuid!' } }];
    const names = (text: string) =>
      checkedNames(
        contextOf(text, { sources: { default: { tables }, other: {} }, location: { role: 'actions' } }),
      ).map(({ kind, name, against }) => `${kind} ${name}: ${against}`);
    expect(names(types(''))).toEqual(['table users: snapshot', 'column id: schema', 'column id: snapshot']);
    expect(names(types('source: other, '))).toEqual([
      'table users: nothing',
      'column id: schema',
      'column id: nothing',
    ]);
  });

  it('in lists as well, by the names the server has', () => {
    const listed = `- name: default
  kind: postgres
  configuration: {}
  tables:
    - table: { schema: sales, name: invoice }
      remote_relationships:
        - name: payments
          definition:
            to_remote_schema:
              remote_schema: payments
              lhs_fields: []
              remote_field: { payments: { arguments: { of: [{ name: x }] } } }
`;
    const names = checkedNames(
      contextOf(listed, {
        files: {},
        sources: { default: {} },
        remoteSchemas: { payments: 'type Query { payments(of: [Of]): ID } input Of { name: String }' },
      }),
    );
    expect(names.map(({ kind, name, against }) => `${kind} ${name}: ${against}`)).toEqual([
      'table sales.invoice: nothing',
      'remote field payments: schema',
      'argument of: schema',
      'argument name: schema',
    ]);
  });

  it('the metadata alone, where that says that a table is none', () => {
    const gone = text.replace(/ {4}- table: orders\n$/, '');
    const names = checkedNames(contextOf(gone, { files: {}, sources: { default: {} } }));
    expect(names.find(({ name }) => name === 'orders')?.against).toBe('metadata');
  });
});
