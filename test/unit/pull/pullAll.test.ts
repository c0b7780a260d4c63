import { describe, expect, it } from 'vitest';
import { type Json, member, textMember } from '../../../common/src/metadataApi/document/json.ts';
import { createHttpClient, type HttpClientOptions } from '../../../common/src/metadataApi/http/http.ts';
import {
  type PartResult,
  type PullAllOptions,
  type PullPart,
  pullAll,
} from '../../../common/src/metadataApi/pull/pullAll.ts';
import {
  type Answer,
  type Answers,
  cut,
  json,
  metadata,
  page,
  refusal,
  respond,
  rows,
  silence,
  stubServer,
} from './stubServer.ts';

const introspection: Json = { __schema: { queryType: { name: 'Query' }, types: [], directives: [] } };

function source(name: string, kind: string, tables: readonly Json[] = []): Json {
  return { name, kind, tables: tables.map((table) => ({ table })), configuration: {} };
}

/** Two sources and two remote schemas. */
const shop = {
  export_metadata: metadata({
    sources: [source('shop', 'postgres', [{ schema: 'public', name: 'customer' }]), source('desk', 'mssql')],
    remote_schemas: [
      { name: 'people', definition: {} },
      { name: 'payments', definition: {} },
    ],
  }),
  'GET /v1/version': { version: 'v2.36.0' },
  run_sql: rows(['public', 'customer', 'id', 'integer', 'false']),
  mssql_run_sql: rows(['dbo', 'ticket', 'id', 'int', 'NO']),
  introspect_remote_schema: { data: introspection },
} satisfies Answers;

async function pulled(
  answers: Answers,
  options: Partial<PullAllOptions> = {},
  clientOptions: Partial<HttpClientOptions> = {},
) {
  const server = await stubServer(answers);
  const parts = new Map<string, PartResult>();
  const client = createHttpClient({
    endpoint: server.url,
    fetch,
    wait: () => Promise.resolve(),
    ...clientOptions,
  });
  const result = await pullAll(client, {
    ...options,
    finished: (part, partResult, known) => {
      parts.set(part.name, partResult);
      return options.finished?.(part, partResult, known);
    },
  });
  return { server, result, parts };
}

