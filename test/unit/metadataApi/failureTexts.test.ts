import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../common/src/endpoint/secret.ts';
import { exportMetadata } from '../../../common/src/metadataApi/document/commands.ts';
import { createHttpClient, type Fetch } from '../../../common/src/metadataApi/http/http.ts';
import { failureDetail } from '../../../common/src/metadataApi/http/httpFailure.ts';
import {
  describeFailure,
  type FailedResult,
  mayHaveHappened,
  wantsCertificate,
} from '../../../common/src/metadataApi/http/httpResult.ts';
import { answerJson, closeServers, serve } from './loopback.ts';

/** What a person reads when an endpoint could not be asked: what happened, at which host, and nothing secret. */

const secret = 'text-of-the-secret';

afterEach(closeServers);

async function failureOf(url: string, ask: Fetch = fetch) {
  const client = createHttpClient({
    endpoint: url,
    adminSecret: new Secret(secret, 'a test'),
    fetch: ask,
    retries: 0,
  });
  const result = await client.send(exportMetadata);
  if (result.outcome === 'answered') throw new Error('it was answered');
  return { result, text: describeFailure(result, client.host), host: client.host };
}

/** A `fetch` that fails as Node's and VS Code's do: the cause below `fetch failed`. */
function failingWith(cause: unknown): Fetch {
  return async () => {
    throw new TypeError('fetch failed', { cause });
  };
}

function coded(code: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { code, ...more });
}

describe('without a connection', () => {
  const refused = (port: number) =>
    coded('ECONNREFUSED', `connect ECONNREFUSED 127.0.0.1:${port}`, { address: '127.0.0.1', port });

  it.each<[string, unknown, string]>([
    ['refused', refused(8080), 'Nothing listens at hasura.example:8080 (connection refused).'],
    [
      'refused at both addresses of a name',
      new AggregateError([
        coded('ECONNREFUSED', 'connect ECONNREFUSED ::1:8080', { port: 8080 }),
        refused(8080),
      ]),
      'Nothing listens at hasura.example:8080 (connection refused).',
    ],
    ['refused in Chromium', new Error('net::ERR_CONNECTION_REFUSED'), 'Nothing listens at'],
    [
      'a name that nobody knows',
      coded('ENOTFOUND', 'getaddrinfo ENOTFOUND hasura.example'),
      "The name of hasura.example:8080 can't be resolved (ENOTFOUND",
    ],
    ['the same in Chromium', new Error('net::ERR_NAME_NOT_RESOLVED'), "can't be resolved"],
    [
      'the port of a proxy refused',
      refused(3128),
      'The proxy refuses connections to hasura.example:8080 (ECONNREFUSED',
    ],
    [
      'a proxy that wants a password',
      Object.assign(new Error('Proxy response (407) ?.== 200 when HTTP Tunneling'), {
        code: 'UND_ERR_ABORTED',
      }),
      'The proxy refuses connections to hasura.example:8080 (UND_ERR_ABORTED: Proxy response (407)',
    ],
    ['the same, as VS Code says it', new Error('Proxy authentication required'), 'The proxy refuses'],
    ['a proxy that is down, in Chromium', new Error('net::ERR_PROXY_CONNECTION_FAILED'), 'The proxy refuses'],
    [
      'an expired certificate',
      coded('CERT_HAS_EXPIRED', 'certificate has expired'),
      'is not valid at this time',
    ],
    [
      'a certificate of another host',
      coded('ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames"),
      'is issued for another name',
    ],
    [
      'http where https is asked for',
      coded('EPROTO', 'write EPROTO 139:error:0A00010B:SSL routines:ssl3_get_record:wrong version number'),
      'hasura.example:8080 does not speak https',
    ],
    [
      'the same, as OpenSSL says it',
      coded(
        'ERR_SSL_WRONG_VERSION_NUMBER',
        '404D67B4857F0000:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../deps/openssl/tlsany_meth.c:77:\n',
      ),
      'hasura.example:8080 does not speak https (ERR_SSL_WRONG_VERSION_NUMBER: SSL routines:tls_validate_record_header:wrong version number). Is',
    ],
    [
      'a handshake that fails otherwise',
      coded('EPROTO', 'SSL alert number 40'),
      'No secure connection to hasura.example:8080: EPROTO: SSL alert number 40.',
    ],
    ['a network that is down', coded('ENETUNREACH', 'connect ENETUNREACH'), "can't be reached"],
  ])('%s', async (_what, cause, expected) => {
    const { result, text } = await failureOf('https://hasura.example:8080', failingWith(cause));
    expect(result.outcome).toBe('unreachable');
    expect(text).toContain(expected);
    expect(text).toContain('hasura.example:8080');
    expect(mayHaveHappened(result)).toBe(false);
    expect(wantsCertificate(result)).toBe(false);
  });

  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unable to get local issuer certificate'],
    ['', 'net::ERR_CERT_AUTHORITY_INVALID'],
  ])('an authority that is not trusted: %s %s', async (code, message) => {
    const { result, text } = await failureOf('https://h.example', failingWith(coded(code, message)));
    expect(text).toContain('The certificate of h.example is signed by an authority that is not trusted here');
    expect(wantsCertificate(result)).toBe(true);
  });
});

