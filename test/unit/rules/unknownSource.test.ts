import { describe, it } from 'vitest';
import { expectFindings, expectNothing } from '../support/checkText.ts';
import { inTickets, toSource } from './joinFixtures.ts';
import { location, pairs } from './support/joins.ts';

describe('unknown-source', () => {
  const code = 'unknown-source';

  it('a mistyped name', () => {
    expectFindings(
      toSource(pairs, { source: '⟦helpdsk⟧' }),
      [
        {
          code,
          severity: 'error',
          message: 'There is no source "helpdsk". Did you mean "helpdesk"?',
          serverMessage: `${inTickets}source not found: "helpdsk"`,
          relationship: 'tickets',
          fixed: toSource(pairs),
        },
      ],
      location,
    );
  });

  it('says nothing where not every source is known', () => {
    expectNothing(toSource('{ any: thing }', { source: 'other' }), {
      remoteSchemas: {},
      location: { source: 'default' },
    });
  });
});
