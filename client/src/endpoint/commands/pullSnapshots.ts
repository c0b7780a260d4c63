import { Uri, workspace } from 'vscode';
import { partText } from '../../../../common/src/metadataApi/pull/partText.ts';
import { ProjectFiles } from '../../../../common/src/metadataApi/pull/projectFiles.ts';
import {
  type PulledServer,
  type PullPart,
  partsOf,
  pullParts,
  readPulledServer,
} from '../../../../common/src/metadataApi/pull/pullAll.ts';
import { pulledText } from '../../../../common/src/metadataApi/pull/pulledText.ts';
import {
  type KeptPart,
  missingThere,
  type SnapshotTarget,
  SnapshotWriter,
} from '../../../../common/src/metadataApi/pull/snapshotWriter.ts';
import { type SnapshotTargetsAnswer, snapshotTargetsRequest } from '../../../../common/src/protocol.ts';
import { display, withIcon } from '../../ui/displayText.ts';
import { type Action, tell } from '../../ui/messages.ts';
import { withProgress } from '../../ui/progress.ts';
import { type Entry, pickSeveral } from '../../ui/quickPick.ts';
import { type Connection, connect } from '../connection/connection.ts';
import type { Services } from '../services.ts';
import type { Tools } from '../tools.ts';
import { showLog, tellServerDown } from '../ui/messages.ts';

/** What the command may be given: the project, by a file of it or its folder, and what to pull without asking. */
export interface PullArgument {
  readonly uri: string;
  readonly parts: readonly PullPart[];
}

/** The command: the project's table snapshots and remote schemas are written anew from what the endpoint says. */
export async function pullSnapshots(services: Services, tools: Tools, argument: unknown): Promise<void> {
  const asked = isPullArgument(argument) ? argument : undefined;
  const connection = await connect(services, asked && Uri.parse(asked.uri));
  if (connection === undefined) return;
  if (services.server.state.kind !== 'running') {
    tellServerDown(serverDown);
    return;
  }
  const again = () => pullSnapshots(services, tools, argument);
  const server = await connection.read(readPulledServer, again);
  if (server === undefined) return;
  const parts = asked?.parts ?? partsOf(server.document);
  if (parts.length === 0) {
    tell('information', display`${connection.host} has neither sources nor remote schemas.`);
    return;
  }
  const places = await Places.ask(services, connection, parts);
  const chosen = places && (asked ? parts : await choose(parts, places, connection.host));
  if (places === undefined || chosen === undefined || chosen.length === 0) return;
  const kept = await write(services, connection, server, chosen, places);
  const missing = asked ? [] : missingThere(places.known, server.document);
  for (const message of missing) services.log.warn(message);
  tellPulled(services, tools, connection, kept, missing);
}

const serverDown = 'where the snapshots go is not known';

function isPullArgument(value: unknown): value is PullArgument {
  return typeof value === 'object' && value !== null && 'uri' in value && 'parts' in value;
}

/** Where the snapshots go, as the language server says. */
class Places {
  readonly folders: readonly string[];
  readonly known: readonly PullPart[];
  readonly #targets: ReadonlyMap<string, { uri: string; shared: boolean } | { problem: string }>;

  private constructor(
    { folders, targets, known }: Exclude<SnapshotTargetsAnswer, { readonly problem: string }>,
    parts: readonly PullPart[],
  ) {
    this.folders = folders.map((folder) => Uri.parse(folder).fsPath);
    this.known = known;
    this.#targets = new Map(
      parts.map((part, index) => [keyOf(part), targets[index] ?? { problem: serverDown }]),
    );
  }

  /** `undefined`: it was told why not. */
  static async ask(
    { server }: Services,
    { project }: Connection,
    parts: readonly PullPart[],
  ): Promise<Places | undefined> {
    const answer = await server.ask(snapshotTargetsRequest, { uri: project.folder.toString(), parts });
    if (answer === undefined) tellServerDown(serverDown);
    else if (answer === null)
      tell(
        'warning',
        display`${project.name} is no Hasura project. Open a file of the project and pull again.`,
      );
    else if ('problem' in answer) tell('error', display(answer.problem));
    else return new Places(answer, parts);
    return undefined;
  }

  /** A file that is being edited has none: writing it would get in the way of what was typed. */
  targetOf(part: PullPart): SnapshotTarget {
    const target = this.#targets.get(keyOf(part)) ?? { problem: serverDown };
    if ('problem' in target) return target;
    const uri = Uri.parse(target.uri);
    const edited = workspace.textDocuments.some((each) => each.isDirty && each.uri.fsPath === uri.fsPath);
    return edited
      ? { problem: `${shown(uri.fsPath)} has unsaved changes: save or revert it first` }
      : { path: uri.fsPath, shared: target.shared };
  }
}

function keyOf({ what, name }: PullPart): string {
  return `${what} ${name}`;
}

function shown(path: string): string {
  return workspace.asRelativePath(path);
}

/** Everything is chosen until something is taken out. */
async function choose(
  parts: readonly PullPart[],
  places: Places,
  host: string,
): Promise<readonly PullPart[] | undefined> {
  if (parts.length === 1) return parts;
  const items = parts.map((part): Entry & { readonly part: PullPart } => {
    const target = places.targetOf(part);
    return {
      label: withIcon(part.what === 'source' ? 'database' : 'globe', display(part.name)),
      description:
        'problem' in target ? withIcon('warning', display(target.problem)) : display(shown(target.path)),
      picked: true,
      part,
    };
  });
  const chosen = await pickSeveral(items, {
    title: display`Pull schema snapshots from ${host}`,
    placeHolder: display`What to pull, and the file it goes to`,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ part }) => part);
}

/** Pulls part by part and writes each at once: what is there stays when something fails later. */
async function write(
  { log }: Services,
  { client, host }: Connection,
  server: PulledServer,
  parts: readonly PullPart[],
  places: Places,
): Promise<readonly KeptPart[]> {
  const writer = new SnapshotWriter({
    files: new ProjectFiles(places.folders, false),
    targetOf: (part) => places.targetOf(part),
    shown,
  });
  await withProgress(display`Pulling from ${host}`, (signal, progress) =>
    pullParts(client, server, parts, {
      signal,
      starting: (part, index, total) => {
        const message = display`${partText(part)} (${index + 1} of ${total})`;
        progress.report({ message, increment: index === 0 ? 0 : 100 / total });
      },
      finished: (part, result) => {
        const { text, state, notes } = writer.keep(part, result);
        const line = `${partText(part)}: ${text}`;
        if (state === 'failed') log.error(line);
        else log.info(line);
        for (const note of notes) log.warn(`${partText(part)}: ${note}`);
      },
    }),
  );
  return writer.kept;
}

function tellPulled(
  services: Services,
  tools: Tools,
  { host, project }: Connection,
  kept: readonly KeptPart[],
  missing: readonly string[],
): void {
  const { severity, message } = pulledText(kept, missing, host);
  const changed = kept.flatMap((each) => each.changed ?? []);
  const open = tools.snapshotChanges.keep(changed, host);
  const failed = kept.filter(({ state }) => state === 'failed').map(({ part }) => part);
  const again: PullArgument = { uri: project.folder.toString(), parts: failed };
  const actions: readonly (Action | false)[] = [
    changed.length > 0 && { title: display`Show Changes`, run: open },
    failed.length > 0 && { title: display`Try Again`, run: () => pullSnapshots(services, tools, again) },
    (severity !== 'information' || / log\b/.test(message)) && showLog,
  ];
  tell(severity, display(message), ...actions.filter((action) => action !== false));
}
