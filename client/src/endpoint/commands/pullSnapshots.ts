import { existsSync } from 'node:fs';
import { Uri, workspace } from 'vscode';
import { listed } from '../../../../common/src/metadataApi/plan/outcome.ts';
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
import { decideWrite, type WritingPlace } from '../../../../common/src/metadataApi/pull/writingRule.ts';
import { type SnapshotTargetsAnswer, snapshotTargetsRequest } from '../../../../common/src/protocol.ts';
import { keepVersion } from '../../seenVersions.ts';
import { display, withIcon } from '../../ui/displayText.ts';
import { type Action, confirm, tell } from '../../ui/messages.ts';
import { withProgress } from '../../ui/progress.ts';
import { type Entry, pickSeveral } from '../../ui/quickPick.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import type { Connection } from '../connection/connection.ts';
import { workspaceFolders } from '../connection/workspaceFiles.ts';
import { showLog, tellServerDown } from '../ui/messages.ts';

/** What the command may be given: the project, by a file of it or its folder, and what to pull without asking. */
export interface PullArgument {
  readonly uri: string;
  readonly parts: readonly PullPart[];
  /** What goes to new files alone is not shown beforehand: nothing can be lost. */
  readonly atOnce?: boolean;
}

/** The command: the project's table snapshots and remote schemas are written anew from what the endpoint says. */
export async function pullSnapshots(context: CommandContext, argument: unknown): Promise<void> {
  const asked = isPullArgument(argument) ? argument : undefined;
  const connection = await connect(context, asked && Uri.parse(asked.uri));
  if (connection === undefined) return;
  if (context.server.state.kind !== 'running') {
    tellServerDown(serverDown);
    return;
  }
  const again = () => pullSnapshots(context, argument);
  const server = await connection.read(readPulledServer, again);
  if (server === undefined) return;
  await keepVersion(context.extension.workspaceState, connection.project.folder, server.version.text);
  const parts = asked?.parts ?? partsOf(server.document);
  if (parts.length === 0) {
    tell('information', display`${connection.host} has neither sources nor remote schemas.`);
    return;
  }
  const places = await Places.ask(context, connection, parts);
  const isClear = asked?.atOnce === true && parts.every((part) => places?.isNew(part));
  const chosen = isClear ? parts : places && (await choose(parts, places, connection.host));
  if (places === undefined || chosen === undefined || chosen.length === 0) return;
  if (!(await places.confirmDoubtful(chosen))) return;
  const kept = await write(context, connection, server, chosen, places);
  const missing = asked ? [] : missingThere(places.known, server.document);
  for (const message of missing) context.log.warn(message);
  tellPulled(context, connection, kept, missing);
}

const serverDown = 'where the snapshots go is not known';

function isPullArgument(value: unknown): value is PullArgument {
  return typeof value === 'object' && value !== null && 'uri' in value && 'parts' in value;
}

/** Where the snapshots go: the language server says where, and whether they may go there is looked at here. */
class Places {
  readonly known: readonly PullPart[];
  readonly files: ProjectFiles;
  readonly #place: WritingPlace;
  readonly #targets: ReadonlyMap<string, { uri: string; shared: boolean } | { problem: string }>;
  /** Files that can't be read as what they should be, and are to be replaced all the same. */
  readonly #confirmed = new Set<string>();

