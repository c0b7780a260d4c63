import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../common/src/endpoint/secret.ts';
import { exportMetadata, requestAsWritten } from '../../../common/src/metadataApi/document/commands.ts';
import { type Json, textMember } from '../../../common/src/metadataApi/document/json.ts';
import type { RelationshipIdentity } from '../../../common/src/metadataApi/document/relationshipIdentity.ts';
import {
  createHttpClient,
  type Exchange,
  type HttpClient,
  type HttpClientOptions,
} from '../../../common/src/metadataApi/http/http.ts';
import { describeFailure } from '../../../common/src/metadataApi/http/httpResult.ts';
import { planApply } from '../../../common/src/metadataApi/plan/applyPlan.ts';
import { planDelete } from '../../../common/src/metadataApi/plan/deletePlan.ts';
import {
  type Execution,
  executePlan,
  mayHaveChanged,
} from '../../../common/src/metadataApi/plan/executePlan.ts';
import { failureBeforehand, outcomeText } from '../../../common/src/metadataApi/plan/outcome.ts';
import type { Plan } from '../../../common/src/metadataApi/plan/plan.ts';
import { readServerState, type ServerState } from '../../../common/src/metadataApi/plan/serverState.ts';
import { planUndo, undoEntry } from '../../../common/src/metadataApi/plan/undo.ts';
import { type PartResult, type PullPart, pullAll } from '../../../common/src/metadataApi/pull/pullAll.ts';
import { type Endpoint, type Fault, startEndpoint } from '../../endpoint/endpoint.ts';
import { selfSigned } from '../../endpoint/http/selfSigned.ts';
import { startSamples } from '../../endpoint/samples/start.ts';
import { answerJson, closeServers, serve } from '../metadataApi/loopback.ts';

/** What goes wrong between here and a server, with a server that really does what it is asked. */

const adminSecret = new Secret('only-for-the-header', 'a test');
const html = '<html><head><title>T</title></head><body>Bad gateway</body></html>';

let endpoint: Endpoint;
const logged: Exchange[] = [];
const waits: number[] = [];
let names = 0;

beforeAll(async () => {
  endpoint = await startSamples({ adminSecret: adminSecret.reveal() });
}, 60_000);

afterEach(async () => {
  endpoint.clearFaults();
  endpoint.settings.adminSecret = adminSecret.reveal();
  await endpoint.start();
  await closeServers();
  waits.length = 0;
});

afterAll(() => endpoint.close());

function clientOf(options: Partial<HttpClientOptions> = {}): HttpClient {
  return createHttpClient({
    endpoint: endpoint.url,
    adminSecret,
    fetch,
    wait: async (milliseconds) => void waits.push(milliseconds),
    log: (exchange) => logged.push(exchange),
    ...options,
  });
}

async function readState(client = clientOf()): Promise<ServerState> {
  const result = await readServerState(client);
  if (result.outcome !== 'read') throw new Error(describeFailure(result.failure, client.host));
  return result.state;
}

/** A relationship that the endpoint does not have yet. */
function another(): RelationshipIdentity {
  names += 1;
  return { owner: 'table', source: 'shop', table: 'customer', name: `tickets_${names}` };
}

const definition = (field = 'customer_id') => ({
  to_source: {
    relationship_type: 'array',
    source: 'helpdesk',
    table: 'ticket',
    field_mapping: { id: field },
  },
});

interface Written {
  readonly outcome: Execution;
  /** What the person is told. */
  readonly told: string;
  /** How often the write arrived. */
  readonly writes: number;
  /** How often the metadata was read after it was sent. */
  readonly reads: number;
  readonly has: boolean;
}

interface Circumstances {
  readonly fault?: Fault;
  readonly client?: HttpClient;
  readonly signal?: AbortSignal;
  /** Happens between reading and writing. */
  readonly meanwhile?: () => unknown;
}

