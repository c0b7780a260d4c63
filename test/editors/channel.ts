/**
 * Calls functions in an editor, which connects to the socket: `["call", name, arguments, id]` is answered with `[id, result]`, a
 * line each, as Vim's channels have it. What fails is answered with `{"error": …}`.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

export class Channel {
  readonly #server: Server;
  readonly #socket: Promise<Socket>;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #last = 0;

  constructor(path: string) {
    this.#server = createServer();
    this.#socket = new Promise((resolve) => this.#server.once('connection', resolve));
    this.#server.on('connection', (socket) => {
      socket.on('error', () => {});
      createInterface({ input: socket }).on('line', (line) => {
        const [id, result] = JSON.parse(line) as [number, unknown];
        this.#waiting.get(id)?.(result);
        this.#waiting.delete(id);
      });
    });
    this.#server.listen(path);
  }

  /** Calls `Drive(name, arguments)` in the editor. */
  async call<T>(name: string, ...args: readonly unknown[]): Promise<T> {
    const socket = await within(this.#socket, 'the editor connects', 2 * patience);
    const id = --this.#last;
    const answered = new Promise((resolve) => this.#waiting.set(id, resolve));
    socket.write(`${JSON.stringify(['call', 'Drive', [name, args], id])}\n`);
    const answer = await within(answered, `the editor answers ${name}`);
    const { error } = (answer ?? {}) as { readonly error?: string };
    if (error !== undefined) throw new Error(`${name}: ${error}`);
    return answer as T;
  }

  async end(): Promise<void> {
    this.#server.close();
    (await Promise.race([this.#socket, wait(0)]))?.destroy();
  }
}

/** Asks until there is an answer, a few seconds long. */
export async function until<T>(ask: () => Promise<T | undefined>, what: string): Promise<T> {
  const ends = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > ends) throw new Error(`In vain: ${what}`);
    await wait(30);
  }
}

async function within<T>(promise: Promise<T>, what: string, time = patience): Promise<T> {
  const stop = new AbortController();
  const late = wait(time, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`In vain: ${what}`);
  });
  late.catch(() => {});
  return Promise.race([promise, late]).finally(() => stop.abort());
}

export const patience = 20_000;
