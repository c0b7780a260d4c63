import { describe, it } from 'vitest';
import { expectFindings } from '../support/checkText.ts';
import { toRemoteSchema } from './joinFixtures.ts';
import { given, location } from './support/joins.ts';

describe('duplicate-lhs-field', () => {
  it('a duplicate', () => {
    expectFindings(
      toRemoteSchema('[id, ⟦id⟧]', given('id')),
      [{ code: 'duplicate-lhs-field', severity: 'hint', fixed: toRemoteSchema('[id]', given('id')) }],
      location,
    );
  });
});
