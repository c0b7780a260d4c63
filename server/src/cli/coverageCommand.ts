import { boundedName, thousands } from '../../../common/src/boundedText.ts';
import { checkedShare, type Evidence, evidences, nameKinds } from '../../../common/src/coverage.ts';
import { quoted } from '../../../common/src/foreignText.ts';
import { type CheckedName, checkedNames } from '../join/checkedNames.ts';
import { nothingChecked, readCheckedFiles } from './checkedFiles.ts';
import { CommandError } from './commandError.ts';
import { FileRanges } from './fileRanges.ts';
import type { FileRange } from './report/finding.ts';
import type { Terminal } from './terminal.ts';

export interface CoverageArguments {
  /** Files and directories. */
  readonly paths: readonly string[];
  readonly configuration: string | undefined;
  readonly format: string | undefined;
  /** The least that has to be checked, in percent, as written. */
  readonly minimum: string | undefined;
  /** Where what was read is kept for the next time; nowhere unless said. */
  readonly cacheFolder?: string | undefined;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
}

interface PlacedName extends Omit<CheckedName, 'node'>, FileRange {}

/**
 * Says what the names that relationships use are checked against.
 * @returns the exit code. @throws CommandError when it can't run
 */
export async function runCoverage(given: CoverageArguments): Promise<number> {
  const { terminal, format = 'text' } = given;
  if (format !== 'text' && format !== 'json') {
    throw new CommandError(`There is no format ${quoted(format)}: it is "text" or "json".`);
  }
  const minimum = given.minimum === undefined ? 0 : Number(given.minimum);
  if (given.minimum === '' || !(minimum >= 0 && minimum <= 100)) {
    throw new CommandError(`--min takes a number from 0 to 100, not ${quoted(given.minimum ?? '')}.`);
  }
  let isWhole = true;
  const read = await readCheckedFiles({
    ...given,
    note: (message) => terminal.note(message),
    unread: (folder) => {
      isWhole = false;
      terminal.note(`The folder ${quoted(folder)} can't be read: nothing below it was looked at.`);
    },
  });
  const { workspace, paths, print } = read;
  const ranges = new FileRanges(workspace.documents, print);
  const names = paths.flatMap((path): readonly PlacedName[] => {
    const context = workspace.context(path);
    if (context === undefined) return [];
    return checkedNames(context).map(({ kind, name, against, node }) => ({
      ...ranges.at(path, node),
      kind,
      name,
      against,
    }));
  });
  const { checked, percent } = checkedShare(names);
  if (format === 'json') await terminal.printJson({ percent, checked, total: names.length, names });
  else await terminal.printAll(coverageLines(names, checked, percent));
  const nothing = nothingChecked(read, given.paths);
  if (nothing !== undefined) terminal.note(nothing);
  if (!isWhole || (nothing !== undefined && given.minimum !== undefined)) return 2;
  return percent < minimum ? 1 : 0;
}

function coverageLines(names: readonly PlacedName[], checked: number, percent: number): readonly string[] {
  const count = (kind: string, against: Evidence): number =>
    names.filter((name) => name.kind === kind && name.against === against).length;
  const used = evidences.filter((against) => names.some((name) => name.against === against));
  const kinds = nameKinds.filter((kind) => names.some((name) => name.kind === kind));
  const row = (first: string, cells: readonly string[]): string =>
    [first.padEnd(14), ...cells.map((cell, index) => cell.padStart((used[index]?.length ?? 0) + 2))].join('');
  const rows = kinds.map((kind) =>
    row(
      `${kind}s`,
      used.map((against) => thousands(count(kind, against))),
    ),
  );
  const unknown = names.filter(({ against }) => against === 'nothing');
  const listed = unknown.map(
    ({ file, line, column, kind, name }) => `${file}:${line}:${column}  ${kind} "${boundedName(name)}"`,
  );
  return [
    ...(listed.length === 0 ? [] : ['Checked against nothing:', ...listed, '']),
    ...(rows.length === 0 ? [] : [row('', used), ...rows, '']),
    `${percent} % checked: ${thousands(checked)} of ${thousands(names.length)} names`,
  ];
}
