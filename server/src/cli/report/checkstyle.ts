import type { Severity } from '../../rules/rule.ts';
import type { Line } from '../terminal.ts';
import { findingsByFile, type LintReport, type ReportedFinding, wholeMessage } from './finding.ts';
import { type Element, xmlLines } from './xml.ts';

const severities: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'info',
  hint: 'info',
};

/** The XML of Checkstyle, which many programs read. */
export function checkstyleReport({ findings }: LintReport): readonly Line[] {
  const files = [...findingsByFile(findings)].map(
    ([name, found]): Element => ({ attributes: { name }, children: { error: found.map(error) } }),
  );
  return xmlLines('checkstyle', { attributes: { version: '4.3' }, children: { file: files } });
}

function error(finding: ReportedFinding): Element {
  const { line, column, severity, code } = finding;
  const source = `remote-relationships.${code}`;
  return {
    attributes: {
      line,
      column,
      severity: severities[severity],
      message: wholeMessage(finding).replaceAll('\n', ' '),
      source,
    },
  };
}
