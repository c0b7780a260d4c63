import { deflateRawSync, gzipSync } from 'node:zlib';
import {
  answer,
  bombs,
  broke,
  echo,
  echoPage,
  encoded,
  endlessly,
  html,
  json,
  noHasura,
  notMetadata,
  page,
  type SocketFault,
  says,
  tooLarge,
} from './socketFault.ts';
import { headOf } from './socketServer.ts';

/** Of what an answer has in it: encodings, pages, JSON. */
export const contentFaults: readonly SocketFault[] = [
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
  {
    name: 'is a page to log in',
    strike: says(page('Log in'), html),
    told: /is not a Hasura server.*Log in/s,
  },
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
];
