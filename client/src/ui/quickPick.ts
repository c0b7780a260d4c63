import { type QuickPickItem, type QuickPickOptions, window } from 'vscode';
import type { DisplayText } from './displayText.ts';

/** An entry of a list. */
export interface Entry extends Omit<QuickPickItem, 'label' | 'description' | 'detail'> {
  readonly label: DisplayText;
  readonly description?: DisplayText;
  readonly detail?: DisplayText;
}

export interface ListOptions
  extends Omit<QuickPickOptions, 'title' | 'placeHolder' | 'prompt' | 'canPickMany' | 'onDidSelectItem'> {
  readonly title: DisplayText;
  readonly placeHolder?: DisplayText;
}

/** Lets one entry be chosen; `undefined` when none was. */
export async function pick<T extends Entry>(
  entries: readonly T[] | Thenable<readonly T[]>,
  options: ListOptions,
): Promise<T | undefined> {
  return window.showQuickPick(entries, options);
}

/** Lets several be chosen. */
export async function pickSeveral<T extends Entry>(
  entries: readonly T[],
  options: ListOptions,
): Promise<readonly T[] | undefined> {
  return window.showQuickPick(entries, { ...options, canPickMany: true });
}
