import { describe, it } from 'vitest';
import type { ExpectedFinding } from '../support/checkText.ts';
import { inProfile } from './joinFixtures.ts';
import { checkArgument, people } from './support/joins.ts';

describe('not-an-input-object', () => {
  const code = 'not-an-input-object';

  it.each<[string, string, ExpectedFinding]>([
    [
      'for a scalar',
      people('limit: ⟦{ eq: 1 }⟧'),
      {
        code,
        severity: 'error',
        message: 'Argument "limit" takes Int, which is not an input object, but an object is given.',
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
  ])('%s', (_, field, finding) => checkArgument(field, [finding]));

  it.each([
    ['an input object', people('where: { name: $email }')],
    ['a custom scalar of an argument nobody knows', 'hello: { arguments: {} }'],
  ])('says nothing of %s', (_, field) => checkArgument(field, []));
});