async function write(
  identity: RelationshipIdentity,
  plan: Plan<unknown>,
  before: ServerState,
  { fault, client = clientOf(), signal, meanwhile }: Circumstances,
): Promise<Written> {
  const { name } = identity;
  const type = `pg_${plan.changes[0]?.after === undefined ? 'delete' : 'create'}_remote_relationship`;
  if (fault !== undefined) endpoint.fault({ type, times: 1, ...fault });
  await meanwhile?.();
  const begin = endpoint.requests.length;
  const outcome = await executePlan(client, plan, before, { signal, mayReplaceAll: async () => false });
  const asked = endpoint.requests.slice(begin).map(({ body }) => body);

  endpoint.clearFaults();
  endpoint.settings.adminSecret = adminSecret.reveal();
  await endpoint.start();
  const after = await readState();
  // Whatever happened, all else is there as it was.
  expect(othersText(after, name)).toBe(othersText(before, name));
  return {
    outcome,
    told: toldOf(outcome, client.host, before),
    writes: asked.filter((body) => body.includes(type) && body.includes(`"${name}"`)).length,
    reads: asked.filter((body) => body.includes('"export_metadata"')).length,
    has: after.document.find(identity) !== undefined,
  };
}

function othersText({ document }: ServerState, name: string): string {
  return JSON.stringify(document.metadata, (_, value: unknown) =>
    Array.isArray(value) ? value.filter((item: Json) => textMember(item, 'name') !== name) : value,
  );
}

function toldOf(outcome: Execution, host: string, before: ServerState): string {
  if (outcome.outcome === 'conflict') return 'conflict';
  const [verdict] = outcome.verdicts;
  if (verdict === undefined) return '';
  const failure = failureBeforehand(verdict, outcome.result);
  const text = failure
    ? describeFailure(failure, host)
    : outcomeText(verdict, outcome.result, host, before.document.kindOf).message;
  return text.replaceAll(host, 'HOST').replaceAll(verdict.identity.name, 'NAME');
}

async function apply(circumstances: Circumstances): Promise<Written> {
  const identity = another();
  const before = await readState();
  return write(identity, planApply([{ identity, definition: definition() }], before), before, circumstances);
}

async function remove(circumstances: Circumstances): Promise<Written> {
  const identity = another();
  const without = await readState();
  await write(identity, planApply([{ identity, definition: definition() }], without), without, {});
  const before = await readState();
  return write(identity, planDelete([identity], before), before, circumstances);
}

/** An error as Hasura words it. */
function refusal(status: number, code: string, error: string): Fault {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers, body: JSON.stringify({ path: '$.args', error, code }) };
}

const applied = 'Applied: HOST has "NAME".';
const asBefore = (why: string): RegExp =>
  new RegExp(`^"NAME" on HOST is unchanged: ${why}.* It may still be carried out`);

