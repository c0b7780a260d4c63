import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../endpoint/endpoint.ts';
import { Release } from '../endpoint/release.ts';
import { because } from '../outside.ts';
import { difference } from './difference.ts';
import type { Check, Exchange } from './exchange.ts';
import { allExchanges } from './exchanges/index.ts';
import { Stage } from './stage.ts';
import { type Answer, embeddedTarget, realTarget, send } from './target.ts';
import { worlds } from './worlds/index.ts';

/**
 * What a Hasura v2 server answers, run against the embedded endpoint always, and against a real server when
 * HASURA_TEST_ENDPOINT and HASURA_TEST_ADMIN_SECRET name one.
 */

const real = realTarget();
const version = real ? await versionOf(real) : '';

const targets = [
  { name: 'embedded endpoint', open: embeddedTarget, isReal: false },
  ...(real ? [{ name: real.name, open: async () => real, isReal: true }] : []),
];

describe.each(targets)('$name', ({ open, isReal }) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = new Stage(await open());
    await stage.open();
  }, 60_000);

  afterAll(async () => {
    await stage.close();
  });

  for (const [file, exchanges] of allExchanges()) {
    describe(file, () => {
      for (const exchange of exchanges) {
        const why = exchange.skip ?? (isReal ? notForReal(exchange) : undefined);
        const title = exchange.uncertain
          ? `${exchange.title} (uncertain: ${exchange.uncertain})`
          : exchange.title;
        it.skipIf(why !== undefined)(title, because(why), async ({ annotate }) => {
          const { answer, fill } = await stage.play(exchange);
          const found = differenceOf(answer, exchange);
          const later = found ?? (await firstDifference(exchange.after ?? [], fill));
          // Not a failure: that a real server differs here is what the run is to find out.
          if (later !== undefined && isReal && exchange.uncertain) await annotate(later, 'warning');
          else expect(later).toBeUndefined();
        });
      }
    });
  }

  async function firstDifference(
    checks: readonly Check[],
    fill: (value: Json) => Json,
  ): Promise<string | undefined> {
    for (const check of checks) {
      const { body } = await stage.send(check.request, fill);
      const found = bodyDifference(body, check, fill);
      if (found !== undefined) return `afterwards ${found}`;
    }
    return undefined;
  }
});

function differenceOf({ status, body }: Answer, exchange: Exchange): string | undefined {
  if (status !== exchange.status) {
    return `status: expected ${exchange.status}, got ${status} with ${JSON.stringify(body)}`;
  }
  return bodyDifference(body, exchange, (value) => value);
}

function bodyDifference(
  body: Answer['body'],
  { response, responseMatches }: Pick<Check, 'response' | 'responseMatches'>,
  fill: (value: Json) => Json,
): string | undefined {
  if (response !== undefined) return difference(body, fill(response), true);
  return responseMatches === undefined ? undefined : difference(body, fill(responseMatches), false);
}

/** Why a real server cannot be asked this. */
function notForReal({ world, settings, server, since }: Exchange): string | undefined {
  if (settings) return 'needs a server that is set up otherwise';
  if (server !== undefined) return `is about ${server}`;
  const needs = worlds.get(world)?.needs;
  if (needs) return `needs ${needs}`;
  const [major = 0, minor = 0] = (since ?? '').split('.').map(Number);
  return new Release(version).before(major, minor) ? `is about ${since} and later` : undefined;
}

async function versionOf(target: NonNullable<typeof real>): Promise<string> {
  const { body } = await send(target, { method: 'GET', path: '/v1/version' }, 'none');
  return String((body as { version?: string }).version);
}
