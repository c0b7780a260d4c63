import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Secret } from '../../../common/src/endpoint/secret.ts';
import {
  exportMetadata,
  getSourceTables,
  getTableInfos,
  inspectBigQuery,
  introspectRemoteSchema,
  modify,
  replaceMetadata,
  runSql,
  versionProbe,
} from '../../../common/src/metadataApi/document/commands.ts';
import {
  createHttpClient,
  type Exchange,
  type Fetch,
  type HttpClientOptions,
} from '../../../common/src/metadataApi/http/http.ts';
import { describeFailure, mayHaveHappened } from '../../../common/src/metadataApi/http/httpResult.ts';
import { answerJson, closeServers, serve } from './loopback.ts';

const adminSecret = new Secret('correct horse "battery" & staple', 'a test');
const write = modify({ type: 'reload_metadata', args: {} }, undefined);

function client(endpoint: string, options: Partial<HttpClientOptions> = {}) {
  return createHttpClient({ endpoint, adminSecret, fetch, wait: async () => undefined, ...options });
}

afterEach(closeServers);

describe('an answer', () => {
  it('is the JSON with status and request id', async () => {
    const server = await serve((_request, response) =>
      answerJson(response, 200, { resource_version: 3 }, { 'x-request-id': 'r1' }),
    );
    expect(await client(server.url).send(exportMetadata)).toEqual({
      outcome: 'answered',
      status: 200,
      json: { resource_version: 3 },
      requestId: 'r1',
    });
    expect(server.requests).toMatchObject([
      {
        url: '/v1/metadata',
        body: '{"type":"export_metadata","version":2,"args":{}}',
        headers: { 'x-hasura-admin-secret': adminSecret.reveal(), 'content-type': 'application/json' },
      },
    ]);
  });

  it('is read when it is compressed', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync('{"ok":"ö"}'));
    });
    expect(await client(server.url).send(exportMetadata)).toMatchObject({ json: { ok: 'ö' } });
  });

  it('of the version needs no secret', async () => {
    const server = await serve((_request, response) => answerJson(response, 200, { version: 'v2.40.0' }));
    const probing = client(`${server.url}/base/`);
    expect(await probing.send(versionProbe)).toMatchObject({ json: { version: 'v2.40.0' } });
    expect(server.requests.map(({ url }) => url)).toEqual(['/base/v1/version']);
    for (const { headers } of server.requests) expect(headers).not.toHaveProperty('x-hasura-admin-secret');
  });

  it.each([
    [200, '<p>Welcome</p>', 'unexpected-answer'],
    [502, 'Bad Gateway', 'unexpected-answer'],
  ])('that is no JSON: %i %s', async (status, text, outcome) => {
    const server = await serve((_request, response) => {
      response.statusCode = status;
      response.end(text);
    });
    expect(await client(server.url).send(versionProbe)).toMatchObject({ outcome, status });
  });

  it('comes from the paths that are set', async () => {
    const server = await serve((_request, response) => answerJson(response, 200, {}));
    await client(`${server.url}/base`, { paths: { metadata: '/meta' } }).send(exportMetadata);
    expect(server.requests.map(({ url }) => url)).toEqual(['/base/meta']);
  });

  it.each(['//other.invalid/meta', 'http://other.invalid/meta', '../meta', '%2e%2e/meta', '..\\meta'])(
    'is not asked for where the path leads out: %s',
    async (path) => {
      const server = await serve((_request, response) => answerJson(response, 200, {}));
      const paths = { metadata: path, version: path };
      for (const command of [exportMetadata, versionProbe]) {
        expect(await client(`${server.url}/base`, { paths }).send(command)).toEqual({
          outcome: 'not-sent',
          detail: "The path of the API leads out of the endpoint's address.",
        });
      }
      expect(server.requests).toEqual([]);
    },
  );
});

