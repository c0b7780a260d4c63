import { commands, type Memento, QuickPickItemKind, Uri, window, workspace } from 'vscode';
import { localized } from '../../common/src/localized.ts';
import type { PullPart } from '../../common/src/metadataApi/pull/pullAll.ts';
import { missingParts } from '../../common/src/missingSchemas.ts';
import {
  type FileStatus,
  type Origin,
  type SchemaStatus,
  schemaCandidatesRequest,
  statusRequest,
} from '../../common/src/protocol.ts';
import { editConfiguration } from './configurationFile.ts';
import { showCoverage } from './coverageDetails.ts';
import type { LanguageServerClient, ServerState } from './languageServerClient.ts';
import { nameSchemaFiles, useCandidates } from './schemaFileNames.ts';
import { seenVersion } from './seenVersions.ts';
import { type DisplayText, display, withIcon } from './ui/displayText.ts';
import { type Entry as ListEntry, pick } from './ui/quickPick.ts';

interface Entry extends ListEntry {
  /** What choosing the entry does. */
  readonly run?: () => Thenable<unknown>;
}

/** Says what is in use for the active file, since when, what is missing, and does what mends it. */
export async function showStatus(server: LanguageServerClient, state: Memento): Promise<void> {
  const chosen = await pick(entries(server, state), {
    title: display`Remote Relationships: in use for this file`,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await chosen?.run?.();
}

async function entries(server: LanguageServerClient, state: Memento): Promise<readonly Entry[]> {
  const uri = window.activeTextEditor?.document.uri;
  if (server.state.kind !== 'running') return [notRunning(server.state), ...serverEntries];
  const status = uri && (await server.ask(statusRequest, { uri: uri.toString() }));
  return [
    ...(uri && status?.recognised ? fileEntries(server, state, uri, status) : [nothing]),
    ...serverEntries,
  ];
}

const nothing: Entry = {
  label: withIcon('circle-slash', display`Nothing`),
  detail: display`This file holds neither Hasura metadata nor an API request.`,
};

/** What mends a missing schema. */
interface Mending {
  nameFile(part: PullPart): Thenable<unknown>;
  /** Ways to use what lies in the workspace. */
  useFound(part: PullPart): Promise<readonly Entry[]>;
  /** `undefined` where there is no project whose snapshots could be written. */
  readonly pull: ((parts: readonly PullPart[]) => Thenable<unknown>) | undefined;
}

function fileEntries(server: LanguageServerClient, state: Memento, uri: Uri, status: FileStatus): Entry[] {
  const version = status.project === null ? undefined : seenVersion(state, Uri.parse(status.project.uri));
  const edit = () => editConfiguration(status, version);
  const nameFile = (part: PullPart) => nameSchemaFiles(server, state, status, [part]);
  const pull = (parts: readonly PullPart[]) =>
    commands.executeCommand('remoteRelationships.pullSnapshots', { uri: uri.toString(), parts });
  const useFound = async (part: PullPart): Promise<readonly Entry[]> => {
    const answers = await server.ask(schemaCandidatesRequest, { uri: uri.toString() });
    const answer = answers?.find((each) => each.part.what === part.what && each.part.name === part.name);
    return (answer?.candidates ?? []).map((candidate) => ({
      label: withIcon('file', display`Use ${candidate.text}`),
      detail:
        part.what === 'source'
          ? display`It has every table of ${part.name} that the metadata tracks, with the columns it names.`
          : display`It has everything that the relationships use of ${part.name}.`,
      run: () => useCandidates(server, state, status, [{ part, candidates: [candidate] }]),
    }));
  };
  const mending: Mending = { nameFile, useFound, pull: status.project === null ? undefined : pull };
  return [
    ...projectEntries(status, edit),
    ...status.problems.map((problem) => ({
      label: withIcon('error', display`Settings`),
      detail: display(problem),
      run: openSettings,
    })),
    ...pullEntries(status, mending),
    {
      label: withIcon('references', display`What the names are checked against`),
      description: display`every table, column, remote field and argument of relationships`,
      run: () => showCoverage(server, uri),
    },
    separator(display`Sources`),
    ...status.sources.map((source) => schemaEntry(source, 'source', mending)),
    separator(display`Remote schemas`),
    ...status.remoteSchemas.map((schema) => schemaEntry(schema, 'remote-schema', mending)),
  ];
}

/** One step for all that is missing. */
function pullEntries(status: FileStatus, { pull }: Mending): Entry[] {
  const parts = missingParts(status);
  if (pull === undefined || parts.length === 0) return [];
  const description = display(parts.map(({ name }) => name).join(', '));
  return [
    {
      label: withIcon('cloud-download', display`Pull what is missing from an endpoint`),
      description,
      run: () => pull(parts),
    },
  ];
}

function projectEntries({ project, serverVersion }: FileStatus, mend: () => Thenable<unknown>): Entry[] {
  if (!project) {
    const detail = display`The file belongs to no project, so it is checked on its own.`;
    return [{ label: withIcon('root-folder', display`No Hasura project`), detail }];
  }
  const configuration = project.configurationUri;
  return [
    {
      label: withIcon('root-folder', display(project.name)),
      description: relativeText(project.uri),
    },
    {
      label: withIcon('versions', display`Hasura ${serverVersion}`),
      description: display`the version to check against`,
      run: mend,
    },
    configuration
      ? {
          label: withIcon('gear', display`Open the configuration file`),
          description: relativeText(configuration),
          run: mend,
        }
      : {
          label: withIcon('add', display`Create a configuration file`),
          description: display`for the version and the schemas`,
          run: mend,
        },
  ];
}

function schemaEntry(schema: SchemaStatus, what: PullPart['what'], mending: Mending): Entry {
  const { name, uri, problem } = schema;
  const file = what === 'source' ? localized`table snapshot` : localized`GraphQL schema`;
  const description = uri === null ? display`no ${file}` : relativeText(uri);
  const isMissing = uri === null || schema.state === 'missing';
  const run = isMissing
    ? () => askHowToMend({ what, name }, file, mending)
    : () => (schema.origin === 'migrations' ? reveal(uri) : open(uri));
  switch (schema.state) {
    case 'loaded': {
      const detail = display(
        [schema.detail, originText(schema.origin), readText(schema.since)].filter(Boolean).join(', '),
      );
      return { label: withIcon('check', display(name)), description, detail, run };
    }
    case 'reading':
      return {
        label: withIcon('sync', display(name)),
        description,
        detail: display`SQL is being read.`,
        run,
      };
    case 'failed':
      return {
        label: withIcon('error', display(name)),
        description,
        detail: display([problem, keptText(schema.since)].filter(Boolean).join(' ')),
        run,
      };
    case 'missing':
      return {
        label: withIcon('question', display(name)),
        description,
        detail: mending.pull
          ? display`${problem ?? localized`What depends on it is not checked.`} Select this to pull one or to name a file.`
          : display`${problem ?? localized`What depends on it is not checked.`} Select this to name a file.`,
        run,
      };
  }
}

async function askHowToMend(
  part: PullPart,
  file: string,
  { nameFile, useFound, pull }: Mending,
): Promise<unknown> {
  if (pull === undefined) return nameFile(part);
  const ways: Entry[] = [
    ...(await useFound(part)),
    {
      label: withIcon('cloud-download', display`Pull from an endpoint`),
      detail: display`Fetches it from the Hasura server and writes the file.`,
      run: () => pull([part]),
    },
    {
      label: withIcon('gear', display`Name a file`),
      detail: display`Choose one, to be named in the configuration file.`,
      run: () => nameFile(part),
    },
  ];
  const way = await pick(ways, { title: display`${part.name} has no ${file}` });
  return way?.run?.();
}

function notRunning(state: ServerState): Entry {
  const detail = {
    notNeeded: localized`No Hasura metadata has been seen in this window yet.`,
    starting: localized`It is starting.`,
    running: '',
    stopped: localized`It was stopped.`,
    failed: state.kind === 'failed' ? localized`It failed: ${state.reason}` : '',
  }[state.kind];
  return {
    label: withIcon('circle-slash', display`The language server is not running`),
    detail: display(detail),
  };
}

const serverEntries: readonly Entry[] = [
  separator(display`Language server`),
  {
    label: withIcon('debug-restart', display`Restart the language server`),
    run: () => commands.executeCommand('remoteRelationships.restartServer'),
  },
  {
    label: withIcon('output', display`Show the log`),
    run: () => commands.executeCommand('remoteRelationships.showLog'),
  },
  {
    label: withIcon('report', display`Report a problem`),
    description: display`as a text that you can look through first`,
    run: () => commands.executeCommand('remoteRelationships.reportProblem'),
  },
];

function separator(label: DisplayText): Entry {
  return { label, kind: QuickPickItemKind.Separator };
}

const origins: Readonly<Record<Origin, string>> = {
  configuration: localized`named in the configuration file`,
  settings: localized`named in the settings`,
  convention: localized`found by its name`,
  migrations: localized`by its SQL migrations`,
  metadata: localized`as far as the metadata says`,
};

function originText(origin: Origin | null): string {
  return origin === null ? '' : origins[origin];
}

function readText(time: number | null): string {
  return time === null ? '' : localized`in use since ${new Date(time).toLocaleString()}`;
}

function keptText(time: number | null): string {
  return time === null ? '' : localized`What was read at ${new Date(time).toLocaleString()} stays in use.`;
}

function relativeText(uri: string): DisplayText {
  return display(workspace.asRelativePath(Uri.parse(uri)));
}

function open(uri: string): Thenable<unknown> {
  return commands.executeCommand('vscode.open', Uri.parse(uri));
}

function reveal(folder: string): Thenable<unknown> {
  return commands.executeCommand('revealInExplorer', Uri.parse(folder));
}

function openSettings(): Thenable<unknown> {
  return commands.executeCommand('workbench.action.openSettings', 'remoteRelationships');
}
