import { isInside, joinPath } from '../project/files.ts';
import { lockName } from './check/lockName.ts';
import { type CheckedFiles, nothingChecked } from './checkedFiles.ts';
import { coverageLine } from './coverage.ts';
import type { CheckResult } from './lint.ts';
import type { ReportedFinding } from './report/finding.ts';

/** All that is said of files that were checked, as plain data. */
export interface Linted {
  readonly findings: readonly ReportedFinding[];
  /** Every file that was checked, as findings name them. */
  readonly files: readonly string[];
  /** What no report may replace: the files that were checked, and those a project begins with; absolute. */
  readonly ownFiles: readonly string[];
  /** Folders of metadata and migrations, in which no report may be written; absolute. None that holds all of its project. */
  readonly ownFolders: readonly string[];
  /** What was not checked, in one line; `null` when everything was. */
  readonly unchecked: string | null;
  /** That nothing was checked; `null` otherwise. */
  readonly nothing: string | null;
}

/** `named`: what was to be checked. */
export function lintedFiles(
  checked: CheckedFiles,
  { findings, files, coverage }: CheckResult,
  named: readonly string[],
): Linted {
  return {
    findings,
    files,
    ownFiles: ownFiles(checked),
    ownFolders: ownFolders(checked),
    unchecked: coverageLine(coverage) ?? null,
    nothing: findings.length > 0 ? null : (nothingChecked(checked, named) ?? null),
  };
}

function ownFolders({ workspace }: CheckedFiles): readonly string[] {
  return workspace.projects.flatMap(({ location: { root, metadata, migrations } }) =>
    (metadata === undefined ? [migrations] : [metadata, migrations]).filter(
      (folder) => !isInside(root, folder),
    ),
  );
}

function ownFiles({ workspace, paths }: CheckedFiles): readonly string[] {
  const own = workspace.projects.flatMap((project) => [
    ...project.allFiles(),
    ...project.schemas.files,
    project.location.cliConfiguration,
    joinPath(project.location.root, '.env'),
    joinPath(project.location.root, lockName),
    ...(project.configurationFile === undefined ? [] : [project.configurationFile]),
  ]);
  return [...new Set([...paths, ...own])];
}
