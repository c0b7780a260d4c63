import { existsSync } from 'node:fs';
import { Uri, workspace } from 'vscode';
import { localized } from '../../../../common/src/localized.ts';
import { listed } from '../../../../common/src/metadataApi/plan/outcome.ts';
import type { RemoteSchemaAddress } from '../../../../common/src/metadataApi/pull/ownServer.ts';
import { ProjectFiles } from '../../../../common/src/metadataApi/pull/projectFiles.ts';
import type { PullPart } from '../../../../common/src/metadataApi/pull/pullAll.ts';
import type { SnapshotTarget } from '../../../../common/src/metadataApi/pull/snapshotWriter.ts';
import { decideWrite, type WritingPlace } from '../../../../common/src/metadataApi/pull/writingRule.ts';
import { type SnapshotTargetsAnswer, snapshotTargetsRequest } from '../../../../common/src/protocol.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display, withIcon } from '../../ui/displayText.ts';
import { confirm, tell } from '../../ui/messages.ts';
import { type Entry, pickSeveral } from '../../ui/quickPick.ts';
import type { CommandContext } from '../commandContext.ts';
import { workspaceFolders } from '../connection/workspaceFiles.ts';
import { tellServerDown } from '../ui/messages.ts';

/** A consequence, for messages. */
export const serverDown = localized`where the snapshots go is not known`;

/** Where the snapshots go: the language server says where, and whether they may go there is looked at here. */
export class SnapshotPlaces {
  readonly known: readonly PullPart[];
  /** Where remote schemas are, as far as the metadata says it. */
  readonly addresses: ReadonlyMap<string, RemoteSchemaAddress>;
  readonly files: ProjectFiles;
  readonly #place: WritingPlace;
  readonly #targets: ReadonlyMap<string, { uri: string; shared: boolean } | { problem: string }>;
  /** Files that can't be read as what they should be, and are to be replaced all the same. */
  readonly #confirmed = new Set<string>();

  private constructor(
    folder: Uri,
    { targets, known, addresses }: Exclude<SnapshotTargetsAnswer, { readonly problem: string }>,
    parts: readonly PullPart[],
  ) {
    this.known = known;
    this.addresses = new Map(
      addresses.flatMap(({ remoteSchema, address }) =>
        address === null ? [] : [[remoteSchema, address] as const],
      ),
    );
    this.#place = { project: folder.fsPath, workspace: workspaceFolders() };
    this.files = new ProjectFiles({
      ...this.#place,
      dryRun: false,
      replacesDoubtful: (path) => this.#confirmed.has(path),
      howToReplace: localized`pull again, and say that it is to be replaced`,
    });
    this.#targets = new Map(
      parts.map((part, index) => [keyOf(part), targets[index] ?? { problem: serverDown }]),
    );
  }

  /** `undefined`: it was told why not. */
  static async ask(
    { server }: CommandContext,
    project: HasuraProject,
    parts: readonly PullPart[],
  ): Promise<SnapshotPlaces | undefined> {
    const answer = await server.ask(snapshotTargetsRequest, { uri: project.folder.toString(), parts });
    if (answer === undefined) tellServerDown(serverDown);
    else if (answer === null)
      tell(
        'warning',
        display`${project.name} is not a Hasura project. Open a file of the project and pull again.`,
      );
    else if ('problem' in answer) tell('error', display(answer.problem));
    else return new SnapshotPlaces(project.folder, answer, parts);
    return undefined;
  }

  /** The same, telling nothing. */
  static async find(
    { server }: CommandContext,
    { folder }: HasuraProject,
    parts: readonly PullPart[],
  ): Promise<SnapshotPlaces | undefined> {
    const answer = await server
      .ask(snapshotTargetsRequest, { uri: folder.toString(), parts })
      .catch(() => undefined);
    const isKnown = answer !== undefined && answer !== null && 'targets' in answer;
    return isKnown ? new SnapshotPlaces(folder, answer, parts) : undefined;
  }

  /** A file that is being edited has none: writing it would get in the way of what was typed. */
  targetOf(part: PullPart): SnapshotTarget {
    const target = this.#targets.get(keyOf(part)) ?? { problem: serverDown };
    if ('problem' in target) return target;
    const uri = Uri.parse(target.uri);
    const edited = workspace.textDocuments.some((each) => each.isDirty && each.uri.fsPath === uri.fsPath);
    return edited
      ? { problem: localized`${shown(uri.fsPath)} has unsaved changes: save or revert it first` }
      : { path: uri.fsPath, shared: target.shared };
  }

  /** What stands beside a part before it is pulled: the file it goes to; below it why it may not go there. */
  describe(part: PullPart): Pick<Entry, 'description' | 'detail' | 'picked'> {
    const target = this.targetOf(part);
    if ('problem' in target) return { detail: withIcon('warning', display(target.problem)) };
    const description = display(shown(target.path));
    const decision = decideWrite(target.path, part.what, this.#place);
    if (decision.outcome === 'allowed') return { description, picked: true };
    const reason = decision.outcome === 'refused' ? decision.reason : localized`its content can’t be read`;
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

/** A path as it is shown to people. */
export function shown(path: string): string {
  return workspace.asRelativePath(path);
}

/**
 * The parts to pull; `undefined`: none. Everything that can be written is chosen until something is taken out. A single part is
 * shown, too: with its file. `atOnce`: what goes to new files alone is not shown beforehand: nothing can be lost.
 */
export async function chooseParts(
  parts: readonly PullPart[],
  places: SnapshotPlaces,
  from: string,
  atOnce: boolean,
): Promise<readonly PullPart[] | undefined> {
  if (atOnce && parts.every((part) => places.isNew(part))) return parts;
  const items = parts.map((part): Entry & { readonly part: PullPart } => ({
    label: withIcon(part.what === 'source' ? 'database' : 'globe', display(part.name)),
    ...places.describe(part),
    part,
  }));
  const chosen = await pickSeveral(items, {
    title: display`Pull schema snapshots from ${from}`,
    placeHolder: display`What to pull, and the file it goes to`,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  const wanted = chosen?.map(({ part }) => part) ?? [];
  return wanted.length > 0 && (await places.confirmDoubtful(wanted)) ? wanted : undefined;
}
