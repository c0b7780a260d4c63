import { createHash } from 'node:crypto';
import {
  answer,
  asChunks,
  broke,
  brokeOrTimeout,
  chunked,
  endlessly,
  json,
  noHasura,
  type SocketFault,
  says,
  sends,
  tooLarge,
} from './socketFault.ts';
import { headOf } from './socketServer.ts';

/** Of HTTP itself: lengths, chunks, what is none of it. */
export const messageFaults: readonly SocketFault[] = [
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
  {
    name: 'has the status 000',
    strike: sends('HTTP/1.1 000 No\r\n\r\n'),
    told: /broke|is not a Hasura server/,
  },
  {
    name: 'has the status 999',
    strike: says('{}', { status: '999 No' }),
    told: /broke|is not a Hasura server/,
  },
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
];
