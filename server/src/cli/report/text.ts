import stringWidth from 'string-width';
import { boundedText, cutText } from '../../../../common/src/boundedText.ts';
import { visible } from '../../../../common/src/foreignText.ts';
import type { Severity } from '../../rules/rule.ts';
import { type Colour, type Line, serverLines } from '../terminal.ts';
import { findingCounts, type LintReport, type ReportedFinding } from './finding.ts';

const colours: Readonly<Record<Severity, Colour>> = {
  error: 'red',
  warning: 'yellow',
  information: 'blue',
  hint: 'blue',
};

/** A sum by code is of use where there is more than one sees at once. */
const manyFindings = 10;

/** Each finding with the line it is in, the server's words, a sum by code where there are many, and a count at the end. */
export function textReport({ findings, unchecked }: LintReport): readonly Line[] {
  const lines = findings.flatMap((finding): readonly Line[] => {
    const { file, line, column, severity, message, code, serverMessage } = finding;
    const text = `${boundedText(message)} (${code})`;
    return [
      [`${file}:${line}:${column}: `, [colours[severity], severity], `: ${text}`],
      ...excerpt(finding),
      ...(serverMessage === undefined ? [] : serverLines(boundedText(serverMessage))),
    ];
  });
  return [
    ...lines,
    ...(findings.length > manyFindings ? sums(findings) : []),
    findingCounts(findings),
    ...(unchecked === undefined ? [] : [unchecked]),
  ];
}

/** Longer parts of a line do not help to find the place. */
const longestBefore = 60;
const longestExcerpt = 120;

/** The line the finding begins in, and a line that marks its range. */
function excerpt({
  line,
  column,
  endLine,
  endColumn,
  sourceLine,
  severity,
}: ReportedFinding): readonly Line[] {
  if (sourceLine.trim() === '') return [];
  const start = column - 1;
  const end = endLine === line ? Math.max(endColumn - 1, start) : sourceLine.length;
  const from = start > longestBefore ? start - longestBefore : 0;
  const shown = (text: string): string => visible(text.replaceAll('\t', ' '));
  const before = shown(`${from > 0 ? '…' : ''}${sourceLine.slice(from, start)}`);
  const marked = shown(sourceLine.slice(start, Math.min(end, from + longestExcerpt)));
  const after = shown(cutText(sourceLine.slice(end), Math.max(0, from + longestExcerpt - end)));
  const number = String(line);
  const mark = '^'.repeat(Math.max(1, stringWidth(marked)));
  return [
    `  ${number} | ${before}${marked}${after}`,
    [`  ${' '.repeat(number.length)} | ${' '.repeat(stringWidth(before))}`, [colours[severity], mark]],
  ];
}

/** How often each code was found, the most frequent first. */
function sums(findings: readonly ReportedFinding[]): readonly Line[] {
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  const sorted = [...counts].sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1));
  const width = String(sorted[0]?.[1] ?? 0).length;
  return ['', ...sorted.map(([code, count]) => `  ${String(count).padStart(width)}  ${code}`), ''];
}
