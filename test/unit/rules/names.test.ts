import { describe, it } from 'vitest';
import {
  type ExpectedFinding,
  expectFindings,
  expectNothing,
  type Surroundings,
} from '../support/checkText.ts';

type Row = [
  name: string,
  text: string,
  expected: ExpectedFinding | ExpectedFinding[],
  surroundings?: Surroundings,
];

function rows(list: readonly Row[]): void {
  it.each(list)('%s', (_, text, expected, surroundings = {}) => {
    expectFindings(text, Array.isArray(expected) ? expected : [expected], surroundings);
  });
}

const toPeople =
  'definition: { to_remote_schema: { remote_schema: people, lhs_fields: [id], remote_field: { person: { arguments: { id: $id } } } } }';
const toTickets = (type = 'array') =>
  `definition: { to_source: { relationship_type: ${type}, source: helpdesk, table: ticket, field_mapping: { id: customer_id } } }`;

/** `databases.yaml` with one table written out. */
const inSource = (relationships: string, more = '') => `- name: shop
  kind: postgres
  configuration: {}
  tables:
    - table: { schema: public, name: customer }
${more}      remote_relationships:
${relationships}`;

const customer = { table: 'customer', columns: { id: 'int4!', name: 'text', full_name: 'text' } };
const shop: Surroundings = { sources: { shop: { tables: [customer] } }, files: {}, complete: false };

describe('relationship-name', () => {
  rows([
    [
      'a hyphen',
      inSource(`        - name: ⟦my-profile⟧\n          ${toPeople}\n`),
      {
        code: 'relationship-name',
        severity: 'warning',
        serverMessage:
          'cannot include "my-profile" in the GraphQL schema because  it is not a valid GraphQL identifier',
        fixed: inSource(`        - name: my_profile\n          ${toPeople}\n`),
      },
    ],
    [
      'with an object argument the server refuses it earlier',
      inSource(
        `        - name: ⟦my-profile⟧\n          ${toPeople.replace('id: $id }', 'where: { id: $id } }')}\n`,
      ),
      {
        code: 'relationship-name',
        serverMessage:
          'Inconsistent object: in table "customer": in remote relationship "my-profile": "my-profile" is not a valid GraphQL identifier',
      },
    ],
    [
      'without the blank before v2.21',
      inSource(
        `        - name: ⟦1st⟧\n          ${toPeople.replace('id: $id }', 'where: [{ id: $id }] }')}\n`,
      ),
      {
        code: 'relationship-name',
        serverMessage:
          'Inconsistent object: in table "customer": in remote relationship"1st": "1st" is not a valid GraphQL identifier',
      },
      { serverVersion: 'v2.20.1' },
    ],
  ]);
  it('is not reported where it is deleted', () =>
    expectNothing('type: pg_delete_remote_relationship\nargs: { table: customer, name: my-profile }\n'));
});

describe('duplicate-relationship', () => {
  const two = `        - name: profile\n          ${toPeople}\n        - name: ⟦profile⟧\n          ${toTickets()}\n`;
  rows([
    [
      'in one table',
      inSource(two),
      {
        code: 'duplicate-relationship',
        severity: 'error',
        serverMessage: 'multiple declarations exist for the following remote relationships: profile',
        related: ['profile'],
        relationship: 'profile',
      },
    ],
    [
      'the text up to v2.1',
      inSource(two),
      {
        code: 'duplicate-relationship',
        serverMessage: 'multiple declarations exist for the following remote relationships : ["profile"]',
      },
      { serverVersion: '2.1.1' },
    ],
    [
      'three times, and another name',
      inSource(
        ['a', '⟦a⟧', 'b', '⟦a⟧', '⟦b⟧']
          .map((name) => `        - name: ${name}\n          ${toPeople}\n`)
          .join(''),
      ),
      Array.from({ length: 3 }, () => ({
        code: 'duplicate-relationship',
        serverMessage: 'multiple declarations exist for the following remote relationships: a, b',
      })),
    ],
  ]);
  it.each([
    [
      'two tables',
      `- table: a\n  remote_relationships: [{ name: profile, ${toPeople} }]\n- table: b\n  remote_relationships: [{ name: profile, ${toPeople} }]\n`,
    ],
    [
      'requests, which replace each other',
      `- type: pg_create_remote_relationship\n  args: { table: a, name: profile, ${toPeople} }\n- type: pg_create_remote_relationship\n  args: { table: a, name: profile, ${toPeople} }\n`,
    ],
    [
      'two tables that share a list',
      `- table: a\n  remote_relationships: &all\n    - name: profile\n      ${toPeople}\n- table: b\n  remote_relationships: *all\n`,
    ],
  ])('is not reported: %s', (_, text) => expectNothing(text));
});

