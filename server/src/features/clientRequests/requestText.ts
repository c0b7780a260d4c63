import { visibleJson } from '../../../../common/src/foreignText.ts';
import {
  type Command,
  relationshipRequest,
  requestAsWritten,
} from '../../../../common/src/metadataApi/document/commands.ts';
import { isJsonObject, type JsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import type { RelationshipIdentity } from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import type { RequestTextAnswer, RequestTextParams } from '../../../../common/src/protocol.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import { type PayloadOptions, relationshipPayloads } from './relationshipPayloads.ts';
import { requestPayloads } from './requestPayloads.ts';

const paths: Readonly<Record<Command['api'], string>> = {
  metadata: '/v1/metadata',
  query: '/v2/query',
  'legacy-query': '/v1/query',
  version: '/v1/version',
  graphql: '/v1/graphql',
};

interface RequestToSend {
  readonly body: JsonObject;
  readonly api: Command['api'];
}

/**
 * The request around an offset as text to be sent by other means; around a relationship of the metadata, the one that
 * creates it. `undefined` where neither stands.
 */
export function requestText(
  context: DocumentContext,
  offset: number,
  form: RequestTextParams['form'],
): RequestTextAnswer | undefined {
  const found = requestAt(context, offset);
  if (found === undefined || 'obstacle' in found) return found;
  const json = visibleJson(JSON.stringify(found.body, null, 2));
  return { text: form === 'curl' ? curlText(paths[found.api], json) : `${json}\n` };
}

/** What the requests around an offset create or change. */
export function requestedRelationships(
  context: DocumentContext,
  offset: number,
): readonly { readonly identity: RelationshipIdentity; readonly definition: JsonObject }[] {
  // In metadata they stand where they would be written.
  if (context.model.relationships.some(({ request }) => request === undefined)) return [];
  return relationshipPayloads(context, contentAt(offset)).flatMap(({ identity, definition, obstacle }) =>
    identity === null || obstacle !== null || !isJsonObject(definition) ? [] : [{ identity, definition }],
  );
}

/** What is written around an offset, without places and findings. */
function contentAt(offset: number): PayloadOptions {
  return { offset, findings: [], positionAt: () => ({ line: 0, character: 0 }) };
}

function requestAt(
  context: DocumentContext,
  offset: number,
): RequestToSend | { readonly obstacle: string } | undefined {
  const options = contentAt(offset);
  const [request] = requestPayloads(context, options);
  if (request !== undefined) {
    const { body, api, obstacle } = request;
    if (body === null) return { obstacle: obstacle ?? 'It can’t be read.' };
    return { body, api: requestAsWritten(body, api ?? undefined).api };
  }
  const [relationship] = relationshipPayloads(context, options);
  if (relationship === undefined) return undefined;
  const { identity, definition, sourceKind, obstacle } = relationship;
  if (identity === null || obstacle !== null || !isJsonObject(definition)) {
    return { obstacle: obstacle ?? 'Its definition is no object.' };
  }
  if (identity.owner === 'remote-schema' && 'remote_schema' in definition) {
    return {
      obstacle: 'Requests for relationships of remote schemas take no definition in the legacy form.',
    };
  }
  const kind = sourceKind ?? undefined;
  return { body: relationshipRequest('create', identity, kind, definition), api: 'metadata' };
}

/** A command of a shell. The endpoint and the secret are variables: neither is ever part of the text. */
function curlText(path: string, json: string): string {
  return [
    `curl "$HASURA_GRAPHQL_ENDPOINT${path}"`,
    '--header "Content-Type: application/json"',
    '--header "X-Hasura-Admin-Secret: $HASURA_GRAPHQL_ADMIN_SECRET"',
    `--data '${json.replaceAll("'", String.raw`'\''`)}'\n`,
  ].join(' \\\n  ');
}
