import { boundedName } from '../../../common/src/boundedText.ts';
import { quoted } from '../../../common/src/foreignText.ts';
import type { Difference } from '../../../common/src/metadataApi/document/definition.ts';
import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import { owns } from '../../../common/src/metadataApi/document/owner.ts';
import type {
  KindOf,
  RelationshipIdentity,
} from '../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { tableText } from '../../../common/src/metadataApi/document/tableName.ts';
import {
  type ComparedRelationship,
  compareWithServer,
} from '../../../common/src/metadataApi/plan/compare.ts';
import { readServerState } from '../../../common/src/metadataApi/plan/serverState.ts';
import { normalisePath, relativePath } from '../project/files.ts';
import { spelledOnDisk } from '../project/nodeFiles.ts';
import { CommandError } from './commandError.ts';
import { type ConnectOptions, connect, failureText } from './connect.ts';
import { type FiledRelationship, type LocalMetadata, localMetadata } from './localRelationships.ts';
import { projectAt } from './projectAt.ts';
import { quotedOwnerText } from './quotedOwnerText.ts';
import { type Colour, type Line, serverLines } from './terminal.ts';

export interface DiffOptions extends Omit<ConnectOptions, 'root'> {
  /** Files and directories of one project; none: all of the one that the working directory is in. */
  readonly paths: readonly string[];
  /** Directory of the project, in place of paths. */
  readonly project?: string | undefined;
  readonly workingDirectory: string;
  readonly signal: AbortSignal | undefined;
}

/** A relationship of the files beside the server's, as it is printed. */
export interface DiffEntry {
  readonly state: 'same' | 'changed' | 'only-here' | 'only-there';
  /** What the server says of the one it has; `null` when it has none. */
  readonly consistency: 'consistent' | 'inconsistent' | 'not-checked' | null;
  /** The server's words for what is inconsistent. */
  readonly reasons: readonly string[];
  readonly name: string;
  /** `table customer of source shop` */
  readonly owner: string;
  readonly source: string | null;
  readonly table: Json;
  readonly remoteSchema: string | null;
  readonly type: string | null;
  /** Relative to the working directory; `null` when it is on the server only. */
  readonly file: string | null;
  readonly line: number | null;
  readonly differences: readonly {
    readonly path: string;
    readonly here: Json;
    readonly there: Json;
  }[];
}

export interface Diff {
  readonly endpoint: string;
  readonly serverVersion: string;
  readonly relationships: readonly DiffEntry[];
}

export interface DiffResult {
  readonly diff: Diff;
  /** Of the server's sources. */
  readonly kindOf: KindOf;
}

/** @throws CommandError when nothing could be compared */
export async function diff(options: DiffOptions): Promise<DiffResult> {
  const named = options.paths.length > 0;
  const { workspace, project, paths } = await projectAt(
    named ? options.paths : [options.project ?? '.'],
    options.workingDirectory,
    options.note,
    options.environment,
  );
  const { root, metadata } = project.location;
  const whole = !named || paths.some((path) => path === root || path === metadata);
  const local = localMetadata(workspace, project, whole ? ['/'] : paths);
  const workingDirectory = spelledOnDisk(normalisePath(options.workingDirectory));
  const shown = (file: string): string => relativePath(workingDirectory, file);
  if (local.files === 0) throw new CommandError('There are no metadata files in the paths given.');
  for (const { file, line } of local.unreadable) {
    options.note(
      `${shown(file)}:${line}: left out: its name, the name of its owner or its definition can't be read`,
    );
  }
  const connection = await connect({ ...options, root });
  const read = await readServerState(connection.client, options.signal);
  if (read.outcome === 'failed') {
    throw new CommandError(failureText(read.failure, connection));
  }
  const { state } = read;
  const { kindOf } = state.document;
  const relationships = compareWithServer(local.relationships, state)
    .filter(({ local: here, identity }) => whole || here !== undefined || speaksOf(local, identity, kindOf))
    .map((compared) => entryOf(compared, kindOf, shown));
  return {
    diff: { endpoint: connection.address, serverVersion: state.version.text, relationships },
    kindOf,
  };
}

