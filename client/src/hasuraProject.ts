import { Uri, workspace } from 'vscode';
import type { FileStatus, ProjectSummary } from '../../common/src/protocol.ts';

/** A Hasura project: its folder is what endpoints are chosen for. */
export interface HasuraProject {
  readonly name: string;
  readonly folder: Uri;
  /** Our configuration file; `undefined`: looked for in the folder. */
  readonly configuration: Uri | undefined;
}

/** The project of a file by what the server says of it; else the workspace folder it lies in. */
export function projectOfFile(uri: Uri, status: FileStatus | null | undefined): HasuraProject | undefined {
  if (status?.project) return projectOfSummary(status.project);
  const folder = workspace.getWorkspaceFolder(uri) ?? workspace.workspaceFolders?.[0];
  return folder && { name: folder.name, folder: folder.uri, configuration: undefined };
}

export function projectOfSummary({ name, uri, configurationUri }: ProjectSummary): HasuraProject {
  return {
    name,
    folder: Uri.parse(uri),
    configuration: configurationUri === null ? undefined : Uri.parse(configurationUri),
  };
}
