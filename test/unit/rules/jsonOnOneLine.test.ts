import { describe, it } from 'vitest';
import { expectFindingsIn } from '../support/checkText.ts';

describe('JSON with everything on one line', () => {
  it('has the same ranges inside the quotes', () => {
    expectFindingsIn(
      'json',
      '{"type":"⟦pg_delete_remote_relationship⟧","args":{"source":"crm","table":"customer","name":"profile"}}',
      [{ code: 'wrong-dialect' }],
      { sources: { crm: { kind: 'mssql' } } },
    );
  });
});