describe('duplicate-remote-schema', () => {
  rows([
    [
      'in one document',
      '- name: people\n  definition: { url: a }\n- name: ⟦people⟧\n  definition: { url: b }\n',
      {
        code: 'duplicate-remote-schema',
        severity: 'error',
        serverMessage: 'multiple declarations exist for the following remote schemas: people',
        related: ['people'],
      },
    ],
    [
      'in the words of v2.1',
      '- name: people\n  definition: { url: a }\n- name: ⟦people⟧\n  definition: { url: b }\n',
      {
        code: 'duplicate-remote-schema',
        serverMessage: 'multiple declarations exist for the following remote schemas : ["people"]',
      },
      { serverVersion: '2.1' },
    ],
  ]);
  it('is not reported for two names', () =>
    expectNothing('- name: people\n  definition: { url: a }\n- name: People\n  definition: { url: b }\n'));
});

describe('overridden-duplicate', () => {
  const remoteSchema = (types: string) =>
    `- name: people\n  definition: { url: u }\n  remote_relationships:\n${types}`;
  rows([
    [
      'a type listed twice',
      remoteSchema(
        `    - type_name: ⟦Person⟧\n      relationships: [{ name: a, ${toTickets()} }]\n    - type_name: Person\n      relationships: [{ name: b, ${toTickets()} }]\n`,
      ),
      {
        code: 'overridden-duplicate',
        severity: 'warning',
        message: /drops this entry, with 1 remote relationship, and takes the last/,
        serverMessage: undefined,
        related: ['Person'],
      },
    ],
    [
      'a name of one type',
      remoteSchema(
        `    - type_name: Person\n      relationships: [{ name: ⟦a⟧, ${toTickets()} }, { name: a, ${toTickets()} }]\n`,
      ),
      { code: 'overridden-duplicate', related: ['a'] },
    ],
    [
      'a table, in another form of its name',
      `version: 3
sources:
  - name: shop
    kind: postgres
    configuration: {}
    tables:
      - table: ⟦{ schema: public, name: customer }⟧
        remote_relationships: [{ name: a, ${toTickets()} }]
      - table: customer
      - table: { schema: sales, name: customer }
`.replaceAll(/⟦|⟧/g, ''),
      { code: 'overridden-duplicate', related: ['customer'] },
    ],
    [
      'a source',
      `version: 3
sources:
  - name: ⟦shop⟧
    tables: []
    configuration: {}
  - name: shop
    tables: []
    configuration: {}
`,
      { code: 'overridden-duplicate', related: ['shop'] },
      { files: {} },
    ],
  ]);

  it('a table of another file that comes later', () => {
    const other = 'version: 2\ntables: [{ table: customer, remote_relationships: [] }]\n';
    const own = 'version: 2\ntables: [{ table: ⟦customer⟧, remote_relationships: [] }]\n';
    expectFindings(own, [{ code: 'overridden-duplicate' }], { files: { 'other.yaml': other }, first: true });
    expectNothing(own.replaceAll(/⟦|⟧/g, ''), { files: { 'other.yaml': other } });
  });
  it.each([
    [
      'tables of two sources',
      'version: 3\nsources: [{ name: a, configuration: {}, tables: [{ table: x }] }, { name: b, configuration: {}, tables: [{ table: x }] }]\n',
    ],
    [
      'the same type in two remote schemas',
      '- name: a\n  definition: { url: u }\n  remote_relationships: [{ type_name: T }]\n- name: b\n  definition: { url: u }\n  remote_relationships: [{ type_name: T }]\n',
    ],
    [
      'table entries of a file nothing includes',
      '- { table: customer, remote_relationships: [] }\n- { table: customer, remote_relationships: [] }\n',
    ],
  ])('is not reported: %s', (_, text) => expectNothing(text));
});

