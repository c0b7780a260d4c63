import { describe, expect, it } from 'vitest';
import {
  applyFix,
  type ExpectedFinding,
  expectFindings,
  expectFindingsIn,
  findingsIn,
  type Surroundings,
} from '../support/checkText.ts';
import { indented, inProfile, legacy, surroundings, toRemoteSchema } from './joinFixtures.ts';

const location: Surroundings = { ...surroundings, location: { source: 'default' } };

/** Lists what the field uses, so that nothing is unused. */
function listOf(field: string): string {
  return `[${[...new Set(field.match(/\$\w+/g) ?? [])].map((name) => name.slice(1)).join(', ')}]`;
}

function check(field: string, expected: readonly ExpectedFinding[], around: Surroundings = location): void {
  expectFindings(toRemoteSchema(listOf(field), field), expected, around);
}

const people = (argument: string) => `people: { arguments: { ${argument} } }`;
const fixedPeople = (argument: string) => toRemoteSchema(listOf(argument), people(argument));

describe('null-value', () => {
  const code = 'null-value';
  const serverMessage = `${inProfile}null is not allowed here`;

  it.each<[string, string]>([
    ['of an argument', people('name: ⟦null⟧')],
    ['written as ~', people('name: ⟦~⟧')],
    ['in a list', people('ids: [⟦null⟧]')],
    ['in an input object', people('where: { id: { _eq: ⟦null⟧ } }')],
  ])('%s', (_, field) => {
    check(field, [{ code, severity: 'error', serverMessage, relationship: 'profile' }]);
  });

  it('of a key without a value stands at the key', () => {
    expectFindingsIn(
      'yaml',
      toRemoteSchema('[]', 'people:\n  arguments:\n    ⟦name⟧:'),
      [{ code, serverMessage, message: /has no value/ }],
      location,
    );
  });

  it('needs no schema', () => {
    expectFindings(
      toRemoteSchema('[]', people('any: ⟦null⟧'), { schema: 'unreachable' }),
      [{ code, serverMessage }],
      location,
    );
  });

  it('says nothing of the text "null"', () => check(people('name: "null"'), []));
});

describe('not-an-input-object', () => {
  const code = 'not-an-input-object';

  it.each<[string, string, ExpectedFinding]>([
    [
      'for a scalar',
      people('limit: ⟦{ eq: 1 }⟧'),
      {
        code,
        severity: 'error',
        message: 'Argument "limit" takes Int, which is no input object, but an object is given.',
        serverMessage: `${inProfile}type "eq"not an input object type`,
      },
    ],
    [
      'without keys',
      people('limit: ⟦{}⟧'),
      { code, serverMessage: `${inProfile}type "Int" is invalid for stripping` },
    ],
    ['for an enum', people('kind: ⟦{ a: $id }⟧'), { code }],
    ['for a list of scalars', people('ids: ⟦{ a: $id }⟧'), { code, message: /takes \[ID!\]/ }],
    ['over lines', 'people:\n  arguments:\n    ⟦limit⟧:\n      eq: 1', { code }],
  ])('%s', (_, field, finding) => check(field, [finding]));

  it.each([
    ['an input object', people('where: { name: $email }')],
    ['a custom scalar of an argument nobody knows', 'hello: { arguments: {} }'],
  ])('says nothing of %s', (_, field) => check(field, []));
});

describe('object-for-list', () => {
  const code = 'object-for-list';
  const serverMessage = `${inProfile}type "PersonFilter" is invalid for stripping`;

  it.each<[string, string, string]>([
    ['one line', 'where: { _or: ⟦{ name: $email }⟧ }', 'where: { _or: [{ name: $email }] }'],
    ['empty', 'where: { _or: ⟦{}⟧ }', 'where: { _or: [{}] }'],
  ])('%s', (_, argument, fixed) => {
    check(people(argument), [{ code, severity: 'error', serverMessage, fixed: fixedPeople(fixed) }]);
  });

  it('over lines becomes an item, comments and all', () => {
    const text = (field: string) => toRemoteSchema('[email, id]', field);
    expectFindingsIn(
      'yaml',
      text(`
people:
  arguments:
    where:
      ⟦_or⟧:
        name: $email # theirs
        # the key

        id:
          _eq: $id
      name: x
`),
      [
        {
          code,
          serverMessage,
          fixed: text(`
people:
  arguments:
    where:
      _or:
        - name: $email # theirs
          # the key

          id:
            _eq: $id
      name: x
`),
        },
      ],
      location,
    );
  });

  it('in a list of lists', () => {
    check('peopleIn: { arguments: { filters: [{ name: $email }], matrix: ⟦{ name: x }⟧ } }', [
      {
        code,
        fixed: toRemoteSchema(
          '[email]',
          'peopleIn: { arguments: { filters: [{ name: $email }], matrix: [[{ name: x }]] } }',
        ),
      },
    ]);
    check('peopleIn: { arguments: { filters: [], matrix: [⟦{ name: $email }⟧] } }', [{ code }]);
  });

  it('what stands in the object is checked all the same', () => {
    check(people('where: { _or: { nam: $email } }'), [
      { code, text: '{ nam: $email }' },
      { code: 'unknown-argument', text: 'nam' },
    ]);
  });

  it('says nothing of a list of one object', () => check(people('where: { _or: [{ name: $email }] }'), []));
});

