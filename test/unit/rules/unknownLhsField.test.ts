import { describe, expect, it } from 'vitest';
import {
  type ExpectedFinding,
  expectFindings,
  expectFindingsIn,
  expectNothing,
  findingsIn,
  type Surroundings,
} from '../support/checkText.ts';
import { inProfile, inTickets, onType, surroundings, toRemoteSchema, toSource } from './joinFixtures.ts';
import { at, given, location } from './support/joins.ts';

const allowed = '"id", "person_id", "email", "age", "active", "odd-name", "joined", or "full_name"';

const notProvided = (name: string) =>
  `${inProfile}field with name "${name}"is not provided by the lhs entity""customer"for defining a join condition, the allowed fields are ${allowed}"`;

describe('unknown-lhs-field, remote schema target', () => {
  const code = 'unknown-lhs-field';
  it.each<[string, string, ExpectedFinding]>([
    [
      'a mistyped column',
      'persn_id',
      {
        code,
        severity: 'error',
        relationship: 'profile',
        message: 'Table "customer" has no column "persn_id". Did you mean "person_id"?',
        serverMessage: notProvided('persn_id'),
        fixed: toRemoteSchema('[person_id]', given('persn_id')),
      },
    ],
    [
      'nothing near',
      'zzz',
      { code, message: 'Table "customer" has no column "zzz".', serverMessage: notProvided('zzz') },
    ],
    [
      'a computed field with arguments',
      'rank',
      {
        code,
        message:
          'Computed field "rank" of table "customer" can\'t be joined on: its function takes arguments besides the row and the session.',
        serverMessage: notProvided('rank'),
      },
    ],
    [
      'a computed field that returns rows',
      'orders_of',
      { code, message: /returns rows of a table/, serverMessage: notProvided('orders_of') },
    ],
    [
      'a nested column',
      'nested',
      {
        code,
        message:
          'Column "nested" of table "customer" holds nested values; only scalar columns can be joined on.',
        related: [''],
      },
    ],
  ])('%s', (_, name, finding) => {
    expectFindings(toRemoteSchema(`[⟦${name}⟧]`, given(name)), [finding], location);
  });

  it('a column’s GraphQL name and a relationship, known from the metadata', () => {
    const text = `table: customer
configuration:
  column_config:
    person_id: { custom_name: personId }
    odd-name: { custom_name: oddName }
array_relationships:
  - { name: orders, using: { foreign_key_constraint_on: { table: orders, column: customer_id } } }
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [⟦personId⟧, ⟦orders⟧]
        remote_field:
          people: { arguments: { ids: [$personId], name: $orders } }
`;
    const file = `- name: default\n  configuration: {}\n  tables:\n${text.replace(/^/gm, '      ').replace('      ', '    - ')}`;
    expectFindings(
      file,
      [
        {
          code,
          message:
            '"personId" is the GraphQL name of column "person_id" of table "customer"; relationships use the column\'s own name. Did you mean "person_id"?',
        },
        {
          code,
          message:
            '"orders" is an array relationship of table "customer"; only columns and computed fields can be joined on.',
        },
      ],
      { ...surroundings, files: {}, location: { role: 'sources' } },
    );
  });

  it('does not suggest what is listed already', () => {
    expectFindings(
      toRemoteSchema(
        '[person_id, ⟦persn_id⟧]',
        'people: { arguments: { name: $persn_id, ids: [$person_id] } }',
      ),
      [{ code, message: 'Table "customer" has no column "persn_id".', fixes: [] }],
      location,
    );
    const renamed = `- name: default
  configuration: {}
  tables:
    - table: customer
      configuration: { column_config: { person_id: { custom_name: personId }, odd-name: { custom_name: odd } } }
      object_relationships: [{ name: agent, using: { foreign_key_constraint_on: person_id } }]
      remote_relationships:
        - name: profile
          definition:
            to_remote_schema:
              remote_schema: people
              lhs_fields: [person_id, ⟦personId⟧, ⟦agent⟧]
              remote_field: { people: { arguments: { ids: [$person_id], name: $personId, kind: $agent } } }
`;
    expectFindings(
      renamed,
      [
        { code, message: /relationships use the column's own name\.$/, fixes: [] },
        {
          code,
          message:
            '"agent" is an object relationship of table "customer"; only columns and computed fields can be joined on.',
        },
      ],
      { ...surroundings, files: {}, location: { role: 'sources' } },
    );
  });

  it('is told in the words of the server’s version', () => {
    const told = (name: string, version: string) =>
      findingsIn(toRemoteSchema(`[${name}]`, given(name)), at(version)).find(
        (finding) => finding.code === code,
      )?.serverMessage;
    const before = 'Inconsistent object: in table "customer": in remote relationship"profile": ';
    expect(told('persn_id', '2.2.0')).toBe(
      notProvided('persn_id').replace('relationship "profile"', 'relationship"profile"'),
    );
    expect(told('persn_id', '2.1.1')).toBe(
      `${before}field with name "persn_id" not found in table "customer"`,
    );
    expect(told('rank', '2.1.1')).toBe(
      `${before}computed field "rank" is associated with SQL function "customer_rank" has input arguments other than table row type and hasura session`,
    );
    expect(told('full_name', '2.0.1')).toBe(
      `${before}field with name "full_name" not found in table "customer"`,
    );
    expect(told('full_name', '2.0.2')).toBeUndefined();
    expect(told('orders_of', '2.1.1')).toBeUndefined();
    expect(told('nested', '2.1.1')).toBe(`${before}field with name "nested" not found in table "customer"`);
  });

  it('of a relationship, servers before 2.2.0 say what they support', () => {
    const text = `table: customer
configuration: { column_config: { odd-name: { custom_name: oddName } } }
array_relationships: [{ name: orders, using: { foreign_key_constraint_on: { table: orders, column: id } } }]
remote_relationships:
  - name: profile
    definition:
      remote_schema: people
      hasura_fields: [⟦orders⟧]
      remote_field: { people: { arguments: { name: $orders } } }
`;
    expectFindings(
      `- name: default\n  configuration: {}\n  tables:\n${text.replace(/^(?=.)/gm, '      ').replace('      ', '    - ')}`,
      [
        {
          code,
          serverMessage:
            'Inconsistent object: in table "customer": in remote relationship"profile": field with name "orders" not supported; only columns and scalar computed fields',
        },
      ],
      { ...at('2.0.10'), files: {}, location: { role: 'sources' } },
    );
  });

  it('lists one, two and very many fields as the server does', () => {
    const told = (columns: number) => {
      const names = Array.from({ length: columns }, (_, index) => `c${index}`);
      const [finding] = findingsIn(toRemoteSchema('[none]', given('none')), {
        ...location,
        sources: {
          default: {
            tables: [{ table: 'customer', columns: Object.fromEntries(names.map((name) => [name, 'text'])) }],
          },
        },
      });
      return finding?.serverMessage?.split('""customer"')[1];
    };
    expect(told(0)).toBe('for defining a join condition"');
    expect(told(1)).toBe('for defining a join condition, the allowed fields are "c0""');
    expect(told(2)).toBe('for defining a join condition, the allowed fields are "c0" or "c1""');
    expect(told(3)).toBe('for defining a join condition, the allowed fields are "c0", "c1", or "c2""');
    expect(told(200)).toMatch(/ "c0", "c1", .*"c39", …"$/);
  });

  it.each([
    ['a computed field', '[full_name]', given('full_name'), location],
    ['a computed field of which nothing is known', '[mystery]', given('mystery'), location],
    ['a table without known columns', '[anything]', given('anything'), { ...location, table: 'guest' }],
    [
      'a source nobody knows',
      '[anything]',
      given('anything'),
      { ...surroundings, location: { source: 'other' } },
    ],
  ])('says nothing of %s', (_, fields, field, around) => {
    const { table = 'customer', ...rest } = around as Surroundings & { table?: string };
    expectNothing(toRemoteSchema(fields, field, { table }), rest);
  });

  it('finds the field in a shared list once', () => {
    expectFindingsIn(
      'yaml',
      `table: customer
remote_relationships:
  - name: one
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: &fields [⟦idd⟧]
        remote_field: &field
          nameOf: { arguments: { id: $idd } }
  - name: two
    definition: { to_remote_schema: { remote_schema: people, lhs_fields: *fields, remote_field: *field } }
`,
      [{ code, relationship: 'one' }],
      location,
    );
  });
});

describe('unknown-lhs-field, source target', () => {
  const code = 'unknown-lhs-field';
  it.each<[string, string, ExpectedFinding, Surroundings?]>([
    [
      'a mistyped column',
      'idd',
      {
        code,
        message: 'Table "customer" has no column "idd". Did you mean "id"?',
        serverMessage: `${inTickets}"idd" does not exist`,
        relationship: 'tickets',
        fixed: toSource('{ id: customer_id }'),
      },
    ],
    [
      'a computed field with arguments',
      'rank',
      { code, message: /takes arguments/, serverMessage: `${inTickets}"rank" does not exist` },
    ],
    [
      'any computed field before 2.2.0',
      'full_name',
      {
        code,
        message: /before 2\.2\.0, only columns can be joined to a source/,
        serverMessage: /: relationships from non-columns are not supported yet$/,
      },
      at('2.1.1'),
    ],
  ])('%s', (_, name, finding, around = location) => {
    expectFindings(toSource(`{ ⟦${name}⟧: customer_id }`), [finding], around);
  });

  it('says nothing of computed fields since 2.2.0, nor of names that are not valid GraphQL names', () => {
    expectNothing(toSource('{ full_name: note }'), at('2.2.0'));
    expectNothing(toSource('{ odd-name: note }'), location);
  });
});

describe('unknown-lhs-field, where computed fields are included from another file', () => {
  const sources = {
    shop: { tables: [{ table: 'customer', columns: { id: 'integer' } }] },
    helpdesk: { tables: [{ table: 'ticket', columns: { customer_id: 'integer' } }] },
  };
  const customer = (computedFields: string, version?: string): [string, Surroundings] => [
    `- table: customer
  computed_fields: ${computedFields}
  remote_relationships:
    - name: tickets
      definition:
        to_source: { relationship_type: array, source: helpdesk, table: ticket, field_mapping: { ⟦full_name⟧: customer_id } }
`,
    {
      files: {},
      sources,
      location: { role: 'tables', source: 'shop' },
      ...(version && { serverVersion: version }),
    },
  ];
  const field = '{ name: age, definition: { function: age } }';
  const absent = [{ code: 'unknown-lhs-field', message: 'Table "customer" has no column "full_name".' }];

  it.each([
    '"!include computed_fields.yaml"',
    '!include computed_fields.yaml',
    `["!include full_name.yaml", ${field}]`,
  ])('a name may be one of %s', (written) => {
    const [text, around] = customer(written);
    expectNothing(text.replaceAll(/[⟦⟧]/g, ''), around);
  });

  it.each(['[]', `[${field}]`])('a name is none of %s', (written) => {
    const [text, around] = customer(written);
    expectFindings(text, absent, around);
  });

  it('a name is none of a server that joins on no computed field', () => {
    const [text, around] = customer('"!include computed_fields.yaml"', '2.1.1');
    expectFindings(text, absent, around);
  });
});

describe('unknown-lhs-field, type of a remote schema', () => {
  const code = 'unknown-lhs-field';
  it.each<[string, string, ExpectedFinding]>([
    [
      'a mistyped field',
      'nam',
      {
        code,
        message: 'Type "Person" of remote schema "people" has no field "nam". Did you mean "name"?',
        serverMessage: 'Inconsistent object: in remote relationship "tickets": "nam" does not exist',
        relationship: 'tickets',
      },
    ],
    [
      'nothing near',
      'zzz',
      { code, message: 'Type "Person" of remote schema "people" has no field "zzz".', fixes: [] },
    ],
    [
      'a field with arguments',
      'friends',
      { code, message: /takes arguments; only fields without arguments can be joined on/ },
    ],
  ])('%s', (_, name, finding) => {
    expectFindings(onType('Person', `{ ⟦${name}⟧: note }`), [finding], { ...surroundings, files: {} });
  });

  it('says nothing of fields without arguments, nor of a type that is not known', () => {
    expectNothing(onType('Person', '{ name: note }'), { ...surroundings, files: {} });
    const unknown = { ...surroundings, remoteSchemas: { people: null }, files: {} };
    expectNothing(onType('Anything', '{ anything: note }'), unknown);
  });
});
