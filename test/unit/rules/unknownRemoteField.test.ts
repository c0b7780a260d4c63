import { describe, it } from 'vitest';
import type { ExpectedFinding } from '../support/checkText.ts';
import { inProfile, toRemoteSchema } from './joinFixtures.ts';
import { checkPath, location } from './support/joins.ts';

describe('unknown-remote-field', () => {
  const code = 'unknown-remote-field';
  const notFound = (field: string, type: string) =>
    `${inProfile}remote field with name "${field}" and type "${type}" not found`;

  it.each<[string, string, ExpectedFinding]>([
    [
      'a query field',
      '⟦persn⟧: { arguments: { id: $id } }',
      {
        code,
        severity: 'error',
        message: 'Remote schema "people" has no query field "persn". Did you mean "person"?',
        serverMessage: notFound('persn', 'Query'),
        relationship: 'profile',
        fixed: toRemoteSchema('[id]', 'person: { arguments: { id: $id } }'),
      },
    ],
    [
      'a mutation',
      '⟦addPerson⟧: { arguments: { name: $id } }',
      { code, message: /is a field of "Mutation", but a path starts at the query root/ },
    ],
    [
      'a field of another root by another name',
      '⟦onPerson⟧: { arguments: { id: $id } }',
      { code, message: 'Remote schema "people" has no query field "onPerson". Did you mean "person"?' },
    ],
    [
      'a nested field',
      'person:\n  arguments: { id: $id }\n  field:\n    ⟦adress⟧: { arguments: {} }',
      {
        code,
        message: 'Type "Person" has no field "adress". Did you mean "address"?',
        serverMessage: notFound('adress', 'Person'),
      },
    ],
    [
      'a field below a list of non-null objects',
      'people:\n  arguments: { ids: [$id] }\n  field:\n    ⟦xyz⟧: { arguments: {} }',
      { code, serverMessage: notFound('xyz', 'Person') },
    ],
  ])('%s', (_, field, finding) => checkPath(field, [finding]));

  it('does not suggest what stands beside it already', () => {
    checkPath('person: { arguments: { id: $id } }\n⟦persn⟧: { arguments: {} }', [
      { code: 'remote-field-shape' },
      { code, message: 'Remote schema "people" has no query field "persn".', fixes: [] },
    ]);
  });

  it('says nothing of what follows an unknown field', () => {
    checkPath(
      '⟦persn⟧:\n  arguments: { any: { thing: [$id] } }\n  field:\n    also: { arguments: { unknown: 1 } }',
      [{ code }],
    );
  });

  it('a schema without a query root', () => {
    checkPath(
      '⟦person⟧: { arguments: { id: $id } }',
      [
        {
          code,
          message: /has no query root/,
          serverMessage: `${inProfile}field with name "Query" not found in remote schema`,
        },
      ],
      { ...location, remoteSchemas: { people: 'type Person { id: ID! }' } },
    );
  });

  it.each(['Mutation', 'mutation_root', 'Subscription', 'subscription_root'])('a field of %s', (root) =>
    checkPath(
      '⟦rename⟧: { arguments: { id: $id } }',
      [
        {
          code,
          message: `Remote schema "people" has no query field "rename". It is a field of "${root}", but a path starts at the query root.`,
        },
      ],
      {
        ...location,
        remoteSchemas: { people: `type Query { one(id: ID): Int } type ${root} { rename: Int }` },
      },
    ),
  );

  it('of what can be no name, that is what is said', () =>
    checkPath('⟦per-son⟧: { arguments: { id: $id } }', [{ code: 'remote-field-shape' }]));

  it('a query root by another name', () => {
    checkPath('⟦two⟧: { arguments: { id: $id } }', [{ code, serverMessage: notFound('two', 'query_root') }], {
      ...location,
      remoteSchemas: { people: 'schema { query: query_root } type query_root { one(id: ID): Int }' },
    });
  });

  it.each([
    ['an interface', 'node: { arguments: { id: $id } }'],
    ['a union', 'search: { arguments: { text: $id } }'],
    ['an enum', 'kindOf: { arguments: { id: $id } }'],
    ['a scalar', 'nameOf: { arguments: { id: $id } }'],
    [
      'an object at depth',
      'person:\n  arguments: { id: $id }\n  field:\n    address: { arguments: { kind: home } }',
    ],
  ])('the path may end at %s', (_, field) => checkPath(field, []));
});
