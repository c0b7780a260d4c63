import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../common/src/endpoint/secret.ts';
import { Journal } from '../../common/src/metadataApi/change/journal.ts';
import type { RelationshipIdentity } from '../../common/src/metadataApi/document/relationshipIdentity.ts';
import { createHttpClient, type Exchange } from '../../common/src/metadataApi/http/http.ts';
import { describeFailure } from '../../common/src/metadataApi/http/httpResult.ts';
import { planApply } from '../../common/src/metadataApi/plan/applyPlan.ts';
import { executePlan, mayHaveChanged } from '../../common/src/metadataApi/plan/executePlan.ts';
import { failureBeforehand, outcomeText } from '../../common/src/metadataApi/plan/outcome.ts';
import { readServerState, type ServerState } from '../../common/src/metadataApi/plan/serverState.ts';
import { undoEntry } from '../../common/src/metadataApi/plan/undo.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { formsOf, type SocketFault } from '../endpoint/http/socketFault.ts';
import { socketFaults } from '../endpoint/http/socketFaults.ts';
import { startSocketServer } from '../endpoint/http/socketServer.ts';
import { startSamples } from '../endpoint/samples/start.ts';

/** A relationship is applied while everything that can goes wrong with the bytes in between. */

/** Like nothing else that is written, and with what encodings change. */
const secret = 'Zq7-apply+secret/&"x~ü';
const command = 'pg_create_remote_relationship';
/** Longest that a write may take, answered or not, with reading again; the machine may be busy. */
const longest = 15_000;

let endpoint: Endpoint;
let folder: string;
const logged: Exchange[] = [];
const allTold: string[] = [];
let writes = 0;

beforeAll(async () => {
  endpoint = await startSamples({ adminSecret: secret });
  folder = mkdtempSync(path.join(tmpdir(), 'remote-relationships-journal-'));
}, 240_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await endpoint.close();
}, 60_000);

async function readDirectly(): Promise<ServerState> {
  const client = createHttpClient({
    endpoint: endpoint.url,
    adminSecret: new Secret(secret, 'a test'),
    fetch,
  });
  const result = await readServerState(client);
  if (result.outcome !== 'read') throw new Error(describeFailure(result.failure, client.host));
  return result.state;
}

interface Applied {
  readonly has: boolean;
  readonly verdict: string | undefined;
  readonly result: string;
  readonly mayHaveChanged: boolean;
  readonly struck: number;
  readonly elsewhere: readonly string[];
}

/** `carriedOut`: the server does what it is asked, whatever comes of its answer. */
async function apply(fault: SocketFault, carriedOut: boolean): Promise<Applied> {
  const before = await readDirectly();
  writes += 1;
  const name = `r_${writes}`;
  const identity: RelationshipIdentity = { owner: 'table', source: 'shop', table: 'customer', name };
  const definition = {
    to_source: {
      relationship_type: 'array',
      source: 'helpdesk',
      table: 'ticket',
      field_mapping: { id: 'customer_id' },
    },
  };
  const plan = planApply([{ identity, definition }], before);
  const server = await startSocketServer({
    behind: endpoint.url,
    strike: fault.strike ?? (() => undefined),
    connected: fault.connected,
    certificate: fault.certificate,
    strikes: (_, body) => body.includes(command),
    keepsBack: !carriedOut,
  });
  try {
    const client = createHttpClient({
      endpoint: `${fault.scheme ?? 'http'}://${server.host}`,
      adminSecret: new Secret(secret, 'a test'),
      fetch,
      timeout: fault.stalls ? 700 : 10_000,
      wait: async () => undefined,
      log: (exchange) => logged.push(exchange),
    });
    const journal = new Journal(folder);
    const id = await journal.add(
      undoEntry('apply', endpoint.url, new Date(writes).toISOString(), plan.changes),
    );
    const outcome = await executePlan(client, plan, before, { mayReplaceAll: async () => false });
    await (mayHaveChanged(outcome) ? journal.leaveOpen(id) : journal.remove(id));
    if (outcome.outcome === 'conflict') throw new Error('a conflict');
    const [verdict] = outcome.verdicts;
    const failure = verdict && failureBeforehand(verdict, outcome.result);
    const told =
      failure !== undefined
        ? describeFailure(failure, client.host)
        : verdict && outcomeText(verdict, outcome.result, client.host, before.document.kindOf).message;
    allTold.push(String(told));
    return {
      has: (await readDirectly()).document.find(identity) !== undefined,
      verdict: verdict?.outcome,
      result: outcome.result.outcome,
      mayHaveChanged: mayHaveChanged(outcome),
      struck: server.struck,
      elsewhere: server.elsewhere,
    };
  } finally {
    await server.close();
  }
}

describe.each([
  ['that is carried out', true],
  ['that is not', false],
])('a write %s, and whose answer', (_, carriedOut) => {
  it.each(socketFaults.map((fault) => [fault.name, fault] as const))(
    '%s',
    async (__, fault) => {
      const begin = Date.now();
      const applied = await apply(fault, carriedOut);
      expect(Date.now() - begin).toBeLessThan(longest);
      expect(applied.struck).toBeGreaterThan(0);
      expect(applied.elsewhere).toEqual([]);
      const told = allTold.at(-1) ?? '';
      expect(told).toMatch(/^["“\w].{10,}/s);
      expect(told.length).toBeLessThan(1200);
      expect(told).not.toMatch(/\n\s+at |undefined|\[object /);

      if (applied.has) {
        // What was done is not denied, unless the server itself denies it; and it can be undone.
        if (fault.refuses !== true) {
          expect(applied.verdict).toBe('applied');
          expect(applied.mayHaveChanged).toBe(true);
        }
      } else {
        expect(['applied', 'overwritten', 'deleted']).not.toContain(applied.verdict);
        // Nothing was done for certain: nothing is left to be undone. Else it may still come to it.
        if (fault.refuses === true) expect(applied.mayHaveChanged).toBe(false);
      }
    },
    60_000,
  );
});

it('is tried in many ways', () => {
  expect(socketFaults.length).toBeGreaterThan(100);
  expect(new Set(socketFaults.map(({ name }) => name)).size).toBe(socketFaults.length);
});

it('no sentence, no log and no journal has the secret, in whatever form', () => {
  expect(logged.length).toBeGreaterThan(socketFaults.length);
  const journal = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
  expect(journal.length).toBeGreaterThan(10);
  const written = [...allTold, JSON.stringify(logged), ...journal].join('\n');
  for (const [form, text] of Object.entries(formsOf(secret))) {
    expect(written.includes(text), `${form}: ${text}`).toBe(false);
  }
});