describe('a server with several sources and remote schemas', () => {
  it('is asked for each, in order, and every result is there at once', async () => {
    const steps: string[] = [];
    const { result, parts } = await pulled(shop, {
      starting: ({ name }, index, total) => steps.push(`${name} ${index}/${total}`),
      finished: ({ name }, { outcome }) => void steps.push(`${name} ${outcome}`),
    });
    expect(result.outcome).toBe('done');
    expect(steps).toEqual([
      'shop 0/4',
      'shop tables',
      'desk 1/4',
      'desk tables',
      'people 2/4',
      'people introspection',
      'payments 3/4',
      'payments introspection',
    ]);
    expect(parts.get('desk')).toEqual({
      outcome: 'tables',
      tables: [{ schema: 'dbo', name: 'ticket', columns: [{ name: 'id', type: 'int', nullable: false }] }],
      columnsKnown: true,
      notes: [],
    });
    expect(parts.get('people')).toEqual({ outcome: 'introspection', introspection });
  });

  it('is asked for those only that were named', async () => {
    const only: PullPart[] = [
      { what: 'remote-schema', name: 'payments' },
      { what: 'source', name: 'nowhere' },
      { what: 'remote-schema', name: 'nobody' },
    ];
    const { server, parts } = await pulled(shop, { only });
    expect(server.commands).toEqual(['export_metadata', 'introspect_remote_schema']);
    expect([...parts]).toMatchObject([
      ['payments', { outcome: 'introspection' }],
      ['nowhere', { outcome: 'failed', message: expect.stringContaining('no source "nowhere"') }],
      ['nobody', { outcome: 'failed', message: expect.stringContaining('no remote schema "nobody"') }],
    ]);
  });

  it.each<[string, Answer, RegExp]>([
    [
      'refused by the database',
      refusal('query execution failed', 'postgres-error'),
      /query execution failed/,
    ],
    [
      '401',
      refusal('invalid "x-hasura-admin-secret"', 'access-denied', 401),
      /does not accept the admin secret/,
    ],
    [
      'a page',
      page(502, '<html><head><title>x</title></head><body>Bad gateway</body></html>'),
      /Bad gateway/,
    ],
    ['no JSON', page(200, '<html><body>Please log in</body></html>'), /Please log in/],
    ['of an unknown shape', { result: 'later' }, /unknown shape/],
    ['cut', cut, /connection to .* broke/],
    ['busy', json(503, { message: 'overloaded' }), /busy \(status 503\)/],
    [
      'a redirect',
      page(302, '', { Location: 'https://elsewhere.example/' }),
      /redirects to https:\/\/elsewhere/,
    ],
    ['nothing', silence, /did not answer within 0\.2 s/],
  ])('keeps the others when the answer for one is %s', async (_, answer, message) => {
    // Before 2.23 there is no other way for it.
    const answers = { ...shop, 'GET /v1/version': { version: 'v2.11.0' }, run_sql: answer };
    const { parts } = await pulled(answers, {}, { timeout: 200, retries: 0 });
    expect([...parts.values()].map(({ outcome }) => outcome)).toEqual([
      'failed',
      'tables',
      'introspection',
      'introspection',
    ]);
    expect(parts.get('shop')).toMatchObject({ message: expect.stringMatching(message), cancelled: false });
  });

  it('keeps what was pulled when it is cancelled, and asks for nothing more', async () => {
    const controller = new AbortController();
    const { server, parts } = await pulled(shop, {
      signal: controller.signal,
      finished: ({ name }) => {
        if (name === 'desk') controller.abort();
      },
    });
    expect([...parts.values()]).toMatchObject([
      { outcome: 'tables' },
      { outcome: 'tables' },
      { outcome: 'failed', cancelled: true },
      { outcome: 'failed', cancelled: true },
    ]);
    expect(server.commands).not.toContain('introspect_remote_schema');
  });

  it('can be cancelled while it does not answer', async () => {
    const controller = new AbortController();
    const { parts } = await pulled(
      {
        ...shop,
        run_sql: () => controller.abort(),
      },
      { signal: controller.signal },
    );
    expect(parts.get('shop')).toMatchObject({ outcome: 'failed', cancelled: true });
  });

  it.each<[string, Answers, string]>([
    ['the secret is wrong', { export_metadata: refusal('no', 'access-denied', 401) }, 'unauthorized'],
    ['the role is another', { export_metadata: refusal('restricted access', 'access-denied') }, 'refused'],
    ['the answer is a page', { export_metadata: page(200, '<h1>Hello</h1>') }, 'unexpected-answer'],
    ['the answer is no metadata', { export_metadata: { hello: 1 } }, 'unexpected-answer'],
    ['there is no such API', { export_metadata: page(404, 'not found') }, 'unexpected-answer'],
  ])('has no parts when %s', async (_, answers, outcome) => {
    const { result, parts } = await pulled(answers);
    expect(result).toMatchObject({ outcome: 'failed', failure: { outcome } });
    expect(parts.size).toBe(0);
  });

  it('has no parts when nothing listens', async () => {
    const client = createHttpClient({ endpoint: 'http://127.0.0.1:9', fetch, wait: () => Promise.resolve() });
    const result = await pullAll(client, { finished: () => expect.unreachable() });
    expect(result).toMatchObject({ outcome: 'failed', failure: { outcome: 'unreachable' } });
  });
});

