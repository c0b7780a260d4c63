import type { Endpoint } from '../../endpoint/endpoint.ts';
import { isList, isObject, type Json, type JsonObject } from '../../endpoint/json.ts';

/** Sends a command to the endpoint past the window, as someone else would. Throws when it is refused. */
export async function send(endpoint: Endpoint, type: string, args: Json): Promise<Json> {
  const response = await fetch(`${endpoint.url}/v1/metadata`, {
    method: 'POST',
    headers: endpoint.adminSecret === undefined ? {} : { 'X-Hasura-Admin-Secret': endpoint.adminSecret },
    body: JSON.stringify({ type, args }),
  });
  const answer = (await response.json()) as Json;
  if (!response.ok) throw new Error(`${type} was answered with ${JSON.stringify(answer)}`);
  return answer;
}

/** Where a relationship of a table in the source `shop` is: the beginning of a command's arguments. */
export function inShop(table: string, name: string): JsonObject {
  return { source: 'shop', table: { schema: 'public', name: table }, name };
}

/** The definitions of a table's relationships by name, as the endpoint has them. */
export async function relationshipsOf(
  endpoint: Endpoint,
  table: string,
): Promise<Readonly<Record<string, Json>>> {
  const exported = await send(endpoint, 'export_metadata', {});
  const entry = listIn(exported, 'sources')
    .flatMap((source) => listIn(source, 'tables'))
    .find((each) => isObject(each) && isObject(each['table']) && each['table']['name'] === table);
  return Object.fromEntries(
    listIn(entry, 'remote_relationships').flatMap((item) =>
      isObject(item) ? [[String(item['name']), item['definition'] ?? null] as const] : [],
    ),
  );
}

function listIn(value: Json | undefined, key: string): readonly Json[] {
  const list = isObject(value) ? value[key] : undefined;
  return isList(list) ? list : [];
}
