import type { Finding, Severity } from './rule.ts';

export type SeveritySetting = Severity | 'off';

/** All that can be set. */
export const severitySettings: readonly SeveritySetting[] = [
  'error',
  'warning',
  'information',
  'hint',
  'off',
];

/** What the user decides about rules. */
export interface RuleSettings {
  /** Severity by rule code; codes that are not listed keep the rule's own severity. */
  readonly severities: Readonly<Record<string, SeveritySetting>>;
  /** False where another extension already reports YAML syntax errors. */
  readonly reportYamlSyntax: boolean;
}

export const defaultRuleSettings: RuleSettings = { severities: {}, reportYamlSyntax: true };

/** The user's severity for a code; `undefined` when nothing was said. */
export function severitySetting(settings: RuleSettings, code: string): SeveritySetting | undefined {
  if (code === 'yaml-syntax' && !settings.reportYamlSyntax) return 'off';
  return Object.hasOwn(settings.severities, code) ? settings.severities[code] : undefined;
}

/** The findings as the user wants them: with other severities, or not at all. */
export function withSeverities(findings: readonly Finding[], settings: RuleSettings): Finding[] {
  return findings.flatMap((finding) => {
    const severity = severitySetting(settings, finding.code);
    if (severity === 'off') return [];
    return [severity === undefined ? finding : { ...finding, severity }];
  });
}
