import { describe, it } from 'vitest';
import { expectFindings, expectFindingsIn } from '../support/checkText.ts';
import { inProfile, toRemoteSchema } from './joinFixtures.ts';
import { checkArgument, location, people } from './support/joins.ts';

describe('null-value', () => {
  const code = 'null-value';
  const serverMessage = `${inProfile}null is not allowed here`;

  it.each<[string, string]>([
    ['of an argument', people('name: ⟦null⟧')],
    ['written as ~', people('name: ⟦~⟧')],
    ['in a list', people('ids: [⟦null⟧]')],
    ['in an input object', people('where: { id: { _eq: ⟦null⟧ } }')],
  ])('%s', (_, field) => {
    checkArgument(field, [{ code, severity: 'error', serverMessage, relationship: 'profile' }]);
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

  it('says nothing of the text "null"', () => checkArgument(people('name: "null"'), []));
});
