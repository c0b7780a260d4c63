import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { gzipSync } from 'node:zlib';
import { At } from '../at.ts';
import { type Api, readCommand } from '../commands/read.ts';
import type { Engine } from '../engine.ts';
import type { Json } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { releaseOf, type Settings } from '../settings.ts';
import { authenticate, requireAdmin } from './authentication.ts';
import { type Fault, type Faults, finish, readFault, strike } from './faults.ts';

/** A request as it arrived, for tests that look at what was sent. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface ServerParts {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly faults: Faults;
  /** Every request so far, the control route's aside. */
  readonly requests: RecordedRequest[];
  /** For tests in another process: `POST` sets a fault, `DELETE` takes all away, `GET` tells what was asked. */
  readonly controlPath: string;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type: string;
}

const apis: readonly Api[] = ['/v1/metadata', '/v1/query', '/v2/query'];

/** Key and certificate of a server that is reached by https, as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** The server, not listening yet. What is asked before its parts are there waits for them. */
export function createEndpointServer(
  parts: () => Promise<ServerParts>,
  certificate: Certificate | undefined,
): Server {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await handle(request, response, await parts());
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(text);
    }
  };
  return certificate === undefined ? createServer(answer) : createSecureServer({ ...certificate }, answer);
}

async function handle(request: IncomingMessage, response: ServerResponse, parts: ServerParts): Promise<void> {
  const body = await textOf(request);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const path = url.pathname;
  const method = request.method ?? 'GET';
  if (path === parts.controlPath) {
    const { status, body: told, type } = control(method, body, parts);
    response.writeHead(status, { 'content-type': type }).end(told);
    return;
  }
  parts.requests.push({ method, path, headers: request.headers, body });

  const fault = parts.faults.take(path, body);
  if (fault && !fault.carriedOut && (await strike(fault, response))) return;
  const answer = await answerTo(method, url, request, body, parts);
  if (fault?.carriedOut && (await strike(fault, response))) return;
  send(request, response, answer, fault);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function control(method: string, body: string, { faults, requests }: ServerParts): Answer {
  try {
    if (method === 'POST') faults.set(readFault(new At(parseJson(body))));
    if (method === 'DELETE') faults.clear();
    // Headers may hold secrets.
    return json(200, method === 'GET' ? requests.map(({ path, body: sent }) => ({ path, body: sent })) : {});
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return json(error.status, error.body('$'));
  }
}

async function answerTo(
  method: string,
  url: URL,
  request: IncomingMessage,
  body: string,
  { engine, settings }: ServerParts,
): Promise<Answer> {
  const api = apis.find((known) => known === url.pathname);
  try {
    if (method === 'GET' && url.pathname === '/v1/version') return json(200, version(settings));
    if (method === 'GET' && /^(\/hasura)?\/healthz$/.test(url.pathname)) {
      return health(url.searchParams.get('strict') === 'true', engine, settings);
    }
    if (!api || method !== 'POST' || !settings.metadataApi) {
      throw new Refusal('not-found', 'resource does not exist', { status: 404, path: '$' });
    }
    return json(200, await execute(api, request, body, engine, settings));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return json(error.status, error.body('$'));
  }
}

/** In the server's order: who asks, JSON, a command, an admin's, carried out (spec 6.1). */
async function execute(
  api: Api,
  request: IncomingMessage,
  body: string,
  engine: Engine,
  settings: Settings,
): Promise<Json> {
  const role = authenticate(request.headers, settings);
  const at = new At(parseJson(body));
  const expected = api === '/v1/metadata' ? at.optional('resource_version')?.integer() : undefined;
  const command = readCommand(at, api, settings);
  requireAdmin(role);
  return engine.run(command, expected);
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Refusal('invalid-json', error instanceof Error ? error.message : 'invalid JSON', { path: '$' });
  }
}

function version(settings: Settings): Json {
  const { serverVersion } = settings;
  return releaseOf(settings).since(2, 21, 0)
    ? { server_type: 'ce', version: serverVersion }
    : { version: serverVersion };
}

function health(strict: boolean, engine: Engine, settings: Settings): Answer {
  const text = (status: number, body: string): Answer => ({ status, body, type: 'text/plain' });
  if (!settings.storageReachable) return text(500, 'ERROR');
  if (engine.isConsistent) return text(200, 'OK');
  return strict && releaseOf(settings).since(2, 20, 0)
    ? text(500, 'ERROR: inconsistent objects in schema')
    : text(200, 'WARN: inconsistent objects in schema');
}

function json(status: number, value: Json): Answer {
  return { status, body: JSON.stringify(value), type: 'application/json; charset=utf-8' };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, type }: Answer,
  fault: Fault | undefined,
): void {
  const succeeded = status < 400;
  // What follows compressed data is not read, so what is to be padded stays as it is.
  const compress =
    succeeded &&
    !fault?.padding &&
    body.length > 1000 &&
    /\bgzip\b/.test(String(request.headers['accept-encoding']));
  // Refusals carry no request id and are never compressed.
  response.writeHead(status, {
    'content-type': type,
    ...(succeeded ? { 'x-request-id': randomUUID() } : {}),
    ...(compress ? { 'content-encoding': 'gzip' } : {}),
  });
  finish(fault, response, compress ? gzipSync(body) : body);
}
