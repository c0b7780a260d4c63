import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib';
import { expired, otherName, selfSigned } from './selfSigned.ts';
import type { Certificate } from './server.ts';
import {
  headOf,
  type RealAnswer,
  type SocketServerOptions,
  type Strike,
  wholeAnswer,
} from './socketServer.ts';

/** Something that goes wrong between here and a server, down to the bytes. */
export interface SocketFault {
  readonly name: string;
  readonly strike?: Strike;
  readonly connected?: SocketServerOptions['connected'];
  readonly certificate?: Certificate;
  /** How the server is asked; `http` unless said. */
  readonly scheme?: 'http' | 'https';
  /** What a person is told who was reading; `fine`: nothing, for it works. */
  readonly told: RegExp | 'fine';
  /** It goes on until whoever asked gives up. */
  readonly stalls?: boolean;
  /** It plays with the admin secret, and so strikes only what carries one. */
  readonly needsSecret?: boolean;
  /** The answer says for certain that nothing was done: whoever writes believes it. */
  readonly refuses?: boolean;
}

const json = { 'content-type': 'application/json; charset=utf-8' };

/** An answer with another body, as JSON unless said. */
function answer(
  body: string | Uint8Array,
  { status = '200 OK', ...headers }: Record<string, string | number> = {},
): Buffer {
  const bytes = Buffer.from(body);
  const all = { ...json, 'content-length': bytes.length, connection: 'close', ...headers };
  return Buffer.concat([Buffer.from(headOf(status, all), 'latin1'), bytes]);
}

const says =
  (body: string | Uint8Array, headers?: Record<string, string | number>): Strike =>
  ({ end }) =>
    end(answer(body, headers));

/** Exactly these bytes, then the end of the connection. */
const sends =
  (bytes: string | ((real: RealAnswer) => string | Uint8Array)): Strike =>
  ({ end, real }) =>
    end(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes(real));

/** The real answer up to a part of it, and then the end of the connection. */
const cutAt =
  (part: (whole: Buffer, head: number) => number): Strike =>
  async ({ write, cut, real }) => {
    const whole = wholeAnswer(real);
    await write(whole.subarray(0, part(whole, whole.indexOf('\r\n\r\n') + 4)));
    await delay(20);
    cut();
  };

/** A fraction below 1 that is always the same for a name. */
function chance(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32;
}

/** Writes again and again, until nobody listens any more. */
const endlessly =
  (begin: string, part: string | Uint8Array, pause = 0): Strike =>
  async ({ write, isOpen }) => {
    await write(begin);
    while (isOpen()) {
      await write(part);
      await delay(pause);
    }
  };

const chunked = (body: string): string =>
  headOf('200 OK', { ...json, 'transfer-encoding': 'chunked' }) + body;
const asChunks = ({ body }: RealAnswer, extension = ''): string => {
  const half = Math.ceil(body.length / 2);
  return [body.subarray(0, half), body.subarray(half)]
    .map((part) => `${part.length.toString(16)}${extension}\r\n${part.toString('latin1')}\r\n`)
    .join('');
};

const encoded =
  (encoding: string, bytes: (body: Buffer) => Uint8Array): Strike =>
  ({ end, real }) =>
    end(answer(bytes(real.body), { 'content-encoding': encoding }));

const zeros = Buffer.alloc(150_000_000, '0');
let bomb: { readonly gzip: Buffer; readonly brotli: Buffer } | undefined;
/** 150 MB, packed into next to nothing: made when it is first needed. */
function bombs(): { readonly gzip: Buffer; readonly brotli: Buffer } {
  bomb ??= { gzip: gzipSync(zeros), brotli: brotliCompressSync(zeros, { params: { 1: 1 } }) };
  return bomb;
}

const page = (title: string): string =>
  `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1><form method=post action="/login"></form></body></html>`;
const html = { 'content-type': 'text/html' };

const redirect = (status: string, location: (elsewhere: string) => string | undefined): Strike => {
  return ({ end, elsewhere, real }) => {
    const to = location(elsewhere);
    end(answer(real.body, { status, ...(to === undefined ? {} : { location: to }) }));
  };
};

