import { thousands } from '../../../common/src/boundedText.ts';
import type { Finding, Severity } from '../rules/rule.ts';

/** Findings of one code that an editor is sent of one file, before it is told how many more there are. */
const mostOfAKind = 20;
/** Findings that an editor is sent of one file. */
const most = 1000;

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/**
 * What an editor is sent of a file's findings, by place: thousands of the same kind help nobody and slow it down. When the
 * first are put right, the next are told. Quick fixes and the command line know all of them.
 */
export function cappedFindings(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= mostOfAKind) return findings;
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  const seen = new Map<string, number>();
  const shown = findings.flatMap((finding) => {
    const nth = (seen.get(finding.code) ?? 0) + 1;
    seen.set(finding.code, nth);
    if (nth <= mostOfAKind) return [finding];
    if (nth > mostOfAKind + 1) return [];
    return [more(finding, (counts.get(finding.code) ?? 0) - mostOfAKind)];
  });
  if (shown.length <= most) return shown;
  const worst = new Set(shown.toSorted((a, b) => order[a.severity] - order[b.severity]).slice(0, most - 1));
  const first = shown.find((finding) => !worst.has(finding));
  const kept = shown.filter((finding) => worst.has(finding));
  return first === undefined ? kept : [...kept, more(first, findings.length - kept.length)];
}

/** One for many, where the first of them stands. */
function more(finding: Finding, count: number): Finding {
  return {
    ...finding,
    message: `… and ${thousands(count)} more in this file.`,
    serverMessage: undefined,
    related: [],
    tags: [],
    fixes: [],
  };
}
