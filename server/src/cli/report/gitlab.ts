import type { Severity } from '../../rules/rule.ts';
import { type LintReport, wholeMessage } from './finding.ts';
import { fingerprints } from './fingerprint.ts';

const severities: Readonly<Record<Severity, string>> = {
  error: 'major',
  warning: 'minor',
  information: 'info',
  hint: 'info',
};

/** A code quality report of GitLab. */
export function gitlabReport({ findings }: LintReport): readonly unknown[] {
  const prints = fingerprints(findings);
  return findings.map((finding, index) => ({
    description: wholeMessage(finding),
    check_name: finding.code,
    fingerprint: prints[index],
    severity: severities[finding.severity],
    location: {
      path: finding.file,
      positions: {
        begin: { line: finding.line, column: finding.column },
        end: { line: finding.endLine, column: finding.endColumn },
      },
    },
  }));
}
