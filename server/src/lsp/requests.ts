import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { nextTurn } from '../../../common/src/nextTurn.ts';

/** The one way requests are run: others first, then the work, never an exception past it. */
export class RequestRunner {
  readonly #ready: Promise<unknown>;
  readonly #log: (message: string) => void;
  readonly #before: () => Promise<void>;
  #stopped = false;

  /** `ready`: settles when requests can be answered; `before` is called before each of them is. */
  constructor(ready: Promise<unknown>, log: (message: string) => void, before: () => Promise<void>) {
    this.#ready = ready;
    this.#log = log;
    this.#before = before;
  }

  /** After `shutdown`: whatever is asked is refused, as the protocol wants it. */
  stop(): void {
    this.#stopped = true;
  }

  /**
   * Lets waiting messages through (a cancellation may be among them), waits until the projects are read, then works.
   * Cancelled: rejected as such. Failed: logged, answered with `empty`.
   */
  async run<T>(token: CancellationToken, empty: T, work: () => T | Promise<T>): Promise<T> {
    if (this.#stopped) throw new ResponseError(ErrorCodes.InvalidRequest, 'The server was shut down.');
    try {
      await nextTurn();
      throwIfCancelled(token);
      await Promise.race([this.#ready, cancellation(token)]);
      throwIfCancelled(token);
      await this.#before();
      throwIfCancelled(token);
      const result = await work();
      throwIfCancelled(token);
      return result;
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      this.#log(describeError(error));
      return empty;
    }
  }
}

/** Settles when the request is cancelled. */
export function cancellation(token: CancellationToken): Promise<void> {
  if (token.isCancellationRequested) return Promise.resolve();
  return new Promise((resolve) => {
    const subscription = token.onCancellationRequested(() => {
      subscription.dispose();
      resolve();
    });
  });
}

export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function throwIfCancelled(token: CancellationToken): void {
  if (!token.isCancellationRequested) return;
  throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
