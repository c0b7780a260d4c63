import type { LintFinding, LintReport } from './finding.ts';

/** The array of findings: other programs read it, so it keeps its keys and their order. */
export function jsonReport({ findings }: LintReport): readonly LintFinding[] {
  return findings.map(
    ({
      file,
      line,
      column,
      endLine,
      endColumn,
      code,
      severity,
      message,
      serverMessage,
      relationship,
    }): LintFinding => ({
      ...{ file, line, column, endLine, endColumn, code, severity, message },
      ...(serverMessage === undefined ? {} : { serverMessage }),
      relationship,
    }),
  );
}
