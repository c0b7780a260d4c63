import { localized } from '../../localized.ts';
import { readServerVersion, type ServerVersion } from '../../serverVersion.ts';
import { exportMetadata, getInconsistentMetadata, versionProbe } from '../document/commands.ts';
import { textMember } from '../document/json.ts';
import { type MetadataDocument, readMetadataDocument } from '../document/metadataDocument.ts';
import type { HttpClient } from '../http/http.ts';
import type { FailedResult } from '../http/httpResult.ts';
import { type InconsistentObject, readInconsistentObjects } from '../inconsistency/inconsistentObjects.ts';

/** What a plan is made from: everything read from the server beforehand. */
export interface ServerState {
  readonly document: MetadataDocument;
  readonly inconsistent: readonly InconsistentObject[];
  readonly version: ServerVersion;
}

export type StateResult<T = ServerState> =
  | { readonly outcome: 'read'; readonly state: T }
  | { readonly outcome: 'failed'; readonly failure: FailedResult };

/** Asks a server for its version. Needs no secret. */
export async function readVersion(
  client: HttpClient,
  signal?: AbortSignal,
): Promise<ServerVersion | FailedResult> {
  const result = await client.send(versionProbe, signal);
  if (result.outcome !== 'answered') return result;
  const text = textMember(result.json, 'version');
  if (text !== undefined) return readServerVersion(text);
  return unexpected(result.status, localized`the answer about the version names none`);
}

/** Reads metadata, inconsistent objects and, unless it is known, the version. Never rejects. */
export async function readServerState(
  client: HttpClient,
  signal?: AbortSignal,
  known?: ServerVersion,
): Promise<StateResult> {
  const version = known ?? (await readVersion(client, signal));
  if ('outcome' in version) return { outcome: 'failed', failure: version };
  const exported = await client.send(exportMetadata, signal);
  if (exported.outcome !== 'answered') return { outcome: 'failed', failure: exported };
  const document = readMetadataDocument(exported.json);
  if (document === undefined) {
    return {
      outcome: 'failed',
      failure: unexpected(exported.status, localized`the export contains no metadata`),
    };
  }
  const inconsistent = await client.send(getInconsistentMetadata, signal);
  if (inconsistent.outcome !== 'answered') return { outcome: 'failed', failure: inconsistent };
  return {
    outcome: 'read',
    state: { document, inconsistent: readInconsistentObjects(inconsistent.json), version },
  };
}

function unexpected(status: number, excerpt: string): FailedResult {
  return { outcome: 'unexpected-answer', status, contentType: undefined, excerpt };
}
