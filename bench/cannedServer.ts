import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** What is answered to each type of request, as JSON. After a write `later` counts where it has the type. */
export interface CannedAnswers {
  readonly first: Readonly<Record<string, string>>;
  readonly later?: Readonly<Record<string, string>>;
}

export interface CannedServer {
  readonly url: string;
  stop(): Promise<unknown>;
}

/** A server on loopback that answers at once, in a thread of its own: its time is none of what is measured. */
export async function startCannedServer(answers: CannedAnswers): Promise<CannedServer> {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: answers });
  const [port] = (await once(worker, 'message')) as [number];
  return { url: `http://127.0.0.1:${port}`, stop: () => worker.terminate() };
}

async function serve({ first, later = {} }: CannedAnswers): Promise<void> {
  let written = false;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    // The version is asked first of all.
    if (request.url === '/v1/version') written = false;
    // The type is the first key of every request.
    const type = request.url === '/v1/version' ? 'version' : (/^\{"type":"(\w+)"/.exec(body)?.[1] ?? '');
    const answer =
      (written ? later[type] : undefined) ??
      first[type] ??
      (type === 'run_sql' ? sqlAnswer(body, first) : undefined);
    if (/^bulk$|_(?:create|delete)_/.test(type)) written = true;
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(answer ?? '{"path":"$","error":"no such answer","code":"not-found"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  parentPort?.postMessage((server.address() as AddressInfo).port);
}

function sqlAnswer(body: string, answers: Readonly<Record<string, string>>): string | undefined {
  return answers[body.includes('pg_constraint') ? 'foreign keys' : 'columns'];
}

if (!isMainThread) await serve(workerData as CannedAnswers);
