import { env, Uri } from 'vscode';

/** Opens a page in the browser of whoever sits before the window. */
export function openInBrowser(page: string): Thenable<boolean> {
  return env.openExternal(Uri.parse(page));
}