describe('name-conflict', () => {
  rows([
    [
      'an array relationship',
      inSource(
        `        - name: ⟦orders⟧\n          ${toPeople}\n`,
        '      array_relationships:\n        - { name: orders, using: { foreign_key_constraint_on: { table: order, column: customer_id } } }\n',
      ),
      {
        code: 'name-conflict',
        severity: 'error',
        serverMessage: 'Conflicting objects: conflicting definitions for field "orders"',
        related: ['orders'],
      },
    ],
    [
      'a computed field',
      inSource(
        `        - name: ⟦orders⟧\n          ${toPeople}\n`,
        '      computed_fields:\n        - { name: orders, definition: { function: f } }\n',
      ),
      { code: 'name-conflict', message: /a computed field "orders"/ },
    ],
    [
      'a request, with what the project knows',
      `type: pg_create_remote_relationship\nargs: { source: shop, table: customer, name: ⟦orders⟧, ${toPeople} }\n`,
      { code: 'name-conflict' },
      {
        files: {
          'tables.yaml': inSource(
            '        []\n',
            '      object_relationships:\n        - { name: orders, using: {} }\n',
          ),
        },
        complete: false,
      },
    ],
    [
      'a delete request',
      'type: pg_delete_remote_relationship\nargs: { source: shop, table: customer, name: ⟦orders⟧ }\n',
      { code: 'name-conflict', serverMessage: 'expecting a remote relationship' },
      {
        files: {
          'tables.yaml': inSource(
            '        []\n',
            '      object_relationships:\n        - { name: orders, using: {} }\n',
          ),
        },
      },
    ],
  ]);
  it('is not reported for a relationship of another table', () =>
    expectNothing(
      `- table: a\n  remote_relationships: [{ name: orders, ${toPeople} }]\n- table: b\n  array_relationships: [{ name: orders, using: {} }]\n`,
    ));
});

describe('name-conflicts-with-column', () => {
  rows([
    [
      'a column',
      inSource(`        - name: ⟦name⟧\n          ${toPeople}\n`),
      {
        code: 'name-conflicts-with-column',
        severity: 'error',
        serverMessage: 'Inconsistent object: field definition conflicts with postgres column',
      },
      shop,
    ],
    [
      'also when the column has another name in GraphQL',
      inSource(
        `        - name: ⟦name⟧\n          ${toPeople}\n`,
        '      configuration: { column_config: { name: { custom_name: firstName } } }\n',
      ),
      { code: 'name-conflicts-with-column' },
      shop,
    ],
    [
      'an update request',
      `type: pg_update_remote_relationship\nargs: { source: shop, table: customer, name: ⟦name⟧, ${toPeople} }\n`,
      { code: 'name-conflicts-with-column', serverMessage: 'expecting a remote relationship' },
      { sources: { shop: { tables: [customer] } } },
    ],
  ]);
  it('is not reported when columns are not known', () =>
    expectNothing(inSource(`        - name: name\n          ${toPeople}\n`)));
});