describe('multiple-list-elements', () => {
  const code = 'multiple-list-elements';
  const serverMessage = `${inProfile}multiple elements in list value is not supported`;

  it.each<[string, string]>([
    ['variables', people('ids: ⟦[$id, $person_id]⟧')],
    ['literals', people('ids: ⟦[a, b, c]⟧')],
    ['objects', people('where: { _or: ⟦[{ name: a }, { name: b }]⟧ }')],
    ['where no list is expected', people('name: ⟦[a, b]⟧')],
  ])('%s', (_, field) => check(field, [{ code, severity: 'error', serverMessage }]));

  it('over lines stands at the name', () => {
    check('people:\n  arguments:\n    ⟦ids⟧:\n      - $id\n      - $person_id', [{ code }]);
  });

  it.each(['ids: []', 'ids: [$id]', 'tags: [[$email]]'])('says nothing of %s', (argument) =>
    check(people(argument), []),
  );
});

describe('list-for-non-list', () => {
  const code = 'list-for-non-list';

  it.each<[string, string, ExpectedFinding]>([
    [
      'a variable',
      'name: ⟦[$email]⟧',
      {
        code,
        severity: 'error',
        message: 'Argument "name" takes one String, but a list is given.',
        serverMessage: `${inProfile}type "String"is not a list type`,
        fixed: fixedPeople('name: $email'),
      },
    ],
    ['an empty list', 'name: ⟦[]⟧', { code }],
    [
      'an input object',
      'where: ⟦[{ name: $email }]⟧',
      { code, serverMessage: `${inProfile}type "PersonFilter"is not a list type` },
    ],
    ['a list too deep', 'ids: [⟦[$id]⟧]', { code, serverMessage: `${inProfile}type "ID"is not a list type` }],
  ])('%s', (_, argument, finding) => check(people(argument), [finding]));

  it.each([
    ['- $email', '  $email'],
    ['- name: $email\n        id: { _eq: $id }', '  name: $email\n        id: { _eq: $id }'],
  ])('takes the item out of a list over lines: %s', (before, after) => {
    const field = (value: string, name: string) => `people:\n  arguments:\n    ${name}:\n      ${value}`;
    const name = before.includes('id') ? 'where' : 'name';
    const found = findingsIn(toRemoteSchema(listOf(before), field(before, name)), location);
    const [finding] = found;
    const [fix] = finding?.fixes ?? [];
    expect(found.map((one) => one.code)).toEqual([code]);
    expect(fix && applyFix(toRemoteSchema(listOf(before), field(before, name)), fix)).toBe(
      toRemoteSchema(listOf(before), field(after, name)),
    );
  });

  it('says nothing where the type is not known', () => {
    expectFindings(
      toRemoteSchema('[id]', 'any: { arguments: { x: [$id] } }', { schema: 'unreachable' }),
      [],
      location,
    );
  });
});

