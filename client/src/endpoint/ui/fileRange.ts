import { Range, type Uri, window, workspace } from 'vscode';
import type { PositionRange } from '../../../../common/src/protocol.ts';
import { display } from '../../ui/displayText.ts';
import type { Action } from '../../ui/messages.ts';

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

/** Shows it in its file. */
export async function openPlace({ uri, range }: FileRange): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, { selection: rangeOf(range) });
}

/** A button that leads to a place. */
export function openAction(place: FileRange, title = display`Open Definition`): Action {
  return { title, run: () => openPlace(place) };
}
