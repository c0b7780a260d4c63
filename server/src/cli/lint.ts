import type { Workspace } from '../project/workspace.ts';
import type { Finding } from '../rules/rule.ts';
import { type CheckedFiles, type CheckOptions, readCheckedFiles } from './checkedFiles.ts';
import { type Coverage, CoverageCount } from './coverage.ts';
import { distinctMistakes } from './distinctMistakes.ts';
import { FileRanges } from './fileRanges.ts';
import type { ReportedFinding } from './report/finding.ts';

/** Checks files and directories. @throws CommandError when something that was named does not exist. */
export async function lint(options: CheckOptions): Promise<ReportedFinding[]> {
  return checkFiles(await readCheckedFiles(options)).findings;
}

export interface CheckResult {
  /** In the order of the files. */
  readonly findings: ReportedFinding[];
  /** Every file that was checked, as findings name them; of those that are not there, only what has findings. */
  readonly files: readonly string[];
  readonly coverage: Coverage;
}

/**
 * What is wrong in the files, and how much of them could be checked; `counts` says which findings of a file are wanted, `checking`
 * is told before each how many are done.
 */
export function checkFiles(
  { workspace, paths, print }: CheckedFiles,
  counts: (path: string) => (finding: Finding) => boolean = () => () => true,
  checking: (done: number) => void = () => undefined,
): CheckResult {
  const ranges = new FileRanges(workspace.documents, print);
  const coverage = new CoverageCount();
  const files: string[] = [];
  const findings = paths.flatMap((path, index) => {
    checking(index);
    const found = findingsOf(workspace, path, ranges, counts(path));
    const context = workspace.context(path);
    if (context !== undefined) coverage.add(context);
    if (found.length > 0 || isThere(workspace, path)) files.push(print(path));
    workspace.documents.rest(path);
    return found;
  });
  return { findings, files, coverage: coverage.sum() };
}

function isThere({ documents }: Workspace, path: string): boolean {
  return documents.isOpen(path) || documents.files.real(path) !== undefined;
}

function findingsOf(
  workspace: Workspace,
  path: string,
  ranges: FileRanges,
  counts: (finding: Finding) => boolean,
): ReportedFinding[] {
  const findings = workspace.findings(path).findings.filter(counts);
  if (findings.length === 0) return [];
  const { documents } = workspace;
  return distinctMistakes(findings, documents.get(path)?.tree).map((finding) => ({
    ...ranges.at(path, finding),
    code: finding.code,
    severity: finding.severity,
    message: finding.message,
    ...(finding.serverMessage === undefined ? {} : { serverMessage: finding.serverMessage }),
    relationship: finding.relationship ?? null,
    sourceLine: ranges.line(path, finding.offset),
    related: finding.related.map(({ message, location }) => ({
      ...ranges.at(documents.keyOf(location.uri), location),
      message,
    })),
    fixes: finding.fixes.map(({ title, edits }) => ({
      title,
      replacements: edits.map((edit) => ({ ...ranges.at(path, edit), text: edit.text })),
    })),
  }));
}
