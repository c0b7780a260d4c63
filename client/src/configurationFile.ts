import { FileType, Uri, window, workspace } from 'vscode';
import type { FileStatus } from '../../common/src/protocol.ts';
import { display } from './ui/displayText.ts';
import { tell } from './ui/messages.ts';

/**
 * Opens the project's configuration file; where there is none, an unsaved one that has a place for everything missing.
 * Nothing is written until the person saves it.
 */
export async function editConfiguration(status: FileStatus): Promise<void> {
  const { project } = status;
  if (project?.configurationUri) {
    await window.showTextDocument(Uri.parse(project.configurationUri));
    return;
  }
  const folder = project ? Uri.parse(project.uri) : workspace.workspaceFolders?.[0]?.uri;
  if (!folder) {
    tell('information', display`Open the folder of the Hasura project to configure it.`);
    return;
  }
  const file = Uri.joinPath(folder, 'remote-relationships.config.json');
  if (await exists(file)) {
    await window.showTextDocument(file);
    return;
  }
  const document = await workspace.openTextDocument(file.with({ scheme: 'untitled' }));
  const editor = await window.showTextDocument(document);
  if (document.getText() === '') {
    const text = `${JSON.stringify(configurationFor(status), null, 2)}\n`;
    await editor.edit((edit) => edit.insert(document.positionAt(0), text));
  }
}

/** A configuration that names the files the missing schemas would conventionally be found in. */
function configurationFor({ sources, remoteSchemas }: FileStatus): object {
  const missing = (schemas: FileStatus['sources'], place: (name: string) => object) =>
    Object.fromEntries(
      schemas.filter(({ state }) => state === 'missing').map(({ name }) => [name, place(name)]),
    );
  return {
    sources: missing(sources, (name) => ({ tables: `schema/${name}.tables.json` })),
    remoteSchemas: missing(remoteSchemas, (name) => ({ schema: `schema/${name}.graphql` })),
  };
}

async function exists(file: Uri): Promise<boolean> {
  try {
    return (await workspace.fs.stat(file)).type !== FileType.Directory;
  } catch {
    return false;
  }
}
