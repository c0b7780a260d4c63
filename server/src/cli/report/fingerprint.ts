import { createHash } from 'node:crypto';
import type { LintFinding } from './finding.ts';

/** What of a finding it is known by. */
export type Identified = Pick<LintFinding, 'file' | 'code' | 'relationship' | 'message'>;

/** What a finding is known by, wherever in its file it moves: its file, code, relationship and text. */
export function identity({ file, code, relationship, message }: Identified): string {
  return JSON.stringify([file, code, relationship, message]);
}

/** One for each finding, no two equal; lines do not count, so that it stays when text is added above. */
export function fingerprints(findings: readonly LintFinding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const own = identity(finding);
    const before = seen.get(own) ?? 0;
    seen.set(own, before + 1);
    return createHash('sha256').update(`${own} ${before}`).digest('hex');
  });
}
