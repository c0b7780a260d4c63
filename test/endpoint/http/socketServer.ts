import { once } from 'node:events';
import { request as ask } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer as createSecureServer } from 'node:tls';
import type { Certificate } from './server.ts';

/**
 * A server on loopback that knows nothing of HTTP's rules: what it sends is up to the fault, byte by byte. Requests that no
 * fault strikes, and what a fault needs of a real answer, come from a real endpoint behind it.
 */

/** An answer of the endpoint behind. */
export interface RealAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** A request as it arrived, and what can be done with its connection. */
export interface Struck {
  readonly socket: Socket;
  /** The request as the endpoint behind answers it; it is carried out there. */
  readonly real: RealAnswer;
  readonly headers: Readonly<Record<string, string>>;
  /** Where another server listens that nothing may be sent to. */
  readonly elsewhere: string;
  /** Writes; resolves when the other side can take more, or is gone. */
  write(bytes: string | Uint8Array): Promise<void>;
  /** Writes all, then ends the connection in order. */
  end(bytes?: string | Uint8Array): void;
  /** Breaks the connection off. */
  cut(): void;
  /** Whether the other side is still there. */
  isOpen(): boolean;
}

/** What goes wrong. */
export type Strike = (struck: Struck) => unknown;

export interface SocketServerOptions {
  /** The endpoint behind. */
  readonly behind: string;
  readonly strike: Strike;
  /** Whether a request is struck, by its path and body; all are when left out. */
  readonly strikes?: (path: string, body: string) => boolean;
  /** Struck requests are not carried out: the endpoint behind is not asked. */
  readonly keepsBack?: boolean;
  /** Happens as soon as there is a connection, and then nothing else does. */
  readonly connected?: ((socket: Socket) => unknown) | undefined;
  readonly certificate?: Certificate | undefined;
}

export interface SocketServer {
  readonly host: string;
  /** How many requests were struck, or connections. */
  readonly struck: number;
  /** Headers of what came to the other server: nothing should. */
  readonly elsewhere: readonly string[];
  close(): Promise<void>;
}

export async function startSocketServer(options: SocketServerOptions): Promise<SocketServer> {
  const { behind, strike, strikes = () => true, keepsBack = false, connected, certificate } = options;
  const sockets = new Set<Socket>();
  let struck = 0;

  const elsewhere: string[] = [];
  const other = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      elsewhere.push(data.toString('latin1'));
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
    });
  });
  const otherPort = await listen(other);

  const serve = async (socket: Socket): Promise<void> => {
    const head = await readHead(socket);
    if (head === undefined) return;
    const body = await readBytes(socket, Number(head.headers['content-length'] ?? 0), head.rest);
    const isStruck = strikes(head.path, body.toString('utf8'));
    const real = isStruck && keepsBack ? nothing : await askBehind(behind, head, body);
    if (!isStruck) {
      socket.end(wholeAnswer(real));
      return;
    }
    struck += 1;
    await strike({
      socket,
      real,
      headers: head.headers,
      elsewhere: `http://127.0.0.1:${otherPort}`,
      write: (bytes) => write(socket, bytes),
      end: (bytes) => void (bytes === undefined ? socket.end() : socket.end(bytes)),
      cut: () => void socket.destroy(),
      isOpen: () => socket.writable,
    });
  };
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    if (connected === undefined) serve(socket).catch(() => socket.destroy());
    else {
      struck += 1;
      connected(socket);
    }
  };
  const server =
    certificate === undefined ? createServer(accept) : createSecureServer({ ...certificate }, accept);
  server.on('tlsClientError', () => {
    struck += 1;
  });
  const port = await listen(server);

  return {
    host: `127.0.0.1:${port}`,
    get struck() {
      return struck;
    },
    elsewhere,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(
        [server, other].map((each) => new Promise<void>((resolve) => each.close(() => resolve()))),
      );
    },
  };
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

interface Head {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What came of the body along with the head. */
  readonly rest: Buffer;
}

async function readHead(socket: Socket): Promise<Head | undefined> {
  let text = Buffer.alloc(0);
  for (;;) {
    const end = text.indexOf('\r\n\r\n');
    if (end >= 0) {
      const [line = '', ...lines] = text.subarray(0, end).toString('latin1').split('\r\n');
      const [method = '', path = ''] = line.split(' ');
      const headers = lines.map((each) => /^([^:]*):\s*(.*)$/.exec(each) ?? []);
      return {
        method,
        path,
        headers: Object.fromEntries(headers.map(([, name = '', value = '']) => [name.toLowerCase(), value])),
        rest: text.subarray(end + 4),
      };
    }
    const more = await next(socket);
    if (more === undefined) return undefined;
    text = Buffer.concat([text, more]);
  }
}

async function readBytes(socket: Socket, length: number, begin: Buffer): Promise<Buffer> {
  let bytes = begin;
  while (bytes.length < length) {
    const more = await next(socket);
    if (more === undefined) break;
    bytes = Buffer.concat([bytes, more]);
  }
  return bytes;
}

/** What comes next; `undefined` when nothing more does. */
function next(socket: Socket): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const settle = (data?: Buffer): void => {
      socket.off('data', settle).off('end', ended).off('close', ended);
      socket.pause();
      resolve(data);
    };
    const ended = (): void => settle();
    socket.on('data', settle).on('end', ended).on('close', ended);
    socket.resume();
  });
}

async function write(socket: Socket, bytes: string | Uint8Array): Promise<void> {
  if (!socket.writable || socket.write(bytes)) return;
  await Promise.race([
    once(socket, 'drain'),
    once(socket, 'close'),
    delay(10_000, undefined, { ref: false }),
  ]);
}

const nothing: RealAnswer = { status: 200, headers: [], body: Buffer.from('{"message":"success"}') };

function askBehind(behind: string, { method, path, headers }: Head, body: Buffer): Promise<RealAnswer> {
  const passed = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(?:host|connection|accept-encoding)$/.test(name)),
  );
  return new Promise((resolve, reject) => {
    const asked = ask(`${behind}${path}`, { method, headers: passed }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const kept = Object.entries(answer.headers).filter(
          ([name]) => !/^(?:connection|keep-alive|transfer-encoding|content-length|date)$/.test(name),
        );
        resolve({
          status: answer.statusCode ?? 0,
          headers: kept.map(([name, value]) => [name, String(value)]),
          body: Buffer.concat(chunks),
        });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** The head of an answer; `more`: further lines, each ended by itself. */
export function headOf(
  status: number | string,
  headers: Readonly<Record<string, string | number>> = {},
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`;
}

/** A whole answer, after which the connection is closed. */
export function wholeAnswer({ status, headers, body }: RealAnswer): Buffer {
  const all = { ...Object.fromEntries(headers), 'content-length': body.length, connection: 'close' };
  return Buffer.concat([Buffer.from(headOf(`${status} OK`, all), 'latin1'), body]);
}
