import { Range, type Uri, type ViewColumn, WorkspaceEdit, window, workspace } from 'vscode';
import type { PayloadEdit, PositionRange } from '../../../common/src/protocol.ts';
import { display } from './displayText.ts';
import type { Action } from './messages.ts';

/** A part of a file. */
export interface FileRange {
  readonly uri: Uri;
  readonly range: PositionRange;
}

export function rangeOf({ start, end }: PositionRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

/** `public_customer.yaml:24` */
export function fileRangeText({ uri, range }: FileRange): string {
  return `${workspace.asRelativePath(uri)}:${range.start.line + 1}`;
}

/** The edit of one file that the language server proposes. */
export function workspaceEdit(uri: Uri, edits: readonly PayloadEdit[]): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { range, newText } of edits) edit.replace(uri, rangeOf(range), newText);
  return edit;
}

/** Shows it in its file, in the editors in front unless said. */
export async function openPlace({ uri, range }: FileRange, column?: ViewColumn): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, {
    selection: rangeOf(range),
    ...(column !== undefined && { viewColumn: column }),
  });
}

/** A button that leads to a place. */
export function openAction(place: FileRange, title = display`Open Definition`): Action {
  return { title, run: () => openPlace(place) };
}
