import { isList, isObject } from '../contract/difference.ts';
import { command, send, type Target } from '../contract/target.ts';
import type { Json, JsonObject } from '../endpoint/endpoint.ts';
import type { Case, Verdict } from './case.ts';
import { objects } from './facts.ts';

/** Refused in any world: it ends the bulk of a case that was not refused itself, so that nothing is stored. */
const nothing = 'nothing that is asked here is kept';
const refusal = { type: 'reload_remote_schema', args: { name: nothing } };
const refusalText = `remote schema with name "${nothing}" does not exist`;

/** What the server answers to a case. Leaves the server as it was. */
export async function askServer(target: Target, { form, document }: Case): Promise<Verdict> {
  const request = form === 'request' ? document : replacing(document);
  // The commands without a prefix are those of the older API.
  const older = /^(create|update|delete)_remote_relationship$/.test(String(request['type']));
  const { status, body } = await send(target, {
    path: older ? '/v1/query' : '/v1/metadata',
    body: { type: 'bulk', args: [request, refusal] },
  });
  if (status !== 400 || !isObject(body)) {
    throw new Error(`A bulk was answered with ${status}: ${JSON.stringify(body)}`);
  }
  const refused = body['error'] !== refusalText;
  return { refused, texts: refused ? textsOf(body) : [] };
}

/** Names of the relationships that are inconsistent. */
export async function wrongRelationships(target: Target): Promise<readonly string[]> {
  const answer = await command(target, 'get_inconsistent_metadata', {});
  const inconsistent = isObject(answer) ? objects(answer['inconsistent_objects']) : [];
  return inconsistent.flatMap(({ definition }) => (isObject(definition) ? [String(definition['name'])] : []));
}

function replacing(metadata: JsonObject): JsonObject {
  return { type: 'replace_metadata', version: 2, args: { metadata } };
}

/** Why a request was refused: of inconsistent metadata each object's own reason. */
function textsOf({ error, internal }: JsonObject): readonly string[] {
  const text = String(error);
  if (!/^cannot continue due to .*inconsistent metadata$/.test(text) || !isList(internal)) return [text];
  return internal.map((object: Json) => String(isObject(object) ? object['reason'] : object));
}
