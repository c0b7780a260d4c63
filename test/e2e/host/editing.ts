/** Edits the way a person makes them: in the active editor, and undone there. */
import { ok } from 'node:assert/strict';
import { commands, type Range, type TextDocument, window } from 'vscode';

export async function replace(document: TextDocument, range: Range, text: string): Promise<void> {
  const editor = await window.showTextDocument(document);
  ok(await editor.edit((edit) => edit.replace(range, text)), 'the edit is applied');
}

export async function undo(): Promise<void> {
  await commands.executeCommand('undo');
}

/** Takes back everything since the last save. */
export async function revert(document: TextDocument): Promise<void> {
  await window.showTextDocument(document);
  await commands.executeCommand('workbench.action.files.revert');
}
