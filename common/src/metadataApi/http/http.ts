import { boundedName } from '../../boundedText.ts';
import { urlBelow } from '../../endpoint/endpointUrl.ts';
import { Secret } from '../../endpoint/secret.ts';
import { localized } from '../../localized.ts';
import { tooDeepAt } from '../../nesting.ts';
import type { Api, Command } from '../document/commands.ts';
import { isJsonArray, type Json, member, textMember } from '../document/json.ts';
import { discard, excerptOf, parseJson, readBody, readRetryAfter } from './httpAnswer.ts';
import { connectionFailure } from './httpFailure.ts';
import type { FailedResult, HttpResult } from './httpResult.ts';
import { holdsSecret, loggable, redact, redactJson, redactWords } from './redact.ts';
import { readServerError } from './serverError.ts';

/** `fetch` of Node or of VS Code; the latter knows the editor's proxy and certificates. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpClientOptions {
  /** Base URL of the endpoint, without `/v1/…`. */
  readonly endpoint: string;
  /** Paths that differ from Hasura's own, relative to the endpoint. */
  readonly paths?: Partial<Record<Api, string>>;
  readonly adminSecret?: Secret | undefined;
  /** Sent besides, by name. */
  readonly headers?: ReadonlyMap<string, Secret | string> | undefined;
  readonly fetch: Fetch;
  /** Milliseconds from sending to the end of the answer; 30 000 unless said. */
  readonly timeout?: number;
  /** Bytes of an answer that are read at most, after decompression; 64 MB unless said. */
  readonly maximumBytes?: number;
  /** How often a read is tried again at most; 2 unless said. Writes never are. */
  readonly retries?: number;
  /** Milliseconds that a server may ask to wait, at most, before it is asked again; 10 000 unless said. */
  readonly maximumWait?: number;
  /** Waits; rejects or returns early when the signal is aborted. */
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Is told of every exchange, without secrets. */
  readonly log?: (exchange: Exchange) => void;
}

/** One request and what it came to, fit for a log. */
export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly request: Json | undefined;
  readonly outcome: HttpResult['outcome'];
  readonly status: number | undefined;
  /** The server's or the connection's words when it failed. */
  readonly detail: string | undefined;
}

export interface HttpClient {
  /** Host and port of the endpoint, for messages. */
  readonly host: string;
  /** Never rejects: whatever happens is the result. */
  send(command: Command, signal?: AbortSignal): Promise<HttpResult>;
}

export const standardPaths: Readonly<Record<Api, string>> = {
  metadata: 'v1/metadata',
  query: 'v2/query',
  'legacy-query': 'v1/query',
  version: 'v1/version',
};

