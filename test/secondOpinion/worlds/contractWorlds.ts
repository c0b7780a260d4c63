import { allExchanges } from '../../contract/exchanges/index.ts';
import { worlds } from '../../contract/worlds/index.ts';
import type { Arena } from './arena.ts';
import { relationshipRequests } from './requestsOf.ts';

/** Worlds of which not everything can be learned from the server, so that the language service has to be silent. */
const halfKnown = /bigquery|address|does not exist/;

/** The worlds of the contract suite, with the requests that are sent to a current server in them. */
export function contractArenas(): readonly Arena[] {
  const exchanges = [...allExchanges().values()].flat();
  return [...worlds]
    .filter(([name]) => !halfKnown.test(name))
    .map(([name, world]) => {
      const requests = exchanges
        .filter((exchange) => exchange.world === name && !exchange.server && !exchange.settings)
        .filter(({ request }) => request.path.startsWith('/v1/') && request.headers === undefined)
        .flatMap(({ request }) => relationshipRequests(request.body));
      const distinct = new Map(requests.map((request) => [JSON.stringify(request), request]));
      return { name, world, requests: [...distinct.values()] };
    });
}
