import { partText } from '../../../common/src/metadataApi/pull/partText.ts';
import { ProjectFiles } from '../../../common/src/metadataApi/pull/projectFiles.ts';
import { type PullPart, pullAll } from '../../../common/src/metadataApi/pull/pullAll.ts';
import { missingThere, SnapshotWriter } from '../../../common/src/metadataApi/pull/snapshotWriter.ts';
import { relativePath } from '../project/files.ts';
import { SnapshotTargets } from '../project/snapshotTargets.ts';
import { CommandError } from './commandError.ts';
import { type ConnectOptions, connect, failureText } from './connect.ts';
import { projectAt } from './projectAt.ts';

export interface PullOptions extends Omit<ConnectOptions, 'root'> {
  /** Directory of the project, absolute or relative to the working directory. */
  readonly project: string;
  /** Names; when both lists are empty: everything. */
  readonly sources: readonly string[];
  readonly remoteSchemas: readonly string[];
  /** Says what would be written, and writes nothing. */
  readonly dryRun: boolean;
  /** Replaces files that can't be read as a schema or snapshot, and may have been one. */
  readonly force: boolean;
  readonly workingDirectory: string;
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
  const connection = await connect({ ...options, root: project.location.root });
  const only = wanted(options);
  const result = await pullAll(connection.client, {
    only,
    signal: options.signal,
    finished: (part, found) => {
      const { text, notes } = writer.keep(part, found);
      print(`${partText(part)}: ${text}`);
      for (const message of notes) note(`${partText(part)}: ${message}`);
    },
  });
  if (result.outcome === 'failed') {
    throw new CommandError(failureText(result.failure, connection));
  }
  if (only === undefined) {
    for (const message of missingThere(targets.known, result.document)) note(message);
  }
  const [written, unchanged, cancelled] = [
    writer.count('written'),
    writer.count('unchanged'),
    writer.count('cancelled'),
  ];
  const failures = writer.count('failed') + cancelled;
  const verb = dryRun ? 'would be written' : 'written';
  print(
    `${written} ${verb}, ${unchanged} unchanged, ${failures} failed${cancelled > 0 ? ' (cancelled)' : ''}, from ${connection.text}, version ${result.version.text}`,
  );
  if (failures === 0) return 0;
  return written + unchanged > 0 ? 1 : 2;
}

function wanted({ sources, remoteSchemas }: PullOptions): readonly PullPart[] | undefined {
  if (sources.length + remoteSchemas.length === 0) return undefined;
  return [
    ...[...new Set(sources)].map((name): PullPart => ({ what: 'source', name })),
    ...[...new Set(remoteSchemas)].map((name): PullPart => ({ what: 'remote-schema', name })),
  ];
}
