import { readServerState, type ServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import { CommandError } from '../commandError.ts';
import { type Connection, type ConnectOptions, connect, failureText } from '../connect.ts';
import { type ProjectAt, projectAt } from '../projectAt.ts';
import type { Agreement } from './agreement.ts';

export interface ChangeOptions extends Omit<ConnectOptions, 'root'> {
  /** Directory of the project, or one in it. */
  readonly project: string | undefined;
  readonly workingDirectory: string;
  readonly signal: AbortSignal;
  readonly agreement: Agreement;
}

/** The project that paths belong to, or without any the one that is named. @throws CommandError when there is none */
export async function projectOf(options: ChangeOptions, paths: readonly string[] = []): Promise<ProjectAt> {
  const { project, workingDirectory, environment, note } = options;
  return projectAt(paths.length > 0 ? paths : [project ?? '.'], workingDirectory, note, environment);
}

/** @throws CommandError when its endpoint may not be asked, or there is none */
export async function connectTo(options: ChangeOptions, { project }: ProjectAt): Promise<Connection> {
  return connect({ ...options, root: project.location.root });
}

/** @throws CommandError when it could not be read */
export async function stateOf(connection: Connection, signal: AbortSignal): Promise<ServerState> {
  const read = await readServerState(connection.client, signal);
  if (read.outcome === 'failed') throw new CommandError(failureText(read.failure, connection));
  return read.state;
}
