import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, type Fault, type Json, startEndpoint } from '../endpoint/endpoint.ts';
import { selfSigned } from '../endpoint/http/selfSigned.ts';
import { startPractice } from '../endpoint/samples/practice.ts';
import { startSamples } from '../endpoint/samples/start.ts';

/** What only the embedded endpoint has: faults, modes, releases to choose from, a folder to keep its state in. */

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startSamples({ adminSecret: 'secret' });
}, 60_000);

afterEach(() => {
  endpoint.clearFaults();
  Object.assign(endpoint.settings, { serverVersion: 'v2.48.0', mode: 'normal', namingConvention: false });
});

afterAll(async () => {
  await endpoint.close();
});

async function post(to: Endpoint, body: Json, init: RequestInit = {}): Promise<Response> {
  return fetch(`${to.url}/v1/metadata`, {
    method: 'POST',
    headers: { 'X-Hasura-Admin-Secret': to.adminSecret ?? '' },
    body: JSON.stringify(body),
    ...init,
  });
}

const exportRequest = { type: 'export_metadata', version: 2, args: {} };
const createRequest = (name: string) => ({
  type: 'pg_create_remote_relationship',
  args: {
    source: 'shop',
    table: 'customer',
    name,
    definition: {
      to_source: {
        relationship_type: 'array',
        source: 'helpdesk',
        table: 'ticket',
        field_mapping: { id: 'customer_id' },
      },
    },
  },
});

async function versionOf(to: Endpoint): Promise<number> {
  const answer = (await (await post(to, exportRequest)).json()) as { resource_version: number };
  return answer.resource_version;
}

describe('the samples', () => {
  it('are served with the mistakes they were made with', async () => {
    const answer = await (await post(endpoint, { type: 'get_inconsistent_metadata', args: {} })).json();
    const { inconsistent_objects: objects } = answer as {
      inconsistent_objects: { definition: { name: string } }[];
    };
    expect(objects.map(({ definition }) => definition.name).sort()).toEqual([
      'customer',
      'first_payment',
      'invoice_record',
      'payer',
      'receipts',
    ]);
  });

  it('have remote schemas that answer queries', async () => {
    const url = endpoint.remoteSchemas.get('people')?.url ?? '';
    const query =
      '{ personByNumber(number: 2) { name contacts(where: { name: { like: "Ben" } }) { address } } }';
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect(await response.json()).toEqual({
      data: { personByNumber: { name: 'Ben Okoro', contacts: [{ address: 'ben@people.example' }] } },
    });
  });
});

describe('the endpoint to practise on', () => {
  it('comes up with something to apply, to update and to delete', async () => {
    const practice = await startPractice({});
    try {
      const [files, there] = [await relationshipsOf(endpoint), await relationshipsOf(practice)];
      const without = (these: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>) =>
        [...these].filter(([text]) => !others.has(text)).map(([, name]) => name);
      expect(without(files, there)).toEqual(['contacts', 'tickets', 'receipts', 'wallet_by_person']);
      expect(without(there, files)).toEqual(['contacts', 'latest_review']);
    } finally {
      await practice.close();
    }
  });

  /** The name of each relationship, by its whole text. */
  async function relationshipsOf(to: Endpoint): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    JSON.parse(await (await post(to, exportRequest)).text(), (_, value) => {
      const { to_source: source, to_remote_schema: schema } = value?.definition ?? {};
      if (source ?? schema) found.set(JSON.stringify(value), value.name);
      return value;
    });
    return found;
  }
});

