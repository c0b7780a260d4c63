import { describe, it } from 'vitest';
import { expectFindings, expectNothing, type Surroundings } from '../support/checkText.ts';
import { inSource, toPeople } from './support/definitions.ts';
import { rows } from './support/rows.ts';

describe('lhs-name', () => {
  const text = (argument: string) =>
    inSource(`        - name: profile\n          ${toPeople.replace('id: $id', argument)}\n`).replace(
      'name: customer',
      "name: '2024_sales'",
    );
  rows([
    [
      'a table that begins with a digit',
      text('where: { id: { _eq: $id } }'),
      [
        { code: 'table-graphql-name' },
        {
          code: 'lhs-name',
          text: 'where',
          severity: 'error',
          message:
            'An argument can\'t be an object here: the server names its type after the table "2024_sales", and a GraphQL name can\'t begin with a digit.',
          serverMessage:
            'Inconsistent object: in table "2024_sales": in remote relationship "profile": "2024_sales" is not a valid GraphQL identifier',
        },
      ],
      { files: {}, complete: false },
    ],
    [
      'an object further down the path, and in a list',
      inSource(
        `        - name: profile\n          ${toPeople.replace('{ id: $id } }', '{ id: $id }, field: { a: { arguments: { b: 1, c: [[1], [{ d: 2 }]] } } } }')}\n`,
      ).replace('name: customer', "name: '2024_sales'"),
      [{ code: 'table-graphql-name' }, { code: 'lhs-name', text: 'c' }, { code: 'multiple-list-elements' }],
      { files: {}, complete: false },
    ],
    [
      'a remote schema',
      `- name: 3rd-party\n  definition: { url: u }\n  remote_relationships:\n    - type_name: T\n      relationships: [{ name: profile, ${toPeople.replace('id: $id', '⟦or⟧: [{ id: $id }]')} }]\n`,
      {
        code: 'lhs-name',
        message: /its type after the remote schema "3rd-party", and/,
        serverMessage:
          'Inconsistent object: in remote relationship "profile": "3rd-party" is not a valid GraphQL identifier',
      },
    ],
  ]);
  it('is not reported of what no digit begins then', () =>
    expectFindings(
      text('where: { id: { _eq: $id } }').replace('2024_sales', '-2nd'),
      [{ code: 'table-graphql-name' }],
      { files: {}, complete: false },
    ));
  it('is not reported before v2.2', () =>
    expectFindings(text('where: { id: { _eq: $id } }'), [{ code: 'table-graphql-name' }], {
      files: {},
      complete: false,
      serverVersion: '2.1.1',
    }));
  it.each([
    ['a scalar argument', text('id: $id'), {}],
    [
      'a name that becomes one',
      inSource(
        `        - name: profile\n          ${toPeople.replace('id: $id', 'where: { id: $id }')}\n`,
      ).replace('name: customer', 'name: my-customer'),
      {},
    ],
  ] satisfies [string, string, Surroundings][])('is not reported: %s', (_, yaml, surroundings) =>
    expectNothing(yaml, surroundings),
  );
});
