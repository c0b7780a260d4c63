import { visible } from '../../../common/src/foreignText.ts';
import { localized } from '../../../common/src/localized.ts';

declare const neutral: unique symbol;

/**
 * Text that VS Code may show. Its messages, lists, boxes and status items make commands and links of `[text](command:…)`
 * and pictures of `$(name)`; in this text there are none but our own icons. Only this file makes it.
 */
export type DisplayText = string & { readonly [neutral]: true };

/** Shown as wide as nothing, and copied along: the text reads as it was written, but is no link and no icon any more. */
const wordJoiner = '\u2060';

/** Any text, on one line: display(message), or one of our own, in the person's language: display`Reading ${host}`. */
export function display(
  text: string | TemplateStringsArray,
  ...values: readonly (string | number)[]
): DisplayText {
  const whole = typeof text === 'string' ? text : localized(text, ...values);
  const line = visible(whole.replaceAll(/[\t\r\n]+/g, ' '));
  return line.replaceAll(/(?<=\])(?=\()|(?<=\$)(?=\()/g, wordJoiner) as DisplayText;
}

/** The icons in front of texts. */
export type Icon =
  | 'add'
  | 'check'
  | 'circle-slash'
  | 'cloud-download'
  | 'database'
  | 'debug-restart'
  | 'error'
  | 'file'
  | 'gear'
  | 'globe'
  | 'output'
  | 'plug'
  | 'question'
  | 'references'
  | 'report'
  | 'root-folder'
  | 'sync'
  | 'versions'
  | 'warning';

export function withIcon(icon: Icon, text: DisplayText): DisplayText {
  return `$(${icon}) ${text}` as DisplayText;
}

/** For what has several lines: a dialog, a tooltip. None of them can pass for two. */
export function inLines(lines: readonly string[]): DisplayText {
  return lines.map((line) => display(line)).join('\n') as DisplayText;
}