/** A client for one endpoint. The secret goes into the header of requests to this endpoint, and nowhere else. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  return new Client(options);
}

class Client implements HttpClient {
  readonly host: string;
  readonly #options: HttpClientOptions;
  readonly #secrets: readonly Secret[];

  constructor(options: HttpClientOptions) {
    this.#options = options;
    const { adminSecret, headers = new Map<string, string>() } = options;
    this.#secrets = [adminSecret, ...headers.values()].filter((value) => value instanceof Secret);
    this.host = parseUrl(options.endpoint)?.host || localized`the endpoint`;
  }

  async send(command: Command, signal?: AbortSignal): Promise<HttpResult> {
    const { retries = 2, maximumWait = 10_000, wait = waitFor } = this.#options;
    for (let attempt = 0; ; attempt += 1) {
      const result = await this.#sendOnce(command, signal);
      if (command.effect !== 'read' || attempt >= retries || !isPassing(result)) return result;
      const asked = result.outcome === 'busy' ? result.retryAfter : undefined;
      const pause = asked ?? 250 * 2 ** attempt;
      if (pause > maximumWait) return result;
      try {
        await wait(pause, signal);
      } catch {
        // The signal says why.
      }
      if (signal?.aborted) return { outcome: 'cancelled' };
    }
  }

  async #sendOnce(command: Command, signal: AbortSignal | undefined): Promise<HttpResult> {
    if (signal?.aborted) return { outcome: 'cancelled' };
    const target = this.#target(command.api);
    if (typeof target !== 'string') return target;
    const { timeout = 30_000 } = this.#options;
    const timer = AbortSignal.timeout(timeout);
    const either = signal === undefined ? timer : AbortSignal.any([signal, timer]);
    const secret = command.api === 'version' ? undefined : this.#options.adminSecret;
    const received = await this.#exchange(target, command, secret, either);
    const result: HttpResult =
      received.outcome !== 'cut' || !either.aborted
        ? received
        : signal?.aborted
          ? { outcome: 'cancelled' }
          : { outcome: 'timeout', milliseconds: timeout };
    this.#options.log?.(this.#logEntry(target, command, result));
    return result;
  }

  /** The URL, always below the endpoint; or why there is none. */
  #target(api: Command['api']): string | FailedResult {
    const endpoint = parseUrl(this.#options.endpoint);
    if (endpoint === undefined || (endpoint.protocol !== 'http:' && endpoint.protocol !== 'https:')) {
      return notSent(localized`The endpoint is not an http or https URL.`);
    }
    if (endpoint.username !== '' || endpoint.password !== '') {
      return notSent(
        localized`The URL of the endpoint contains a user name or a password. Remove them from the URL.`,
      );
    }
    const secret = this.#options.adminSecret?.reveal() ?? '';
    if (isNoHeader(secret))
      return notSent(localized`The admin secret has characters that a header can't hold.`);
    for (const [name, value] of this.#options.headers ?? []) {
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || isNoHeader(headerText(value))) {
        return notSent(localized`The header "${boundedName(name)}" can't be sent.`);
      }
    }
    if (api === 'graphql') return endpoint.href;
    const path = this.#options.paths?.[api] ?? standardPaths[api];
    return (
      urlBelow(endpoint, path) ?? notSent(localized`The path of the API leads out of the endpoint's address.`)
    );
  }

  async #exchange(
    url: string,
    command: Command,
    secret: Secret | undefined,
    signal: AbortSignal,
  ): Promise<HttpResult> {
    const headers: Record<string, string> = {};
    for (const [name, value] of this.#options.headers ?? [])
      headers[name.toLowerCase()] = headerText(value).trim();
    headers['accept'] = 'application/json';
    if (secret !== undefined && secret.reveal().trim() !== '') {
      headers['X-Hasura-Admin-Secret'] = secret.reveal().trim();
    }
    const init: RequestInit = { method: 'GET', headers, redirect: 'manual', signal, credentials: 'omit' };
    if (command.body !== undefined) {
      headers['content-type'] = 'application/json';
      init.method = 'POST';
      init.body = JSON.stringify(command.body);
    }
    let response: Response;
    try {
      response = await this.#options.fetch(url, init);
    } catch (error) {
      return signal.aborted
        ? { outcome: 'cut', status: undefined, detail: 'aborted' }
        : this.#withoutSecrets(connectionFailure(error, url));
    }
    const redirected = redirectOf(response);
    if (redirected !== undefined) {
      discard(response);
      return this.#withoutSecrets(redirected);
    }
    const body = await readBody(response, this.#options.maximumBytes ?? 64_000_000);
    return typeof body === 'string' ? this.#read(response, body, command) : this.#withoutSecrets(body);
  }

  #read(response: Response, text: string, command: Command): HttpResult {
    const { status } = response;
    if (/^\s*[[{]/.test(text) && tooDeepAt(text, 'json') !== undefined)
      return { outcome: 'too-deep', status };
    const json = parseJson(text);
    const ok = status >= 200 && status < 300;
    if (ok && json !== undefined) {
      if (command.isKept && holdsSecret(text, this.#secrets)) return { outcome: 'holds-secret', status };
      return {
        outcome: 'answered',
        status,
        json: isExport(command.body) ? json : redactWords(json, this.#secrets),
        requestId: response.headers.get('x-request-id') ?? undefined,
      };
    }
    const error = ok ? undefined : readServerError(json && redactJson(json, this.#secrets));
    if (status === 401) return { outcome: 'unauthorized', status, error };
    if (status === 409 && (error === undefined || error.code === 'conflict')) {
      return { outcome: 'conflict', status, error };
    }
    if (status === 429 || (status === 503 && error === undefined)) {
      const message = error?.message ?? this.#excerptOf(text);
      return { outcome: 'busy', status, retryAfter: readRetryAfter(response), message };
    }
    if (error !== undefined) return { outcome: 'refused', status, error };
    const words = textMember(json, 'message') ?? textMember(json, 'error');
    return {
      outcome: 'unexpected-answer',
      status,
      contentType: response.headers.get('content-type') ?? undefined,
      excerpt: words === undefined ? this.#excerptOf(text) : redact(words, this.#secrets),
    };
  }

  /** Redacted before anything is cut or joined: a part of a secret would not be found. */
  #excerptOf(text: string): string {
    return excerptOf(redact(text.slice(0, longestPage), this.#secrets));
  }

  #withoutSecrets(result: FailedResult): FailedResult {
    if (result.outcome === 'redirect' && result.location !== undefined) {
      return { ...result, location: redact(result.location, this.#secrets) };
    }
    return 'detail' in result ? { ...result, detail: redact(result.detail, this.#secrets) } : result;
  }

  #logEntry(url: string, { body }: Command, result: HttpResult): Exchange {
    const error = 'error' in result ? result.error?.message : undefined;
    return {
      method: body === undefined ? 'GET' : 'POST',
      url: redact(url, this.#secrets),
      request: body && loggable(body, this.#secrets),
      outcome: result.outcome,
      status: 'status' in result ? result.status : undefined,
      detail: error ?? ('detail' in result ? result.detail : undefined),
    };
  }
}

/** Of a page, far more than is looked at for its excerpt. */
const longestPage = 1_000_000;

/** Whether its answer is metadata, which may be written again: as it is. */
function isExport(body: Json | undefined): boolean {
  const items = member(body, 'args');
  return textMember(body, 'type') === 'export_metadata' || (isJsonArray(items) && items.some(isExport));
}

function headerText(value: Secret | string): string {
  return typeof value === 'string' ? value : value.reveal();
}

function isNoHeader(value: string): boolean {
  return /[^\t\x20-\x7E\x80-\xFF]/.test(value.trim());
}

function notSent(detail: string): FailedResult {
  return { outcome: 'not-sent', detail };
}

/** Failures that may be gone in a moment. */
function isPassing(result: HttpResult): boolean {
  if (result.outcome === 'cut' || result.outcome === 'busy') return true;
  return result.outcome === 'unexpected-answer' && (result.status === 502 || result.status === 504);
}

function redirectOf(response: Response): FailedResult | undefined {
  const { status, type, redirected, url, headers } = response;
  // A browser's fetch hides where it would have gone.
  if (type === 'opaqueredirect') return { outcome: 'redirect', status, location: undefined };
  if (redirected) return { outcome: 'redirect', status, location: url };
  if (status < 300 || status >= 400) return undefined;
  return { outcome: 'redirect', status, location: headers.get('location') ?? undefined };
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function waitFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
  });
}
