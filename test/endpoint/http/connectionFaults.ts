import { setTimeout as delay } from 'node:timers/promises';
import {
  asChunks,
  broke,
  brokeOrTimeout,
  chance,
  chunked,
  cutAt,
  endlessly,
  json,
  type SocketFault,
  sends,
  timeout,
} from './socketFault.ts';
import { headOf, wholeAnswer } from './socketServer.ts';

/** Of a connection, and of an answer that comes slowly or not whole. */
export const connectionFaults: readonly SocketFault[] = [
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
];
