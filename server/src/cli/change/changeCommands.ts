import { quoted } from '../../../../common/src/foreignText.ts';
import { applyOperation } from '../../../../common/src/metadataApi/change/applyOperation.ts';
import { carryOut } from '../../../../common/src/metadataApi/change/carryOut.ts';
import { deleteOperation } from '../../../../common/src/metadataApi/change/deleteOperation.ts';
import type { ChangeEnvironment } from '../../../../common/src/metadataApi/change/environment.ts';
import type { Operation } from '../../../../common/src/metadataApi/change/operation.ts';
import { renameOperation } from '../../../../common/src/metadataApi/change/renameOperation.ts';
import { selectToApply } from '../../../../common/src/metadataApi/change/selectToApply.ts';
import { undoOperation } from '../../../../common/src/metadataApi/change/undoOperation.ts';
import { identityKey } from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import type { Told } from '../../../../common/src/metadataApi/plan/outcome.ts';
import { readServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import { CommandError } from '../commandError.ts';
import { type Connection, failureText } from '../connect.ts';
import { filedPayloads } from '../localRelationships.ts';
import type { ProjectAt } from '../projectAt.ts';
import { quotedOwnerText } from '../quotedOwnerText.ts';
import { askBeforehandBy, askBy } from './agreement.ts';
import { changedEndpoint } from './changedEndpoint.ts';
import { type ChangeOptions, connectTo, projectOf } from './changedProject.ts';
import { type ChangeResult, type Message, messageOf, messageOfLine, resultOf } from './changeResult.ts';
import { commandLineJournal } from './journalPlace.ts';
import { findRelationship, type NamedRelationship } from './namedRelationship.ts';

export interface ApplyOptions extends ChangeOptions {
  /** Files and directories of one project; none: all of it. */
  readonly paths: readonly string[];
  /** Only these; none: all that are in the paths. */
  readonly names: readonly string[];
}

/** The server gets relationships as they are in the files, all or none. @throws CommandError when it can't be tried */
export async function applyFromFiles(options: ApplyOptions): Promise<ChangeResult> {
  const { paths, names, agreement, workingDirectory } = options;
  const at = await projectOf(options, paths);
  const all = filedPayloads(
    at.workspace,
    at.project,
    paths.length === 0 ? ['/'] : at.paths,
    workingDirectory,
  );
  const chosen = all.filter(({ payload }) => names.length === 0 || names.includes(payload.name));
  const missing = names.find((name) => !chosen.some(({ payload }) => payload.name === name));
  if (missing !== undefined) {
    throw new CommandError(`There is no relationship ${quoted(missing)} in the paths given.`);
  }
  if (chosen.length === 0) throw new CommandError('There is no remote relationship in the paths given.');
  const connection = await connectTo(options, at);
  const selection = await selectToApply(chosen, ({ where }) => where, askBeforehandBy(agreement));
  if (selection.outcome !== 'selected') {
    const messages = selection.outcome === 'none' ? [messageOf(selection.told)] : [];
    return { endpoint: connection.address, outcome: 'not-sent', messages };
  }
  const operation = applyOperation(selection.sendable, selection.notes);
  return change(options, at, connection, operation, ({ lines, kindOf }) =>
    lines.map((line) => messageOfLine(line, (identity) => quotedOwnerText(identity, kindOf))),
  );
}

/** The server has a relationship no more; what is written in files stays. @throws CommandError when it can't be tried */
export async function deleteFromServer(
  options: ChangeOptions,
  named: NamedRelationship,
): Promise<ChangeResult> {
  const { at, connection, identity, kindOf } = await findRelationship(options, named);
  const written = filedPayloads(at.workspace, at.project, ['/'], options.workingDirectory).some(
    ({ payload }) =>
      payload.identity !== null && identityKey(payload.identity, kindOf) === identityKey(identity, kindOf),
  );
  return change(options, at, connection, deleteOperation(identity, { written }), told);
}

/** A relationship has another name on the server. @throws CommandError when it can't be tried */
export async function renameOnServer(
  options: ChangeOptions,
  named: NamedRelationship,
  newName: string,
): Promise<ChangeResult> {
  const { at, connection, identity } = await findRelationship(options, named);
  return change(
    options,
    at,
    connection,
    renameOperation(identity, async () => newName),
    told,
  );
}

/** The server has again what it had before the last change from this command line. */
export async function undoOnServer(options: ChangeOptions): Promise<ChangeResult> {
  const at = await projectOf(options);
  return change(options, at, await connectTo(options, at), undoOperation(), told);
}

function told(report: Told): readonly Message[] {
  return [messageOf(report)];
}

async function change<Item, Report>(
  { agreement, signal }: ChangeOptions,
  { workspace, project }: ProjectAt,
  connection: Connection,
  operation: Operation<Item, Report>,
  messagesOf: (report: Report) => readonly Message[],
): Promise<ChangeResult> {
  const { client, address } = connection;
  const environment: ChangeEnvironment = {
    endpoint: changedEndpoint(connection, workspace, project),
    client,
    journal: await commandLineJournal(),
    read: () => readServerState(client, signal),
    ask: askBy(agreement),
    during: (_what, work) => work(signal),
    tell: ({ message }) => agreement.note(message),
    wasRead: () => undefined,
  };
  const outcome = await carryOut(operation, environment);
  if (outcome.outcome === 'not-read') throw new CommandError(failureText(outcome.failure, connection));
  const result = resultOf(outcome, { address, host: client.host }, messagesOf);
  // What was only looked at was not refused.
  return agreement.dryRun && outcome.outcome === 'given-up'
    ? { ...result, outcome: 'nothing-to-do' }
    : result;
}
