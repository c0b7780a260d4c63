import { describe, expect, it } from 'vitest';
import { findingsIn } from '../support/checkText.ts';
import { inProfile, toRemoteSchema } from './joinFixtures.ts';
import { checkPath, location } from './support/joins.ts';

describe('deprecated-remote-field', () => {
  const code = 'deprecated-remote-field';

  it('fields, arguments and input fields', () => {
    checkPath('⟦user⟧: { arguments: { id: $id, ⟦old⟧: 1 } }', [
      {
        code,
        severity: 'hint',
        message: 'Remote field "user" is deprecated: Use person.',
        serverMessage: undefined,
      },
      {
        code,
        severity: 'warning',
        message: /^Argument "old" is deprecated: Use id\. The server doesn't ask for /,
        serverMessage: `${inProfile}argument with name "old" not found in remote schema`,
      },
    ]);
    checkPath('people: { arguments: { where: { ⟦old⟧: 1, id: { _eq: $id } } } }', [
      {
        code,
        severity: 'warning',
        serverMessage: `${inProfile}argument with name "old" not found in remote schema`,
      },
    ]);
  });

  it('is tagged', () => {
    const [found] = findingsIn(toRemoteSchema('[id]', 'user: { arguments: { id: $id } }'), location);
    expect(found?.tags).toEqual(['deprecated']);
  });

  it('says nothing of what is not deprecated', () => checkPath('person: { arguments: { id: $id } }', []));
});