describe('literal-type', () => {
  const code = 'literal-type';
  const got = (expected: string, actual: string) =>
    `${inProfile}expected type "${expected}" but got "${actual}"`;
  const idText = (actual: string) =>
    `${inProfile}Only ID, Int, uuid or String scalar types can be joined to the ID type, but received "${actual}"`;

  it.each<[string, string, ExpectedFinding]>([
    [
      'a text for an enum',
      'kind: ⟦FRIEND⟧',
      {
        code,
        severity: 'error',
        message:
          'Argument "kind" takes a value of enum Kind, and an enum value can\'t be written in a relationship: a text is always a String. Use a join field ("$…"), or leave it out so that it is given at query time.',
        serverMessage: got('Kind', 'String'),
      },
    ],
    [
      'a text for a custom scalar',
      'day: ⟦monday⟧',
      { code, message: /refuses every literal for a custom scalar/, serverMessage: got('Date', 'String') },
    ],
    ['a whole number for a custom scalar', 'day: ⟦1⟧', { code, serverMessage: got('Date', 'Int') }],
    [
      'a whole number for Float',
      'score: ⟦1⟧',
      {
        code,
        message: /refuses whole numbers for it \(1\.0 is one, too\)/,
        serverMessage: got('Float', 'Int'),
      },
    ],
    [
      'a text of digits for Int',
      'limit: ⟦x⟧',
      {
        code,
        message: 'Argument "limit" takes Int, but a text is given.',
        serverMessage: got('Int', 'String'),
      },
    ],
    ['a fraction for Int', 'limit: ⟦1.5⟧', { code, serverMessage: got('Int', 'Float') }],
    ['a boolean for Int', 'limit: ⟦true⟧', { code, serverMessage: got('Int', 'Boolean') }],
    ['a number for Boolean', 'active: ⟦1⟧', { code, serverMessage: got('Boolean', 'Int') }],
    ['a boolean for ID', 'where: { id: { _eq: ⟦true⟧ } }', { code, serverMessage: idText('Boolean') }],
    ['a fraction for ID', 'ids: [⟦1.5⟧]', { code, serverMessage: idText('Float') }],
    ['a text for an input object', 'where: ⟦x⟧', { code, serverMessage: got('PersonFilter', 'String') }],
    ['a number for a list of lists', 'tags: ⟦1⟧', { code, serverMessage: got('String', 'Int') }],
  ])('%s', (_, argument, finding) => check(people(argument), [finding]));

  it.each([
    ['limit: "5"', 'limit: 5'],
    ['active: "true"', 'active: true'],
    ['score: "1.5"', 'score: 1.5'],
    ['name: 5', 'name: "5"'],
    ['name: true', 'name: "true"'],
    ['ids: [1.5]', 'ids: ["1.5"]'],
  ])('is mended: %s', (before, after) => {
    check(people(before), [{ code, fixed: fixedPeople(after) }]);
  });

  it('offers the join field whose $ was forgotten', () => {
    check(people('limit: ⟦age⟧'), [
      { code, message: /Did you mean "\$age"\?$/, fixed: toRemoteSchema('[]', people('limit: $age')) },
    ]);
  });

  it.each([
    'limit: 5',
    'limit: 5.0',
    'score: 1.5',
    'active: false',
    'name: text',
    'name: ""',
    'ids: 5',
    'ids: abc',
    'ids: ["abc"]',
    'tags: text',
    'tags: [text]',
    'tags: [[text]]',
  ])('says nothing of %s', (argument) => check(people(argument), []));

  it('takes an earlier step into account', () => {
    const field = 'people: { arguments: { kind: ⟦FOE⟧ }, field: { name: { arguments: {} } } }';
    check(field, [{ code, message: /Use a join field \("\$…"\) instead\.$/ }]);
  });
});

