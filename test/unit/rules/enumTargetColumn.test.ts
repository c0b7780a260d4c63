import { describe, it } from 'vitest';
import { expectFindings, expectNothing } from '../support/checkText.ts';
import { inTickets, surroundings, toSource } from './joinFixtures.ts';
import { location } from './support/joins.ts';

describe('enum-target-column', () => {
  it('a column that references an enum table', () => {
    expectFindings(
      toSource('{ email: ⟦status⟧ }'),
      [
        {
          code: 'enum-target-column',
          severity: 'error',
          serverMessage: `${inTickets}relationships to enum fields are not supported yet`,
        },
      ],
      location,
    );
  });

  it('says nothing of such a column on the left', () => {
    expectNothing(toSource('{ status: note }', { source: 'helpdesk', table: 'ticket' }), {
      ...surroundings,
      location: { source: 'helpdesk' },
    });
  });
});
