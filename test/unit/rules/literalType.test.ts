import { describe, it } from 'vitest';
import { type ExpectedFinding, expectFindings } from '../support/checkText.ts';
import { inProfile, legacy, toRemoteSchema } from './joinFixtures.ts';
import { checkArgument, fixedPeople, location, people } from './support/joins.ts';

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
          'Argument "kind" takes a value of enum Kind, and an enum value can\'t be written in a relationship: a string is always a String. Use a join field ("$…"), or leave it out and supply it at query time.',
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
        message: /refuses whole numbers for it \(1\.0 counts as one\)/,
        serverMessage: got('Float', 'Int'),
      },
    ],
    [
      'a text of digits for Int',
      'limit: ⟦x⟧',
      {
        code,
        message: 'Argument "limit" takes Int, but a string is given.',
        serverMessage: got('Int', 'String'),
      },
    ],
    ['a fraction for Int', 'limit: ⟦1.5⟧', { code, serverMessage: got('Int', 'Float') }],
    ['a boolean for Int', 'limit: ⟦true⟧', { code, serverMessage: got('Int', 'Boolean') }],
    [
      'a text with some letters of a boolean',
      'active: ⟦male⟧',
      { code, message: /but a string is given\.$/, serverMessage: got('Boolean', 'String') },
    ],
    [
      'a text that is nearly a boolean',
      'active: ⟦ture⟧',
      {
        code,
        message: /but a string is given\. Did you mean "true"\?$/,
        serverMessage: got('Boolean', 'String'),
      },
    ],
    [
      'a text that is no boolean',
      'active: ⟦maybe⟧',
      { code, message: /but a string is given\.$/, serverMessage: got('Boolean', 'String') },
    ],
    ['a number for Boolean', 'active: ⟦1⟧', { code, serverMessage: got('Boolean', 'Int') }],
    ['a boolean for ID', 'where: { id: { _eq: ⟦true⟧ } }', { code, serverMessage: idText('Boolean') }],
    ['a fraction for ID', 'ids: [⟦1.5⟧]', { code, serverMessage: idText('Float') }],
    ['a text for an input object', 'where: ⟦x⟧', { code, serverMessage: got('PersonFilter', 'String') }],
    ['a text in a list for Boolean', 'active: ⟦[ture]⟧', { code: 'list-for-non-list' }],
    ['a number that is like no boolean', 'active: ⟦1.5⟧', { code, fixes: [] }],
    ['a number for a list of lists', 'tags: ⟦1⟧', { code, serverMessage: got('String', 'Int') }],
  ])('%s', (_, argument, finding) => checkArgument(people(argument), [finding]));

  it.each([
    ['limit: "5"', 'limit: 5'],
    ['active: "true"', 'active: true'],
    ['score: "1.5"', 'score: 1.5'],
    ['name: 5', 'name: "5"'],
    ['name: true', 'name: "true"'],
    ['ids: [1.5]', 'ids: ["1.5"]'],
  ])('is mended: %s', (before, after) => {
    checkArgument(people(before), [{ code, fixed: fixedPeople(after) }]);
  });

  it('offers the join field whose $ was forgotten', () => {
    checkArgument(people('limit: ⟦age⟧'), [
      { code, message: /Did you mean "\$age"\?$/, fixed: toRemoteSchema('[]', people('limit: $age')) },
    ]);
  });

  it('offers one that is listed, where columns are not known', () => {
    expectFindings(
      toRemoteSchema('[⟦age⟧]', people('limit: ⟦age⟧')),
      [{ code: 'unused-lhs-field' }, { code, message: /Did you mean "\$age"\?$/ }],
      { remoteSchemas: location.remoteSchemas ?? {} },
    );
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
  ])('says nothing of %s', (argument) => checkArgument(people(argument), []));

  it('takes an earlier step into account', () => {
    const field = 'people: { arguments: { kind: ⟦FOE⟧ }, field: { name: { arguments: {} } } }';
    checkArgument(field, [{ code, message: /Use a join field \("\$…"\) instead\.$/ }]);
  });

  it.each(['x', '5'])('before 2.0 no literal does for an ID: %s', (literal) =>
    expectFindings(
      legacy('[]', people(`ids: [⟦${literal}⟧]`)),
      [
        {
          code,
          message:
            'Argument "ids" takes ID!, and the server refuses every literal for an ID before version 2.0.',
          serverMessage: `in table "customer": in remote relationship"profile": expected type "ID" but got "${literal === 'x' ? 'String' : 'Int'}"`,
        },
      ],
      { ...location, serverVersion: '1.3.3' },
    ),
  );
});
