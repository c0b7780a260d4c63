import { join } from 'node:path';
import { structuredPatch } from 'diff';
import { errorMessage } from '../../../../common/src/errorMessage.ts';
import { writeAtOnce } from '../../../../common/src/files/atomicWrite.ts';
import { realPath } from '../../../../common/src/files/realPath.ts';
import { readRegularFile } from '../../../../common/src/files/regularFile.ts';
import { quoted } from '../../../../common/src/foreignText.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { State } from '../../changes/checkedRelationships.ts';
import { foundInRelationships, type Lock, lockText, readLock } from '../../changes/lock.ts';
import { type LockedState, relationshipChanges } from '../../changes/relationshipChanges.ts';
import { ReliedUpon } from '../../changes/reliedUpon.ts';
import { walkRelationship } from '../../join/documentContext.ts';
import type { Join } from '../../join/joinPath.ts';
import { joinPath, uriOfPath } from '../../project/files.ts';
import { builtInScalars } from '../../schema/builtInScalars.ts';
import type { RemoteSchema } from '../../schema/remoteSchema.ts';
import { type CheckOptions, nothingChecked } from '../checkedFiles.ts';
import { CommandError } from '../commandError.ts';
import type { Line, Terminal } from '../terminal.ts';
import { type ChangeEntry, changeEntries, changeLines } from './changesReport.ts';
import { type AskEndpoint, checkOptions, endpointFacts } from './checkCommand.ts';
import { unreadableLock } from './lockFile.ts';
import { lockName } from './lockName.ts';
import { replacedBy, schemaOfText } from './otherFacts.ts';
import { type CheckedState, ofOneProject, stateOf } from './states.ts';
import { unreadableIn } from './unreadable.ts';

export interface LockArguments {
  readonly project: string;
  readonly configuration: string | undefined;
  /** Compares, and writes nothing. */
  readonly check: boolean;
  readonly againstEndpoint: boolean;
  readonly format: 'text' | 'json';
  readonly cacheFolder?: string | undefined;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly askEndpoint: AskEndpoint;
}

/**
 * Writes what the relationships of a project rely on, or tells what has changed of it.
 * @returns the exit code. @throws CommandError when it can't run
 */
export async function runLock(given: LockArguments): Promise<number> {
  const { terminal, check, format } = given;
  if (given.againstEndpoint && !check) throw new CommandError('--against-endpoint goes with --check.');
  const paths = [given.project];
  let isWhole = true;
  const options = checkOptions({ ...given, paths, wholeProjects: true }, () => {
    isWhole = false;
  });
  const all = await stateOf(options);
  const nothing = nothingChecked(all.files, paths);
  if (nothing !== undefined) throw new CommandError(nothing);
  const { project, ...own } = ofOneProject(all);
  for (const message of unreadableIn({ ...own.files, paths: project.allFiles() })) {
    isWhole = false;
    options.note(message);
  }
  const path = joinPath(project.location.root, lockName);
  const shown = own.files.print(path);
  let now: CheckedState = own;
  if (given.againstEndpoint) {
    const facts = await endpointFacts({ ...given, remoteSchemas: [] }, own);
    if (!facts.isWhole) isWhole = false;
    now = ofOneProject(await stateOf(options, replacedBy(facts)));
  }
  if (!isWhole) throw new CommandError('Not all could be read that relationships rely on.');
  const relied = ReliedUpon.of(joinsOf(now.state));
  const text = lockText(relied, foundInRelationships(now.state));
  const result = readRegularFile(path);
  if (!check) {
    if (!result.ok && result.problem !== 'missing') throw new CommandError(result.message);
    if (result.ok && readLock(uriOfPath(path), plain(result.text)) === undefined) {
      const { what, isReplaced } = unreadableLock(plain(result.text));
      if (!isReplaced) throw new CommandError(`${quoted(shown)} ${what}, and is not replaced.`);
    }
    const isSame = result.ok && plain(result.text) === text;
    if (!isSame) writeLock(project.location.root, text, shown);
    await terminal.print(`${shown}: ${isSame ? 'unchanged' : 'written'}`);
    return 0;
  }
  if (!result.ok) {
    const hint = result.problem === 'missing' ? ' "remote-relationships lock" writes it.' : '';
    throw new CommandError(result.message + hint);
  }
  const written = plain(result.text);
  const lock = readLock(uriOfPath(path), written);
  if (lock === undefined) {
    const { what, isReplaced } = unreadableLock(written);
    const hint = isReplaced ? ': "remote-relationships lock" writes it anew' : '';
    throw new CommandError(`${quoted(shown)} ${what}${hint}.`);
  }
  const isSame = written === text;
  if (isSame && format !== 'json') {
    await terminal.printAll([`${shown}: nothing differs`]);
    return 0;
  }
  const entries = isSame
    ? changeEntries(relationshipChanges(now.state, now.state), now.files, now.files)
    : changesSince(await lockedState(lock, path, options), now);
  if (format === 'json') await terminal.printJson({ drift: !isSame, relationships: entries });
  else await terminal.printAll(drift(entries, written, text, shown));
  return isSame ? 0 : 1;
}

