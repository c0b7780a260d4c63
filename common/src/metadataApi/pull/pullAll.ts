import { localized } from '../../localized.ts';
import { readServerVersion, type ServerVersion } from '../../serverVersion.ts';
import { exportMetadata } from '../document/commands.ts';
import type { Json } from '../document/json.ts';
import { type MetadataDocument, readMetadataDocument } from '../document/metadataDocument.ts';
import type { HttpClient } from '../http/http.ts';
import type { FailedResult } from '../http/httpResult.ts';
import { readVersion, type StateResult } from '../plan/serverState.ts';
import { planPull, pullRemoteSchema, pullSource, type SourcePull } from './pull.ts';
import type { SnapshotTable } from './snapshot.ts';

/** A source or a remote schema, of which a snapshot is taken. */
export interface PullPart {
  readonly what: 'source' | 'remote-schema';
  readonly name: string;
}

/** What became of one part. */
export type PartResult =
  | {
      readonly outcome: 'tables';
      readonly tables: readonly SnapshotTable[];
      /** False when the server told the names of the tables only. */
      readonly columnsKnown: boolean;
      /** What could not be learned on the way, in the user's words. */
      readonly notes: readonly string[];
    }
  /** `{ "__schema": … }` */
  | { readonly outcome: 'introspection'; readonly introspection: Json }
  | { readonly outcome: 'failed'; readonly message: string; readonly cancelled: boolean };

export interface PullOptions {
  readonly signal?: AbortSignal | undefined;
  /** Is told before each part; `index` counts from 0. */
  readonly starting?: (part: PullPart, index: number, total: number) => void;
  /** Takes each result as soon as it is there, so that nothing is lost when a later part fails. */
  readonly finished: (part: PullPart, result: PartResult, server: PulledServer) => void | Promise<void>;
}

export interface PullAllOptions extends PullOptions {
  /** Only these; everything the server has when left out. What it does not have fails. */
  readonly only?: readonly PullPart[] | undefined;
}

/** The server that was asked. */
export interface PulledServer {
  readonly document: MetadataDocument;
  readonly version: ServerVersion;
}

export type PullAllResult =
  | ({ readonly outcome: 'done' } & PulledServer)
  /** Not even the metadata could be read: there are no parts. */
  | { readonly outcome: 'failed'; readonly failure: FailedResult };

/** Reads what a server has, and pulls it, or a part of it. Rejects only when `finished` does. */
export async function pullAll(client: HttpClient, options: PullAllOptions): Promise<PullAllResult> {
  const read = await readPulledServer(client, options.signal);
  if (read.outcome === 'failed') return read;
  const server = read.state;
  await pullParts(client, server, options.only ?? partsOf(server.document), options);
  return { outcome: 'done', ...server };
}

/** Reads what must be known before anything is pulled. Never rejects. */
export async function readPulledServer(
  client: HttpClient,
  signal?: AbortSignal,
): Promise<StateResult<PulledServer>> {
  const exported = await client.send(exportMetadata, signal);
  if (exported.outcome !== 'answered') return { outcome: 'failed', failure: exported };
  const document = readMetadataDocument(exported.json);
  if (document === undefined) {
    const excerpt = localized`the export contains no metadata`;
    const { status } = exported;
    return {
      outcome: 'failed',
      failure: { outcome: 'unexpected-answer', status, contentType: undefined, excerpt },
    };
  }
  // A server that hides its version is taken for a new one: what it does not know after all is asked for otherwise.
  const known = await readVersion(client, signal);
  const version = 'outcome' in known ? readServerVersion(undefined) : known;
  return { outcome: 'read', state: { document, version } };
}

/**
 * Asks a server for the tables of sources and for remote schemas, one after the other: the server answers most of these
 * requests one at a time anyway. One part that fails does not keep the others. Rejects only when `finished` does.
 */
export async function pullParts(
  client: HttpClient,
  server: PulledServer,
  parts: readonly PullPart[],
  { signal, starting, finished }: PullOptions,
): Promise<void> {
  const { document, version } = server;
  const sources = new Map(planPull(document, version).map((pull) => [pull.source, pull]));
  for (const [index, part] of parts.entries()) {
    starting?.(part, index, parts.length);
    const result =
      part.what === 'source'
        ? await pullTables(client, sources.get(part.name), part.name, document, signal)
        : await pullSchema(client, part.name, document, signal);
    await finished(part, result, server);
  }
}

/** Everything a snapshot can be taken of. */
export function partsOf(document: MetadataDocument): readonly PullPart[] {
  return [
    ...[...document.sources.keys()].map((name): PullPart => ({ what: 'source', name })),
    ...[...document.remoteSchemas].map((name): PullPart => ({ what: 'remote-schema', name })),
  ];
}

async function pullTables(
  client: HttpClient,
  pull: SourcePull | undefined,
  name: string,
  document: MetadataDocument,
  signal: AbortSignal | undefined,
): Promise<PartResult> {
  if (pull === undefined) return failed(localized`${client.host} has no source "${name}".`);
  const result = await pullSource(client, pull, signal);
  if (result.outcome === 'failed') return result;
  const { tables, notes } = result;
  const tracked = document.tablesOf(name).length;
  if (tables.length === 0 && tracked > 0) {
    // A database user without rights sees nothing, without any error.
    return failed(localized`The database shows no tables at all, although ${tracked} are tracked.`);
  }
  const columnsKnown = tables.length === 0 || tables.some(({ columns }) => columns !== undefined);
  return { outcome: 'tables', tables, columnsKnown, notes };
}

async function pullSchema(
  client: HttpClient,
  name: string,
  document: MetadataDocument,
  signal: AbortSignal | undefined,
): Promise<PartResult> {
  if (!document.remoteSchemas.has(name))
    return failed(localized`${client.host} has no remote schema "${name}".`);
  const result = await pullRemoteSchema(client, name, signal);
  return result.outcome === 'failed'
    ? result
    : { outcome: 'introspection', introspection: result.introspection };
}

function failed(message: string): PartResult {
  return { outcome: 'failed', message, cancelled: false };
}
