import { lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { thousands } from '../../../common/src/boundedText.ts';
import { counted } from '../../../common/src/counted.ts';
import { writeAtOnce } from '../../../common/src/files/atomicWrite.ts';
import { makeFolders } from '../../../common/src/files/makeFolders.ts';
import { realPath, resolvedPath } from '../../../common/src/files/realPath.ts';
import { megabyte } from '../../../common/src/files/sizeLimit.ts';
import { quoted } from '../../../common/src/foreignText.ts';
import { cliVariables } from '../project/discovery.ts';
import { absolutePath, isInside, normalisePath } from '../project/files.ts';
import { configurableCodes } from '../project/knownSchemas.ts';
import { spelledOnDisk } from '../project/nodeFiles.ts';
import { type SeveritySetting, severitySettings } from '../rules/settings.ts';
import { baselineOf, comparedWithBaseline, readBaseline } from './baseline.ts';
import { changedFindings, realOf } from './changedSince.ts';
import { type CheckedFiles, type CheckOptions, printedFrom, readCheckedFiles } from './checkedFiles.ts';
import { CommandError } from './commandError.ts';
import { type FixedFile, fixDiff, fixTexts, writeFixed } from './fixing.ts';
import { changedSince } from './git.ts';
import { holdHeap } from './heapGrowth.ts';
import { checkFiles } from './lint.ts';
import { LintCache } from './lintCache.ts';
import { type Linted, lintedFiles } from './linted.ts';
import { nearOne } from './nearOne.ts';
import { findingCounts, type LintReport } from './report/finding.ts';
import { fileText, isReportFormat, type ReportFormat, reportFormats } from './report/report.ts';
import { checkedSeverities, oneOf } from './severities.ts';
import type { Terminal } from './terminal.ts';

export interface LintArguments {
  /** Files and directories. */
  readonly paths: readonly string[];
  /** A directory inside a project stands for all of the project. */
  readonly wholeProjects: boolean;
  readonly configuration: string | undefined;
  /** The report on standard output. */
  readonly format: string | undefined;
  /** `FORMAT=FILE`, each a report more. */
  readonly outputs: readonly string[];
  /** `CODE=SEVERITY` */
  readonly rules: readonly string[];
  readonly quiet: boolean;
  /** As written. */
  readonly maxWarnings: string | undefined;
  readonly requireSchemas: boolean;
  readonly fix: boolean;
  readonly fixDryRun: boolean;
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
  readonly changedSince: string | undefined;
  readonly stdin: boolean;
  readonly stdinFilename: string | undefined;
  /** Where what was read is kept for the next time; nowhere unless said. */
  readonly cacheFolder?: string | undefined;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly input: AsyncIterable<Uint8Array>;
  readonly terminal: Terminal;
}

/** @returns the exit code. @throws CommandError when it can't run */
export async function runLint(given: LintArguments): Promise<number> {
  const { terminal } = given;
  const format = formatOf(given.format ?? 'text');
  const outputs = given.outputs.map(outputOf);
  const twice = outputs.find(({ file }, index) =>
    outputs.slice(0, index).some((other) => absolute(other.file, given) === absolute(file, given)),
  );
  if (twice !== undefined) throw new CommandError(`Two reports can't go to one file: ${quoted(twice.file)}.`);
  const mostWarnings =
    given.maxWarnings === undefined ? Number.POSITIVE_INFINITY : wholeNumber(given.maxWarnings);
  refuseContradictions(given);
  const baseline =
    given.baseline === undefined
      ? undefined
      : readBaseline(absolute(given.baseline, given), given.updateBaseline);
  if (baseline === undefined && given.baseline !== undefined && !given.updateBaseline) {
    throw new CommandError(`There is no baseline ${quoted(given.baseline)}: --update-baseline writes one.`);
  }

  let unread = false;
  let noted = false;
  const progress = terminal.progress();
  const standardInput = await readStandardInput(given);
  const options: CheckOptions = {
    paths: given.paths,
    wholeProjects: given.wholeProjects,
    configuration: given.configuration,
    workingDirectory: given.workingDirectory,
    environment: cliVariablesOf(given.environment),
    cacheFolder: given.cacheFolder,
    severities: severitiesOf(given.rules),
    keepsTrees: false,
    ...(standardInput === undefined ? {} : { standardInput }),
    note: (message) => {
      noted = true;
      terminal.note(message);
    },
    read: (files) => {
      holdHeap(files);
      progress.say(() => `Reading: ${thousands(files)} files`);
    },
    unread: (folder) => {
      unread = true;
      terminal.note(`The folder ${quoted(folder)} can't be read: nothing below it was checked.`);
    },
  };
  const lintTexts = (checked: CheckedFiles): Linted => {
    const all = thousands(checked.paths.length);
    const result = checkFiles(checked, changedOnly(given.changedSince, checked), (done) =>
      progress.say(() => `Checking: ${thousands(done)} of ${all} files`),
    );
    return lintedFiles(checked, result, namedIn(given));
  };
  let fixed: readonly FixedFile[] = [];
  let lintAgain: ((unwritten: readonly string[]) => Linted) | undefined;
  const check = async (): Promise<Linted> => {
    const checked = await readCheckedFiles(options);
    if (given.fix || given.fixDryRun) fixed = fixTexts(checked);
    lintAgain = (unwritten) => {
      for (const path of unwritten) checked.workspace.close(checked.workspace.uri(path));
      return lintTexts(checked);
    };
    return lintTexts(checked);
  };
  const { cacheFolder } = given;
  const cache =
    cacheFolder !== undefined && asksOfDisk(given) ? new LintCache(cacheFolder, options) : undefined;
  let linted = await (cache === undefined ? check() : cache.linted(check, () => !noted && !unread));
  progress.end();
  const { baseline: baselineFile, updateBaseline } = given;
  refuseToReplace(outputs, linted, given);
  if (updateBaseline && baselineFile !== undefined) refuseToReplace([{ file: baselineFile }], linted, given);
  const unwritten = given.fix ? writeAll(fixed, given) : [];
  // What is told is what stands there.
  if (unwritten.length > 0 && lintAgain !== undefined) linted = lintAgain(unwritten);
  const { findings: found, nothing } = linted;
  const known = given.updateBaseline ? baselineOf(found) : baseline;
  if (given.updateBaseline && given.baseline !== undefined) {
    writeFile(absolute(given.baseline, given), `${JSON.stringify(known, null, 2)}\n`);
    terminal.note(`${counted(found.length, 'finding')} kept in the baseline.`);
  }
  const { added: findings, gone } =
    known === undefined ? { added: found, gone: [] } : comparedWithBaseline(found, known);
  const leftOut = found.length - findings.length;
  if (format === 'text' && !given.updateBaseline && leftOut > 0) {
    terminal.note(`${counted(leftOut, 'finding')} of the baseline left out.`);
  }
  const isChecked = checkedIn(linted, given);
  const outdated = unread ? 0 : gone.reduce((sum, { file, count }) => sum + (isChecked(file) ? count : 0), 0);
  if (outdated > 0) {
    const occur = outdated === 1 ? 'occurs' : 'occur';
    terminal.note(
      `${counted(outdated, 'finding')} of the baseline no longer ${occur}: update it with --update-baseline.`,
    );
  }
  const unchecked = linted.unchecked ?? undefined;
  const report: LintReport = {
    findings: given.quiet ? findings.filter(({ severity }) => severity === 'error') : findings,
    files: linted.files,
    unchecked,
  };
  for (const output of outputs) {
    writeFile(absolute(output.file, given), fileText(reportFormats[output.format](report)));
  }
  if (given.fixDryRun) {
    await terminal.printPatch(fixDiff(fixed, printed(given)));
    terminal.note(`After these fixes: ${findingCounts(findings)}`);
  } else {
    await print(report, format, terminal);
  }

  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  if (warnings > mostWarnings) terminal.note(`${counted(warnings, 'warning')}: more than ${mostWarnings}.`);
  if (nothing !== null) terminal.note(nothing);
  if (unread || unwritten.length > 0 || (nothing !== null && given.requireSchemas)) return 2;
  const required = given.requireSchemas && unchecked !== undefined;
  const failed = findings.some(({ severity }) => severity === 'error') || warnings > mostWarnings;
  return required || failed ? 1 : 0;
}

/** Which files are checked with all that is in them, as findings name them; of those that are gone, which were. */
function checkedIn({ files, nothing }: Linted, given: LintArguments): (file: string) => boolean {
  if (nothing !== null || given.stdin || given.changedSince !== undefined) return () => false;
  const checked = new Set(files);
  const named = given.paths.map((path) => absolute(path, given));
  return (file) => checked.has(file) || named.some((path) => isInside(absolute(file, given), path));
}

/** What findings depend on, and no secret. */
function cliVariablesOf(environment: LintArguments['environment']): LintArguments['environment'] {
  return Object.fromEntries(cliVariables.map((name) => [name, environment[name]]));
}

/** Whether it is asked what is wrong, of files as they are now and for themselves. */
function asksOfDisk({ fix, fixDryRun, changedSince, stdin }: LintArguments): boolean {
  return !fix && !fixDryRun && !stdin && changedSince === undefined;
}

function namedIn({ stdinFilename, paths }: LintArguments): readonly string[] {
  return stdinFilename === undefined ? paths : [stdinFilename];
}

async function print(report: LintReport, format: ReportFormat, terminal: Terminal): Promise<void> {
  const rendered = reportFormats[format](report);
  if ('lines' in rendered) await terminal.printAll(rendered.lines);
  else await terminal.printJson(rendered.value);
  // Where the report has no place for it.
  const said = format === 'text' || format === 'markdown' || format === 'github';
  if (!said && report.unchecked !== undefined) terminal.note(report.unchecked);
}

function refuseContradictions(given: LintArguments): void {
  const { fix, fixDryRun, stdin, stdinFilename, updateBaseline, baseline, paths, changedSince } = given;
  const refused = [
    [fix && fixDryRun, 'Use --fix or --fix-dry-run, not both.'],
    [stdin && fix, 'Standard input has no file to fix: use --fix-dry-run to see the changes.'],
    [stdin && stdinFilename === undefined, 'With --stdin, name the file with --stdin-filename.'],
    [!stdin && stdinFilename !== undefined, '--stdin-filename needs --stdin.'],
    [
      stdin && paths.length > 0,
      'With --stdin the file is named by --stdin-filename, and there are no paths.',
    ],
    [stdin && changedSince !== undefined, 'Standard input has no revision: leave out --changed-since.'],
    [updateBaseline && baseline === undefined, '--update-baseline needs --baseline FILE.'],
    [
      updateBaseline && (stdin || changedSince !== undefined),
      'A baseline needs all findings: leave out --stdin and --changed-since.',
    ],
  ] as const;
  for (const [isSo, words] of refused) if (isSo) throw new CommandError(words);
}

function formatOf(name: string): ReportFormat {
  if (isReportFormat(name)) return name;
  const names = Object.keys(reportFormats);
  throw new CommandError(`There is no format ${quoted(name)}: it is ${oneOf(names)}.${nearOne(name, names)}`);
}

function outputOf(written: string): { readonly format: ReportFormat; readonly file: string } {
  const [format, file] = pair(written);
  if (file === undefined || file === '') {
    throw new CommandError(
      `--output takes a format and a file: --output sarif=lint.sarif, not ${quoted(written)}.`,
    );
  }
  return { format: formatOf(format), file };
}

/** What stands before and behind the first `=`. */
function pair(written: string): readonly [string, string | undefined] {
  const at = written.indexOf('=');
  return at < 0 ? [written, undefined] : [written.slice(0, at), written.slice(at + 1)];
}

/**
 * What is written takes the place of no file that was checked, nor of what a project begins with, and does not lie where
 * the Hasura CLI looks for metadata and migrations. @throws CommandError
 */
function refuseToReplace(
  outputs: readonly { readonly file: string }[],
  { ownFiles, ownFolders }: Linted,
  given: LintArguments,
): void {
  if (outputs.length === 0) return;
  const own = new Set(ownFiles);
  if (given.configuration !== undefined) own.add(spelledOnDisk(absolute(given.configuration, given)));
  for (const { file } of outputs) {
    const path = spelledOnDisk(absolute(file, given));
    const there = lstatSync(path, { throwIfNoEntry: false });
    // A folder is said to be none of those that can be written.
    const isInOwnFolder =
      there?.isDirectory() !== true &&
      ownFolders.some((folder) => isInside(path, folder) || isInside(reached(path), reached(folder)));
    if (own.has(path) || (isInOwnFolder && there !== undefined)) {
      throw new CommandError(`${quoted(file)} is a file of the project: it would be replaced.`);
    }
    if (isInOwnFolder) {
      throw new CommandError(
        `${quoted(file)} lies in a folder of metadata or migrations: nothing else is written there.`,
      );
    }
  }
}

/** Where a path leads, as far as there is something; of a link that leads nowhere, where it lies. */
function reached(path: string): string {
  const folder = dirname(path);
  return normalisePath(resolvedPath(path) ?? join(resolvedPath(folder) ?? folder, basename(path)));
}

function severitiesOf(written: readonly string[]): Readonly<Record<string, SeveritySetting>> {
  const pairs = written.map(pair);
  const bad = pairs.find(
    ([code, name]) => configurableCodes.includes(code) && !severitySettings.some((each) => each === name),
  );
  if (bad !== undefined) {
    throw new CommandError(
      `--rule takes a code and a severity, it is ${oneOf(severitySettings)}: --rule ${bad[0]}=warning.`,
    );
  }
  return checkedSeverities(Object.fromEntries(pairs));
}

function wholeNumber(written: string): number {
  if (!/^\d{1,9}$/.test(written))
    throw new CommandError(`--max-warnings takes a whole number, not ${quoted(written)}.`);
  return Number(written);
}

/** No metadata is longer. */
const longestInput = 64 * megabyte;

async function readStandardInput(
  given: LintArguments,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  const { stdin, stdinFilename, input } = given;
  if (!stdin || stdinFilename === undefined) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of input) {
    length += part.length;
    if (length > longestInput)
      throw new CommandError(`Standard input is larger than ${longestInput / megabyte} MB.`);
    parts.push(part);
  }
  return { path: stdinFilename, text: new TextDecoder().decode(Buffer.concat(parts)) };
}

