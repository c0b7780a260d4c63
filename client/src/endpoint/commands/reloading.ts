import { localized } from '../../../../common/src/localized.ts';
import {
  type Command,
  reloadMetadata as reloadMetadataCommand,
  reloadRemoteSchema as reloadRemoteSchemaCommand,
} from '../../../../common/src/metadataApi/document/commands.ts';
import {
  describeFailure,
  type FailedResult,
  mayHaveHappened,
} from '../../../../common/src/metadataApi/http/httpResult.ts';
import { plainReason } from '../../../../common/src/metadataApi/inconsistency/inconsistentObjects.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display } from '../../ui/displayText.ts';
import { tell } from '../../ui/messages.ts';
import { withProgress } from '../../ui/progress.ts';
import { pick } from '../../ui/quickPick.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import type { Connection } from '../connection/connection.ts';
import { mayWrite } from '../connection/writing.ts';
import { ask } from '../ui/ask.ts';
import { showLog, tellFailure } from '../ui/messages.ts';
import { tellInconsistent } from './showInconsistentMetadata.ts';

/** The command: the endpoint reads its sources and remote schemas anew. */
export async function reloadMetadata(context: CommandContext): Promise<void> {
  const connection = await connect(context);
  if (connection === undefined || !mayWrite(connection.endpoint)) return;
  const again = () => reloadMetadata(context);
  // Reading first: whether the secret is right shows before anything is asked.
  if ((await connection.readState(again)) === undefined) return;
  const what = localized`the metadata, all sources and remote schemas`;
  await reload(context, connection, what, reloadMetadataCommand(), again);
}

/** The command: the endpoint asks one remote schema anew: the one of the argument, else one that is chosen. */
export async function reloadRemoteSchema(
  context: CommandContext,
  argument?: unknown,
  project?: HasuraProject,
): Promise<void> {
  const connection = await connect(context, project);
  if (connection === undefined || !mayWrite(connection.endpoint)) return;
  const again = () => reloadRemoteSchema(context, argument, project);
  const state = await connection.readState(again);
  if (state === undefined) return;
  const name = nameIn(argument) ?? (await pickRemoteSchema(connection.host, state.document.remoteSchemas));
  if (name === undefined) return;
  if (!state.document.remoteSchemas.has(name)) {
    tell('error', display`${connection.host} has no remote schema "${name}".`);
    return;
  }
  await reload(
    context,
    connection,
    localized`remote schema "${name}"`,
    reloadRemoteSchemaCommand(name),
    again,
  );
}

/** The name itself, or something that has it as its `remoteSchema`. */
function nameIn(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null || !('remoteSchema' in argument)) return undefined;
  return typeof argument.remoteSchema === 'string' ? argument.remoteSchema : undefined;
}

async function pickRemoteSchema(
  host: string,
  remoteSchemas: ReadonlySet<string>,
): Promise<string | undefined> {
  if (remoteSchemas.size > 0) {
    const entries = [...remoteSchemas].sort().map((name) => ({ label: display(name), name }));
    return (await pick(entries, { title: display`Remote schema of ${host} to reload` }))?.name;
  }
  tell('information', display`${host} has no remote schema.`);
  return undefined;
}

/** Success is what the server has afterwards: it says yes also to what stays inconsistent. */
async function reload(
  context: CommandContext,
  connection: Connection,
  what: string,
  command: Command,
  again: () => unknown,
): Promise<void> {
  const { endpoint, host } = connection;
  const question = { verb: localized`Reload`, message: localized`Reload ${what} on ${host}?`, details: [] };
  if (endpoint.protected && !(await ask(question, host))) return;
  const result = await withProgress(display`Reloading ${what} on ${host}`, (signal) =>
    connection.client.send(command, signal),
  );
  if (result.outcome !== 'answered') {
    tellNotReloaded(result, host, what, again);
    return;
  }
  const state = await connection.readState(again);
  if (state !== undefined) {
    await tellInconsistent(context, connection, state, localized`${host} has reloaded ${what}.`);
  }
}

function tellNotReloaded(result: FailedResult, host: string, what: string, again: () => unknown): void {
  if (result.outcome === 'refused' && result.error.inconsistentObjects.length > 0) {
    // Of a remote schema that can't be asked any more the server keeps what it had.
    const reasons = result.error.inconsistentObjects.map(({ reason }) => plainReason(reason));
    tell('error', display`${host} keeps ${what} as it was: ${reasons.slice(0, 3).join('; ')}`, showLog);
  } else if (mayHaveHappened(result)) {
    const why = result.outcome === 'cancelled' ? '' : `${describeFailure(result, host)} `;
    const severity = result.outcome === 'cancelled' ? 'information' : 'warning';
    tell(
      severity,
      display`${why}${host} may still be reloading ${what}.`,
      { title: display`Try Again`, run: again },
      showLog,
    );
  } else tellFailure(result, host, again);
}
