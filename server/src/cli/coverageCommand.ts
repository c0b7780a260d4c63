import { boundedName, thousands } from '../../../common/src/boundedText.ts';
import { checkedShare, type Evidence, evidences, nameKinds } from '../../../common/src/coverage.ts';
import { quoted } from '../../../common/src/foreignText.ts';
import { type CheckedName, checkedNames } from '../join/checkedNames.ts';
import { CommandError } from './commandError.ts';
import { type ReadingArguments, readContexts } from './readContexts.ts';
import type { FileRange } from './report/finding.ts';

export interface CoverageArguments extends ReadingArguments {
  readonly format: string | undefined;
  /** The least that has to be checked, in percent, as written. */
  readonly minimum: string | undefined;
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
  const { contexts, ranges, isWhole, nothing } = await readContexts(given);
  const names = contexts.flatMap(({ path, context }): readonly PlacedName[] =>
    checkedNames(context).map(({ kind, name, against, node }) => ({
      ...ranges.at(path, node),
      kind,
      name,
      against,
    })),
  );
  const { checked, percent } = checkedShare(names);
  if (format === 'json') await terminal.printJson({ percent, checked, total: names.length, names });
  else if (nothing === undefined) await terminal.printAll(coverageLines(names, checked, percent));
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
