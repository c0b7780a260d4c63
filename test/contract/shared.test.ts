import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Json } from '../endpoint/endpoint.ts';
import { because, describeOutside } from '../outside.ts';
import { difference, isList, isObject } from './difference.ts';
import type { Exchange } from './exchange.ts';
import { allExchanges } from './exchanges/index.ts';
import { Stage } from './stage.ts';
import { embeddedTarget } from './target.ts';

/**
 * The list of exchanges this suite began with, where it is at hand beside the repository: each is known to the suite,
 * with the world it needs, and is answered as the list says.
 */

interface Listed extends Pick<Exchange, 'request' | 'status' | 'response' | 'responseMatches'> {
  readonly operation: string;
}

describeOutside('the shared list of exchanges', 'spec/exchanges.json', (file) => {
  const listed = JSON.parse(readFileSync(file, 'utf8')) as readonly Listed[];
  const unused = [...allExchanges().values()].flat();
  let stage: Stage;

  beforeAll(async () => {
    stage = new Stage(await embeddedTarget());
    await stage.open();
  }, 60_000);

  afterAll(async () => {
    await stage.close();
  });

  for (const [index, exchange] of listed.entries()) {
    const at = unused.findIndex((own) => isSame(own, exchange));
    const [own] = at < 0 ? [] : unused.splice(at, 1);
    const title = `${index} ${exchange.operation}: ${own?.title ?? 'not in this suite'}`;
    it.skipIf(own?.skip !== undefined)(title, because(own?.skip), async () => {
      if (!own) return expect.fail('The suite does not have this exchange.');
      const { answer, fill } = await stage.play(own);
      expect(answer.status).toBe(exchange.status);
      const { response, responseMatches } = exchange;
      if (response !== undefined) expect(difference(answer.body, fill(response), true)).toBeUndefined();
      if (responseMatches !== undefined) {
        expect(difference(answer.body, fill(responseMatches), false)).toBeUndefined();
      }
    });
  }
});

function isSame(own: Exchange, { request, status, response, responseMatches }: Listed): boolean {
  const expected = [own.status, own.response ?? null, own.responseMatches ?? null];
  return (
    own.request.path === request.path &&
    (own.request.method ?? 'POST') === (request.method ?? 'POST') &&
    JSON.stringify(expected) === JSON.stringify([status, response ?? null, responseMatches ?? null]) &&
    isSameBody(own.request.body ?? null, request.body ?? null)
  );
}

/** The list's placeholders stand for anything. */
function isSameBody(own: Json, listedBody: Json): boolean {
  if (typeof listedBody === 'string' && /^<.*>$/.test(listedBody)) return true;
  if (isList(listedBody)) {
    return (
      isList(own) &&
      own.length === listedBody.length &&
      listedBody.every((item, index) => isSameBody(own[index] ?? null, item))
    );
  }
  if (!isObject(listedBody)) return own === listedBody;
  if (listedBody['$ref'] !== undefined) return true;
  if (!isObject(own)) return false;
  return [...new Set([...Object.keys(own), ...Object.keys(listedBody)])].every((key) =>
    isSameBody(own[key] ?? null, listedBody[key] ?? null),
  );
}
