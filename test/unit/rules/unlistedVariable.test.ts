import { describe, expect, it } from 'vitest';
import { type ExpectedFinding, expectFindings, expectFindingsIn, findingsIn } from '../support/checkText.ts';
import { inProfile, legacy, onType, surroundings, toRemoteSchema } from './joinFixtures.ts';
import { at, given, location } from './support/joins.ts';

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

  it.each<[string, string, string[]]>([
    [
      'a name near a listed one, where columns are not known: either may be right',
      'persn_id',
      ['Change to "$person_id"', 'Add "persn_id" to lhs_fields?'],
    ],
    ['a name like none that is listed', 'email', ['Add "email" to lhs_fields']],
  ])('offers, of %s', (_, name, fixes) => {
    expectFindings(
      toRemoteSchema('[person_id]', `people: { arguments: { name: ⟦$${name}⟧, ids: [$person_id] } }`),
      [{ code, fixes }],
      { remoteSchemas: surroundings.remoteSchemas ?? {} },
    );
  });

  it('of a column whose name is like a listed one, offers to list it alone', () => {
    expectFindings(
      toRemoteSchema('[id_1]', 'people: { arguments: { name: ⟦$id_2⟧, ids: [$id_1] } }'),
      [{ code, fixes: ['Add "id_2" to lhs_fields'] }],
      {
        ...location,
        sources: { default: { tables: [{ table: 'customer', columns: { id_1: 'text!', id_2: 'text!' } }] } },
      },
    );
  });

  it('offers nothing where the list stands elsewhere', () => {
    expectFindingsIn(
      'yaml',
      `⟦x⟧: &f [id]\n${toRemoteSchema('*f', 'people: { arguments: { name: ⟦$email⟧, ids: [$id] } }')}`,
      [{ code: 'unknown-table-key' }, { code, fixes: [] }],
      location,
    );
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

  it.each([
    ['a column that does not exist', 'gone'],
    ['what is not a valid GraphQL name', 'first-name'],
  ])('does not offer to list %s', (_, name) => {
    const found = findingsIn(
      toRemoteSchema('[id]', `people: { arguments: { name: $${name}, ids: [$id] } }`),
      location,
    );
    expect(found.flatMap(({ fixes }) => fixes.map(({ title }) => title))).not.toContain(
      `Add "${name}" to lhs_fields`,
    );
    expect(found.map((finding) => finding.code)).not.toEqual([]);
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

  it('is not accepted for computed fields', () => {
    const text = legacy('[id]', 'person: { arguments: { id: $id, locale: $full_name } }');
    expectFindings(text, [{ code, severity: 'error' }], at('2.0.1'));
  });

  it('is not accepted for fields of a type', () => {
    const text = onType('Person').replace(
      /to_source:[\s\S]*/,
      'to_remote_schema: { remote_schema: people, lhs_fields: [id], remote_field: { people: { arguments: { name: $name, ids: [$id] } } } }\n',
    );
    const found = findingsIn(text, at('2.0.1')).filter((finding) => finding.code === code);
    expect(found.map(({ severity }) => severity)).toEqual(['error']);
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