describe('faults', () => {
  it('answers with another status, body and header, so many times', async () => {
    endpoint.fault({ status: 503, body: '<html>busy</html>', headers: { 'retry-after': '7' }, times: 1 });
    const struck = await post(endpoint, exportRequest);
    expect([struck.status, struck.headers.get('retry-after'), await struck.text()]).toEqual([
      503,
      '7',
      '<html>busy</html>',
    ]);
    expect((await post(endpoint, exportRequest)).status).toBe(200);
  });

  it.each([
    ['before', 0],
    ['after', 1],
    ['middle', 1],
  ] as const)('cuts the connection %s carrying the request out', async (cut, growth) => {
    const before = await versionOf(endpoint);
    endpoint.fault({ cut, type: 'pg_create_remote_relationship', times: 1 });
    const struck = post(endpoint, createRequest(`cut_${cut}`)).then((response) => response.text());
    await expect(struck).rejects.toThrow();
    expect(await versionOf(endpoint)).toBe(before + growth);
  });

  it('strikes the named command only, also inside a bulk', async () => {
    endpoint.fault({ status: 500, type: 'pg_create_remote_relationship' });
    expect((await post(endpoint, exportRequest)).status).toBe(200);
    expect((await post(endpoint, { type: 'bulk', args: [createRequest('r')] })).status).toBe(500);
  });

  it('delays until the asker gives up', async () => {
    endpoint.fault({ delay: 60_000, times: 1 });
    const asked = post(endpoint, exportRequest, { signal: AbortSignal.timeout(50) });
    await expect(asked).rejects.toThrow(/abort|timeout/i);
  });

  it('makes an answer as large as wanted', async () => {
    endpoint.fault({ padding: 3_000_000, times: 1 });
    const text = await (await post(endpoint, exportRequest)).text();
    expect(text.length).toBeGreaterThan(3_000_000);
    expect(JSON.parse(text)).toHaveProperty('resource_version');
  });

  it.each<[string, Fault, number]>([
    ['an error of a gateway', { status: 504, carriedOut: true }, 504],
    ['a page', { body: '<p>Hello</p>', carriedOut: true }, 200],
  ])('answers with %s although the request was carried out', async (_, fault, status) => {
    const before = await versionOf(endpoint);
    endpoint.fault({ ...fault, type: 'pg_create_remote_relationship', times: 1 });
    expect((await post(endpoint, createRequest('answered_otherwise'))).status).toBe(status);
    expect(await versionOf(endpoint)).toBe(before + 1);
  });

  it('delays an answer after the request was carried out', async () => {
    const before = await versionOf(endpoint);
    endpoint.fault({ delay: 60_000, carriedOut: true, type: 'pg_create_remote_relationship', times: 1 });
    const asked = post(endpoint, createRequest('late'), { signal: AbortSignal.timeout(500) });
    await expect(asked).rejects.toThrow(/abort|timeout/i);
    expect(await versionOf(endpoint)).toBe(before + 1);
  });

  it('is set, watched and cleared over HTTP too', async () => {
    const control = async (method: string, body?: Json) =>
      (await fetch(endpoint.controlUrl, { method, ...(body ? { body: JSON.stringify(body) } : {}) })).json();
    await control('POST', { status: 502, type: 'export_metadata', times: 2 });
    const answers = [await post(endpoint, exportRequest), await post(endpoint, exportRequest)];
    expect(answers.map(({ status }) => status)).toEqual([502, 502]);
    expect((await post(endpoint, exportRequest)).status).toBe(200);
    await control('POST', { status: 502 });
    await control('DELETE');
    expect((await post(endpoint, exportRequest)).status).toBe(200);
    const asked = (await control('GET')) as Json[];
    expect(asked.at(-1)).toEqual({ path: '/v1/metadata', body: JSON.stringify(exportRequest) });
    expect(await control('POST', { cut: 'sideways' })).toMatchObject({
      error: expect.stringContaining('cut'),
    });
    expect((await post(endpoint, exportRequest)).status).toBe(200);
  });
});

describe('an endpoint', () => {
  it('can be stopped and started again, and loses nothing', async () => {
    const before = await (await post(endpoint, exportRequest)).json();
    await endpoint.stop();
    await expect(post(endpoint, exportRequest)).rejects.toThrow();
    await endpoint.start();
    expect(await (await post(endpoint, exportRequest)).json()).toEqual(before);
  });
});

