import { describe, it } from 'vitest';
import { expectFindingsIn } from '../support/checkText.ts';

describe('yaml-syntax', () => {
  const broken = 'table: customer\nremote_relationships: ]\n';
  it('is reported for metadata', () => {
    expectFindingsIn('yaml', broken, [{ code: 'yaml-syntax', severity: 'error' }]);
  });
  it('is not reported where another extension does it', () => {
    expectFindingsIn('yaml', broken, [], { settings: { reportYamlSyntax: false } });
  });
  it("is not reported in files that aren't Hasura's, and not for JSON", () => {
    expectFindingsIn('yaml', 'a: [\n', []);
    expectFindingsIn('json', '{"table": "customer", "remote_relationships": [}', []);
  });
  it('names a stray line, and tells nothing of those that it misleads', () => {
    expectFindingsIn('yaml', 'table: customer\nremote_relationships: []\n⟦oops⟧\n  a: 1\n  b: 2\n', [
      { code: 'yaml-syntax', message: /neither a key with a value/ },
    ]);
  });
  it('tells two errors that stand apart', () => {
    expectFindingsIn('yaml', 'table: customer\nremote_relationships: ]\nis_enum: ]\n', [
      { code: 'yaml-syntax' },
      { code: 'yaml-syntax' },
    ]);
  });
});