/** Where the folder of the project really is; a link of the lock's name is replaced, not followed. */
function writeLock(root: string, text: string, shown: string): void {
  try {
    writeAtOnce(join(realPath(root), lockName), text, undefined);
  } catch (error) {
    throw new CommandError(`${quoted(shown)} could not be written: ${errorMessage(error)}`);
  }
}

interface LockedFiles extends CheckedState {
  readonly state: LockedState;
}

async function lockedState(lock: Lock, path: string, options: CheckOptions): Promise<LockedFiles> {
  const { remoteSchemas, tables, relationships } = lock;
  const schemas = [...remoteSchemas].map(
    ([name, sdl]) =>
      [
        name,
        sdl === ''
          ? schemaOfNoTypes
          : schemaOfText(`${uriOfPath(path)}#${encodeURIComponent(name)}.graphql`, sdl, lockName),
      ] as const,
  );
  const facts = { remoteSchemas: new Map(schemas), tables, isAll: true };
  const { files, state } = ofOneProject(await stateOf(options, replacedBy(facts)));
  return { files, state: { ...state, locked: relationships } };
}

/** It has none of the names that are asked for, and which others it has is not known. */
const schemaOfNoTypes: RemoteSchema = {
  queryTypeName: 'Query',
  type: (name) => builtInScalars.get(name),
  typeNames: [...builtInScalars.keys()],
  isPartial: true,
};

const harmless = 'The lock does not have all that it relies on, or has it otherwise, which does no harm.';

/** What becomes of each relationship, with a word of those that rely on something that is not as the lock has it. */
function changesSince(locked: LockedFiles, now: CheckedState): readonly ChangeEntry[] {
  const changes = relationshipChanges(locked.state, now.state);
  const touched = new Set(
    now.state.documents.flatMap((document) => {
      const catalogue = locked.state.catalogueFor(document);
      const { joins, actionJoins } = document.context;
      return [...joins, ...actionJoins].flatMap((join) =>
        catalogue !== undefined && differs(join, catalogue) ? join.relationship.node : [],
      );
    }),
  );
  const own = changes.map((change) =>
    change.verdict === 'untouched' && touched.has(change.place.node)
      ? { ...change, reasons: [harmless] }
      : change,
  );
  return changeEntries(own, locked.files, now.files);
}

function differs(join: Join, catalogue: Catalogue): boolean {
  const locked = walkRelationship(join.relationship, catalogue);
  return (
    locked === undefined ||
    lockText(ReliedUpon.of([locked]), new Map()) !== lockText(ReliedUpon.of([join]), new Map())
  );
}

function drift(
  entries: readonly ChangeEntry[],
  before: string,
  after: string,
  shown: string,
): readonly Line[] {
  const patch = structuredPatch(shown, shown, before, after, undefined, undefined, { context: 1 });
  const hunks = patch.hunks.flatMap(({ oldStart, newStart, lines }) => [
    `@@ -${oldStart} +${newStart} @@`,
    ...lines,
  ]);
  return [...changeLines(entries), '', `${shown}, - locked, + now:`, ...hunks];
}

function joinsOf({ documents }: State): readonly Join[] {
  return documents.flatMap(({ context }) => [...context.joins, ...context.actionJoins]);
}

/** A checkout may have changed the line ends, an editor may have put a byte order mark before it. */
function plain(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}
