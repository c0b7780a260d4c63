import { partText } from '../../../common/src/metadataApi/pull/partText.ts';
import { ProjectFiles } from '../../../common/src/metadataApi/pull/projectFiles.ts';
import {
  type PartResult,
  type PullAllOptions,
  type PulledServer,
  type PullPart,
  pullAll,
} from '../../../common/src/metadataApi/pull/pullAll.ts';
import { missingThere, SnapshotWriter } from '../../../common/src/metadataApi/pull/snapshotWriter.ts';
import { relativePath } from '../project/files.ts';
import { remoteSchemaAddresses } from '../project/remoteSchemaAddresses.ts';
import { SnapshotTargets } from '../project/snapshotTargets.ts';
import { CommandError } from './commandError.ts';
import { type Connection, type ConnectOptions, connect, failureText, NoEndpoint } from './connect.ts';
import type { Person } from './endpointConsent.ts';
import { OwnIntrospection } from './ownIntrospection.ts';
import { projectAt } from './projectAt.ts';

export interface PullOptions extends Omit<ConnectOptions, 'root'> {
  /** Directory of the project, absolute or relative to the working directory. */
  readonly project: string;
  /** Names; when both lists are empty: everything. */
  readonly sources: readonly string[];
  readonly remoteSchemas: readonly string[];
  /** Hosts of remote schemas that are asked themselves, where Hasura can't tell or there is none. */
  readonly introspect?: readonly string[];
  /** Says what would be written, and writes nothing. */
  readonly dryRun: boolean;
  /** Replaces files that can't be read as a schema or snapshot, and may have been one. */
  readonly force: boolean;
  readonly workingDirectory: string;
  readonly person?: Pick<Person, 'agrees'> | undefined;
  readonly signal: AbortSignal | undefined;
  /** Takes a line for standard output. */
  print(line: string): void;
}

/**
 * Writes the snapshots of a project anew from what its endpoint says.
 * @returns the exit code: 0 everything, 1 something but not everything, 2 nothing could be pulled
 * @throws CommandError when it could not begin
 */
export async function pull(options: PullOptions): Promise<number> {
  const { print, note, dryRun, force } = options;
  const { workspace, project } = await projectAt(
    [options.project],
    options.workingDirectory,
    note,
    options.environment,
  );
  const targets = SnapshotTargets.of(workspace, project);
  if ('problem' in targets) throw new CommandError(targets.problem);
  const writer = new SnapshotWriter({
    files: new ProjectFiles({
      project: project.location.root,
      workspace: [project.location.folder],
      dryRun,
      replacesDoubtful: () => force,
      howToReplace: '--force replaces it anyway',
    }),
    targetOf: (part) => targets.of(part),
    shown: (path) => relativePath(project.location.root, path),
  });
  const own = new OwnIntrospection({ ...options, hosts: options.introspect ?? [], person: options.person });
  const addresses = remoteSchemaAddresses(workspace, project);
  const keep = (part: PullPart, found: PartResult): void => {
    const { text, notes } = writer.keep(part, found);
    print(`${partText(part)}: ${text}`);
    for (const message of notes) note(`${partText(part)}: ${message}`);
  };
  const finished = async (part: PullPart, found: PartResult): Promise<void> => {
    const isLacking = part.what === 'remote-schema' && found.outcome === 'failed' && !found.cancelled;
    const itself = isLacking ? await own.of(part.name, addresses.get(part.name)) : undefined;
    keep(part, itself ?? found);
  };
  const only = wanted(options);
  const connection = await connectIfThere({ ...options, root: project.location.root });
  const server = connection && (await pullFrom(connection, only, finished, options));
  if (server === undefined) {
    const all = [...addresses.keys()].map((name): PullPart => ({ what: 'remote-schema', name }));
    for (const part of only ?? all) {
      await finished(part, { ...noHasura, cancelled: options.signal?.aborted ?? false });
    }
  } else if (only === undefined) {
    const asked = new Set<string>();
    for (const [name, address] of addresses) {
      const itself = server.document.remoteSchemas.has(name) ? undefined : await own.of(name, address);
      if (itself === undefined) continue;
      asked.add(name);
      keep({ what: 'remote-schema', name }, itself);
    }
    const others = targets.known.filter(({ what, name }) => what === 'source' || !asked.has(name));
    for (const message of missingThere(others, server.document)) note(message);
  }
  const [written, unchanged, cancelled] = [
    writer.count('written'),
    writer.count('unchanged'),
    writer.count('cancelled'),
  ];
  const failures = writer.count('failed') + cancelled;
  const verb = dryRun ? 'would be written' : 'written';
  const from = server && connection ? `, from ${connection.text}, version ${server.version.text}` : '';
  print(
    `${written} ${verb}, ${unchanged} unchanged, ${failures} failed${cancelled > 0 ? ' (cancelled)' : ''}${from}`,
  );
  if (failures === 0) return 0;
  return written + unchanged > 0 ? 1 : 2;
}

const noHasura = { outcome: 'failed', message: 'No Hasura server could be asked.' } as const;

/** `undefined` where there is none, and remote schemas are asked themselves. @throws CommandError */
async function connectIfThere(options: ConnectOptions & PullOptions): Promise<Connection | undefined> {
  try {
    return await connect(options);
  } catch (error) {
    if (!(error instanceof NoEndpoint) || (options.introspect ?? []).length === 0) throw error;
    return undefined;
  }
}

/** `undefined` when it can't be asked, and remote schemas are asked themselves. @throws CommandError */
async function pullFrom(
  connection: Connection,
  only: readonly PullPart[] | undefined,
  finished: PullAllOptions['finished'],
  { signal, introspect = [], note }: PullOptions,
): Promise<PulledServer | undefined> {
  const result = await pullAll(connection.client, { only, signal, finished });
  if (result.outcome !== 'failed') return result;
  const failure = failureText(result.failure, connection);
  if (introspect.length === 0 || result.failure.outcome === 'cancelled') throw new CommandError(failure);
  note(failure);
  return undefined;
}

function wanted({ sources, remoteSchemas }: PullOptions): readonly PullPart[] | undefined {
  if (sources.length + remoteSchemas.length === 0) return undefined;
  return [
    ...[...new Set(sources)].map((name): PullPart => ({ what: 'source', name })),
    ...[...new Set(remoteSchemas)].map((name): PullPart => ({ what: 'remote-schema', name })),
  ];
}
