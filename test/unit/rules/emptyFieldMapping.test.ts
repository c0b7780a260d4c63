import { describe, expect, it } from 'vitest';
import { expectFindings, findingsIn } from '../support/checkText.ts';
import { toSource } from './joinFixtures.ts';
import { location } from './support/joins.ts';

describe('empty-field-mapping', () => {
  it('no pair', () => {
    expectFindings(
      toSource('⟦{}⟧'),
      [
        {
          code: 'empty-field-mapping',
          severity: 'warning',
          serverMessage: undefined,
          relationship: 'tickets',
        },
      ],
      location,
    );
  });

  it('is not said of a mapping that is not written yet', () => {
    const found = findingsIn(toSource(''), location);
    expect(found.map(({ code }) => code)).not.toContain('empty-field-mapping');
  });
});