/** Whether the files and the server differ, or the server does not use what it has. */
export function isDrift({ state, consistency }: DiffEntry): boolean {
  return state !== 'same' || consistency !== 'consistent';
}

function speaksOf({ owners }: LocalMetadata, identity: RelationshipIdentity, kindOf: KindOf): boolean {
  return owners.some((owner) => owner.what !== 'source' && owns(owner, identity, kindOf));
}

function entryOf(
  compared: ComparedRelationship<FiledRelationship>,
  kindOf: KindOf,
  shown: (file: string) => string,
): DiffEntry {
  const { state, identity, consistency, differences, local: filed } = compared;
  const ofTable = identity.owner === 'table' ? identity : undefined;
  const ofType = identity.owner === 'remote-schema' ? identity : undefined;
  return {
    state,
    consistency: consistency?.state ?? null,
    reasons: consistency === undefined || consistency.state === 'consistent' ? [] : consistency.reasons,
    name: identity.name,
    owner: quotedOwnerText(identity, kindOf),
    source: ofTable?.source ?? null,
    table: ofTable?.table ?? null,
    remoteSchema: ofType?.remoteSchema ?? null,
    type: ofType?.typeName ?? null,
    file: filed === undefined ? null : shown(filed.file),
    line: filed?.line ?? null,
    differences: differences.map(differenceOf),
  };
}

/** From the server's definition to the local one. */
function differenceOf({ path, before, after }: Difference): DiffEntry['differences'][number] {
  return { path: path.join('.'), here: after ?? null, there: before ?? null };
}

const labels: Readonly<Record<DiffEntry['state'], string>> = {
  same: 'same',
  changed: 'changed',
  'only-here': 'only here',
  'only-there': 'only there',
};

const colours: Readonly<Record<DiffEntry['state'], Colour>> = {
  same: 'green',
  changed: 'yellow',
  'only-here': 'blue',
  'only-there': 'red',
};

/** A line for each relationship, what differs below it, and a count at the end. */
export function diffLines({ endpoint, serverVersion, relationships }: Diff, kindOf: KindOf): readonly Line[] {
  const lines = relationships.flatMap((entry): readonly Line[] => {
    const { state, name, file, line, consistency, reasons, differences } = entry;
    const location = file === null ? '' : ` (${file}:${line})`;
    return [
      [
        [colours[state], labels[state]],
        `${stateOnServer(consistency)}: ${quoted(name)}, ${quotedOwner(entry, kindOf)}${location}`,
      ],
      ...differences.map(
        ({ path, here, there }) =>
          `    ${path === '' ? 'definition' : boundedName(path)}: ${valueText(here)} here, ${valueText(there)} there`,
      ),
      ...reasons.flatMap(serverLines),
    ];
  });
  const count = (state: DiffEntry['state']): string =>
    `${relationships.filter((entry) => entry.state === state).length} ${labels[state]}`;
  const inconsistent = relationships.filter(({ consistency }) => consistency === 'inconsistent').length;
  const counts = [count('same'), count('changed'), count('only-here'), count('only-there')];
  return [
    ...lines,
    `${counts.join(', ')}, ${inconsistent} inconsistent; here is the project, there is ${endpoint}, version ${serverVersion}`,
  ];
}

/** `owner` on a line of its own: its names bounded, and nothing in them can pass for its words. */
function quotedOwner({ source, table, remoteSchema, type }: DiffEntry, kindOf: KindOf): string {
  if (source === null) return `type ${quoted(type ?? '')} of remote schema ${quoted(remoteSchema ?? '')}`;
  return `table ${quoted(tableText(kindOf(source), table))} of source ${quoted(source)}`;
}

function stateOnServer(consistency: DiffEntry['consistency']): string {
  if (consistency === 'inconsistent') return ', inconsistent';
  return consistency === 'not-checked' ? ', not checked by the server' : '';
}

function valueText(value: Json): string {
  return value === null ? 'nothing' : boundedName(JSON.stringify(value));
}