describe('in so many words', () => {
  const page = (status: number): FailedResult => ({
    outcome: 'unexpected-answer',
    status,
    contentType: 'text/html',
    excerpt: 'words',
  });
  const busy = (retryAfter: number | undefined): FailedResult => ({
    outcome: 'busy',
    status: 503,
    retryAfter,
    message: 'words',
  });

  it.each<[FailedResult, string, boolean]>([
    [
      page(200),
      'What answers at HOST is not a Hasura server, or something is in front of it (status 200): words',
      true,
    ],
    [page(400), expect.stringContaining('(status 400)'), false],
    [page(499), expect.stringContaining('(status 499)'), false],
    [page(500), expect.stringContaining('(status 500)'), true],
    [busy(undefined), 'HOST is busy (status 503).', true],
    [busy(9000), 'HOST is busy (status 503); it asks to wait 9 s.', true],
    [busy(120_000), 'HOST is busy (status 503); it asks to wait 120 s.', true],
    [busy(121_000), 'HOST is busy (status 503); it asks to wait 3 minutes.', true],
    [busy(7_200_000), 'HOST is busy (status 503); it asks to wait 120 minutes.', true],
    [busy(172_800_000), 'HOST is busy (status 503); it asks to wait 48 hours.', true],
    [
      { outcome: 'too-large', status: 200, limit: 64_000_000 },
      'The answer of HOST is larger than 64 MB and was not read.',
      true,
    ],
    [
      { outcome: 'too-deep', status: 200 },
      expect.stringMatching(/^The answer of HOST is nested deeper than \d+ levels and was not read\.$/),
      true,
    ],
    [
      { outcome: 'holds-secret', status: 200 },
      'The answer of HOST contains the admin secret and was not used.',
      false,
    ],
    [{ outcome: 'timeout', milliseconds: 1500 }, 'HOST did not answer within 1.5 s.', true],
    [{ outcome: 'cancelled' }, 'Cancelled.', true],
    [{ outcome: 'not-sent', detail: 'words' }, 'words', false],
    [
      { outcome: 'cut', status: undefined, detail: 'SELF_SIGNED_CERT' },
      'The connection to HOST broke before the answer was complete (SELF_SIGNED_CERT).',
      true,
    ],
    [
      { outcome: 'unreachable', reason: 'proxy', detail: 'SELF_SIGNED_CERT' },
      'The proxy refuses connections to HOST (SELF_SIGNED_CERT).',
      false,
    ],
    [
      { outcome: 'redirect', status: 301, location: undefined },
      'HOST redirects. Redirects are not followed, so that the admin secret goes nowhere else; set the endpoint to its final address.',
      false,
    ],
  ])('%j', (result, text, happened) => {
    expect(describeFailure(result, 'HOST')).toEqual(text);
    expect(mayHaveHappened(result)).toBe(happened);
    expect(wantsCertificate(result)).toBe(false);
  });

  it.each<[unknown, string]>([
    [undefined, 'unknown failure'],
    [null, 'unknown failure'],
    [{}, 'unknown failure'],
    [new TypeError('fetch failed'), 'unknown failure'],
    ['words', 'words'],
    [{ cause: 'words' }, 'words'],
    [{ cause: { code: 'CODE', message: ' many\n words ', errors: [null] } }, 'CODE: many words'],
    [{ message: 'once', cause: { message: 'once' } }, 'once'],
    [{ message: 'one', errors: [{ message: 'two' }, { message: 'three' }] }, 'one: two'],
    [chain(20), '20: 19: 18: 17: 16: 15: 14: 13: 12: 11: 10: 9'],
  ])('of what fails with %j', (error, text) => {
    expect(failureDetail(error)).toBe(text);
  });
});

/** An error with as many causes. */
function chain(length: number): object {
  return length === 0 ? {} : { message: String(length), cause: chain(length - 1) };
}

describe('what the server says', () => {
  it.each<[number, string, string, RegExp]>([
    [401, 'access-denied', 'invalid "x-hasura-admin-secret"', /does not accept the admin secret: invalid/],
    [
      401,
      'access-denied',
      'x-hasura-admin-secret/x-hasura-access-key required, but not found',
      /^127\S+ asks for an admin secret: x-hasura/,
    ],
    [
      400,
      'access-denied',
      'restricted access : admin only',
      /^127\S+ allows this for the role admin only: rest/,
    ],
    [400, 'x', ' \n', /^127\S+ refused this and gave no reason \(x\)\.$/],
    [404, 'not-found', 'resource does not exist', /^127\S+ has no metadata API at this address/],
    [
      400,
      'not-supported',
      'metadata cannot be modified in read-only mode',
      /^127\S+ accepts no changes at the moment: metadata cannot/,
    ],
    [
      500,
      'unexpected',
      'metadata cannot be modified in maintenance mode',
      /^127\S+ accepts no changes at the moment: metadata cannot/,
    ],
    [409, 'conflict', 'metadata resource version …', /^The metadata on 127\S+ was changed by someone else/],
    ...[
      'parse-failed',
      'invalid-json',
      'not-exists',
      'already-exists',
      'invalid-configuration',
      'constraint-violation',
      'unexpected',
      'metadata-warnings',
      'data-connector-error',
      'unexpected-payload',
      'dependency-error',
      'bad-request',
      'not-supported',
      'remote-schema-error',
      'validation-failed',
      'remote-schema-conflicts',
      'constraint-error',
      'postgres-error',
      'mssql-error',
      'bigquery-error',
      'permission-denied',
      'method-not-allowed',
      'data-exception',
      'coercion-error',
      'busy',
      'invalid-headers',
      'invalid-params',
      'cyclic-dependency',
    ].map((code): [number, string, string, RegExp] => [400, code, `words of ${code}`, /^words of /]),
  ])('%i %s: %s', async (status, code, error, expected) => {
    const server = await serve((_request, response) =>
      answerJson(response, status, { path: '$.args', error, code, internal: { secret } }),
    );
    const { result, text } = await failureOf(server.url);
    expect(text).toMatch(expected);
    expect(mayHaveHappened(result)).toBe(false);
  });
});
