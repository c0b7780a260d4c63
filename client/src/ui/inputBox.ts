import { window } from 'vscode';
import type { DisplayText } from './displayText.ts';

export interface Box {
  readonly title: DisplayText;
  readonly prompt?: DisplayText;
  /** Not to be read by others. */
  readonly password?: boolean;
  /** What stands in it at first, to be edited: as it is. */
  readonly value?: string;
  /** What is wrong with a text. */
  validate?(text: string): DisplayText | undefined;
}

/** Lets a text be entered, also after a look elsewhere; `undefined` when it was closed. */
export async function enterText({ validate, ...box }: Box): Promise<string | undefined> {
  return window.showInputBox({
    ...box,
    ignoreFocusOut: true,
    ...(validate && { validateInput: (text) => validate(text) }),
  });
}
