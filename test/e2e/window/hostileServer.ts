import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { relationship, source, trap, trapped } from './hostileProject.ts';

type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly delay?: number;
};

const table = { schema: 'public', name: 'customer' };
const definition = {
  to_remote_schema: {
    remote_schema: 'people',
    lhs_fields: ['id'],
    remote_field: { person: { arguments: { id: '$id' } } },
  },
};

const usual: Readonly<Record<string, Answer>> = {
  'GET /v1/version': { body: { version: 'v2.48.0' } },
  export_metadata: {
    body: {
      resource_version: 1,
      metadata: {
        version: 3,
        sources: [
          {
            name: source,
            kind: 'postgres',
            configuration: {},
            tables: [
              {
                table,
                configuration: { custom_column_names: { [trapped('column')]: 'taken' } },
                remote_relationships: [
                  { name: 'profile', definition },
                  { name: relationship, definition },
                ],
              },
            ],
          },
        ],
        remote_schemas: [{ name: trapped('remote'), definition: { url: 'http://localhost/graphql' } }],
      },
    },
  },
  get_inconsistent_metadata: {
    body: {
      is_consistent: false,
      inconsistent_objects: [
        {
          type: 'remote_schema',
          name: `remote_schema ${trapped('remote')}`,
          reason: trapped('reason'),
          definition: { name: trapped('remote') },
        },
      ],
    },
  },
};

/** A server whose every word is a trap. */
export class HostileServer {
  /** By command, or `GET <path>`; what is not there is as usual. */
  answers: Readonly<Record<string, Answer>> = {};
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<HostileServer> {
    const server = createServer();
    const hostile = new HostileServer(server);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString('utf8');
      const command =
        body === ''
          ? `${request.method} ${request.url}`
          : String((JSON.parse(body) as { type: unknown }).type);
      const answer = hostile.answers[command] ?? usual[command] ?? refusal(400, trapped('refused'));
      await wait(answer.delay ?? 0);
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      response.writeHead(answer.status ?? 200, {
        'content-type': typeof answer.body === 'string' ? 'text/html' : 'application/json',
        ...answer.headers,
      });
      response.end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return hostile;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get host(): string {
    return new URL(this.url).host;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

export function refusal(status: number, error: string): Answer {
  return { status, body: { error, code: status === 401 ? 'access-denied' : 'unexpected', path: '$' } };
}

export const redirect: Answer = { status: 302, headers: { location: trap }, body: '' };
export const page: Answer = { body: `<html><body><p>login ${trap}</p></body></html>` };
