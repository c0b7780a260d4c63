import { boundedText, thousands } from '../../../../common/src/boundedText.ts';
import { code, prose, tableRow } from '../../features/hover/markdown.ts';
import { rulePage } from '../../rules/rulePage.ts';
import type { Line } from '../terminal.ts';
import { findingCounts, type LintReport, type ReportedFinding, wholeMessage } from './finding.ts';

/** A summary of a build has room for no more. */
const mostRows = 500;

/** A table of findings, for a summary or a comment. */
export function markdownReport({ findings, unchecked }: LintReport): readonly Line[] {
  const rows = findings.slice(0, mostRows).map(row);
  const more = findings.length - rows.length;
  return [
    `**Remote relationships: ${findingCounts(findings)}**`,
    ...(rows.length === 0 ? [] : ['', '| place | severity | finding | rule |', '|---|---|---|---|', ...rows]),
    ...(more > 0 ? ['', `and ${thousands(more)} more`] : []),
    ...(unchecked === undefined ? [] : ['', prose(unchecked)]),
  ];
}

function row(finding: ReportedFinding): string {
  const { file, line, column, severity } = finding;
  const message = boundedText(wholeMessage(finding)).split('\n').map(prose).join('<br>');
  const rule = `[${finding.code}](${rulePage(finding.code)})`;
  return tableRow([code(`${file}:${line}:${column}`), severity, message, rule]);
}
