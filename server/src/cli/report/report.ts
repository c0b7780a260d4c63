import { type Line, linesText, valueText } from '../terminal.ts';
import { checkstyleReport } from './checkstyle.ts';
import type { LintReport } from './finding.ts';
import { githubReport } from './github.ts';
import { gitlabReport } from './gitlab.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import { sarifReport } from './sarif.ts';
import { textReport } from './text.ts';

/** A report: lines for people and line-wise readers, or a value that is written as JSON. */
export type Rendered = { readonly lines: readonly Line[] } | { readonly value: unknown };

/** Every format that `lint` writes, and how. */
export const reportFormats = {
  text: (report: LintReport): Rendered => ({ lines: textReport(report) }),
  json: (report: LintReport): Rendered => ({ value: jsonReport(report) }),
  sarif: (report: LintReport): Rendered => ({ value: sarifReport(report) }),
  github: (report: LintReport): Rendered => ({ lines: githubReport(report) }),
  gitlab: (report: LintReport): Rendered => ({ value: gitlabReport(report) }),
  junit: (report: LintReport): Rendered => ({ lines: junitReport(report) }),
  checkstyle: (report: LintReport): Rendered => ({ lines: checkstyleReport(report) }),
  markdown: (report: LintReport): Rendered => ({ lines: markdownReport(report) }),
} as const;

export type ReportFormat = keyof typeof reportFormats;

export function isReportFormat(name: string): name is ReportFormat {
  return Object.hasOwn(reportFormats, name);
}

/** The text of a report for a file: as it is printed, without colours. */
export function fileText(rendered: Rendered): string {
  return 'lines' in rendered ? linesText(rendered.lines, false) : valueText(rendered.value);
}
