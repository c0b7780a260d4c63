import { commands, type Uri } from 'vscode';
import type { DisplayText } from './displayText.ts';

/** Two texts side by side, in front; the focus stays where it is. `stays`: what is opened next does not take its place. */
export function showDiff(
  left: Uri,
  right: Uri,
  title: DisplayText,
  { stays = false }: { readonly stays?: boolean } = {},
): Thenable<unknown> {
  return commands.executeCommand('vscode.diff', left, right, title, { preview: !stays, preserveFocus: true });
}

/** A file, and its text before and after; without one it was added or is gone. */
export type Change = readonly [file: Uri, before: Uri | undefined, after: Uri | undefined];

/** Several of them in one editor. */
export function showChanges(title: DisplayText, changes: readonly Change[]): Thenable<unknown> {
  return commands.executeCommand('vscode.changes', title, changes);
}
