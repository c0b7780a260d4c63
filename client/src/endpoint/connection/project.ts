import { Uri, window, workspace } from 'vscode';
import { configurationNames } from '../../../../common/src/configurationNames.ts';
import { readEndpoint } from '../../../../common/src/endpoint/endpointConfiguration.ts';
import { localized } from '../../../../common/src/localized.ts';
import { isJsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import { projectsRequest, statusRequest } from '../../../../common/src/protocol.ts';
import { yamlValue } from '../../../../common/src/yamlValue.ts';
import { type HasuraProject, projectOfFile, projectOfSummary } from '../../hasuraProject.ts';
import { display } from '../../ui/displayText.ts';
import { pick } from '../../ui/quickPick.ts';
import type { CommandContext } from '../commandContext.ts';
import { type EndpointList, listEndpoints } from './endpoints.ts';
import { workspaceFiles } from './workspaceFiles.ts';

/** The project a command is about: itself, of the file, of the active editor, or the one that is chosen. */
export async function findProject(
  { server }: CommandContext,
  place: HasuraProject | Uri | undefined = window.activeTextEditor?.document.uri,
): Promise<HasuraProject | undefined> {
  if (place !== undefined && 'folder' in place) return place;
  const file = place;
  const status = file && (await server.ask(statusRequest, { uri: file.toString() }).catch(() => undefined));
  if (file && (status?.project || workspace.getWorkspaceFolder(file))) return projectOfFile(file, status);
  const known = (await server.ask(projectsRequest, null).catch(() => undefined)) ?? [];
  const projects = known.length > 0 ? known.map(projectOfSummary) : await likelyProjects();
  const items = projects.map((project) => ({
    label: display(project.name),
    description: display(workspace.asRelativePath(project.folder)),
    project,
  }));
  const chosen = items.length > 1 ? await pick(items, { title: display`Which Hasura project?` }) : items[0];
  return chosen?.project;
}

/** The folders that look like projects, for want of a language server that knows them. */
async function likelyProjects(): Promise<readonly HasuraProject[]> {
  const configs = await workspace.findFiles('**/config.yaml', '**/node_modules/**', 50);
  const folders = configs.map((config) => Uri.joinPath(config, '..'));
  if (folders.length === 0) folders.push(...(workspace.workspaceFolders ?? []).map(({ uri }) => uri));
  return folders.map((folder) => ({
    name: folder.path.slice(folder.path.lastIndexOf('/') + 1),
    folder,
    configuration: undefined,
  }));
}

/** The endpoints that the project's files, the environment and the settings name. Secrets stay wrapped. */
export async function endpointsOf({ folder, configuration }: HasuraProject): Promise<EndpointList> {
  const problems: string[] = [];
  const config = workspaceFiles.read(Uri.joinPath(folder, 'config.yaml').fsPath);
  const isMissing = !config.ok && config.problem === 'missing';
  const configYaml = config.ok ? config.text : isMissing ? undefined : null;
  const dotEnv = textOf(Uri.joinPath(folder, '.env'), problems);
  const own = configurationText(folder, configuration, problems);
  const written = own && endpointsIn(own.text);
  const settings = workspace.getConfiguration('remoteRelationships', folder);
  // Each place on its own: VS Code would let a workspace overwrite parts of what the user says.
  const endpoints = settings.inspect<unknown>('endpoints');
  const readOnly = settings.inspect<boolean>('readOnly');
  const list = listEndpoints({
    cli: readEndpoint({ configYaml, dotEnv, environment: process.env }),
    named: [
      { value: written?.value, from: own?.name ?? '', ofRepository: true },
      { value: endpoints?.workspaceFolderValue, from: localized`the folder’s settings`, ofRepository: true },
      { value: endpoints?.workspaceValue, from: localized`the workspace’s settings`, ofRepository: true },
      { value: endpoints?.globalValue, from: localized`the settings`, ofRepository: false },
    ],
    environment: process.env,
    // Any place can forbid it, none can allow what another one forbids.
    readOnly: [readOnly?.globalValue, readOnly?.workspaceValue, readOnly?.workspaceFolderValue].includes(
      true,
    ),
  });
  if (written?.problem !== undefined) problems.push(`${own?.name} ${written.problem}`);
  return { ...list, problems: [...list.problems, ...problems] };
}

function configurationText(
  folder: Uri,
  configuration: Uri | undefined,
  problems: string[],
): { readonly name: string; readonly text: string } | undefined {
  const places = configuration
    ? [configuration]
    : configurationNames.map((name) => Uri.joinPath(folder, name));
  for (const place of places) {
    const text = textOf(place, problems);
    if (text !== undefined) return { name: workspace.asRelativePath(place), text };
  }
  return undefined;
}

function endpointsIn(text: string): { readonly value?: unknown; readonly problem?: string } {
  try {
    const document = yamlValue(text);
    return isJsonObject(document) ? { value: document['endpoints'] } : {};
  } catch {
    return { problem: localized`can’t be read.` };
  }
}

/** `undefined` when there is no such file, or it can't be read: then it is told why. */
function textOf(file: Uri, problems: string[]): string | undefined {
  const result = workspaceFiles.read(file.fsPath);
  if (result.ok) return result.text;
  if (result.problem !== 'missing') problems.push(result.message);
  return undefined;
}
