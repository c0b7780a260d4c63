import { homedir, release } from 'node:os';
import { env, extensions, UIKind, type Uri, version, window, workspace } from 'vscode';
import { Secret } from '../../../../common/src/endpoint/secret.ts';
import { type FileStatus, projectsRequest, statusRequest } from '../../../../common/src/protocol.ts';
import { type HasuraProject, projectOfFile, projectOfSummary } from '../../hasuraProject.ts';
import { openInBrowser } from '../../ui/browser.ts';
import { display } from '../../ui/displayText.ts';
import { tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { AdminSecrets } from '../connection/adminSecrets.ts';
import { chosenEndpoint } from '../connection/chosenEndpoint.ts';
import { cliName } from '../connection/endpoints.ts';
import { endpointsOf } from '../connection/project.ts';
import type { PrivateThings } from '../ui/privateText.ts';
import { problemReport, type SetSetting } from '../ui/problemReport.ts';

/** What of the manifest is read. */
interface Manifest {
  readonly version: string;
  readonly bugs: { readonly url: string };
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  };
}

/** The command: writes the text of an issue into a document that nobody has saved. Sends nothing. */
export async function reportProblem(context: CommandContext): Promise<void> {
  const { extension, log, server, choices } = context;
  const manifest: Manifest = extension.extension.packageJSON;
  const uri = window.activeTextEditor?.document.uri;
  const status = uri && (await server.ask(statusRequest, { uri: uri.toString() }).catch(() => undefined));
  const projects = await projectsOf(context, uri, status ?? undefined);
  const [project] = projects;
  const content = problemReport(
    {
      versions: versions(manifest),
      settings: setSettings(manifest, uri),
      server: server.state,
      status: status ?? undefined,
      choice: project && choices.get(project.folder),
      log: log.lastEntries,
    },
    await privateThings(context, projects),
  );
  await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
  tell(
    'information',
    display`Nothing was sent. Look through the text, say what happened, and copy it into a new issue.`,
    { title: display`Open Issues Page`, run: () => openInBrowser(manifest.bugs.url) },
  );
}

/** The project of the file in front first. */
async function projectsOf(
  { server }: CommandContext,
  uri: Uri | undefined,
  status: FileStatus | undefined,
): Promise<readonly HasuraProject[]> {
  const known = (await server.ask(projectsRequest, null).catch(() => undefined)) ?? [];
  const front = uri && projectOfFile(uri, status);
  return [...(front === undefined ? [] : [front]), ...known.map(projectOfSummary)];
}

function versions(manifest: Manifest): Readonly<Record<string, string>> {
  const yaml: Partial<Manifest> | undefined = extensions.getExtension('redhat.vscode-yaml')?.packageJSON;
  return {
    'Remote Relationships for Hasura': manifest.version,
    [env.appName]: `${version}${env.uiKind === UIKind.Web ? ', in a browser' : ''}`,
    'Remote window': env.remoteName ?? 'no',
    Platform: `${process.platform} ${release()} ${process.arch}`,
    Node: process.versions.node,
    'Trusted workspace': workspace.isTrusted ? 'yes' : 'no',
    'Workspace folders': String(workspace.workspaceFolders?.length ?? 0),
    'YAML by Red Hat': yaml?.version ?? 'not there',
  };
}

function setSettings(manifest: Manifest, uri: Uri | undefined): Readonly<Record<string, SetSetting>> {
  const section = 'remoteRelationships';
  const configuration = workspace.getConfiguration(section, uri);
  const names = manifest.contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  return Object.fromEntries(
    names.flatMap((whole): [string, SetSetting][] => {
      const name = whole.slice(section.length + 1);
      const found = configuration.inspect<SetSetting[string]>(name);
      const places = {
        user: found?.globalValue,
        workspace: found?.workspaceValue,
        folder: found?.workspaceFolderValue,
      };
      const set = Object.entries(places).flatMap(([place, value]) =>
        value === undefined ? [] : [[place, value] as const],
      );
      return set.length === 0 ? [] : [[name, Object.fromEntries(set)]];
    }),
  );
}

/** Of an untrusted workspace no file is read: nothing of them was used. Nor is a variable of an endpoint that was not chosen. */
async function privateThings(
  { choices, extension }: CommandContext,
  projects: readonly HasuraProject[],
): Promise<PrivateThings> {
  const stored = new AdminSecrets(extension.secrets);
  const variable = process.env['HASURA_GRAPHQL_ADMIN_SECRET'];
  const secrets: (Secret | undefined)[] = [new Secret(variable ?? '', 'the environment')];
  const urls: string[] = [];
  for (const project of projects) {
    const choice = choices.get(project.folder);
    if (choice !== undefined) urls.push(choice.url);
    if (!workspace.isTrusted) continue;
    const { endpoints } = await endpointsOf(project);
    const chosen = chosenEndpoint(choice, endpoints);
    for (const endpoint of endpoints) {
      urls.push(endpoint.url);
      if (endpoint === chosen || endpoint.name === cliName) secrets.push(endpoint.configuredSecret());
    }
  }
  for (const origin of new Set(urls.flatMap((each) => (URL.canParse(each) ? new URL(each).origin : [])))) {
    secrets.push(await stored.get(origin));
  }
  return { secrets: secrets.filter((secret) => secret !== undefined), urls, home: homedir() };
}
