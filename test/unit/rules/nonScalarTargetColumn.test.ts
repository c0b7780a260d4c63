import { describe, it } from 'vitest';
import { expectFindings, expectNothing } from '../support/checkText.ts';
import { inTickets, toSource } from './joinFixtures.ts';
import { location } from './support/joins.ts';

describe('non-scalar-target-column', () => {
  const text = toSource('{ email: ⟦lines⟧ }', { source: 'mongo', target: '[shop, cart]' });

  it('a nested column, since 2.27.0', () => {
    expectFindings(
      text,
      [
        {
          code: 'non-scalar-target-column',
          severity: 'error',
          serverMessage: `${inTickets}Target field "lines"is not a scalar column`,
        },
      ],
      location,
    );
    expectNothing(text.replace(/[⟦⟧]/g, ''), { ...location, serverVersion: '2.26.0' });
  });
});