describe('a write whose answer does not come', () => {
  it.each<[string, Fault, boolean, string | RegExp]>([
    ['is cut before it is carried out', { cut: 'before' }, false, asBefore('The connection to HOST broke')],
    ['is cut after it was carried out', { cut: 'after' }, true, applied],
    ['is cut in the middle of the answer', { cut: 'middle' }, true, applied],
    ['takes too long to begin', { delay: 60_000 }, false, asBefore('HOST did not answer within 1 s')],
    ['takes too long to answer', { delay: 60_000, carriedOut: true }, true, applied],
    [
      'is given up by a gateway before it',
      { status: 502, body: html },
      false,
      asBefore('.*status 502.: Bad gateway'),
    ],
    ['is given up by a gateway after it', { status: 504, body: html, carriedOut: true }, true, applied],
    [
      'meets a busy server',
      { status: 503, headers: { 'retry-after': '7' } },
      false,
      asBefore('HOST is busy .status 503.; it asks to wait 7 s'),
    ],
    ['meets a server that was busy afterwards', { status: 503, carriedOut: true }, true, applied],
    [
      'is answered with a page',
      { status: 200, body: html },
      false,
      asBefore('What answers at HOST is not a Hasura'),
    ],
    ['is answered with a page afterwards', { status: 200, body: html, carriedOut: true }, true, applied],
    ['is answered with 100 MB', { padding: 100_000_000 }, true, applied],
  ])('that %s: it is read again, and said which it was', async (_, fault, done, told) => {
    const written = await apply({ fault, client: clientOf(fault.delay ? { timeout: 1000 } : {}) });
    expect(written).toMatchObject({ writes: 1, reads: 1, has: done });
    expect(written.told).toEqual(typeof told === 'string' ? told : expect.stringMatching(told));
    // What it replaced is kept as long as it may have been replaced.
    expect(mayHaveChanged(written.outcome)).toBe(true);
  });

  it.each<[string, Fault, boolean, string | RegExp]>([
    ['before', { cut: 'before' }, true, asBefore('The connection to HOST broke')],
    ['after', { cut: 'after' }, false, 'Deleted: HOST no longer has "NAME".'],
    ['in the middle of', { cut: 'middle' }, false, 'Deleted: HOST no longer has "NAME".'],
  ])('is looked into for a delete too: cut %s the answer', async (_, fault, has, told) => {
    const written = await remove({ fault });
    expect(written).toMatchObject({ writes: 1, reads: 1, has });
    expect(written.told).toEqual(typeof told === 'string' ? told : expect.stringMatching(told));
  });

  it('and that comes to be carried out later can be undone', async () => {
    const identity = another();
    const before = await readState();
    const plan = planApply([{ identity, definition: definition() }], before);
    endpoint.fault({ type: 'pg_create_remote_relationship', times: 1, delay: 2500 });
    const options = { mayReplaceAll: async () => false };
    const outcome = await executePlan(clientOf({ timeout: 1000 }), plan, before, options);
    expect(outcome).toMatchObject({ verdicts: [{ outcome: 'not-carried-out' }] });
    expect(mayHaveChanged(outcome)).toBe(true);
    const find = async () => (await readState()).document.find(identity);
    await expect.poll(find, { timeout: 20_000 }).toBeDefined();

    const now = await readState();
    const undo = planUndo(undoEntry('apply', endpoint.url, '2026-01-01T00:00:00Z', plan.changes), now);
    await executePlan(clientOf(), undo, now, options);
    expect((await readState()).document.find(identity)).toBeUndefined();
  });

  it('is not known to have worked while the server can’t be read again', async () => {
    const meanwhile = () => endpoint.fault({ type: 'export_metadata', cut: 'before' });
    const { told, reads, writes, has, outcome } = await apply({ fault: { cut: 'after' }, meanwhile });
    expect(told).toMatch(
      /^It is not known whether HOST changed "NAME": .* broke .* It could not be read again\.$/,
    );
    expect({ reads, writes, has }).toEqual({ reads: 3, writes: 1, has: true });
    expect(mayHaveChanged(outcome)).toBe(true);
  });
});

describe('reading again after a write', () => {
  it.each<[string, Fault, readonly number[]]>([
    ['is cut', { cut: 'middle', times: 2 }, [250, 500]],
    ['is given up by a gateway', { status: 502, body: html, times: 1 }, [250]],
    ['is put off', { status: 503, headers: { 'retry-after': '2' }, times: 1 }, [2000]],
    ['is limited', { status: 429, headers: { 'retry-after': '3' }, times: 1 }, [3000]],
  ])('is tried again when it %s', async (_, fault, waited) => {
    const meanwhile = () => {
      waits.length = 0;
      endpoint.fault({ type: 'export_metadata', ...fault });
    };
    const written = await apply({ meanwhile });
    expect(written).toMatchObject({ told: applied, writes: 1, reads: waited.length + 1, has: true });
    expect(waits).toEqual(waited);
  });
});

/** The codes of spec 6.1, the ones of the other cases here aside. */
const codes =
  `parse-failed invalid-json not-exists already-exists invalid-configuration constraint-violation unexpected
  metadata-warnings data-connector-error unexpected-payload dependency-error access-denied bad-request not-supported
  not-found remote-schema-error validation-failed remote-schema-conflicts constraint-error postgres-error mssql-error
  bigquery-error permission-denied method-not-allowed data-exception coercion-error busy invalid-headers invalid-params
  cyclic-dependency`.split(/\s+/);

