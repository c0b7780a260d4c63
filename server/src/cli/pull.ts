import type { Fetch } from '../../../common/src/metadataApi/http.ts';
import { describeFailure } from '../../../common/src/metadataApi/httpResult.ts';
import { type PartResult, type PullPart, pullAll } from '../../../common/src/metadataApi/pullAll.ts';
import { relativePath } from '../project/files.ts';
import { CommandError } from './commandError.ts';
import { connect } from './connect.ts';
import { projectAt } from './projectAt.ts';
import { ProjectFiles } from './projectFiles.ts';
import { partText, SnapshotTargets } from './snapshotTargets.ts';
import { snapshotText } from './snapshotText.ts';

export interface PullOptions {
  readonly endpoint: string | undefined;
  /** Directory of the project, absolute or relative to the working directory. */
  readonly project: string;
  /** Names; when both lists are empty: everything. */
  readonly sources: readonly string[];
  readonly remoteSchemas: readonly string[];
  /** Says what would be written, and writes nothing. */
  readonly dryRun: boolean;
  /** Milliseconds for one request. */
  readonly timeout: number | undefined;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fetch: Fetch;
  readonly signal: AbortSignal | undefined;
  /** Takes a line for standard output. */
  print(line: string): void;
  /** Told what is worth knowing besides. */
  note(message: string): void;
}

/**
 * Writes the snapshots of a project anew from what its endpoint says.
 * @returns the exit code: 0 everything, 1 something but not everything, 2 nothing could be pulled
 * @throws CommandError when it could not begin
 */
export async function pull(options: PullOptions): Promise<number> {
  const { print, note, dryRun } = options;
  const { workspace, project } = await projectAt([options.project], options.workingDirectory, note);
  const targets = new SnapshotTargets(workspace, project);
  const files = new ProjectFiles(targets.folders, dryRun);
  const connection = connect({ ...options, root: project.place.root });
  const counts = { written: 0, unchanged: 0, failed: 0 };
  let cancelled = false;

  const finish = (part: PullPart, result: PartResult): void => {
    const outcome = keep(part, result);
    counts[outcome.state]++;
    print(`${partText(part)}: ${outcome.text}`);
    if (result.outcome !== 'tables') return;
    for (const message of result.notes) note(`${partText(part)}: ${message}`);
  };
  const keep = (part: PullPart, result: PartResult): Outcome => {
    if (result.outcome === 'failed') {
      cancelled ||= result.cancelled;
      return failed(result.message);
    }
    const target = targets.of(part);
    if ('problem' in target) return failed(target.problem);
    const shown = relativePath(project.place.root, target.path);
    let text: string;
    try {
      text = snapshotText(result, { ...target, source: part.name, before: files.read(target.path) });
    } catch (error) {
      return failed(`${shown}: ${error instanceof Error ? error.message : String(error)}`);
    }
    const written = files.write(target.path, text);
    if (written.outcome === 'refused') return failed(`${shown} can't be written: ${written.message}`);
    if (result.outcome === 'tables' && !result.columnsKnown) {
      return { state: 'failed', text: `incomplete: ${shown} has the names of the tables only` };
    }
    const verb = dryRun && written.outcome === 'written' ? 'would be written' : written.outcome;
    return { state: written.outcome, text: `${verb}, ${shown}${sizeOf(result)}` };
  };

  const only = wanted(options);
  const result = await pullAll(connection.client, {
    only,
    signal: options.signal,
    finished: finish,
  });
  if (result.outcome === 'failed') {
    throw new CommandError(describeFailure(result.failure, connection.client.host));
  }
  if (only === undefined) {
    noteMissing(project.schemas.sources, result.document.sources, 'source', note);
    noteMissing(project.schemas.remoteSchemas, result.document.remoteSchemas, 'remote schema', note);
  }
  const { written, unchanged, failed: failures } = counts;
  const verb = dryRun ? 'would be written' : 'written';
  print(
    `${written} ${verb}, ${unchanged} unchanged, ${failures} failed${cancelled ? ' (cancelled)' : ''}, from ${connection.text}, version ${result.version.text}`,
  );
  if (failures === 0) return 0;
  return written + unchanged > 0 ? 1 : 2;
}

interface Outcome {
  readonly state: 'written' | 'unchanged' | 'failed';
  readonly text: string;
}

function failed(reason: string): Outcome {
  return { state: 'failed', text: `failed: ${reason}` };
}

function wanted({ sources, remoteSchemas }: PullOptions): readonly PullPart[] | undefined {
  if (sources.length + remoteSchemas.length === 0) return undefined;
  return [
    ...[...new Set(sources)].map((name): PullPart => ({ what: 'source', name })),
    ...[...new Set(remoteSchemas)].map((name): PullPart => ({ what: 'remote-schema', name })),
  ];
}

function sizeOf(result: PartResult): string {
  if (result.outcome !== 'tables') return '';
  const columns = result.tables.reduce((sum, table) => sum + (table.columns?.length ?? 0), 0);
  return ` (${result.tables.length} tables, ${columns} columns)`;
}

/** What the files have and the server has not keeps its snapshot as it is. */
function noteMissing(
  here: readonly { readonly name: string }[],
  there: { has(name: string): boolean },
  what: string,
  note: (message: string) => void,
): void {
  for (const { name } of here) {
    if (!there.has(name)) note(`${what} ${name}: the server does not have it; its file stays as it is`);
  }
}