describe('variable-type', () => {
  const code = 'variable-type';

  it.each<[string, string, string]>([
    [
      'a text for Int',
      'limit: ⟦$email⟧',
      'Column "email" of type text does not fit argument "limit", which takes Int.',
    ],
    ['a number for Boolean', 'active: ⟦$age⟧', 'Column "age" of type integer does not fit argument "active"'],
    [
      'a boolean in a list',
      'ids: [⟦$active⟧]',
      'Column "active" of type boolean does not fit argument "ids", which takes ID!.',
    ],
    [
      'a scalar for an input object',
      'where: ⟦$age⟧',
      'Column "age" of type integer does not fit argument "where"',
    ],
    ['a computed field', 'limit: ⟦$full_name⟧', 'Computed field "full_name" of type text does not fit'],
  ])('%s', (_, argument, message) => {
    check(people(argument), [
      {
        code,
        severity: 'warning',
        serverMessage: undefined,
        message: new RegExp(message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')),
      },
    ]);
  });

  it.each([
    ['a uuid for ID', 'ids: [$id]'],
    ['a number for ID', 'ids: $age'],
    ['a single value for a list', 'tags: $email'],
    ['anything for a custom scalar', 'day: $joined'],
    ['a text for an enum', 'kind: $email'],
  ])('says nothing of %s', (_, argument) => check(people(argument), []));

  it('is an error before 2.2.0, in the server’s words', () => {
    const field = people('limit: $email, day: $joined, name: $email');
    const text = legacy(listOf(field), field);
    const about = (finding: { code: string }) => finding.code === code;
    const before = 'Inconsistent object: in table "customer": in remote relationship"profile": ';
    expect(
      findingsIn(text, { ...location, serverVersion: '2.1.1' })
        .filter(about)
        .map(({ severity, serverMessage }) => [severity, serverMessage]),
    ).toEqual([
      ['error', `${before}expected type "Int" but got "String"`],
      ['error', `${before}expected type "Date" but got "timestamptz"`],
    ]);
    expect(
      findingsIn(text, { ...location, serverVersion: '2.2.0' })
        .filter(about)
        .map(({ severity }) => severity),
    ).toEqual(['warning']);
  });
});

describe('nullable-argument', () => {
  const code = 'nullable-argument';

  it('a nullable column for a non-null argument', () => {
    check('person: { arguments: { id: ⟦$email⟧ } }', [
      {
        code,
        severity: 'information',
        serverMessage: undefined,
        message: /can be null, argument "id" \(ID!\) can't\. .*the relationship is null\.$/,
      },
    ]);
    check(people('ids: [⟦$email⟧]'), [{ code }]);
  });

  it.each([
    ['a column that is not nullable', 'person: { arguments: { id: $id } }'],
    ['a nullable argument', people('name: $email')],
    ['a column of which it is not known', 'person: { arguments: { id: $full_name } }'],
  ])('says nothing of %s', (_, field) => check(field, []));
});

describe('payloads people asked about', () => {
  const withSchema = (sdl: string, columns: Record<string, string>): Surroundings => ({
    location: { source: 'default' },
    sources: { default: { tables: [{ table: 'customer', columns }] } },
    remoteSchemas: { people: sdl },
  });

  it('an object for a list of filters, with two conditions', () => {
    const sdl = `
type Query { event(where: event_bool_exp): [event!]! }
type event { id: ID }
input event_bool_exp { _or: [event_bool_exp!] creator: text_exp recipient: text_exp }
input text_exp { _eq: String }
`;
    const or = '{ recipient: { _eq: $wallet }, creator: { _eq: $wallet } }';
    const text = (value: string) =>
      toRemoteSchema('[wallet]', `event: { arguments: { where: { _or: ${value} } } }`);
    const around = withSchema(sdl, { wallet: 'text!' });
    expectFindings(
      text(`⟦${or}⟧`),
      [
        {
          code: 'object-for-list',
          serverMessage: `${inProfile}type "event_bool_exp" is invalid for stripping`,
          fixed: text(`[${or}]`),
        },
      ],
      around,
    );
    expectFindings(text(`[${or}]`), [], around);
  });

  it('a text for an enum argument', () => {
    const sdl =
      'type Query { listCards(limit: Float, cursor: String, type: CardType!): [Card!]! } enum CardType { CREDIT } type Card { id: ID }';
    expectFindings(
      toRemoteSchema('[]', 'listCards: { arguments: { limit: ⟦10⟧, type: ⟦CREDIT⟧ } }'),
      [
        { code: 'literal-type', serverMessage: `${inProfile}expected type "Float" but got "Int"` },
        { code: 'literal-type', serverMessage: `${inProfile}expected type "CardType" but got "String"` },
      ],
      withSchema(sdl, { id: 'uuid!' }),
    );
  });

  it('a bigint column for a custom scalar, accepted since 2.2.0', () => {
    const sdl = 'type Query { score(of: BigInt): Int } scalar BigInt';
    const field = 'score: { arguments: { of: $big } }';
    const around = withSchema(sdl, { big: 'bigint!' });
    expectFindings(toRemoteSchema('[big]', field), [], around);
    expectFindings(
      legacy('[big]', field),
      [
        {
          code: 'variable-type',
          severity: 'error',
          serverMessage: /expected type "BigInt" but got "bigint"$/,
        },
      ],
      { ...around, serverVersion: '2.1.1' },
    );
  });

  it('an integer column for ID', () => {
    expectFindings(
      toRemoteSchema('[n]', 'a: { arguments: { id: $n } }'),
      [],
      withSchema('type Query { a(id: ID!): Int }', { n: 'integer!' }),
    );
  });

  it('a field without arguments can’t be joined to', () => {
    expectFindings(
      toRemoteSchema('[id]', 'subtasks: { arguments: { ⟦task_uuid⟧: $id } }'),
      [{ code: 'unknown-argument', message: 'Remote field "subtasks" takes no arguments.' }],
      withSchema('type Subtask { uuid: ID! task_uuid: ID! } type Query { subtasks: [Subtask!]! }', {
        id: 'uuid!',
      }),
    );
  });

  it('a request inside a migration’s list, the table in a schema of its own', () => {
    const request = (field: string) => `- type: create_remote_relationship
  args:
    name: account
    table: { name: physical_account, schema: vam }
    hasura_fields: [account_number]
    remote_schema: accounts
    remote_field:
${indented(field, 6)}
`;
    const around: Surroundings = {
      sources: {
        default: {
          tables: [
            { table: { schema: 'vam', name: 'physical_account' }, columns: { account_number: 'text!' } },
          ],
        },
      },
      remoteSchemas: { accounts: 'type Query { account(id: String!): Account } type Account { id: ID }' },
    };
    expectFindings(request('account: { arguments: { id: $account_number } }'), [], around);
    expectFindings(
      request('account: { arguments: { ⟦ident⟧: $account_number, id: x } }'),
      [
        {
          code: 'unknown-argument',
          serverMessage:
            'Inconsistent object: in table "vam.physical_account": in remote relationship "account": argument with name "ident" not found in remote schema',
        },
      ],
      around,
    );
  });
});
