import { window } from 'vscode';
import {
  type Command,
  reloadMetadata as reloadMetadataCommand,
  reloadRemoteSchema as reloadRemoteSchemaCommand,
} from '../../../common/src/metadataApi/commands.ts';
import { plainReason } from '../../../common/src/metadataApi/inconsistentObjects.ts';
import { type Connection, connect, withProgress } from './connection.ts';
import { showLog, tell, tellFailure } from './messages.ts';
import { ask } from './question.ts';
import type { Services } from './services.ts';
import { mayWrite } from './writing.ts';

/** The command: the endpoint reads its sources and remote schemas anew. */
export async function reloadMetadata(services: Services): Promise<void> {
  const connection = await connect(services);
  if (connection === undefined || !mayWrite(connection.endpoint)) return;
  const again = () => reloadMetadata(services);
  // Reading first: whether the secret is right shows before anything is asked.
  if ((await connection.readState(again)) === undefined) return;
  await reload(connection, 'the metadata, all sources and remote schemas', reloadMetadataCommand(), again);
}

/** The command: the endpoint asks one remote schema anew. */
export async function reloadRemoteSchema(services: Services): Promise<void> {
  const connection = await connect(services);
  if (connection === undefined || !mayWrite(connection.endpoint)) return;
  const again = () => reloadRemoteSchema(services);
  const state = await connection.readState(again);
  if (state === undefined) return;
  const names = [...state.document.remoteSchemas].sort();
  if (names.length === 0) {
    tell('information', `${connection.host} has no remote schema.`);
    return;
  }
  const name = await window.showQuickPick(names, { title: `Remote schema of ${connection.host} to reload` });
  if (name === undefined) return;
  await reload(connection, `remote schema "${name}"`, reloadRemoteSchemaCommand(name), again);
}

/** Success is what the server has afterwards: it says yes also to what stays inconsistent. */
async function reload(
  connection: Connection,
  what: string,
  command: Command,
  again: () => unknown,
): Promise<void> {
  const { endpoint, host } = connection;
  const question = { verb: 'Reload', message: `Reload ${what} on ${host}?`, details: [] };
  if (endpoint.protected && !(await ask(endpoint, question))) return;
  const result = await withProgress(`Reloading ${what} on ${host}`, (signal) =>
    connection.client.send(command, signal),
  );
  if (result.outcome !== 'answered') {
    tellFailure(result, host, again);
    return;
  }
  const state = await connection.readState(again);
  if (state === undefined) return;
  const reasons = state.inconsistent.map(({ reason }) => plainReason(reason));
  if (reasons.length === 0) tell('information', `${host} has reloaded ${what}; all of it is consistent.`);
  else {
    const message = `${host} has reloaded ${what}; inconsistent are: ${reasons.slice(0, 5).join('; ')}`;
    tell('warning', message, showLog);
  }
}
