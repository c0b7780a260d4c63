import { window } from 'vscode';
import type { DisplayText } from './displayText.ts';

/** A button of a message and what it does. */
export interface Action {
  readonly title: DisplayText;
  run(): unknown;
}

type Severity = 'information' | 'warning' | 'error';

/** Says something without waiting for an answer; a button does what it says. */
export function tell(severity: Severity, message: DisplayText, ...actions: readonly Action[]): void {
  void show(severity)(message, ...actions.map(({ title }) => title)).then((chosen) =>
    actions.find(({ title }) => title === chosen)?.run(),
  );
}

/** Says something, and answers the button that was pressed; `undefined` when it was put away. */
export async function choose(
  severity: Severity,
  message: DisplayText,
  ...buttons: readonly DisplayText[]
): Promise<DisplayText | undefined> {
  return show(severity)(message, ...buttons);
}

/** Asks with a dialog; true when its one button was pressed. */
export async function confirm(
  severity: 'information' | 'warning',
  message: DisplayText,
  detail: DisplayText,
  button: DisplayText,
): Promise<boolean> {
  return (await show(severity)(message, { modal: true, detail }, button)) === button;
}

function show(severity: Severity) {
  switch (severity) {
    case 'information':
      return window.showInformationMessage;
    case 'warning':
      return window.showWarningMessage;
    case 'error':
      return window.showErrorMessage;
  }
}