describe('a refusal', () => {
  const body = { path: '$.args[0].args', error: '"x" does not exist', code: 'not-exists' };
  const conflict = { path: '$', error: 'metadata resource version referenced (8) …', code: 'conflict' };
  const denied = { path: '$', error: 'invalid "x-hasura-admin-secret"', code: 'access-denied' };

  it.each([
    { status: 400, body, outcome: 'refused', happened: false },
    { status: 500, body: { ...body, code: 'unexpected' }, outcome: 'refused', happened: false },
    { status: 404, body: { ...body, code: 'not-found' }, outcome: 'refused', happened: false },
    { status: 401, body: denied, outcome: 'unauthorized', happened: false },
    { status: 401, body: '<html>login</html>', outcome: 'unauthorized', happened: false },
    { status: 409, body: conflict, outcome: 'conflict', happened: false },
    { status: 503, body: { ...body, code: 'busy' }, outcome: 'refused', happened: false },
    { status: 429, body: { ...body, code: 'busy' }, outcome: 'busy', happened: false },
    { status: 503, body: 'words', outcome: 'busy', happened: true },
    { status: 502, body: { message: 'upstream' }, outcome: 'unexpected-answer', happened: true },
    { status: 413, body: 'too large', outcome: 'unexpected-answer', happened: false },
  ])('with status $status is $outcome', async ({ status, body: answered, outcome, happened }) => {
    const server = await serve((_request, response) => answerJson(response, status, answered));
    const result = await client(server.url).send(write);
    expect(result).toMatchObject({ outcome, status });
    expect(mayHaveHappened(result)).toBe(happened);
    expect(server.requests).toHaveLength(1);
  });

  it('has the error taken apart', async () => {
    const server = await serve((_request, response) => answerJson(response, 400, body));
    expect(await client(server.url).send(write)).toMatchObject({
      error: { reason: '"x" does not exist', code: 'not-exists', keys: ['args', 0, 'args'] },
    });
  });

  it.each([
    { header: '7', expected: 7000 },
    { header: new Date(0).toUTCString(), expected: 0 },
    { header: 'soon', expected: undefined },
    { header: undefined, expected: undefined },
  ])('for being busy says when to come back: $header', async ({ header, expected }) => {
    const server = await serve((_request, response) =>
      answerJson(response, 429, {}, header === undefined ? {} : { 'retry-after': header }),
    );
    expect(await client(server.url).send(write)).toMatchObject({ outcome: 'busy', retryAfter: expected });
  });
});

describe('what is no Hasura server', () => {
  it.each([200, 404])('answers with a page and status %i', async (status) => {
    const server = await serve((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' });
      response.end('<html><head><title>T</title></head><style>p{}</style><p>Hello  there</p>');
    });
    const result = await client(server.url).send(exportMetadata);
    expect(result).toEqual({
      outcome: 'unexpected-answer',
      status,
      contentType: 'text/html',
      excerpt: 'Hello there',
    });
  });

  it.each([301, 302, 303, 307, 308])('redirects with %i, and gets no secret that way', async (status) => {
    const other = await serve((_request, response) => answerJson(response, 200, {}));
    const server = await serve((_request, response) => {
      response.writeHead(status, { location: `${other.url}/v1/metadata` });
      response.end();
    });
    const result = await client(server.url).send(exportMetadata);
    expect(result).toEqual({ outcome: 'redirect', status, location: `${other.url}/v1/metadata` });
    expect(other.requests).toEqual([]);
    if (result.outcome === 'redirect') expect(describeFailure(result, 'h')).toContain('not followed');
  });

  it('redirects in a browser, which hides where to', async () => {
    const response = {
      type: 'opaqueredirect',
      status: 0,
      redirected: false,
      headers: new Headers(),
      body: null,
    };
    const hiding: Fetch = async () => response as unknown as Response;
    expect(await client('http://127.0.0.1:1', { fetch: hiding }).send(exportMetadata)).toEqual({
      outcome: 'redirect',
      status: 0,
      location: undefined,
    });
  });
});

