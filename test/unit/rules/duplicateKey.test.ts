import { describe, it } from 'vitest';
import { expectFindingsIn } from '../support/checkText.ts';
import { definition } from './support/definitions.ts';

describe('duplicate-key', () => {
  it('in JSON, where nobody else says it', () => {
    expectFindingsIn(
      'json',
      '{"table": "customer", "remote_relationships": [{"name": "a", "⟦name⟧": "b", "definition": {"to_source": {"relationship_type": "array", "source": "s", "table": "t", "field_mapping": {"id": "id"}}}}]}',
      [{ code: 'duplicate-key', severity: 'warning' }],
    );
  });
  it('in JSON whose syntax is broken there, too', () => {
    expectFindingsIn(
      'json',
      '{"table": "customer", "remote_relationships": [{"⟦name⟧": "a" "⟦name⟧": "b"}]}',
      [{ code: 'missing-key' }, { code: 'duplicate-key', severity: 'warning' }],
    );
  });
  it('in YAML is a syntax error already', () => {
    expectFindingsIn(
      'yaml',
      `table: customer\nremote_relationships:\n  - name: a\n    name: b\n    definition: { ${definition} }\n`,
      [{ code: 'yaml-syntax', text: 'name' }],
    );
  });
});
