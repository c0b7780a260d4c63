import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on this machine for one test, and what it was asked. */
export interface LoopbackServer {
  readonly url: string;
  readonly requests: readonly {
    readonly headers: IncomingMessage['headers'];
    readonly url: string;
    readonly body: string;
  }[];
  close(): Promise<void>;
}

const open = new Set<LoopbackServer>();

export async function serve(
  listener: (request: IncomingMessage, response: ServerResponse, attempt: number) => void,
): Promise<LoopbackServer> {
  const requests: { headers: IncomingMessage['headers']; url: string; body: string }[] = [];
  const answer: RequestListener = (request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      requests.push({ headers: request.headers, url: request.url ?? '', body });
      listener(request, response, requests.length);
    });
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const loopback: LoopbackServer = {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        open.delete(loopback);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  open.add(loopback);
  return loopback;
}

export async function closeServers(): Promise<void> {
  await Promise.all([...open].map((server) => server.close()));
}

export function answerJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