/** Which findings count: all, or those that changes since a revision can have caused. */
function changedOnly(revision: string | undefined, { workspace, directories }: CheckedFiles) {
  if (revision === undefined) return undefined;
  const { files } = workspace.documents;
  const changed = new Set(
    directories.flatMap((each) =>
      changedSince(revision, each).changed.map(({ path }) => realOf(path, files)),
    ),
  );
  return changedFindings(workspace, changed);
}

/** @returns those that could not be written */
function writeAll(fixed: readonly FixedFile[], given: LintArguments): readonly string[] {
  const { terminal } = given;
  const print = printed(given);
  const failures = writeFixed(fixed);
  for (const [path, why] of failures) terminal.note(`${quoted(print(path))} could not be written: ${why}`);
  const written = fixed.length - failures.size;
  if (written > 0) terminal.note(`${counted(written, 'file')} fixed.`);
  return [...failures.keys()];
}

/** Paths as they are printed. */
function printed({ workingDirectory }: LintArguments): (path: string) => string {
  return printedFrom(spelledOnDisk(normalisePath(workingDirectory)));
}

function absolute(path: string, { workingDirectory }: LintArguments): string {
  return absolutePath(path, normalisePath(workingDirectory));
}

/** Puts a text in the place of a file that the person named, or of a link of that name, never where it leads. */
function writeFile(path: string, text: string): void {
  makeFolders(dirname(path));
  const target = join(realPath(dirname(path)), basename(path));
  const there = lstatSync(target, { throwIfNoEntry: false });
  if (there !== undefined && !there.isFile() && !there.isSymbolicLink()) {
    throw new CommandError(`${quoted(path)} is not a file that can be written.`);
  }
  writeAtOnce(target, text, there?.isFile() === true ? there.mode : undefined);
}
