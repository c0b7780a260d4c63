import { describe, expect, it } from 'vitest';
import {
  type ExpectedFinding,
  expectFindings,
  expectFindingsIn,
  expectNothing,
  findingsIn,
  type Surroundings,
} from '../support/checkText.ts';
import {
  inProfile,
  inTickets,
  legacy,
  onType,
  surroundings,
  toRemoteSchema,
  toSource,
} from './joinFixtures.ts';

const location: Surroundings = { ...surroundings, location: { source: 'default' } };
const at = (serverVersion: string): Surroundings => ({ ...location, serverVersion });
const given = (name: string) => `nameOf: { arguments: { id: $${name} } }`;
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
    ['a nested column', 'nested', { code, message: /holds nested values/ }],
  ])('%s', (_, name, finding) => {
    expectFindings(toRemoteSchema(`[⟦${name}⟧]`, given(name)), [finding], location);
  });

  it('a column’s GraphQL name and a relationship, known from the metadata', () => {
    const text = `table: customer
configuration:
  column_config:
    person_id: { custom_name: personId }
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
    const file = `- name: default\n  tables:\n${text.replace(/^/gm, '      ').replace('      ', '    - ')}`;
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
    expect(told(200)).toMatch(/"c39", …"$/);
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
        message: /servers before 2\.2\.0/,
        serverMessage: /: relationships from non-columns are not supported yet$/,
      },
      at('2.1.1'),
    ],
  ])('%s', (_, name, finding, around = location) => {
    expectFindings(toSource(`{ ⟦${name}⟧: customer_id }`), [finding], around);
  });

  it('says nothing of computed fields since 2.2.0, nor of names that are no GraphQL names', () => {
    expectNothing(toSource('{ full_name: note }'), at('2.2.0'));
    expectNothing(toSource('{ odd-name: note }'), location);
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

describe('lhs-field-name', () => {
  it('a column whose name is no GraphQL name', () => {
    expectFindings(
      toRemoteSchema('[id, ⟦odd-name⟧]', given('id')),
      [
        {
          code: 'lhs-field-name',
          serverMessage: `${inProfile}"odd-name" is not a valid GraphQL identifier`,
        },
        { code: 'unused-lhs-field' },
      ],
      location,
    );
  });

  it('a name of which nothing else is known', () => {
    const found = findingsIn(toRemoteSchema('[id, a b]', given('id'), { table: 'guest' }), location);
    expect(found.map(({ code }) => code)).toContain('lhs-field-name');
  });

  it('is not said of a name that does not exist', () => {
    const found = findingsIn(toRemoteSchema('[id, no-column]', given('id')), location);
    expect(found.map(({ code }) => code)).toEqual(['unknown-lhs-field']);
  });
});

describe('unlisted-variable', () => {
  const code = 'unlisted-variable';
  const serverMessage = (name: string) => `${inProfile}variable "${name}" is not found`;

  it.each<[string, string, string, string | undefined, ExpectedFinding]>([
    [
      'a column that is not listed',
      '[id]',
      'email',
      '[id, email]',
      {
        code,
        severity: 'error',
        message: /^"\$email" is not among lhs_fields: a join field has to be listed/,
      },
    ],
    ['a column, nothing listed', '[]', 'email', '[email]', { code }],
  ])('%s', (_, fields, name, fixedFields, finding) => {
    const field = (mark: string) =>
      `people:\n  arguments: { name: ${mark}, ids: [$id] }`.replace(
        fields === '[]' ? ', ids: [$id]' : '',
        '',
      );
    expectFindings(
      toRemoteSchema(fields, field(`⟦$${name}⟧`)),
      [
        {
          ...finding,
          serverMessage: serverMessage(name),
          fixed: toRemoteSchema(fixedFields ?? fields, field(`$${name}`)),
        },
      ],
      location,
    );
  });

  it('a name that is neither listed nor a column: the listed one is meant', () => {
    expectFindings(
      toRemoteSchema('[person_id]', 'person:\n  arguments: { id: ⟦$persn_id⟧, locale: $person_id }'),
      [
        {
          code,
          message:
            '"$persn_id" is not among lhs_fields, and can\'t be listed there: Table "customer" has no column "persn_id". Did you mean "$person_id"?',
          fixed: toRemoteSchema(
            '[person_id]',
            'person:\n  arguments: { id: $person_id, locale: $person_id }',
          ),
        },
        { code: 'variable-type' },
      ],
      location,
    );
  });

  it('where columns are not known, both fixes are offered', () => {
    const found = findingsIn(
      toRemoteSchema('[person_id]', 'person:\n  arguments: { id: $persn_id, locale: $person_id }'),
      { remoteSchemas: surroundings.remoteSchemas ?? {} },
    );
    expect(found.map((finding) => [finding.code, finding.fixes.map(({ title }) => title)])).toEqual([
      [code, ['Change to "$person_id"', 'Add "persn_id" to lhs_fields']],
    ]);
  });

  it.each([
    ['block list', '\n          - id # the key', '\n          - id # the key\n          - email'],
    ['quoted flow list', '["id"]', '["id", "email"]'],
    [
      'flow list over lines',
      '[\n            id\n          ]',
      '[\n            id,\n            email\n          ]',
    ],
  ])('lists the column in a %s', (_, before, after) => {
    const field = 'people: { arguments: { name: $email, ids: [$id] } }';
    expectFindingsIn(
      'yaml',
      toRemoteSchema(before, field),
      [{ code, fixed: toRemoteSchema(after, field) }],
      location,
    );
  });

  it('lists the column with CRLF line ends', () => {
    const field = 'people: { arguments: { name: $email, ids: [$id] } }';
    const text = (fields: string) => toRemoteSchema(fields, field).replaceAll('\n', '\r\n');
    expectFindingsIn(
      'yaml',
      text('\n          - id'),
      [{ code, fixed: text('\n          - id\n          - email') }],
      location,
    );
  });

  it('is not said where the entry of the list is what is mistyped', () => {
    expectFindings(
      toRemoteSchema('[⟦persn_id⟧]', given('person_id')),
      [{ code: 'unknown-lhs-field', fixed: toRemoteSchema('[person_id]', given('person_id')) }],
      location,
    );
  });

  it('is said of the variable alone where that is mistyped', () => {
    expectFindings(
      toRemoteSchema('[person_id]', given('persn_id').replace('$persn_id', '⟦$persn_id⟧')),
      [{ code, fixed: toRemoteSchema('[person_id]', given('person_id')) }],
      location,
    );
  });

  it('is accepted for columns before 2.0.2', () => {
    const text = legacy('[id]', 'person: { arguments: { id: $id, locale: $email } }');
    expectFindings(text, [{ code, severity: 'warning', serverMessage: undefined }], at('2.0.1'));
    expectFindings(text, [{ code, severity: 'error' }], at('2.0.2'));
    expect(
      findingsIn(text.replace('$email', '$emial'), at('2.0.1')).find((finding) => finding.code === code)
        ?.severity,
    ).toBe('error');
  });

  it('is found at any depth, and on every step', () => {
    expectFindings(
      toRemoteSchema(
        '[id]',
        `
create:
  arguments: { input: { name: ⟦$a⟧, role: x } }
  field:
    friends:
      arguments: { first: ⟦$b⟧ }
      field:
        address:
          arguments: { kind: $id }
`,
      ),
      [
        { code, serverMessage: serverMessage('a') },
        { code, serverMessage: serverMessage('b') },
      ],
      location,
    );
  });
});

describe('unused-lhs-field and duplicate-lhs-field', () => {
  it('an unused one, which can be removed', () => {
    expectFindings(
      toRemoteSchema('[id, ⟦email⟧]', given('id')),
      [
        {
          code: 'unused-lhs-field',
          severity: 'hint',
          serverMessage: undefined,
          fixed: toRemoteSchema('[id]', given('id')),
        },
      ],
      location,
    );
  });

  it.each([
    ['the first', '\n          - email # why\n          - id', '\n          - id'],
    ['the last', '\n          - id\n          - email', '\n          - id'],
  ])('removes %s of a block list', (_, before, after) => {
    expectFindingsIn(
      'yaml',
      toRemoteSchema(before, given('id')),
      [{ code: 'unused-lhs-field', fixed: toRemoteSchema(after, given('id')) }],
      location,
    );
  });

  it('removes the only one', () => {
    expectFindings(
      toRemoteSchema('[⟦email⟧]', 'hello: { arguments: {} }'),
      [{ code: 'unused-lhs-field', fixed: toRemoteSchema('[]', 'hello: { arguments: {} }') }],
      location,
    );
    expectFindingsIn(
      'yaml',
      toRemoteSchema('\n          - email', 'hello: { arguments: {} }'),
      [{ code: 'unused-lhs-field', fixed: toRemoteSchema('\n          []', 'hello: { arguments: {} }') }],
      location,
    );
  });

  it.each([
    ['arguments are not written yet', 'nameOf:'],
    ['a value is not written yet', 'nameOf:\n  arguments:\n    id:'],
    ['the path is not written yet', '{}'],
    ['an argument can’t be read', 'nameOf: { arguments: { id: *nothing } }'],
  ])('says nothing where %s', (_, field) => {
    const found = findingsIn(toRemoteSchema('[id]', field), location);
    expect(found.map(({ code }) => code)).not.toContain('unused-lhs-field');
  });

  it('a text that was meant to be the variable', () => {
    const field = (name: string) => `people: { arguments: { name: ${name} } }`;
    expectFindings(
      toRemoteSchema('[⟦email⟧]', field('email')),
      [
        {
          code: 'unused-lhs-field',
          message: /An argument is given the text "email": did you mean "\$email"\?$/,
          fixed: toRemoteSchema('[email]', field('$email')),
        },
      ],
      location,
    );
  });

  it('a duplicate', () => {
    expectFindings(
      toRemoteSchema('[id, ⟦id⟧]', given('id')),
      [{ code: 'duplicate-lhs-field', severity: 'hint', fixed: toRemoteSchema('[id]', given('id')) }],
      location,
    );
  });

  it('calls the list by the name it has in the legacy form', () => {
    const field = (name: string) => `people: { arguments: { name: ${name}, ids: [$id] } }`;
    expectFindings(
      legacy('[id]', field('⟦$email⟧')),
      [
        {
          code: 'unlisted-variable',
          message: /is not among hasura_fields/,
          fixed: legacy('[id, email]', field('$email')),
        },
      ],
      location,
    );
  });
});
