import { quoted } from '../../../../common/src/foreignText.ts';
import { applyOperation } from '../../../../common/src/metadataApi/change/applyOperation.ts';
import { carryOut } from '../../../../common/src/metadataApi/change/carryOut.ts';
import { deleteOperation } from '../../../../common/src/metadataApi/change/deleteOperation.ts';
import type { ChangeEnvironment } from '../../../../common/src/metadataApi/change/environment.ts';
import type { Operation } from '../../../../common/src/metadataApi/change/operation.ts';
import { renameOperation } from '../../../../common/src/metadataApi/change/renameOperation.ts';
import { selectToApply } from '../../../../common/src/metadataApi/change/selectToApply.ts';
import { undoOperation } from '../../../../common/src/metadataApi/change/undoOperation.ts';
import { isJsonObject, type Json } from '../../../../common/src/metadataApi/document/json.ts';
import {
  identityKey,
  identityText,
  type KindOf,
  ownerText,
  type RelationshipIdentity,
} from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { tableKey } from '../../../../common/src/metadataApi/document/tableName.ts';
import type { Told } from '../../../../common/src/metadataApi/plan/outcome.ts';
import { readServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import { CommandError } from '../commandError.ts';
import { type Connection, type ConnectOptions, connect, failureText } from '../connect.ts';
import { filedPayloads } from '../localRelationships.ts';
import { nearOne } from '../nearOne.ts';
import { type ProjectAt, projectAt } from '../projectAt.ts';
import { type Agreement, askBeforehandBy, askBy } from './agreement.ts';
import { changedEndpoint } from './changedEndpoint.ts';
import { type ChangeResult, type Message, messageOf, messageOfLine, resultOf } from './changeResult.ts';
import { commandLineJournal } from './journalPlace.ts';

export interface ChangeOptions extends Omit<ConnectOptions, 'root'> {
  /** Directory of the project, or one in it. */
  readonly project: string | undefined;
  readonly workingDirectory: string;
  readonly signal: AbortSignal;
  readonly agreement: Agreement;
}

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
    throw new CommandError(`There is no relationship ${quoted(missing)} in what was named.`);
  }
  if (chosen.length === 0) throw new CommandError('There is no remote relationship in what was named.');
  const connection = await connectTo(options, at);
  const selection = await selectToApply(chosen, ({ where }) => where, askBeforehandBy(agreement));
  if (selection.outcome !== 'selected') {
    const messages = selection.outcome === 'none' ? [messageOf(selection.told)] : [];
    return { endpoint: connection.address, outcome: 'not-sent', messages };
  }
  const operation = applyOperation(selection.sendable, selection.notes);
  return change(options, at, connection, operation, ({ lines, kindOf }) =>
    lines.map((line) => messageOfLine(line, (identity) => ownerText(identity, kindOf))),
  );
}

/** One relationship, by its name and, where several have it, its owner. */
export interface NamedRelationship {
  readonly name: string;
  /** Of a table: its source, its name with or without its schema. */
  readonly source: string | undefined;
  readonly table: string | undefined;
  /** Of a type: its remote schema, its name. */
  readonly remoteSchema: string | undefined;
  readonly type: string | undefined;
}

/** The server has a relationship no more; what is written in files stays. @throws CommandError when it can't be tried */
export async function deleteFromServer(
  options: ChangeOptions,
  named: NamedRelationship,
): Promise<ChangeResult> {
  const { at, connection, identity, kindOf } = await find(options, named);
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
  const { at, connection, identity } = await find(options, named);
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
  const at = await projectOf(options, []);
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

async function projectOf(options: ChangeOptions, paths: readonly string[]): Promise<ProjectAt> {
  const { project, workingDirectory, environment, note } = options;
  return projectAt(paths.length > 0 ? paths : [project ?? '.'], workingDirectory, note, environment);
}

async function connectTo(options: ChangeOptions, { project }: ProjectAt): Promise<Connection> {
  return connect({ ...options, root: project.location.root });
}

interface Found {
  readonly at: ProjectAt;
  readonly connection: Connection;
  readonly identity: RelationshipIdentity;
  readonly kindOf: KindOf;
}

/** The relationship of the server that is meant. @throws CommandError when it has none, or several */
async function find(options: ChangeOptions, named: NamedRelationship): Promise<Found> {
  const at = await projectOf(options, []);
  const connection = await connectTo(options, at);
  const read = await readServerState(connection.client, options.signal);
  if (read.outcome === 'failed') throw new CommandError(failureText(read.failure, connection));
  const { relationships, kindOf } = read.state.document;
  const meant = relationships
    .map(({ identity }) => identity)
    .filter((identity) => isMeant(identity, named, kindOf));
  const [identity, ...others] = meant;
  if (identity === undefined) {
    const near = nearOne(
      named.name,
      relationships.map((each) => each.identity.name),
    );
    throw new CommandError(
      `${connection.client.host} has no such relationship ${quoted(named.name)}.${near}`,
    );
  }
  if (others.length > 0) {
    const list = meant.map((each) => `${identityText(each, kindOf)} by ${ownerOptions(each)}`).join(', ');
    throw new CommandError(`Several relationships have that name. Name the owner, too: ${list}.`);
  }
  return { at, connection, identity, kindOf };
}

/** What names an owner on the command line. */
function ownerOptions(identity: RelationshipIdentity): string {
  if (identity.owner === 'remote-schema') {
    return `--remote-schema ${argument(identity.remoteSchema)} --type ${argument(identity.typeName)}`;
  }
  const { source, table } = identity;
  const parts = isJsonObject(table) ? [table['schema'] ?? table['dataset'], table['name']] : [table];
  const name = parts.filter((part) => typeof part === 'string').join('.');
  return `--source ${argument(source)}${name === '' ? '' : ` --table ${argument(name)}`}`;
}

function argument(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : quoted(text);
}

function isMeant(identity: RelationshipIdentity, named: NamedRelationship, kindOf: KindOf): boolean {
  if (identity.name !== named.name) return false;
  const { source, table, remoteSchema, type } = named;
  if (identity.owner === 'remote-schema') {
    if (source !== undefined || table !== undefined) return false;
    return (
      (remoteSchema ?? identity.remoteSchema) === identity.remoteSchema &&
      (type ?? identity.typeName) === identity.typeName
    );
  }
  if (remoteSchema !== undefined || type !== undefined) return false;
  if (source !== undefined && source !== identity.source) return false;
  return table === undefined || isTable(kindOf(identity.source), identity.table, table);
}

/** `customer`, `sales.customer`: as the server writes it, or with its schema. */
function isTable(kind: string | undefined, table: Json, written: string): boolean {
  const at = written.lastIndexOf('.');
  const inSchema = at < 0 ? [] : [{ schema: written.slice(0, at), name: written.slice(at + 1) }];
  return [written, ...inSchema].some((each) => tableKey(kind, each) === tableKey(kind, table));
}
