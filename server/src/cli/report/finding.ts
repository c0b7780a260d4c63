import { counted } from '../../../../common/src/counted.ts';
import type { Severity } from '../../rules/rule.ts';

/** A range in a file: lines and columns begin at 1, columns count UTF-16 units, the end is behind the last. */
export interface FileRange {
  /** Relative to the working directory, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A finding as `--format json` prints it. */
export interface LintFinding extends FileRange {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly serverMessage?: string;
  /** Name of the relationship; `null` where the finding belongs to none. */
  readonly relationship: string | null;
}

export interface RelatedRange extends FileRange {
  readonly message: string;
}

/** Replaces what stands in a range of the file of the finding. */
export interface Replacement extends FileRange {
  readonly text: string;
}

export interface OfferedFix {
  readonly title: string;
  readonly replacements: readonly Replacement[];
}

/** With all that a report may show of it. */
export interface ReportedFinding extends LintFinding {
  /** The line it begins in, without its end; empty when the file can't be read. */
  readonly sourceLine: string;
  readonly related: readonly RelatedRange[];
  readonly fixes: readonly OfferedFix[];
}

/** What reports are made from. */
export interface LintReport {
  readonly findings: readonly ReportedFinding[];
  /** Every file that was checked, as findings name them. */
  readonly files: readonly string[];
  /** What was not checked, in one line; `undefined` when everything was. */
  readonly unchecked: string | undefined;
}

/** The message, and the server's words in a line of their own. */
export function wholeMessage({ message, serverMessage }: LintFinding): string {
  return serverMessage === undefined ? message : `${message}\nHasura: ${serverMessage}`;
}

/** The findings of each file; `files` have a list of their own, also when nothing was found in them. */
export function findingsByFile(
  findings: readonly ReportedFinding[],
  files: readonly string[] = [],
): ReadonlyMap<string, readonly ReportedFinding[]> {
  const byFile = new Map<string, ReportedFinding[]>(files.map((file) => [file, []]));
  for (const finding of findings) {
    const list = byFile.get(finding.file);
    if (list === undefined) byFile.set(finding.file, [finding]);
    else list.push(finding);
  }
  return byFile;
}

/** `2 errors, 1 warning, 0 other` */
export function findingCounts(findings: readonly LintFinding[]): string {
  const count = (severity: Severity): number => findings.filter((each) => each.severity === severity).length;
  const others = count('information') + count('hint');
  return `${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}, ${others} other`;
}
