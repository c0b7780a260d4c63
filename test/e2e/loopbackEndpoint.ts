/** A small stand-in for a Hasura server: metadata in memory, and the answers that applying and deleting need. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Relationship {
  readonly name: string;
  readonly definition: unknown;
}

/** One answered request, without its headers. */
export interface Exchange {
  readonly path: string;
  readonly type: string | undefined;
  readonly status: number;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface RelationshipRequest {
  readonly type: string;
  readonly resource_version?: number;
  readonly args: { readonly name: string; readonly definition?: unknown };
}

const success: Answer = { status: 200, body: { message: 'success' } };

/** Has the table `customer` of source `shop`; refuses every relationship named `refused`. */
export class LoopbackEndpoint {
  readonly exchanges: Exchange[] = [];
  readonly relationships = new Map<string, Relationship>();
  /** Called before each write is carried out. */
  beforeWrite: () => void = () => undefined;
  readonly #secret: string;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #resourceVersion = 1;

  private constructor(secret: string) {
    this.#secret = secret;
  }

  static async start(secret: string): Promise<LoopbackEndpoint> {
    const endpoint = new LoopbackEndpoint(secret);
    await new Promise<void>((resolve) => endpoint.#server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** As someone else would. */
  set(name: string, definition: unknown): void {
    this.relationships.set(name, { name, definition });
    this.#resourceVersion++;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body =
      request.method === 'POST' ? (JSON.parse(await text(request)) as RelationshipRequest) : undefined;
    const { status, body: answer } = this.#answer(request, body);
    this.exchanges.push({ path: request.url ?? '', type: body?.type, status });
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(answer));
  }

  #answer({ url, headers }: IncomingMessage, body: RelationshipRequest | undefined): Answer {
    if (url === '/v1/version') return { status: 200, body: { server_type: 'ce', version: 'v2.48.0' } };
    if (headers['x-hasura-admin-secret'] !== this.#secret) {
      const given = headers['x-hasura-admin-secret'] === undefined;
      const names = '"x-hasura-admin-secret"/"x-hasura-access-key"';
      const error = given ? `${names} required, but not found` : `invalid ${names}`;
      return { status: 401, body: { path: '$', error, code: 'access-denied' } };
    }
    switch (body?.type) {
      case 'export_metadata':
        return { status: 200, body: this.#export() };
      case 'get_inconsistent_metadata':
        return { status: 200, body: { is_consistent: true, inconsistent_objects: [] } };
      case 'pg_create_remote_relationship':
      case 'pg_delete_remote_relationship':
        return this.#write(body);
      default:
        return { status: 400, body: { path: '$', error: 'not played here', code: 'parse-failed' } };
    }
  }

  #write({ type, resource_version: wanted, args }: RelationshipRequest): Answer {
    this.beforeWrite();
    if (args.name === 'refused') {
      const reason = `in table "customer": in remote relationship "refused": remote schema with name "nobody" not found`;
      return { status: 400, body: { path: '$.args', error: reason, code: 'invalid-configuration' } };
    }
    if (wanted !== this.#resourceVersion) {
      const error = `metadata resource version referenced (${wanted}) did not match current version`;
      return { status: 409, body: { path: '$', error, code: 'conflict' } };
    }
    if (type === 'pg_create_remote_relationship') this.set(args.name, args.definition);
    else {
      this.relationships.delete(args.name);
      this.#resourceVersion++;
    }
    return success;
  }

  #export(): unknown {
    return {
      resource_version: this.#resourceVersion,
      metadata: {
        version: 3,
        sources: [
          {
            name: 'shop',
            kind: 'postgres',
            tables: [
              {
                table: { schema: 'public', name: 'customer' },
                remote_relationships: [...this.relationships.values()],
              },
            ],
          },
        ],
        remote_schemas: [{ name: 'people', definition: { url: 'http://localhost/graphql' } }],
      },
    };
  }
}