describe('a write that is refused', () => {
  it.each(codes)('with 400 %s is told with the reason, and nothing else is done', async (code) => {
    const written = await apply({ fault: refusal(400, code, `because of ${code}`) });
    expect(written).toMatchObject({
      told: `HOST refused "NAME": because of ${code}`,
      writes: 1,
      reads: 0,
      has: false,
      outcome: { result: { outcome: 'refused', error: { code } } },
    });
    expect(mayHaveChanged(written.outcome)).toBe(false);
  });

  it.each<[string, Fault, string | RegExp]>([
    [
      'a secret that is not accepted',
      refusal(401, 'access-denied', 'invalid'),
      /does not accept the admin secret/,
    ],
    [
      'a limit',
      { status: 429, headers: { 'retry-after': '7' } },
      'HOST is busy (status 429); it asks to wait 7 s.',
    ],
    [
      'a gateway that takes no such thing',
      { status: 413, body: html },
      /not a Hasura server, .*status 413.*Bad gateway/,
    ],
    ['a conflict', refusal(409, 'conflict', 'did not match'), 'conflict'],
  ])('by %s', async (_, fault, told) => {
    const written = await apply({ fault });
    expect(written).toMatchObject({ writes: 1, reads: 0, has: false });
    expect(written.told).toEqual(typeof told === 'string' ? told : expect.stringMatching(told));
    expect(mayHaveChanged(written.outcome)).toBe(false);
  });

  it('by a server whose secret has been changed meanwhile', async () => {
    const meanwhile = () => {
      endpoint.settings.adminSecret = 'changed-meanwhile';
    };
    const { told, writes, has } = await apply({ meanwhile });
    expect(told).toMatch(/^HOST does not accept the admin secret: invalid/);
    expect({ writes, has }).toEqual({ writes: 1, has: false });
  });

  it('by a server that has stopped', async () => {
    const meanwhile = async () => {
      await endpoint.stop();
      // Until the connections that were kept open are known to be gone.
      await delay(50);
    };
    const written = await apply({ meanwhile });
    expect(written).toMatchObject({
      told: 'Nothing listens at HOST (connection refused).',
      writes: 0,
      has: false,
    });
    expect(mayHaveChanged(written.outcome)).toBe(false);
  });

  it.each([301, 302, 307, 308])(
    'by a redirect (%i), which gets neither the write nor the secret',
    async (status) => {
      const other = await serve((_request, response) => answerJson(response, 200, { message: 'success' }));
      const written = await apply({ fault: { status, headers: { location: `${other.url}/v1/metadata` } } });
      expect(written).toMatchObject({ writes: 1, has: false });
      expect(written.told).toMatch(/^HOST redirects to .* not followed/);
      expect(other.requests).toEqual([]);
    },
  );
});

describe('two who write at once', () => {
  it('the second gets a conflict, and what the first wrote stays', async () => {
    const identity = another();
    const before = await readState();
    const options = { mayReplaceAll: async () => false };
    const [one, two] = ['customer_id', 'id'].map((field) =>
      executePlan(
        clientOf(),
        planApply([{ identity, definition: definition(field) }], before),
        before,
        options,
      ),
    );
    const outcomes = await Promise.all([one, two]);
    expect(outcomes.map((each) => each?.outcome).sort()).toEqual(['conflict', 'done']);
    const done = outcomes.find((each) => each?.outcome === 'done');
    expect(done).toMatchObject({ verdicts: [{ outcome: 'applied' }] });
    const winner = done === outcomes[0] ? 'customer_id' : 'id';
    expect((await readState()).document.find(identity)?.definition).toMatchObject({
      to_source: { field_mapping: { id: winner } },
    });
  });
});

