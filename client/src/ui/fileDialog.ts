import { type Uri, window } from 'vscode';
import type { DisplayText } from './displayText.ts';

export interface FileQuestion {
  readonly title: DisplayText;
  readonly button: DisplayText;
  /** Where to look first. */
  readonly folder: Uri;
  /** What such files are called, and their endings, without the dot. */
  readonly kind: DisplayText;
  readonly endings: readonly string[];
}

/** Lets a file be chosen; `undefined` when none was. */
export async function chooseFile(question: FileQuestion): Promise<Uri | undefined> {
  const { title, button, folder, kind, endings } = question;
  const chosen = await window.showOpenDialog({
    title,
    openLabel: button,
    defaultUri: folder,
    filters: { [kind]: [...endings] },
  });
  return chosen?.[0];
}
