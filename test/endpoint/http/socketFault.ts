import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
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

export const json = { 'content-type': 'application/json; charset=utf-8' };

/** An answer with another body, as JSON unless said. */
export function answer(
  body: string | Uint8Array,
  { status = '200 OK', ...headers }: Record<string, string | number> = {},
): Buffer {
  const bytes = Buffer.from(body);
  const all = { ...json, 'content-length': bytes.length, connection: 'close', ...headers };
  return Buffer.concat([Buffer.from(headOf(status, all), 'latin1'), bytes]);
}

export const says =
  (body: string | Uint8Array, headers?: Record<string, string | number>): Strike =>
  ({ end }) =>
    end(answer(body, headers));

/** Exactly these bytes, then the end of the connection. */
export const sends =
  (bytes: string | ((real: RealAnswer) => string | Uint8Array)): Strike =>
  ({ end, real }) =>
    end(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes(real));

/** The real answer up to a part of it, and then the end of the connection. */
export const cutAt =
  (part: (whole: Buffer, head: number) => number): Strike =>
  async ({ write, cut, real }) => {
    const whole = wholeAnswer(real);
    await write(whole.subarray(0, part(whole, whole.indexOf('\r\n\r\n') + 4)));
    await delay(20);
    cut();
  };

/** A fraction below 1 that is always the same for a name. */
export function chance(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32;
}

/** Writes again and again, until nobody listens any more. */
export const endlessly =
  (begin: string, part: string | Uint8Array, pause = 0): Strike =>
  async ({ write, isOpen }) => {
    await write(begin);
    while (isOpen()) {
      await write(part);
      await delay(pause);
    }
  };

export const chunked = (body: string): string =>
  headOf('200 OK', { ...json, 'transfer-encoding': 'chunked' }) + body;
export const asChunks = ({ body }: RealAnswer, extension = ''): string => {
  const half = Math.ceil(body.length / 2);
  return [body.subarray(0, half), body.subarray(half)]
    .map((part) => `${part.length.toString(16)}${extension}\r\n${part.toString('latin1')}\r\n`)
    .join('');
};

export const encoded =
  (encoding: string, bytes: (body: Buffer) => Uint8Array): Strike =>
  ({ end, real }) =>
    end(answer(bytes(real.body), { 'content-encoding': encoding }));

export const zeros = Buffer.alloc(150_000_000, '0');
let bomb: { readonly gzip: Buffer; readonly brotli: Buffer } | undefined;
/** 150 MB, packed into next to nothing: made when it is first needed. */
export function bombs(): { readonly gzip: Buffer; readonly brotli: Buffer } {
  bomb ??= { gzip: gzipSync(zeros), brotli: brotliCompressSync(zeros, { params: { 1: 1 } }) };
  return bomb;
}

export const page = (title: string): string =>
  `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1><form method=post action="/login"></form></body></html>`;
export const html = { 'content-type': 'text/html' };

export const redirect = (status: string, location: (elsewhere: string) => string | undefined): Strike => {
  return ({ end, elsewhere, real }) => {
    const to = location(elsewhere);
    end(answer(real.body, { status, ...(to === undefined ? {} : { location: to }) }));
  };
};

export const timeout = /did not answer within/;
export const broke = /The connection to .* broke/;
export const noHasura = /is not a Hasura server, or something is in front of it/;
export const brokeOrTimeout = /The connection to .* broke|did not answer within/;
export const tooLarge = /is larger than 64 MB|did not answer within/;
export const redirects = /redirects/;
export const notMetadata =
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

export const secretIn = (headers: Readonly<Record<string, string>>): string =>
  headers['x-hasura-admin-secret'] ?? '';
export const echo: Strike = ({ end, headers }) => {
  const forms = Object.values(formsOf(secretIn(headers)));
  end(
    answer(JSON.stringify({ path: '$', code: 'x', error: forms.join(' '), internal: headers }), {
      status: '400 Bad',
    }),
  );
};
export const echoPage: Strike = ({ end, headers }) => {
  end(answer(page(Object.values(formsOf(secretIn(headers))).join(' ')), { status: '500 Oops', ...html }));
};