const timeout = /did not answer within/;
const broke = /The connection to .* broke/;
const noHasura = /is not a Hasura server, or something is in front of it/;
const brokeOrTimeout = /The connection to .* broke|did not answer within/;
const tooLarge = /is larger than 64 MB|did not answer within/;
const redirects = /redirects/;
const notMetadata =
  /is not a Hasura server|is not an introspection result|no metadata|not (?:be )?read|broke|unexpected|answer/i;

/** The forms in which somebody may send back the header they were sent. */
export function formsOf(secret: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  return {
    plain: secret,
    'URL-encoded': encodeURIComponent(secret),
    'URL-encoded in small letters': encodeURIComponent(secret).replace(/%../g, (each) => each.toLowerCase()),
    'wholly URL-encoded': hex.replace(/../g, '%$&'),
    JSON: JSON.stringify(secret).slice(1, -1),
    hex,
    'hex in capitals': hex.toUpperCase(),
    'base 64': bytes.toString('base64').replace(/=+$/, ''),
    'base 64 for URLs': bytes.toString('base64url'),
  };
}

const secretIn = (headers: Readonly<Record<string, string>>): string =>
  headers['x-hasura-admin-secret'] ?? '';
const echo: Strike = ({ end, headers }) => {
  const forms = Object.values(formsOf(secretIn(headers)));
  end(
    answer(JSON.stringify({ path: '$', code: 'x', error: forms.join(' '), internal: headers }), {
      status: '400 Bad',
    }),
  );
};
const echoPage: Strike = ({ end, headers }) => {
  end(answer(page(Object.values(formsOf(secretIn(headers))).join(' ')), { status: '500 Oops', ...html }));
};

