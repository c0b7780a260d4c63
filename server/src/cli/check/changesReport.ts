import { boundedText, thousands } from '../../../../common/src/boundedText.ts';
import { quoted } from '../../../../common/src/foreignText.ts';
import type { RelationshipChange, Verdict } from '../../changes/relationshipChanges.ts';
import { code, prose, tableRow } from '../../features/hover/markdown.ts';
import type { CheckedFiles } from '../checkedFiles.ts';
import { FileRanges } from '../fileRanges.ts';
import type { Colour, Line } from '../terminal.ts';

/** A relationship as it is printed. */
export interface ChangeEntry {
  readonly verdict: Verdict;
  readonly name: string;
  readonly owner: string;
  readonly reasons: readonly string[];
  /** Relative to the working directory. */
  readonly file: string;
  readonly line: number;
}

/** With places; those of what is removed are in the files of the state before. */
export function changeEntries(
  changes: readonly RelationshipChange[],
  before: CheckedFiles,
  after: CheckedFiles,
): readonly ChangeEntry[] {
  const ranges = (files: CheckedFiles) => new FileRanges(files.workspace.documents, files.print);
  const [was, is] = [ranges(before), ranges(after)];
  return changes.map(({ verdict, name, owner, reasons, place: { uri, node } }) => {
    const [files, places] = verdict === 'removed' ? [before, was] : [after, is];
    const { file, line } = places.at(files.workspace.key(uri), node);
    return { verdict, name, owner, reasons, file, line };
  });
}

const colours: Readonly<Record<Verdict, Colour>> = {
  breaks: 'red',
  weakens: 'yellow',
  untouched: 'green',
  new: 'blue',
  removed: 'blue',
};

const verdicts: readonly Verdict[] = ['breaks', 'weakens', 'untouched', 'new', 'removed'];

const words: Readonly<Record<Verdict, string>> = {
  breaks: 'broken',
  weakens: 'weakened',
  untouched: 'untouched',
  new: 'new',
  removed: 'removed',
};

/** Those that are touched with the reasons, the worst first, and a count at the end. */
export function changeLines(entries: readonly ChangeEntry[]): readonly Line[] {
  const told = verdicts.flatMap((verdict) =>
    entries.filter(
      (entry) => entry.verdict === verdict && (verdict !== 'untouched' || entry.reasons.length > 0),
    ),
  );
  return [
    ...told.flatMap(({ verdict, name, owner, reasons, file, line }): readonly Line[] => [
      [[colours[verdict], verdict], `: ${quoted(name)}, ${owner} (${file}:${line})`],
      ...reasons.map((reason) => `    ${reason}`),
    ]),
    changeCounts(entries),
  ];
}

function changeCounts(entries: readonly ChangeEntry[]): string {
  return verdicts
    .map((verdict) => {
      const { length } = entries.filter((entry) => entry.verdict === verdict);
      return `${length} ${words[verdict]}`;
    })
    .join(', ');
}

/** A summary of a build has room for no more. */
const mostRows = 500;

/** A table of what is touched, the worst first, for a summary or a comment. */
export function changeTable(entries: readonly ChangeEntry[]): readonly string[] {
  const told = verdicts.flatMap((verdict) =>
    verdict === 'untouched' ? [] : entries.filter((entry) => entry.verdict === verdict),
  );
  const rows = told.slice(0, mostRows).map(({ verdict, name, owner, reasons, file, line }) => {
    const why = reasons.map((reason) => prose(boundedText(reason))).join('<br>');
    return tableRow([code(name), prose(owner), verdict, why, code(`${file}:${line}`)]);
  });
  const more = told.length - rows.length;
  return [
    `**Changes of remote relationships: ${changeCounts(entries)}**`,
    ...(rows.length === 0
      ? []
      : ['', '| relationship | of | change | why | place |', '|---|---|---|---|---|', ...rows]),
    ...(more > 0 ? ['', `and ${thousands(more)} more`] : []),
  ];
}