describe('cancelling', () => {
  it('before it is sent sends nothing', async () => {
    const written = await apply({ signal: AbortSignal.abort() });
    expect(written).toMatchObject({ told: 'Cancelled: "NAME" on HOST is unchanged.', writes: 0, has: false });
  });

  it.each<[string, Fault, boolean, string]>([
    ['has not begun', { delay: 60_000 }, false, 'Cancelled: "NAME" on HOST is unchanged.'],
    ['is done', { delay: 60_000, carriedOut: true }, true, applied],
  ])('while the server %s says which it was', async (_, fault, done, told) => {
    const controller = new AbortController();
    const sent = endpoint.requests.length;
    const meanwhile = () =>
      void (async () => {
        while (!endpoint.requests.slice(sent).some(({ body }) => body.includes('pg_create_remote')))
          await delay(5);
        await delay(200);
        controller.abort();
      })();
    expect(await apply({ fault, signal: controller.signal, meanwhile })).toMatchObject({
      told,
      writes: 1,
      reads: 1,
      has: done,
    });
  });

  it('while it is read again changes nothing', async () => {
    const controller = new AbortController();
    const client = clientOf({
      log: ({ request }) => {
        if (textMember(request, 'type')?.startsWith('pg_create')) controller.abort();
      },
    });
    expect(await apply({ client, signal: controller.signal })).toMatchObject({
      told: applied,
      writes: 1,
      has: true,
    });
  });
});

describe('reading', () => {
  it('more than 64 MB is given up', async () => {
    endpoint.fault({ type: 'export_metadata', padding: 100_000_000 });
    const result = await clientOf().send(exportMetadata);
    expect(result).toEqual({ outcome: 'too-large', status: 200, limit: 64_000_000 });
    expect(result.outcome === 'too-large' && describeFailure(result, 'HOST')).toMatch(/larger than 64 MB/);
  });

  it('a server with a certificate of its own fails before the secret is sent', async () => {
    const secure = await startEndpoint({ certificate: selfSigned, adminSecret: adminSecret.reveal() });
    try {
      const client = clientOf({ endpoint: secure.url });
      const result = await readServerState(client);
      if (result.outcome === 'read') throw new Error('it was read');
      expect(result.failure).toMatchObject({ outcome: 'unreachable', reason: 'tls' });
      expect(describeFailure(result.failure, client.host)).toMatch(
        /signed by an authority that is not trusted here .*self-signed certificate\)\.$/,
      );
      expect(secure.requests).toEqual([]);
    } finally {
      await secure.close();
    }
  });

  it('an error among the answers of a bulk_keep_going costs that table alone', async () => {
    const table = { schema: 'public', name: 'ticket' };
    const args = ['nowhere', 'helpdesk'].map((source) => ({
      type: 'pg_get_table_info',
      args: { source, table },
    }));
    const answer = await clientOf().send(requestAsWritten({ type: 'bulk_keep_going', args }));
    if (answer.outcome !== 'answered') throw new Error(answer.outcome);
    expect(answer.json).toMatchObject([{ code: 'not-exists' }, { name: table }]);

    endpoint.fault({ path: '/v2/query', ...refusal(400, 'access-denied', 'no SQL here') });
    endpoint.fault({
      type: 'bulk_keep_going',
      body: JSON.stringify(answer.json),
      headers: { 'content-type': 'application/json' },
    });
    const pulled: PartResult[] = [];
    const finished = (_: PullPart, result: PartResult) => void pulled.push(result);
    await pullAll(clientOf(), { only: [{ what: 'source', name: 'helpdesk' }], finished });
    const notes = [expect.stringContaining('no SQL here')];
    expect(pulled).toMatchObject([{ outcome: 'tables', columnsKnown: true, notes }]);
    const tables = pulled.flatMap((each) => (each.outcome === 'tables' ? each.tables : []));
    expect(tables.map(({ name, columns }) => [name, columns?.length])).toEqual([
      ['agent', undefined],
      ['ticket', 4],
    ]);
  });
});

it('no exchange that was logged holds the secret', () => {
  expect(logged.length).toBeGreaterThan(100);
  expect(JSON.stringify(logged)).not.toContain(adminSecret.reveal());
});
