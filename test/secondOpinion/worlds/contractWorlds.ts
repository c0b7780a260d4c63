import { isList, isObject } from '../../contract/difference.ts';
import { allExchanges } from '../../contract/exchanges/index.ts';
import { worlds } from '../../contract/worlds/index.ts';
import type { Json, JsonObject } from '../../endpoint/endpoint.ts';
import type { Arena } from './arena.ts';

const relationshipCommand =
  /_(create|update)_(remote_schema_)?remote_relationship$|^create_remote_schema_remote/;

/** Worlds of which not everything can be learned from the server, so that the language service has to be silent. */
const halfKnown = /bigquery|address|does not exist/;

/** The worlds of the contract suite, with the requests that are sent to a current server in them. */
export function contractArenas(): readonly Arena[] {
  const exchanges = [...allExchanges().values()].flat();
  return [...worlds]
    .filter(([name]) => !halfKnown.test(name))
    .map(([name, world]) => {
      const bodies = exchanges
        .filter((exchange) => exchange.world === name && !exchange.server && !exchange.settings)
        .filter(({ request }) => request.path === '/v1/metadata' && request.headers === undefined)
        .flatMap(({ request }) => commandsIn(request.body));
      const distinct = new Map(bodies.map((body) => [JSON.stringify(body), body]));
      return { name, world, requests: [...distinct.values()] };
    });
}

/** The relationship commands of a request, those of a bulk one by one. */
function commandsIn(body: Json | undefined): readonly JsonObject[] {
  if (!isObject(body)) return [];
  const { type, args } = body;
  if (isList(args)) return args.flatMap(commandsIn);
  return typeof type === 'string' && relationshipCommand.test(type) ? [{ type, args }] : [];
}
