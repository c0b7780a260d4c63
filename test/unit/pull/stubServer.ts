import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Json, JsonObject } from '../../../common/src/metadataApi/document/json.ts';

/** An answer: JSON with status 200, or whatever the function does with the response. */
export type Answer = Json | Responder;
export type Responder = (response: ServerResponse, request: ReceivedRequest) => void;

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: JsonObject | undefined;
}

/** Answers by command (`type`); `GET <path>` for the others. A command without an answer is one the server does not know. */
export type Answers = Record<string, Answer | undefined>;

export interface StubServer {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** Types of the commands that came, in order. */
  readonly commands: readonly string[];
}

/** A server on loopback that answers as it is told, stopped when the test is over. */
export async function stubServer(answers: Answers): Promise<StubServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const body = text === '' ? undefined : (JSON.parse(text) as JsonObject);
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body };
      requests.push(request);
      const type = String(body?.['type'] ?? `${method} ${path}`);
      respond(answers[type] ?? unknownCommand(type), response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get commands() {
      return requests.flatMap(({ body }) => (body === undefined ? [] : [String(body['type'])]));
    },
  };
}

/** Sends an answer, whichever kind it is. */
export function respond(answer: Answer, response: ServerResponse, request: ReceivedRequest): void {
  const responder = typeof answer === 'function' ? (answer as Responder) : json(200, answer);
  responder(response, request);
}

export function json(status: number, body: Json): Responder {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  };
}

export function page(status: number, html: string, headers: Record<string, string> = {}): Responder {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'text/html', ...headers });
    response.end(html);
  };
}

export function refusal(error: string, code: string, status = 400): Responder {
  return json(status, { path: '$.args', error, code });
}

/** As a server answers a command that its version does not have. */
function unknownCommand(type: string): Responder {
  return refusal(`unknown metadata command "${type}"`, 'parse-failed');
}

/** Never answers. */
export const silence: Responder = () => undefined;

/** Breaks the connection in the middle of an answer. */
export const cut: Responder = (response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
  response.write('{"result_type":');
  setTimeout(() => response.destroy(), 5);
};

/** As `run_sql` answers. */
export function rows(...result: readonly (readonly Json[])[]): Json {
  return { result_type: 'TuplesOk', result: [['a', 'b', 'c', 'd', 'e'], ...result] };
}

export function metadata(document: JsonObject): Json {
  return { resource_version: 7, metadata: { version: 3, sources: [], ...document } };
}
