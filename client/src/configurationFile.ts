import { FileType, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { newConfigurationName } from '../../common/src/configurationNames.ts';
import { localized } from '../../common/src/localized.ts';
import { type ConfigurationEntry, configureRequest, type FileStatus } from '../../common/src/protocol.ts';
import type { LanguageServerClient } from './languageServerClient.ts';
import { display } from './ui/displayText.ts';
import { workspaceEdit } from './ui/fileRange.ts';
import { tell } from './ui/messages.ts';

/**
 * Opens the project's configuration file; where there is none, an unsaved one that has a place for everything missing.
 * Nothing is written until the person saves it. `serverVersion`: as far as it is known.
 */
export async function editConfiguration(
  status: FileStatus,
  serverVersion: string | undefined,
): Promise<void> {
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
  const file = Uri.joinPath(folder, newConfigurationName);
  if (await exists(file)) {
    await window.showTextDocument(file);
    return;
  }
  const document = await workspace.openTextDocument(file.with({ scheme: 'untitled' }));
  const editor = await window.showTextDocument(document);
  if (document.getText() === '') {
    const text = `${JSON.stringify(configurationFor(status, serverVersion), null, 2)}\n`;
    await editor.edit((edit) => edit.insert(document.positionAt(0), text));
  }
}

/**
 * Has the configuration file of a project say these things: it is begun where there is none, and saved unless it was being
 * edited. Answers the file; `undefined` when it could not be written, and it was told why.
 */
export async function writeConfiguration(
  server: Pick<LanguageServerClient, 'ask'>,
  project: Uri,
  entries: readonly ConfigurationEntry[],
): Promise<Uri | undefined> {
  const answer = await server.ask(configureRequest, { uri: project.toString(), entries });
  if (!answer || 'obstacle' in answer) {
    tell('error', display(answer?.obstacle ?? localized`The language server does not know this project.`));
    return undefined;
  }
  const file = Uri.parse(answer.uri);
  if (!answer.exists) {
    const edit = new WorkspaceEdit();
    const contents = Buffer.from(answer.edits.map(({ newText }) => newText).join(''));
    // Never over a file that has come into being meanwhile.
    edit.createFile(file, { overwrite: false, contents });
    if (await workspace.applyEdit(edit)) return file;
    tell('error', display`${workspace.asRelativePath(file)} could not be written.`);
    return undefined;
  }
  const document = await workspace.openTextDocument(file);
  const { isDirty } = document;
  const edit = workspaceEdit(file, answer.edits);
  const done = (await workspace.applyEdit(edit)) && (isDirty || (await document.save()));
  if (!done) tell('error', display`${workspace.asRelativePath(file)} could not be written.`);
  return done ? file : undefined;
}

/** A configuration that names the files the missing schemas would conventionally be found in. */
function configurationFor({ sources, remoteSchemas }: FileStatus, serverVersion: string | undefined): object {
  const missing = (schemas: FileStatus['sources'], place: (name: string) => object) =>
    Object.fromEntries(
      schemas.filter(({ state }) => state === 'missing').map(({ name }) => [name, place(name)]),
    );
  return {
    ...(serverVersion !== undefined && { serverVersion }),
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