export const socketFaults: readonly SocketFault[] = [
  // ---- connections
  { name: 'ends the connection at once', connected: (socket) => socket.end(), told: broke },
  { name: 'resets the connection at once', connected: (socket) => socket.resetAndDestroy(), told: broke },
  { name: 'accepts and never reads', connected: (socket) => socket.pause(), told: timeout, stalls: true },
  { name: 'reads and never answers', strike: () => undefined, told: timeout, stalls: true },
  { name: 'reads and ends the connection', strike: ({ end }) => end(), told: broke },
  { name: 'reads and resets the connection', strike: ({ socket }) => socket.resetAndDestroy(), told: broke },
  { name: 'speaks first, as SSH', connected: (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'), told: broke },

  // ---- slow
  {
    name: 'sends the status a byte at a time, for ever',
    strike: async ({ write, isOpen }) => {
      for (const byte of 'HTTP/1.1 200 OK and so on and so on and so on') {
        await write(byte);
        await delay(100);
        if (!isOpen()) return;
      }
    },
    told: timeout,
    stalls: true,
  },
  {
    name: 'stalls after the status',
    strike: ({ write }) => write('HTTP/1.1 200 OK\r\n'),
    told: timeout,
    stalls: true,
  },
  {
    name: 'stalls in a header',
    strike: ({ write }) => write('HTTP/1.1 200 OK\r\ncontent-type: appl'),
    told: timeout,
    stalls: true,
  },
  {
    name: 'stalls after the headers',
    strike: ({ write }) => write(headOf('200 OK', { ...json, 'content-length': 100 })),
    told: timeout,
    stalls: true,
  },
  {
    name: 'stalls in the body',
    strike: ({ write, real }) => write(wholeAnswer(real).subarray(0, -1)),
    told: timeout,
    stalls: true,
  },
  {
    name: 'stalls in a chunk',
    strike: ({ write }) => write(chunked('ff\r\n{')),
    told: timeout,
    stalls: true,
  },
  {
    name: 'sends headers slowly, for ever',
    strike: endlessly('HTTP/1.1 200 OK\r\n', 'x: y\r\n', 50),
    told: timeout,
    stalls: true,
  },
  {
    name: 'sends a blank at a time, for ever',
    strike: endlessly(headOf('200 OK', json), ' ', 20),
    told: timeout,
    stalls: true,
  },
  {
    name: 'takes its time in four pieces',
    strike: async ({ write, end, real }) => {
      const whole = wholeAnswer(real);
      for (let piece = 0; piece < 4; piece++) {
        await write(whole.subarray((whole.length * piece) / 4, (whole.length * (piece + 1)) / 4));
        await delay(20);
      }
      end();
    },
    told: 'fine',
  },
  {
    name: 'sends every byte alone',
    strike: async ({ write, end, real }) => {
      const whole = wholeAnswer(real);
      for (const byte of whole.subarray(0, 400)) await write(Buffer.of(byte));
      end(whole.subarray(400));
    },
    told: 'fine',
  },
  {
    name: 'says to continue, once',
    // Node's own fetch takes this for a broken answer, since it never asks whether to go on.
    strike: sends((real) => Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), wholeAnswer(real)])),
    told: broke,
  },
  {
    name: 'says to continue, for ever',
    strike: endlessly('', 'HTTP/1.1 100 Continue\r\n\r\n', 1),
    told: brokeOrTimeout,
    stalls: true,
  },
  {
    name: 'hints early',
    strike: sends((real) =>
      Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'), wholeAnswer(real)]),
    ),
    told: 'fine',
  },

  // ---- cut
  { name: 'is cut in the status', strike: cutAt(() => 7), told: broke },
  { name: 'is cut in a header', strike: cutAt((_, head) => head - 9), told: broke },
  { name: 'is cut after the headers', strike: cutAt((_, head) => head), told: broke },
  { name: 'is cut after a byte of the body', strike: cutAt((_, head) => head + 1), told: broke },
  { name: 'is cut before the last byte', strike: cutAt((whole) => whole.length - 1), told: broke },
  ...['one', 'two', 'three', 'four', 'five', 'six'].map((name) => ({
    name: `is cut anywhere, ${name}`,
    strike: cutAt((whole) => Math.floor(chance(name) * whole.length)),
    told: broke,
  })),
  { name: 'is cut in the size of a chunk', strike: sends(chunked('1')), told: broke },
  { name: 'is cut in a chunk', strike: sends(chunked('ff\r\n{"a":')), told: broke },
  {
    name: 'is cut before the last chunk',
    strike: sends((real) => Buffer.from(chunked(asChunks(real)), 'latin1')),
    told: broke,
  },

  // ---- lengths
  {
    name: 'promises more than it sends',
    strike: ({ end, real }) => end(answer(real.body, { 'content-length': real.body.length + 100 })),
    told: broke,
  },
  {
    name: 'sends more than it promises',
    strike: ({ end, real }) => end(answer(real.body, { 'content-length': 10 })),
    told: /broke|is not a Hasura server/,
  },
  ...['-1', 'ten', '99999999999999999999', '0x10', ''].map((length) => ({
    name: `has the length "${length}"`,
    strike: sends((real) => answer(real.body, { 'content-length': length })),
    told: /broke|is not a Hasura server|larger than/,
  })),
  {
    name: 'has two lengths',
    strike: sends(
      ({ body }) =>
        `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\ncontent-length: 3\r\n\r\n${body.toString('latin1')}`,
    ),
    told: /broke|is not a Hasura server/,
  },
  {
    name: 'has a length and chunks',
    strike: sends((real) =>
      Buffer.from(
        `HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n${asChunks(real)}0\r\n\r\n`,
        'latin1',
      ),
    ),
    told: /broke|is not a Hasura server/,
  },
  {
    name: 'has no length and ends',
    strike: sends(({ body }) => Buffer.concat([Buffer.from(headOf('200 OK', json)), body])),
    told: 'fine',
  },
  { name: 'is empty', strike: says(''), told: noHasura },
  { name: 'has no content', strike: sends(headOf('204 No Content')), told: noHasura },

  // ---- chunks
  { name: 'has a chunk of the size "zz"', strike: sends(chunked('zz\r\n{}\r\n0\r\n\r\n')), told: broke },
  {
    name: 'has a chunk of a size without end',
    strike: sends(chunked(`${'f'.repeat(40)}\r\n{}\r\n0\r\n\r\n`)),
    told: broke,
  },
  { name: 'has chunks that run together', strike: sends(chunked('2\r\n{}2\r\n{}0\r\n\r\n')), told: broke },
  {
    name: 'has chunks with something behind their size',
    strike: sends((real) => Buffer.from(chunked(`${asChunks(real, ';a=b')}0\r\nx: y\r\n\r\n`), 'latin1')),
    told: 'fine',
  },
  {
    name: 'has 1 MB behind the size of a chunk',
    strike: sends(chunked(`2;${'a'.repeat(1_000_000)}\r\n{}\r\n0\r\n\r\n`)),
    told: /broke|is not a Hasura server|is not an introspection result/,
  },
  {
    name: 'has chunks without end',
    strike: endlessly(chunked(''), `100000\r\n${' '.repeat(0x100000)}\r\n`),
    told: tooLarge,
  },

  // ---- not HTTP
  {
    name: 'sends random bytes',
    strike: sends(() => createHash('sha512').update('x').digest()),
    told: broke,
  },
  {
    name: 'speaks HTTP/2',
    strike: sends(() => Buffer.from('000012040000000000000300000064000400100000', 'hex')),
    told: broke,
  },
  { name: 'answers without a head', strike: sends('{"version":"v2.48.0"}'), told: broke },
  { name: 'speaks HTTP/9.9', strike: sends('HTTP/9.9 200 OK\r\n\r\n{}'), told: broke },
  { name: 'has the status 000', strike: sends('HTTP/1.1 000 No\r\n\r\n'), told: /broke|is not a Hasura server/ },
  { name: 'has the status 999', strike: says('{}', { status: '999 No' }), told: /broke|is not a Hasura server/ },
  { name: 'has the status "OK"', strike: sends('HTTP/1.1 OK\r\n\r\n{}'), told: broke },
  {
    name: 'switches protocols',
    strike: sends('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    told: broke,
  },
  {
    name: 'has a header without a colon',
    strike: sends('HTTP/1.1 200 OK\r\nnothing\r\n\r\n{}'),
    told: broke,
  },
  { name: 'has a header with a NUL', strike: sends('HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n{}'), told: broke },
  {
    name: 'has a header of 1 MB',
    strike: sends(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(1_000_000)}\r\n\r\n{}`),
    told: broke,
  },
  {
    name: 'has headers without end',
    strike: endlessly('HTTP/1.1 200 OK\r\n', 'x: y\r\n'.repeat(1000)),
    told: brokeOrTimeout,
    stalls: true,
  },

  // ---- encodings
  { name: 'is packed', strike: encoded('gzip', gzipSync), told: 'fine' },
  { name: 'says that it is packed, and is not', strike: encoded('gzip', (body) => body), told: broke },
  {
    name: 'is packed and cut',
    strike: encoded('gzip', (body) => gzipSync(body).subarray(0, -12)),
    // What was unpacked before the cut is handed out as if it were all.
    told: /broke|is not a Hasura server/,
  },
  { name: 'is packed in another way than it says', strike: encoded('br', gzipSync), told: broke },
  {
    name: 'is packed in no known way',
    strike: encoded('x-own', (body) => deflateRawSync(body)),
    told: noHasura,
  },
  { name: 'is a bomb of gzip', strike: encoded('gzip', () => bombs().gzip), told: tooLarge },
  {
    name: 'is a bomb in a bomb',
    strike: encoded('gzip, gzip', () => gzipSync(bombs().gzip)),
    told: tooLarge,
  },
  { name: 'is a bomb of brotli', strike: encoded('br', () => bombs().brotli), told: tooLarge },
  {
    name: 'has a body without end',
    strike: endlessly(headOf('200 OK', json), ' '.repeat(1_000_000)),
    told: tooLarge,
  },

  // ---- pages
  { name: 'is a page to log in', strike: says(page('Log in'), html), told: /is not a Hasura server.*Log in/s },
  {
    name: 'is a page to log in, with status 401',
    strike: says(page('Log in'), { status: '401 Unauthorized', ...html }),
    told: /does not accept the admin secret/,
    refuses: true,
  },
  {
    name: 'is a page that forbids',
    strike: says(page('Request blocked'), { status: '403 Forbidden', ...html }),
    told: /Request blocked/,
    refuses: true,
  },
  {
    name: 'is a page that knows no such address',
    strike: says(page('No such page'), { status: '404 Not Found', ...html }),
    told: /No such page/,
    refuses: true,
  },
  {
    name: 'is a page of a gateway',
    strike: says(page('Bad gateway'), { status: '502 Bad Gateway', ...html }),
    told: /Bad gateway/,
  },
  {
    name: 'wants a proxy’s password',
    strike: says('', {
      status: '407 Proxy Authentication Required',
      'proxy-authenticate': 'Basic realm="x"',
    }),
    told: /broke|is not a Hasura server|proxy/i,
  },
  {
    name: 'is a page that goes on elsewhere by itself',
    strike: ({ end, elsewhere }) =>
      end(
        answer(`<meta http-equiv="refresh" content="0;url=${elsewhere}">`, {
          ...html,
          refresh: `0; url=${elsewhere}`,
          'set-cookie': 'session=1',
          link: `<${elsewhere}>; rel=preload`,
          'alt-svc': `h2="${elsewhere.slice(7)}"`,
        }),
      ),
    told: noHasura,
  },

  // ---- JSON
  ...['null', '7', '"text"', 'true', '[]', '{}', '[[]]', '{"metadata":7,"resource_version":1}'].map(
    (body) => ({
      name: `is the JSON ${body}`,
      strike: says(body),
      told: notMetadata,
    }),
  ),
  {
    name: 'has metadata of the wrong kinds',
    strike: says(
      '{"resource_version":"7","version":3,"metadata":{"version":"3","sources":{"a":[]},"remote_schemas":[7,null,{"name":{}}]}}',
    ),
    told: notMetadata,
  },
  { name: 'is 50,000 lists deep', strike: says('['.repeat(50_000) + ']'.repeat(50_000)), told: notMetadata },
  {
    name: 'is 50,000 objects deep',
    strike: says(`${'{"metadata":'.repeat(50_000)}1${'}'.repeat(50_000)}`),
    told: notMetadata,
  },
  {
    name: 'has numbers beyond all bounds',
    strike: says(`{"resource_version":1e999,"metadata":{"version":${'9'.repeat(5000)}}}`),
    told: notMetadata,
  },
  { name: 'is JSON with NaN', strike: says('{"resource_version":NaN}'), told: noHasura },
  { name: 'is JSON and more', strike: says('{}{}'), told: noHasura },
  {
    name: 'is JSON with __proto__',
    strike: says('{"__proto__":{"metadata":{}},"constructor":1}'),
    told: notMetadata,
  },
  {
    name: 'begins with a byte order mark',
    strike: ({ end, real }) => end(answer(Buffer.concat([Buffer.from('\ufeff'), real.body]))),
    told: 'fine',
  },
  {
    name: 'is in UTF-16',
    strike: ({ end, real }) =>
      end(
        answer(Buffer.from(`\ufeff${real.body}`, 'utf16le'), {
          'content-type': 'application/json; charset=utf-16',
        }),
      ),
    told: noHasura,
  },
  {
    name: 'says another character set than it has',
    strike: ({ end, real }) => end(answer(real.body, { 'content-type': 'text/plain; charset=koi8-r' })),
    told: 'fine',
  },
  { name: 'is no UTF-8', strike: says(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), told: noHasura },
  {
    name: 'refuses with words that are no words',
    strike: says('{"error":{"a":[1]},"code":7,"path":null}', { status: '400 Bad Request' }),
    told: /./,
    refuses: true,
  },
  {
    name: 'refuses with 1 MB of words',
    strike: says(JSON.stringify({ path: '$', code: 'x', error: 'a word '.repeat(150_000) }), {
      status: '400 Bad Request',
    }),
    told: /a word/,
    refuses: true,
  },
  {
    name: 'refuses with escapes for the terminal',
    strike: says(
      JSON.stringify({ path: '$', code: 'x', error: 'no\u001b[2J\u0007\u202e\r\nerror: forged' }),
      {
        status: '400 Bad Request',
      },
    ),
    told: /no/,
    refuses: true,
  },
  { name: 'sends the secret back', strike: echo, told: /\[secret\]/, needsSecret: true, refuses: true },
  { name: 'sends the secret back in a page', strike: echoPage, told: /\[secret\]/, needsSecret: true },

  // ---- busy
  ...['0', '-1', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT', '99999999'].map((after) => ({
    name: `is busy, and asks to wait "${after}"`,
    strike: says('', { status: '503 Busy', 'retry-after': after }),
    told: /is busy/,
  })),

  // ---- redirects
  ...['301 Moved', '302 Found', '303 See Other', '307 Temporary', '308 Permanent'].map((status) => ({
    name: `redirects to another server (${status})`,
    strike: redirect(status, (elsewhere) => `${elsewhere}/v1/metadata`),
    told: redirects,
    refuses: true,
  })),
  {
    name: 'redirects to itself, for ever',
    strike: redirect('302 Found', () => '/v1/metadata'),
    told: redirects,
    refuses: true,
  },
  {
    name: 'redirects to nowhere',
    strike: redirect('302 Found', () => undefined),
    told: redirects,
    refuses: true,
  },
  {
    name: 'redirects to a file',
    strike: redirect('302 Found', () => 'file:///etc/passwd'),
    told: redirects,
    refuses: true,
  },
  {
    name: 'redirects with the secret',
    strike: ({ end, headers, elsewhere }) =>
      end(
        answer('', {
          status: '302 Found',
          location: `${elsewhere}/?secret=${encodeURIComponent(secretIn(headers))}`,
        }),
      ),
    told: /redirects to .*\[secret\]/,
    needsSecret: true,
    refuses: true,
  },
  {
    name: 'says that nothing has changed',
    strike: sends(headOf('304 Not Modified')),
    told: /redirects|not a Hasura/,
    refuses: true,
  },

  // ---- TLS
  {
    name: 'has a certificate of its own',
    certificate: selfSigned,
    scheme: 'https',
    strike: () => undefined,
    told: /certificate of .* is signed by an authority that is not trusted/,
    refuses: true,
  },
  {
    name: 'has a certificate that is out of date',
    certificate: expired,
    scheme: 'https',
    strike: () => undefined,
    told: /certificate of .* (?:not valid at this time|not trusted)/,
    refuses: true,
  },
  {
    name: 'has a certificate of another name',
    certificate: otherName,
    scheme: 'https',
    strike: () => undefined,
    told: /certificate of .* (?:another name|not trusted)/,
    refuses: true,
  },
  {
    name: 'speaks http where https is asked',
    scheme: 'https',
    connected: (socket) => socket.end(answer('{}')),
    told: /does not speak https|No secure connection/,
    refuses: true,
  },
  {
    name: 'speaks https where http is asked',
    certificate: selfSigned,
    strike: () => undefined,
    told: broke,
  },
  {
    name: 'stalls in the handshake',
    scheme: 'https',
    connected: (socket) => socket.pause(),
    told: timeout,
    stalls: true,
  },
  {
    name: 'ends in the handshake',
    scheme: 'https',
    connected: (socket) => socket.once('data', () => socket.end(Buffer.from('1603030004', 'hex'))),
    told: /broke|No secure connection/,
  },
  {
    name: 'alerts in the handshake',
    scheme: 'https',
    connected: (socket) => socket.once('data', () => socket.end(Buffer.from('15030300020228', 'hex'))),
    told: /No secure connection|broke/,
    refuses: true,
  },
  {
    name: 'sends garbage in the handshake',
    scheme: 'https',
    connected: (socket) => socket.once('data', () => socket.end(createHash('sha512').update('y').digest())),
    told: /does not speak https|No secure connection|broke/,
    refuses: true,
  },
];