describe('name-conflicts-with-custom-name', () => {
  const text = (configuration: string) =>
    inSource(
      `        - name: ⟦customer⟧\n          ${toPeople}\n`,
      `      configuration: ${configuration}\n`,
    );
  const expected = {
    code: 'name-conflicts-with-custom-name',
    severity: 'error',
    serverMessage:
      'Inconsistent object: field definition conflicts with custom field name for postgres column "id"',
    related: ['customer'],
  } satisfies ExpectedFinding;
  rows([
    ['column_config', text('{ column_config: { id: { custom_name: customer } } }'), expected],
    ['custom_column_names', text('{ custom_column_names: { id: customer } }'), expected],
    ['with known columns', text('{ column_config: { id: { custom_name: customer } } }'), expected, shop],
  ]);
  it('is not reported for a column that does not exist', () =>
    expectNothing(
      text('{ column_config: { gone: { custom_name: customer } } }').replaceAll(/⟦|⟧/g, ''),
      shop,
    ));
});

describe('shadowed-field', () => {
  const sdl =
    'type Query { person(id: Int): Person } type Person { id: Int orders: Int orders_aggregate: Int }';
  const onPerson = (name: string, definition: string) =>
    `- name: people\n  definition: { url: u }\n  remote_relationships:\n    - type_name: Person\n      relationships:\n        - name: ${name}\n          ${definition}\n`;
  const people = { remoteSchemas: { people: sdl } };
  rows([
    [
      'a field of the type',
      onPerson('⟦orders⟧', toTickets('object')),
      { code: 'shadowed-field', severity: 'warning', serverMessage: undefined },
      people,
    ],
    [
      'the field and the aggregate',
      onPerson('⟦orders⟧', toTickets()),
      [{ code: 'shadowed-field' }, { code: 'shadowed-field', message: /"orders_aggregate"/ }],
      people,
    ],
    [
      'the aggregate of a table relationship',
      inSource(
        `        - name: ⟦tickets⟧\n          ${toTickets()}\n`,
        '      computed_fields:\n        - { name: tickets_aggregate, definition: { function: f } }\n',
      ),
      { code: 'shadowed-field' },
    ],
  ]);
  it.each([
    ['another name', onPerson('tickets', toTickets()), people],
    ['no schema', onPerson('orders', toTickets()), {}],
  ] satisfies [string, string, Surroundings][])('is not reported: %s', (_, text, surroundings) =>
    expectNothing(text, surroundings),
  );
});

describe('lhs-name', () => {
  const text = (argument: string) =>
    inSource(`        - name: profile\n          ${toPeople.replace('id: $id', argument)}\n`).replace(
      'name: customer',
      "name: '2024_sales'",
    );
  rows([
    [
      'a table that begins with a digit',
      text('⟦where⟧: { id: { _eq: $id } }'),
      {
        code: 'lhs-name',
        severity: 'error',
        serverMessage:
          'Inconsistent object: in table "2024_sales": in remote relationship "profile": "2024_sales" is not a valid GraphQL identifier',
      },
      { files: {}, complete: false },
    ],
    [
      'a remote schema',
      `- name: 3rd-party\n  definition: { url: u }\n  remote_relationships:\n    - type_name: T\n      relationships: [{ name: profile, ${toPeople.replace('id: $id', '⟦or⟧: [{ id: $id }]')} }]\n`,
      {
        code: 'lhs-name',
        serverMessage:
          'Inconsistent object: in remote relationship "profile": "3rd-party" is not a valid GraphQL identifier',
      },
    ],
  ]);
  it.each([
    ['a scalar argument', text('id: $id'), {}],
    [
      'a name that becomes one',
      inSource(
        `        - name: profile\n          ${toPeople.replace('id: $id', 'where: { id: $id }')}\n`,
      ).replace('name: customer', 'name: my-customer'),
      {},
    ],
    ['before v2.2', text('where: { id: $id }'), { serverVersion: '2.1.1' }],
  ] satisfies [string, string, Surroundings][])('is not reported: %s', (_, yaml, surroundings) =>
    expectNothing(yaml, surroundings),
  );
});
