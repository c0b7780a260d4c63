import { describe, it } from 'vitest';
import type { ExpectedFinding } from '../support/checkText.ts';
import { inProfile, toRemoteSchema } from './joinFixtures.ts';
import { checkPath } from './support/joins.ts';

describe('unknown-argument', () => {
  const code = 'unknown-argument';
  const notFound = (name: string) => `${inProfile}argument with name "${name}" not found in remote schema`;

  it.each<[string, string, ExpectedFinding]>([
    [
      'of a remote field',
      'kindOf: { arguments: { id: $id, ⟦kid⟧: 1 } }',
      {
        code,
        severity: 'error',
        message: 'Remote field "kindOf" has no argument "kid".',
        serverMessage: notFound('kid'),
        relationship: 'profile',
      },
    ],
    [
      'that is mistyped',
      'people: { arguments: { ids: [$id], ⟦naem⟧: x } }',
      { code, fixed: toRemoteSchema('[id]', 'people: { arguments: { ids: [$id], name: x } }') },
    ],
    [
      'of a field without arguments',
      'hello: { arguments: { ⟦id⟧: $id } }',
      { code, message: 'Remote field "hello" takes no arguments.' },
    ],
    [
      'of an input object',
      'people: { arguments: { where: { ⟦ident⟧: $id } } }',
      {
        code,
        message: 'Input object "PersonFilter" has no field "ident".',
        serverMessage: notFound('ident'),
      },
    ],
    [
      'of an input object in a list',
      'people: { arguments: { where: { _or: [{ id: { ⟦eq⟧: $id } }] } } }',
      { code, message: 'Input object "IdFilter" has no field "eq". Did you mean "_eq"?' },
    ],
  ])('%s', (_, field, finding) => checkPath(field, [finding]));

  it('says nothing of what lies below an unknown one', () => {
    checkPath('people: { arguments: { ⟦were⟧: { any: [{ thing: $id }] } } }', [{ code }]);
  });

  it('reports all of them', () => {
    checkPath('people: { arguments: { ⟦a⟧: 1, ⟦b⟧: 2 }, field: { ⟦friends⟧: { arguments: { ⟦c⟧: 3 } } } }', [
      { code },
      { code },
      { code: 'unsupplied-required-argument' },
      { code },
    ]);
  });
});