  private constructor(
    folder: Uri,
    { targets, known }: Exclude<SnapshotTargetsAnswer, { readonly problem: string }>,
    parts: readonly PullPart[],
  ) {
    this.known = known;
    this.#place = { project: folder.fsPath, workspace: workspaceFolders() };
    this.files = new ProjectFiles({
      ...this.#place,
      dryRun: false,
      replacesDoubtful: (path) => this.#confirmed.has(path),
      howToReplace: 'pull again, and say that it is to be replaced',
    });
    this.#targets = new Map(
      parts.map((part, index) => [keyOf(part), targets[index] ?? { problem: serverDown }]),
    );
  }

  /** `undefined`: it was told why not. */
  static async ask(
    { server }: CommandContext,
    { project }: Connection,
    parts: readonly PullPart[],
  ): Promise<Places | undefined> {
    const answer = await server.ask(snapshotTargetsRequest, { uri: project.folder.toString(), parts });
    if (answer === undefined) tellServerDown(serverDown);
    else if (answer === null)
      tell(
        'warning',
        display`${project.name} is not a Hasura project. Open a file of the project and pull again.`,
      );
    else if ('problem' in answer) tell('error', display(answer.problem));
    else return new Places(project.folder, answer, parts);
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

  /** What stands beside a part before it is pulled: the file it goes to; below it why it may not go there. */
  describe(part: PullPart): Pick<Entry, 'description' | 'detail' | 'picked'> {
    const target = this.targetOf(part);
    if ('problem' in target) return { detail: withIcon('warning', display(target.problem)) };
    const description = display(shown(target.path));
    const decision = decideWrite(target.path, part.what, this.#place);
    if (decision.outcome === 'allowed') return { description, picked: true };
    const reason = decision.outcome === 'refused' ? decision.reason : 'its content can’t be read';
    return {
      description,
      detail: withIcon('warning', display(reason)),
      picked: decision.outcome === 'doubtful',
    };
  }

  /** Whether a part goes to a file that is not there yet. */
  isNew(part: PullPart): boolean {
    const target = this.targetOf(part);
    if ('problem' in target || existsSync(target.path)) return false;
    return decideWrite(target.path, part.what, this.#place).outcome === 'allowed';
  }

  /** Asks before anything is replaced that may have been something else. False: nothing is to be pulled. */
  async confirmDoubtful(parts: readonly PullPart[]): Promise<boolean> {
    const doubtful = parts.flatMap((part) => {
      const target = this.targetOf(part);
      if ('problem' in target) return [];
      return decideWrite(target.path, part.what, this.#place).outcome === 'doubtful' ? [target.path] : [];
    });
    if (doubtful.length === 0) return true;
    const question = display`Replace ${listed(doubtful.map(shown))}?`;
    const detail = display`What is there now can’t be read as a schema or a snapshot, and will be lost.`;
    if (!(await confirm('warning', question, detail, display`Replace`))) return false;
    for (const path of doubtful) this.#confirmed.add(path);
    return true;
  }
}

function keyOf({ what, name }: PullPart): string {
  return `${what} ${name}`;
}

function shown(path: string): string {
  return workspace.asRelativePath(path);
}

/** Everything that can be written is chosen until something is taken out. A single part is shown, too: with its file. */
async function choose(
  parts: readonly PullPart[],
  places: Places,
  host: string,
): Promise<readonly PullPart[] | undefined> {
  const items = parts.map((part): Entry & { readonly part: PullPart } => ({
    label: withIcon(part.what === 'source' ? 'database' : 'globe', display(part.name)),
    ...places.describe(part),
    part,
  }));
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
  { log }: CommandContext,
  { client, host }: Connection,
  server: PulledServer,
  parts: readonly PullPart[],
  places: Places,
): Promise<readonly KeptPart[]> {
  const writer = new SnapshotWriter({
    files: places.files,
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
  context: CommandContext,
  { host, project }: Connection,
  kept: readonly KeptPart[],
  missing: readonly string[],
): void {
  const { severity, message } = pulledText(kept, missing, host);
  const changed = kept.flatMap((each) => each.changed ?? []);
  const open = context.snapshotChanges.keep(changed, host);
  const failed = kept.filter(({ state }) => state === 'failed').map(({ part }) => part);
  const again: PullArgument = { uri: project.folder.toString(), parts: failed };
  const actions: readonly (Action | false)[] = [
    changed.length > 0 && { title: display`Show Changes`, run: open },
    failed.length > 0 && { title: display`Try Again`, run: () => pullSnapshots(context, again) },
    (severity !== 'information' || / log\b/.test(message)) && showLog,
  ];
  tell(severity, display(message), ...actions.filter((action) => action !== false));
}
