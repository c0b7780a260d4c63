import { boundedText } from '../../../common/src/boundedText.ts';
import { counted } from '../../../common/src/counted.ts';
import type { Severity } from '../rules/rule.ts';
import type { LintFinding } from './lint.ts';
import { type Colour, type Line, serverLines } from './terminal.ts';

const colours: Readonly<Record<Severity, Colour>> = {
  error: 'red',
  warning: 'yellow',
  information: 'blue',
  hint: 'blue',
};

/** One line for each finding, the server's words below it, and a count at the end. */
export function findingLines(findings: readonly LintFinding[]): readonly Line[] {
  const lines = findings.flatMap((finding): readonly Line[] => {
    const { file, line, column, severity, message, code, serverMessage } = finding;
    const text = `${boundedText(message)} (${code})`;
    return [
      [`${file}:${line}:${column}: `, [colours[severity], severity], `: ${text}`],
      ...(serverMessage === undefined ? [] : serverLines(boundedText(serverMessage))),
    ];
  });
  const count = (severity: Severity): number => findings.filter((each) => each.severity === severity).length;
  const [errors, warnings, others] = [count('error'), count('warning'), count('information') + count('hint')];
  return [...lines, `${counted(errors, 'error')}, ${counted(warnings, 'warning')}, ${others} other`];
}
