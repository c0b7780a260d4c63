import { describe, it } from 'vitest';
import { expectFindings, expectNothing } from '../support/checkText.ts';
import { inProfile, surroundings, toRemoteSchema } from './joinFixtures.ts';
import { location } from './support/joins.ts';

describe('unknown-remote-schema', () => {
  const code = 'unknown-remote-schema';
  const field = 'person: { arguments: { id: $id } }';

  it('a mistyped name', () => {
    expectFindings(
      toRemoteSchema('[id]', field, { schema: '⟦poeple⟧' }),
      [
        {
          code,
          severity: 'error',
          message: 'There is no remote schema "poeple". Did you mean "people"?',
          serverMessage: `${inProfile}remote schema with name "poeple" not found`,
          relationship: 'profile',
          fixed: toRemoteSchema('[id]', field),
        },
      ],
      location,
    );
  });

  it('says nothing of what lies below it, but for mistakes that need no schema', () => {
    expectFindings(
      toRemoteSchema('[id]', 'person: { arguments: { wrong: $id, ids: ⟦[a, b]⟧, other: ⟦null⟧ } }', {
        schema: '⟦nothing⟧',
      }),
      [{ code }, { code: 'multiple-list-elements' }, { code: 'null-value' }],
      location,
    );
  });

  it('says nothing where not every remote schema is known, and of one without a schema', () => {
    expectNothing(toRemoteSchema('[id]', field), {
      sources: surroundings.sources ?? {},
      location: { source: 'default' },
    });
    expectNothing(
      toRemoteSchema('[id]', 'any: { arguments: { x: $id } }', { schema: 'unreachable' }),
      location,
    );
  });
});
