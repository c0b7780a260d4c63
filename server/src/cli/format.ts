import type { Severity } from '../rules/rule.ts';
import type { LintFinding } from './lint.ts';

export function asJson(findings: readonly LintFinding[]): string {
  return `${JSON.stringify(findings, null, 2)}\n`;
}

/** One line for each finding, the server's words below it, and a count at the end. */
export function asText(findings: readonly LintFinding[]): string {
  const lines = findings.flatMap((finding) => {
    const { file, line, column, severity, message, code, serverMessage } = finding;
    return [
      `${file}:${line}:${column}: ${severity}: ${message} (${code})`,
      ...(serverMessage === undefined ? [] : [`    Hasura: ${serverMessage.replaceAll('\n', '\n    ')}`]),
    ];
  });
  const count = (severity: Severity): number => findings.filter((each) => each.severity === severity).length;
  const [errors, warnings, others] = [count('error'), count('warning'), count('information') + count('hint')];
  return [...lines, `${plural(errors, 'error')}, ${plural(warnings, 'warning')}, ${others} other`, ''].join(
    '\n',
  );
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