describe('a connection', () => {
  it('is refused', async () => {
    const server = await serve(() => undefined);
    await server.close();
    const result = await client(server.url).send(write);
    expect(result).toMatchObject({ outcome: 'unreachable', reason: 'connection-refused' });
    expect(mayHaveHappened(result)).toBe(false);
  });

  it('has no TLS where there should be some', async () => {
    const server = await serve(() => undefined);
    const result = await client(server.url.replace('http:', 'https:')).send(write);
    expect(result).toMatchObject({ outcome: 'unreachable', reason: 'tls' });
  });

  it.each([
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND db.example', 'dns'],
    ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN db.example', 'dns'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames", 'tls'],
    ['CERT_HAS_EXPIRED', 'certificate has expired', 'tls'],
    ['EHOSTUNREACH', 'connect EHOSTUNREACH', 'other'],
    ['UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error', 'other'],
    ['ECONNREFUSED', '', 'connection-refused'],
    [undefined, 'net::ERR_NAME_NOT_RESOLVED', 'dns'],
    [undefined, 'net::ERR_CERT_AUTHORITY_INVALID', 'tls'],
    [undefined, 'net::ERR_PROXY_CONNECTION_FAILED', 'proxy'],
    [undefined, 'net::ERR_CONNECTION_REFUSED', 'connection-refused'],
  ])('fails with %s %s: %s', async (code, message, reason) => {
    const failing: Fetch = async () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
    };
    const result = await client('https://h.example', { fetch: failing }).send(write);
    expect(result).toMatchObject({ outcome: 'unreachable', reason });
    if (result.outcome === 'unreachable') expect(describeFailure(result, 'h.example')).toContain('h.example');
  });

  it.each([
    ['before the answer', undefined],
    ['in the middle of the answer', 200],
  ])('breaks %s', async (_when, status) => {
    const server = await serve((_request, response) => {
      if (status !== undefined) {
        response.writeHead(status, { 'content-length': '1000' });
        response.write('{"resource_version": 3,');
      }
      setImmediate(() => response.socket?.destroy());
    });
    const result = await client(server.url).send(write);
    expect(result).toMatchObject({ outcome: 'cut', status });
    expect(mayHaveHappened(result)).toBe(true);
    expect(server.requests).toHaveLength(1);
  });
});

