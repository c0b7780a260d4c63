import { commands, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from 'vscode';
import type { PullPart } from '../../common/src/metadataApi/pull/pullAll.ts';
import { type FileStatus, type Origin, type SchemaStatus, statusRequest } from '../../common/src/protocol.ts';
import { editConfiguration } from './configurationFile.ts';
import type { LanguageServerClient, ServerState } from './languageServerClient.ts';

interface Entry extends QuickPickItem {
  /** What choosing the entry does. */
  readonly run?: () => Thenable<unknown>;
}

/** Says what is in use for the active file, since when, what is missing, and does what mends it. */
export async function showStatus(server: LanguageServerClient): Promise<void> {
  const chosen = await window.showQuickPick(entries(server), {
    title: 'Remote Relationships: in use for this file',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await chosen?.run?.();
}

async function entries(server: LanguageServerClient): Promise<readonly Entry[]> {
  const uri = window.activeTextEditor?.document.uri;
  if (server.state.kind !== 'running') return [notRunning(server.state), ...serverEntries];
  const status = uri && (await server.ask(statusRequest, { uri: uri.toString() }));
  return [...(uri && status?.recognised ? fileEntries(uri, status) : [nothing]), ...serverEntries];
}

const nothing: Entry = {
  label: '$(circle-slash) Nothing',
  detail: 'This file holds neither Hasura metadata nor an API request.',
};

/** What mends a missing schema. */
interface Mending {
  nameFile(): Thenable<unknown>;
  /** `undefined` where there is no project whose snapshots could be written. */
  readonly pull: ((parts: readonly PullPart[]) => Thenable<unknown>) | undefined;
}

function fileEntries(uri: Uri, status: FileStatus): Entry[] {
  const nameFile = () => editConfiguration(status);
  const pull = (parts: readonly PullPart[]) =>
    commands.executeCommand('remoteRelationships.pullSnapshots', { uri: uri.toString(), parts });
  const mending: Mending = { nameFile, pull: status.project === null ? undefined : pull };
  return [
    ...projectEntries(status, nameFile),
    ...status.problems.map((problem) => ({ label: '$(error) Settings', detail: problem, run: openSettings })),
    ...pullEntries(status, mending),
    separator('Sources'),
    ...status.sources.map((source) => schemaEntry(source, 'source', mending)),
    separator('Remote schemas'),
    ...status.remoteSchemas.map((schema) => schemaEntry(schema, 'remote-schema', mending)),
  ];
}

/** One step for all that is missing. */
function pullEntries({ sources, remoteSchemas }: FileStatus, { pull }: Mending): Entry[] {
  const missing = (schemas: readonly SchemaStatus[], what: PullPart['what']): PullPart[] =>
    schemas.filter(({ state }) => state === 'missing').map(({ name }) => ({ what, name }));
  const parts = [...missing(sources, 'source'), ...missing(remoteSchemas, 'remote-schema')];
  if (pull === undefined || parts.length === 0) return [];
  const description = parts.map(({ name }) => name).join(', ');
  return [
    {
      label: '$(cloud-download) Pull what is missing from an endpoint',
      description,
      run: () => pull(parts),
    },
  ];
}

function projectEntries({ project, serverVersion }: FileStatus, mend: () => Thenable<unknown>): Entry[] {
  if (!project) {
    const detail = 'The file stands alone: only what it says itself is checked.';
    return [{ label: '$(root-folder) No Hasura project', detail }];
  }
  const configuration = project.configurationUri;
  return [
    {
      label: `$(root-folder) ${project.name}`,
      description: relative(project.uri),
    },
    {
      label: `$(versions) Hasura ${serverVersion}`,
      description: 'the version checked against',
      run: mend,
    },
    configuration
      ? { label: '$(gear) Open the configuration file', description: relative(configuration), run: mend }
      : {
          label: '$(add) Create a configuration file',
          description: 'for the version and the schemas',
          run: mend,
        },
  ];
}

function schemaEntry(schema: SchemaStatus, what: PullPart['what'], mending: Mending): Entry {
  const { name, uri, problem } = schema;
  const file = what === 'source' ? 'table snapshot' : 'GraphQL schema';
  const description = uri === null ? `no ${file}` : relative(uri);
  const run = uri === null ? () => askHowToMend({ what, name }, file, mending) : () => open(uri);
  switch (schema.state) {
    case 'loaded': {
      const detail = [originText(schema.origin), readText(schema.since)].filter(Boolean).join(', ');
      return { label: `$(check) ${name}`, description, detail, run };
    }
    case 'failed':
      return {
        label: `$(error) ${name}`,
        description,
        detail: [problem, keptText(schema.since)].filter(Boolean).join(' '),
        run,
      };
    case 'missing':
      return {
        label: `$(question) ${name}`,
        description,
        detail: `${problem ?? 'What depends on it is not checked.'} Choose this to ${mending.pull ? 'pull one or to ' : ''}name a file.`,
        run,
      };
  }
}

async function askHowToMend(part: PullPart, file: string, { nameFile, pull }: Mending): Promise<unknown> {
  if (pull === undefined) return nameFile();
  const ways: Entry[] = [
    {
      label: '$(cloud-download) Pull from an endpoint',
      detail: 'Asks the Hasura server and writes the file.',
      run: () => pull([part]),
    },
    {
      label: '$(gear) Name a file',
      detail: 'Opens the configuration file, or begins one.',
      run: nameFile,
    },
  ];
  const way = await window.showQuickPick(ways, { title: `${part.name} has no ${file}` });
  return way?.run?.();
}

function notRunning(state: ServerState): Entry {
  const detail = {
    notNeeded: 'No Hasura metadata has been seen in this window yet.',
    starting: 'It is starting.',
    running: '',
    stopped: 'It was stopped.',
    failed: state.kind === 'failed' ? `It failed: ${state.reason}` : '',
  }[state.kind];
  return { label: '$(circle-slash) The language server is not running', detail };
}

const serverEntries: readonly Entry[] = [
  separator('Language server'),
  {
    label: '$(debug-restart) Restart the language server',
    run: () => commands.executeCommand('remoteRelationships.restartServer'),
  },
  { label: '$(output) Show the log', run: () => commands.executeCommand('remoteRelationships.showLog') },
];

function separator(label: string): Entry {
  return { label, kind: QuickPickItemKind.Separator };
}

const origins: Readonly<Record<Origin, string>> = {
  configuration: 'named in the configuration file',
  settings: 'named in the settings',
  convention: 'found by its name',
  metadata: 'as far as the metadata says',
};

function originText(origin: Origin | null): string {
  return origin === null ? '' : origins[origin];
}

function readText(time: number | null): string {
  return time === null ? '' : `in use since ${new Date(time).toLocaleString()}`;
}

function keptText(time: number | null): string {
  return time === null ? '' : `What was read at ${new Date(time).toLocaleString()} stays in use.`;
}

function relative(uri: string): string {
  return workspace.asRelativePath(Uri.parse(uri));
}

function open(uri: string): Thenable<unknown> {
  return commands.executeCommand('vscode.open', Uri.parse(uri));
}

function openSettings(): Thenable<unknown> {
  return commands.executeCommand('workbench.action.openSettings', 'remoteRelationships');
}