describe('what a server of one version does not know is asked for otherwise', () => {
  const customer = { schema: 'public', name: 'customer' };
  const info = { name: customer, columns: [{ name: 'id', type: 'integer', nullable: false }] };
  const columns = [{ name: 'id', type: 'integer', nullable: false }];
  const denied = refusal('not allowed', 'postgres-error');

  it.each<[string, string, Json, string, Answers, readonly string[], Json]>([
    [
      'table information when SQL is refused',
      'postgres',
      customer,
      'v2.36.0',
      {
        run_sql: denied,
        bulk_keep_going: [info],
        pg_get_source_tables: [customer, { schema: 'a', name: 'b' }],
      },
      ['run_sql', 'pg_get_source_tables', 'bulk_keep_going'],
      [
        { schema: 'a', name: 'b' },
        { ...customer, columns },
      ],
    ],
    [
      'table information without names when those fail',
      'citus',
      customer,
      'a development build',
      { citus_run_sql: denied, bulk_keep_going: [info] },
      ['citus_run_sql', 'citus_get_source_tables', 'bulk_keep_going'],
      [{ ...customer, columns }],
    ],
    [
      'names of tables when an old MSSQL refuses the query',
      'mssql',
      { schema: 'dbo', name: 'ticket' },
      'v2.24.0',
      {
        mssql_run_sql: refusal('database query error', 'unexpected', 500),
        mssql_get_source_tables: [{ schema: 'dbo', name: 'ticket' }],
      },
      ['mssql_run_sql', 'mssql_get_source_tables'],
      [{ schema: 'dbo', name: 'ticket' }],
    ],
    [
      'the information schema of Cockroach',
      'cockroach',
      customer,
      'v2.15.0',
      { cockroach_run_sql: rows(['public', 'customer', 'id', 'bigint', 'NO']) },
      ['cockroach_run_sql'],
      [{ ...customer, columns: [{ name: 'id', type: 'bigint', nullable: false }] }],
    ],
    [
      'the inspection of BigQuery',
      'bigquery',
      { dataset: 'd', name: 't' },
      'v2.30.0',
      {
        bigquery_database_inspection: {
          result_type: 'TuplesOk',
          result: [
            ['table_schema', 'table_name', 'columns'],
            ['d', 't', JSON.stringify([{ column_name: 'id', data_type: 'INT64', is_nullable: 'YES' }])],
          ],
        },
      },
      ['bigquery_database_inspection'],
      [{ dataset: 'd', name: 't', columns: [{ name: 'id', type: 'INT64', nullable: true }] }],
    ],
    [
      'the agent of a data connector',
      'sqlite',
      ['main', 'Album'],
      'v2.30.0',
      {
        sqlite_get_source_tables: [['main', 'Album']],
        bulk_keep_going: [
          { name: ['main', 'Album'], columns: [{ name: 'AlbumId', type: 'number', nullable: false }] },
        ],
      },
      ['sqlite_get_source_tables', 'bulk_keep_going'],
      [{ name: ['main', 'Album'], columns: [{ name: 'AlbumId', type: 'number', nullable: false }] }],
    ],
  ])('%s', async (_, kind, table, version, answers, commands, tables) => {
    const { server, parts } = await pulled({
      export_metadata: metadata({ sources: [source('db', kind, [table])] }),
      'GET /v1/version': { version },
      ...answers,
    });
    expect(parts.get('db')).toMatchObject({ outcome: 'tables', tables });
    expect(server.commands.slice(1)).toEqual(commands);
  });

  it('takes a server that hides its version for a new one', async () => {
    const { parts } = await pulled({
      ...shop,
      'GET /v1/version': page(403, 'forbidden'),
      run_sql: denied,
      bulk_keep_going: [info],
    });
    expect(parts.get('shop')).toMatchObject({ outcome: 'tables', tables: [{ ...customer, columns }] });
  });

  it('says that only names are known', async () => {
    const { parts } = await pulled({
      ...shop,
      mssql_run_sql: denied,
      mssql_get_source_tables: [{ schema: 'dbo', name: 'ticket' }],
    });
    expect(parts.get('desk')).toMatchObject({
      outcome: 'tables',
      columnsKnown: false,
      notes: [expect.stringContaining('not allowed')],
    });
    expect(parts.get('shop')).toMatchObject({ columnsKnown: true });
  });

  it('fails when none of the ways is left', async () => {
    const { parts } = await pulled({
      ...shop,
      'GET /v1/version': { version: 'v2.24.0' },
      mssql_run_sql: denied,
    });
    expect(parts.get('desk')).toMatchObject({ outcome: 'failed' });
  });

  it('says once what stands in the way of several', async () => {
    const { parts } = await pulled({ ...shop, run_sql: denied, bulk_keep_going: denied });
    const { message } = parts.get('shop') as { message: string };
    expect(message.match(/The columns could not be read/g)).toHaveLength(1);
  });

  it('does not take a database that shows nothing for an empty one', async () => {
    const { parts } = await pulled({
      ...shop,
      run_sql: rows(),
      mssql_run_sql: { result_type: 'CommandOk', result: null },
    });
    expect(parts.get('shop')).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('tracked'),
    });
    expect(parts.get('desk')).toMatchObject({ outcome: 'tables', tables: [] });
  });
});

it('takes what is no introspection result for a failure', async () => {
  const { parts } = await pulled({ ...shop, introspect_remote_schema: { data: null } });
  expect(parts.get('people')).toMatchObject({ outcome: 'failed' });
  expect(parts.get('shop')).toMatchObject({ outcome: 'tables' });
});

it('says which remote schema the server does not serve', async () => {
  const { parts } = await pulled({
    ...shop,
    introspect_remote_schema: (response, request) => {
      const name = textMember(member(request.body, 'args'), 'name');
      const missing = refusal('remote schema: "people" not found', 'not-exists');
      respond(name === 'people' ? missing : { data: introspection }, response, request);
    },
  });
  expect(parts.get('people')).toMatchObject({
    outcome: 'failed',
    message: 'remote schema: "people" not found',
  });
  expect(parts.get('payments')).toMatchObject({ outcome: 'introspection' });
});