describe('waiting', () => {
  it.each([
    ['an answer', false],
    ['the rest of an answer', true],
  ])('for %s ends with the timeout', async (_what, begun) => {
    const server = await serve((_request, response) => {
      if (begun) response.write('{"a":');
    });
    const result = await client(server.url, { timeout: 100 }).send(write);
    expect(result).toEqual({ outcome: 'timeout', milliseconds: 100 });
    expect(mayHaveHappened(result)).toBe(true);
  });

  it('ends when the person cancels, before and after sending', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    expect(await client(server.url).send(write, controller.signal)).toEqual({ outcome: 'cancelled' });
    expect(await client(server.url).send(write, controller.signal)).toEqual({ outcome: 'cancelled' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a large answer', () => {
  it.each([
    ['says so beforehand', true],
    ['does not end', false],
  ])('that %s is not read to the end', async (_how, announced) => {
    let sent = 0;
    const server = await serve((_request, response) => {
      if (announced) response.setHeader('content-length', String(100_000_000));
      const chunk = Buffer.alloc(65_536, ' ');
      const more = (): void => {
        while (!response.destroyed && sent < 100_000_000) {
          sent += chunk.length;
          if (!response.write(chunk)) return;
        }
      };
      response.on('drain', more);
      more();
    });
    const result = await client(server.url, { maximumBytes: 1_000_000 }).send(exportMetadata);
    expect(result).toEqual({ outcome: 'too-large', status: 200, limit: 1_000_000 });
    expect(sent).toBeLessThan(100_000_000);
  });

  it('within the limit is read', async () => {
    const text = 'x'.repeat(900_000);
    const server = await serve((_request, response) => answerJson(response, 200, text));
    const result = await client(server.url, { maximumBytes: 1_000_000 }).send(exportMetadata);
    expect(result).toMatchObject({ outcome: 'answered', json: text });
  });
});

describe('what a server says at length', () => {
  it('is cut where it is told', async () => {
    const error = 'word '.repeat(200_000);
    const server = await serve((_request, response) =>
      answerJson(response, 400, { code: 'unexpected', path: '$', error }),
    );
    const result = await client(server.url).send(write);
    expect(result.outcome === 'refused' && describeFailure(result, 'HOST').length).toBe(1001);
  });
});

describe('an answer nested without end', () => {
  it.each([
    [200, '['.repeat(100_000) + ']'.repeat(100_000)],
    [200, `{"data":${'{"ofType":'.repeat(50_000)}1${'}'.repeat(50_000)}}`],
    [400, `{"error":"x","code":"y","internal":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('of status %i is not read', async (status, body) => {
    const server = await serve((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    const result = await client(server.url).send(write);
    expect(result).toEqual({ outcome: 'too-deep', status });
    expect(mayHaveHappened(result)).toBe(true);
    expect(result.outcome === 'too-deep' && describeFailure(result, 'HOST')).toBe(
      'The answer of HOST is nested deeper than 500 levels and was not read.',
    );
  });

  it('is no matter of brackets in its texts, or of a page', async () => {
    const text = '['.repeat(1000);
    const server = await serve((_request, response) => answerJson(response, 200, { text }));
    expect(await client(server.url).send(exportMetadata)).toMatchObject({
      outcome: 'answered',
      json: { text },
    });
    const page = await serve((_request, response) => response.end(`<html>${'{'.repeat(1000)}</html>`));
    expect(await client(page.url).send(exportMetadata)).toMatchObject({ outcome: 'unexpected-answer' });
  });
});

describe('trying again', () => {
  it.each([
    ['99999999', 'more than two days'],
    ['9'.repeat(400), 'more than two days'],
    ['Tue, 31 Dec 2999 23:59:59', 'more than two days'],
    ['86400', '24 hours'],
    ['1800', '30 minutes'],
    ['90', '90 s'],
  ])('a server that asks to wait %s s is not waited for, and what it asks is said', async (header, said) => {
    const wait = vi.fn(async () => undefined);
    const server = await serve((_request, response) =>
      answerJson(response, 429, {}, { 'retry-after': header }),
    );
    const result = await client(server.url, { wait }).send(exportMetadata);
    expect(wait).not.toHaveBeenCalled();
    expect(server.requests).toHaveLength(1);
    expect(result.outcome === 'busy' && describeFailure(result, 'HOST')).toBe(
      `HOST is busy (status 429); it asks to wait ${said}.`,
    );
  });

  it('a read is tried again, after the time the server asks for', async () => {
    const waits: number[] = [];
    const wait = async (milliseconds: number): Promise<void> => {
      waits.push(milliseconds);
    };
    const server = await serve((_request, response, attempt) =>
      attempt === 1
        ? answerJson(response, 503, {}, { 'retry-after': '2' })
        : attempt === 2
          ? response.socket?.destroy()
          : answerJson(response, 200, {}),
    );
    expect(await client(server.url, { wait }).send(exportMetadata)).toMatchObject({ outcome: 'answered' });
    expect(waits).toEqual([2000, 500]);
  });

  it.each([
    ['a write', write, 503, undefined],
    ['what must wait too long', exportMetadata, 429, '3600'],
    ['what was refused', exportMetadata, 400, undefined],
    ['what a server that fails has refused', exportMetadata, 502, undefined],
  ])('not %s', async (_what, command, status, retryAfter) => {
    const server = await serve((_request, response) =>
      answerJson(
        response,
        status,
        { error: 'no', path: '$' },
        retryAfter ? { 'retry-after': retryAfter } : {},
      ),
    );
    await client(server.url).send(command);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    [500, 1],
    [502, 3],
    [503, 3],
    [504, 3],
  ])('what answers with a page and status %i is asked %i times', async (status, times) => {
    const server = await serve((_request, response) => answerJson(response, status, '<html>'));
    await client(server.url).send(exportMetadata);
    expect(server.requests).toHaveLength(times);
  });

  it('ends after some attempts, and when it is cancelled', async () => {
    const server = await serve((_request, response) => answerJson(response, 502, {}));
    expect(await client(server.url).send(exportMetadata)).toMatchObject({ status: 502 });
    expect(server.requests).toHaveLength(3);
    const controller = new AbortController();
    const wait = async (): Promise<void> => controller.abort();
    expect(await client(server.url, { wait }).send(exportMetadata, controller.signal)).toEqual({
      outcome: 'cancelled',
    });
    expect(server.requests).toHaveLength(4);
  });

  it('waits by itself no longer than until it is cancelled', async () => {
    const controller = new AbortController();
    const server = await serve((_request, response) => {
      answerJson(response, 429, {}, { 'retry-after': '9' });
      setTimeout(() => controller.abort(), 20);
    });
    const patient = createHttpClient({ endpoint: server.url, fetch });
    expect(await patient.send(exportMetadata, controller.signal)).toEqual({ outcome: 'cancelled' });
  });
});

describe('the secret', () => {
  const forms = [
    adminSecret.reveal(),
    JSON.stringify(adminSecret.reveal()).slice(1, -1),
    encodeURIComponent(adminSecret.reveal()),
  ];

  it('is in no result, message or log, even when the server repeats it', async () => {
    const exchanges: Exchange[] = [];
    const log = (exchange: Exchange): void => void exchanges.push(exchange);
    const secret = adminSecret.reveal();
    const answers: readonly [number, string, Record<string, string>][] = [
      [400, JSON.stringify({ path: '$', code: 'x', error: secret, internal: { [secret]: [secret] } }), {}],
      [401, JSON.stringify({ path: '$', code: 'access-denied', error: `invalid ${secret}` }), {}],
      [404, `<p>${secret}</p>`, { 'content-type': 'text/html' }],
      [429, secret, {}],
      [302, '', { location: `http://127.0.0.1:1/?s=${encodeURIComponent(secret)}` }],
    ];
    for (const [status, body, headers] of answers) {
      const server = await serve((_request, response) => {
        response.writeHead(status, headers);
        response.end(body);
      });
      const result = await client(server.url, { log, retries: 0 }).send(
        modify({ type: 'x', args: { echo: secret } }, 1),
      );
      for (const shown of [JSON.stringify(result), inspect(result, { depth: 9 })]) {
        for (const form of forms) expect(shown).not.toContain(form);
      }
      expect(JSON.stringify(result)).toContain('[secret]');
    }
    expect(exchanges).toHaveLength(answers.length);
    for (const form of forms) expect(JSON.stringify(exchanges)).not.toContain(form);
    expect(inspect(client('http://127.0.0.1:1'), { depth: 9, showHidden: true })).not.toContain('battery');
  });

  it('is taken out of what a connection fails with', async () => {
    const failing: Fetch = async (_url, init) => {
      throw new TypeError(`bad header ${JSON.stringify(init.headers)} of ${adminSecret.reveal()}`);
    };
    const result = await client('http://127.0.0.1:1', { fetch: failing }).send(write);
    expect(result.outcome).toBe('cut');
    for (const form of forms) expect(JSON.stringify(result)).not.toContain(form);
  });

  it.each([
    ['where it is cut', (secret: string) => `<p>${'x'.repeat(190)} ${secret} end</p>`],
    ['through which a tag seems to go', (secret: string) => `<p>${secret}</p>`],
    [
      'in a page',
      (secret: string) => `<p>${secret.replace(/[^\w ]/g, (each) => `&#${each.charCodeAt(0)};`)}</p>`,
    ],
  ])('leaves no part of it in the excerpt of a page, %s', async (_, page) => {
    const text = 'horse <b>  staple</b> "4"';
    for (const status of [200, 429, 500]) {
      const server = await serve((_request, response) => response.writeHead(status).end(page(text)));
      const result = await client(server.url, { adminSecret: new Secret(text, 'a test'), retries: 0 }).send(
        write,
      );
      expect(JSON.stringify(result)).toContain('[secret]');
      expect(JSON.stringify(result)).not.toMatch(/horse|staple/);
    }
  });

  it('is taken out of the words of a good answer, not out of what may be written again', async () => {
    const text = adminSecret.reveal();
    const words = {
      reason: `because of ${text}`,
      objects: [{ message: [text], error: `no ${text}`, name: text }],
    };
    const server = await serve((_request, response) => answerJson(response, 200, words));
    expect(await client(server.url).send(write)).toMatchObject({
      json: {
        reason: 'because of [secret]',
        objects: [{ message: [text], error: 'no [secret]', name: text }],
      },
    });
    expect(await client(server.url).send(exportMetadata)).toMatchObject({ json: words });
  });

  it.each([
    introspectRemoteSchema('a'),
    runSql('postgres', 'shop', 'SELECT 1'),
    runSql('mssql', 'shop', 'SELECT 1'),
    runSql('snowflake', 'shop', 'SELECT 1'),
    inspectBigQuery('shop'),
    getSourceTables('postgres', 'shop'),
    getTableInfos('postgres', 'shop', ['t'], true),
  ])('is not in what is kept in files: %o', async (command) => {
    const server = await serve((_request, response) =>
      answerJson(response, 200, { result: [encodeURIComponent(adminSecret.reveal())] }),
    );
    const result = await client(server.url).send(command);
    expect(result).toEqual({ outcome: 'holds-secret', status: 200 });
    expect(result.outcome === 'holds-secret' && describeFailure(result, 'HOST')).toBe(
      'The answer of HOST contains the admin secret and was not used.',
    );
    expect(mayHaveHappened(result)).toBe(false);
    // A short one is a word that a table may be called by.
    const short = client(server.url, { adminSecret: new Secret('horse', 'a test') });
    expect(await short.send(command)).toMatchObject({ outcome: 'answered' });
  });

  it('that no header can hold is not sent, nor is it named', async () => {
    for (const text of ['line\nbreak', 'Ω', 'nul\0']) {
      const result = await client('http://127.0.0.1:1', { adminSecret: new Secret(text, 'x') }).send(write);
      const detail = "The admin secret has characters that a header can't hold.";
      expect(result).toEqual({ outcome: 'not-sent', detail });
    }
  });

  it('with blanks around it is sent without them', async () => {
    const server = await serve((_request, response) => answerJson(response, 200, {}));
    await client(server.url, { adminSecret: new Secret(' s3cret\n', 'x') }).send(exportMetadata);
    expect(server.requests[0]?.headers['x-hasura-admin-secret']).toBe('s3cret');
  });

  it('is not needed', async () => {
    const server = await serve((_request, response) => answerJson(response, 200, {}));
    await client(server.url, { adminSecret: undefined }).send(exportMetadata);
    expect(server.requests[0]?.headers).not.toHaveProperty('x-hasura-admin-secret');
  });

  it('of blanks is none', async () => {
    const server = await serve((_request, response) => answerJson(response, 200, {}));
    await client(server.url, { adminSecret: new Secret(' \n', 'x') }).send(exportMetadata);
    expect(server.requests[0]?.headers).not.toHaveProperty('x-hasura-admin-secret');
  });

  it.each([
    'http://user:pw@127.0.0.1:1',
    'http://user@127.0.0.1:1',
    'http://:pw@127.0.0.1:1',
    'ftp://127.0.0.1',
    'nowhere',
    '',
  ])('goes nowhere for the endpoint %s', async (endpoint) => {
    const result = await client(endpoint).send(exportMetadata);
    expect(result).toMatchObject({ outcome: 'not-sent' });
    expect(JSON.stringify(result)).not.toContain('pw');
  });
});

it('the log says how it was asked', async () => {
  const exchanges: Exchange[] = [];
  const server = await serve((_request, response) => answerJson(response, 200, { version: 'v2.48.0' }));
  const asking = client(server.url, { log: (exchange) => exchanges.push(exchange) });
  await asking.send(versionProbe);
  await asking.send(exportMetadata);
  expect(exchanges.map(({ method, url }) => [method, url.slice(server.url.length)])).toEqual([
    ['GET', '/v1/version'],
    ['POST', '/v1/metadata'],
  ]);
});

it('the log leaves out what may hold passwords', async () => {
  const exchanges: Exchange[] = [];
  const server = await serve((_request, response) => answerJson(response, 200, {}));
  const metadata = { version: 3, sources: [{ configuration: { database_url: 'postgres://u:pw@h/db' } }] };
  await client(server.url, { log: (exchange) => exchanges.push(exchange) }).send(
    replaceMetadata(metadata, 4),
  );
  expect(server.requests[0]?.body).toContain('pw');
  expect(exchanges).toMatchObject([
    {
      method: 'POST',
      outcome: 'answered',
      status: 200,
      request: { type: 'replace_metadata', resource_version: 4, args: { metadata: '[left out]' } },
    },
  ]);
});
