import { describe, expect, it } from 'vitest';
import { type AuditReport, auditLines, auditOf } from '../../../scripts/audit.ts';

const known = (...nodes: string[]) => ({
  severity: 'high',
  via: [{ title: 'Reads too much', url: 'https://example.com/1' }, 'other'],
  nodes,
});

function lines(report: AuditReport): readonly string[] {
  return auditLines(auditOf(report, ['node_modules/yaml', 'node_modules/outer/node_modules/inner']));
}

describe('the audit of what is bundled', () => {
  it.each<[string, AuditReport, readonly string[]]>([
    ['nothing is known', { vulnerabilities: {} }, ['Nothing is known against what is bundled.']],
    [
      'something is known of a bundled library',
      { vulnerabilities: { yaml: known('node_modules/yaml') } },
      ['yaml: high: Reads too much (https://example.com/1); by other'],
    ],
    [
      'of one inside another',
      { vulnerabilities: { inner: known('node_modules/inner', 'node_modules/outer/node_modules/inner') } },
      ['inner: high: Reads too much (https://example.com/1); by other'],
    ],
    [
      'of what is not bundled, or another copy of it',
      { vulnerabilities: { vitest: known('node_modules/vitest'), inner: known('node_modules/inner') } },
      ['Nothing is known against what is bundled.'],
    ],
    [
      'the registry does not answer',
      { message: 'request failed', error: { summary: '' } },
      ['The registry did not answer the audit: request failed'],
    ],
    ['nor says why', {}, ['The registry did not answer the audit: no answer']],
  ])('%s', (_title, report, expected) => {
    expect(lines(report)).toEqual(expected);
  });
});
