import { describe, expect, it } from 'vitest';
import { expectFindings, findingsIn } from '../support/checkText.ts';
import { inProfile, toRemoteSchema } from './joinFixtures.ts';
import { given, location } from './support/joins.ts';

describe('lhs-field-name', () => {
  it('a column whose name is not a valid GraphQL name', () => {
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
