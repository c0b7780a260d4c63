import { boundedText } from '../../../../common/src/boundedText.ts';
import type { Severity } from '../../rules/rule.ts';
import type { Line } from '../terminal.ts';
import { type LintReport, type ReportedFinding, wholeMessage } from './finding.ts';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** Workflow commands of GitHub Actions, which become annotations. */
export function githubReport({ findings, unchecked }: LintReport): readonly Line[] {
  const lines = findings.map(annotation);
  return unchecked === undefined ? lines : [...lines, `::notice::${data(unchecked)}`];
}

function annotation(finding: ReportedFinding): string {
  const { file, line, column, endLine, endColumn, code, severity } = finding;
  // A range over several lines has no columns: GitHub refuses those.
  const columns = line === endLine ? { col: column, endColumn } : {};
  const properties = { file, line, endLine, ...columns, title: code };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${commands[severity]} ${list.join(',')}::${data(boundedText(wholeMessage(finding)))}`;
}

/** What would end a message or begin another command is written as its code. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
