import { quoted } from '../../../../common/src/foreignText.ts';
import { readOnlyText } from '../../../../common/src/metadataApi/change/carryOut.ts';
import { hostToName } from '../../../../common/src/metadataApi/change/environment.ts';
import { reloadMetadata, reloadRemoteSchema } from '../../../../common/src/metadataApi/document/commands.ts';
import { describeFailure, mayHaveHappened } from '../../../../common/src/metadataApi/http/httpResult.ts';
import {
  inconsistencyKey,
  inconsistencyText,
  inconsistencyTitle,
} from '../../../../common/src/metadataApi/inconsistency/inconsistencyText.ts';
import { reasonsOfRemoteSchema } from '../../../../common/src/metadataApi/inconsistency/inconsistentObjects.ts';
import type { ServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import { CommandError } from '../commandError.ts';
import type { Connection } from '../connect.ts';
import { type Line, serverLines } from '../terminal.ts';
import { askBy } from './agreement.ts';
import { changedEndpoint } from './changedEndpoint.ts';
import { type ChangeOptions, connectTo, projectOf, stateOf } from './changedProject.ts';
import type { ChangeResult } from './changeResult.ts';

/** What a server says of itself, as `--format json` prints it. */
export interface Status {
  readonly endpoint: string;
  readonly serverVersion: string;
  readonly relationships: number;
  readonly inconsistent: readonly { readonly what: string; readonly reason: string }[];
}

/** @throws CommandError when it could not be asked */
export async function status(options: ChangeOptions): Promise<Status> {
  const connection = await connectTo(options, await projectOf(options));
  return statusOf(connection, await stateOf(connection, options.signal));
}

export function statusLines({
  endpoint,
  serverVersion,
  relationships,
  inconsistent,
}: Status): readonly Line[] {
  return [
    ...inconsistent.flatMap(({ what, reason }): readonly Line[] => [
      [['yellow', 'inconsistent'], `: ${what}`],
      ...serverLines(reason),
    ]),
    `${endpoint}, version ${serverVersion}: ${relationships} remote relationships, ${inconsistent.length} inconsistent objects`,
  ];
}

/** The server reads its metadata, or one remote schema, anew. @throws CommandError when it could not be asked */
export async function reload(
  options: ChangeOptions,
  remoteSchema: string | undefined,
): Promise<ChangeResult> {
  const at = await projectOf(options);
  const connection = await connectTo(options, at);
  const { client, address } = connection;
  const endpoint = changedEndpoint(connection, at.workspace, at.project);
  if (endpoint.readOnly) {
    const { severity, message } = readOnlyText(endpoint);
    return { endpoint: address, outcome: 'not-sent', messages: [{ severity, message }] };
  }
  const before = await stateOf(connection, options.signal);
  if (remoteSchema !== undefined && !before.document.remoteSchemas.has(remoteSchema)) {
    throw new CommandError(`${client.host} has no remote schema ${quoted(remoteSchema)}.`);
  }
  const what =
    remoteSchema === undefined
      ? 'the metadata, all sources and remote schemas'
      : `remote schema ${quoted(remoteSchema)}`;
  const question = { verb: 'Reload', message: `Reload ${what} on ${client.host}?`, details: [] };
  if (!(await askBy(options.agreement)(question, hostToName(endpoint)))) {
    const outcome = options.agreement.dryRun ? 'nothing-to-do' : 'not-sent';
    return { endpoint: address, outcome, messages: [] };
  }
  const command = remoteSchema === undefined ? reloadMetadata() : reloadRemoteSchema(remoteSchema);
  const result = await client.send(command, options.signal);
  if (result.outcome !== 'answered') {
    const unclear = mayHaveHappened(result);
    const later = unclear ? ` ${client.host} may still be reloading ${what}.` : '';
    const message = `${describeFailure(result, client.host)}${later}`;
    return {
      endpoint: address,
      outcome: unclear ? 'unknown' : 'refused',
      messages: [{ severity: 'error', message }],
    };
  }
  const after = await stateOf(connection, options.signal);
  const { inconsistent } = statusOf(connection, after);
  const known = new Set(before.inconsistent.map(inconsistencyKey));
  // What is wrong with others, and was before, is not of this.
  const failed =
    remoteSchema === undefined
      ? inconsistent.length > 0
      : reasonsOfRemoteSchema(remoteSchema, after.inconsistent, after.document.kindOf).length > 0 ||
        after.inconsistent.some((object) => !known.has(inconsistencyKey(object)));
  return {
    endpoint: address,
    outcome: failed ? 'partly-done' : 'done',
    messages: [
      { severity: 'information', message: `${client.host} has reloaded ${what}.` },
      ...inconsistent.map(({ what: title, reason }) => ({
        severity: 'warning' as const,
        message: `inconsistent: ${title}\n${reason}`,
      })),
    ],
  };
}

function statusOf({ address }: Connection, { document, inconsistent, version }: ServerState): Status {
  return {
    endpoint: address,
    serverVersion: version.text,
    relationships: document.relationships.length,
    inconsistent: inconsistent.map((object) => ({
      what: inconsistencyTitle(object),
      reason: inconsistencyText(object),
    })),
  };
}