it('speaks https with a certificate that nobody trusts', async () => {
  const secure = await startEndpoint({ certificate: selfSigned });
  try {
    expect(secure.url).toMatch(/^https:/);
    await expect(post(secure, exportRequest)).rejects.toMatchObject({
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    expect(secure.requests).toEqual([]);
  } finally {
    await secure.close();
  }
});

describe('modes and releases', () => {
  it.each([
    ['read-only', 400, 'not-supported', 'metadata cannot be modified in read-only mode'],
    ['maintenance', 500, 'unexpected', 'metadata cannot be modified in maintenance mode'],
  ] as const)('refuses to write in %s mode, but reads', async (mode, status, code, error) => {
    endpoint.settings.mode = mode;
    const refused = await post(endpoint, createRequest('r'));
    expect([refused.status, await refused.json()]).toEqual([
      status,
      expect.objectContaining({ code, error }),
    ]);
    expect((await post(endpoint, exportRequest)).status).toBe(200);
  });

  it.each([
    [
      'v2.23.0',
      { type: 'bulk_keep_going', args: [] },
      'unknown metadata command "keep_going" for backend bulk',
    ],
    [
      'v2.26.0',
      { type: 'pg_get_table_info', args: { source: 'shop', table: 'customer' } },
      'unknown metadata command "get_table_info" for backend postgres',
    ],
    [
      'v2.4.0',
      { type: 'create_remote_schema_remote_relationship', args: {} },
      'unknown metadata command "remote_schema_remote_relationship" for backend create',
    ],
    [
      'v2.5.0',
      { type: 'mssql_create_remote_relationship', args: {} },
      'unknown metadata command "create_remote_relationship" for backend mssql',
    ],
    [
      'v2.25.0',
      { type: 'mysql_create_remote_relationship', args: {} },
      'unknown metadata command "create_remote_relationship" for backend mysql',
    ],
  ])('%s does not know %j', async (serverVersion, request, error) => {
    endpoint.settings.serverVersion = serverVersion;
    const answer = await post(endpoint, request as Json);
    expect(await answer.json()).toMatchObject({ code: 'parse-failed', error });
  });

  it('said it without quotes before 2.42', async () => {
    endpoint.settings.serverVersion = 'v2.41.0';
    const answer = await post(endpoint, exportRequest, { headers: {} });
    expect(await answer.json()).toMatchObject({
      error: 'x-hasura-admin-secret/x-hasura-access-key required, but not found',
    });
  });

  it('gives columns other names by the naming convention, where that feature is on', async () => {
    const { metadata } = (await (await post(endpoint, exportRequest)).json()) as {
      metadata: { sources: { name: string }[] };
    };
    const replace = (document: Json) =>
      post(endpoint, {
        type: 'replace_metadata',
        version: 2,
        args: { allow_inconsistent_metadata: true, metadata: document },
      });
    const customization = { naming_convention: 'graphql-default' };
    const sources = metadata.sources.map((one) => (one.name === 'shop' ? { ...one, customization } : one));
    try {
      await replace({ ...metadata, sources });
      endpoint.settings.namingConvention = true;
      const refused = await post(endpoint, createRequest('firstName'));
      expect([refused.status, await refused.json()]).toEqual([
        400,
        expect.objectContaining({
          error:
            'Inconsistent object: field definition conflicts with custom field name for postgres column "first_name"',
        }),
      ]);
      endpoint.settings.namingConvention = false;
      expect((await post(endpoint, createRequest('firstName'))).status).toBe(200);
    } finally {
      await replace(metadata);
    }
  });

  it('accepts the legacy header of the secret', async () => {
    const answer = await post(endpoint, exportRequest, { headers: { 'X-Hasura-Access-Key': 'secret' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-request-id')).toBeTruthy();
  });
});

describe('a data directory', () => {
  it('keeps metadata, its version and the rows', async () => {
    const dataDirectory = await mkdtemp(path.join(tmpdir(), 'endpoint-data-'));
    const options = {
      dataDirectory,
      databases: { only: 'CREATE TABLE item (id integer PRIMARY KEY); INSERT INTO item VALUES (1);' },
    };
    const connection = { connection_info: { database_url: 'pglite://only' } };
    try {
      const first = await startEndpoint(options);
      await post(first, { type: 'pg_add_source', args: { name: 'default', configuration: connection } });
      await post(first, { type: 'pg_track_table', args: { source: 'default', table: 'item' } });
      await first.sql('only', 'INSERT INTO item VALUES (2)');
      const before = await (await post(first, exportRequest)).json();
      await first.close();

      const second = await startEndpoint(options);
      const rows = await fetch(`${second.url}/v2/query`, {
        method: 'POST',
        body: JSON.stringify({
          type: 'run_sql',
          args: { sql: 'SELECT id FROM item ORDER BY 1', read_only: true },
        }),
      });
      expect(await rows.json()).toMatchObject({ result: [['id'], ['1'], ['2']] });
      expect(await (await post(second, exportRequest)).json()).toEqual(before);
      const port = Number(new URL(second.url).port);
      await expect(startEndpoint({ ...options, port, fresh: true })).rejects.toThrow(/EADDRINUSE/);
      expect(await (await post(second, exportRequest)).json()).toEqual(before);
      await second.close();

      const fresh = await startEndpoint({ ...options, fresh: true });
      expect(await (await post(fresh, exportRequest)).json()).toMatchObject({ metadata: { sources: [] } });
      await fresh.close();
    } finally {
      await rm(dataDirectory, { recursive: true, force: true });
    }
  }, 60_000);
});

it('is a second opinion: nothing of the language server is in it', async () => {
  const folder = new URL('../endpoint/', import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  const outside = texts.flatMap((text) => text.match(/from '(\.\.\/)+(server|client|common)\/[^']*'/g) ?? []);
  expect(files.length).toBeGreaterThan(40);
  expect(outside).toEqual([]);
});
