import { workspace } from 'vscode';
import { ReadableFiles } from '../../../../common/src/files/readableFiles.ts';

/** The files of this window that may be read, as the disk has them. */
export const workspaceFiles = new ReadableFiles({
  folders: workspaceFolders,
  get trusted() {
    return workspace.isTrusted;
  },
});

/** Paths of the workspace folders that lie on the disk. */
export function workspaceFolders(): readonly string[] {
  const folders = workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}
