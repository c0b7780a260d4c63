import { type Endpoint, type Json, type JsonObject, startEndpoint } from '../endpoint/endpoint.ts';

/** A server the suite describes. */
export interface Target {
  readonly name: string;
  readonly url: string;
  readonly adminSecret: string;
  /** What a source's configuration says of the suite's database. */
  readonly database: Json;
  /** Present when it runs in this process: then its settings can be changed. */
  readonly embedded: Endpoint | undefined;
  close(): Promise<void>;
}

const adminSecret = 'contract-suite';

export async function embeddedTarget(): Promise<Target> {
  const endpoint = await startEndpoint({
    adminSecret,
    databases: { contract: '' },
    dataConnectors: {
      mock: { foreach: false },
      capable: { foreach: true },
      sqlite: { foreach: true },
    },
  });
  return {
    name: 'embedded endpoint',
    url: endpoint.url,
    adminSecret,
    database: 'pglite://contract',
    embedded: endpoint,
    close: () => endpoint.close(),
  };
}

/** The server named by the environment. Its metadata is put back afterwards; its database should be an empty one. */
export function realTarget(): Target | undefined {
  const { HASURA_TEST_ENDPOINT, HASURA_TEST_ADMIN_SECRET, HASURA_TEST_DATABASE_URL } = process.env;
  if (!HASURA_TEST_ENDPOINT || !HASURA_TEST_ADMIN_SECRET) return undefined;
  return {
    name: HASURA_TEST_ENDPOINT,
    url: HASURA_TEST_ENDPOINT.replace(/\/$/, ''),
    adminSecret: HASURA_TEST_ADMIN_SECRET,
    database: HASURA_TEST_DATABASE_URL ?? { from_env: 'HASURA_GRAPHQL_DATABASE_URL' },
    embedded: undefined,
    close: async () => {},
  };
}

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** Sends a request as it stands; an answer that is not JSON is its text. */
export async function send(
  { url, adminSecret: secret }: Target,
  request: { method?: string; path: string; headers?: Readonly<Record<string, string>>; body?: Json },
  sent: 'right' | 'wrong' | 'none' = 'right',
): Promise<Answer> {
  const secretHeader: Record<string, string> =
    sent === 'none' ? {} : { 'X-Hasura-Admin-Secret': sent === 'right' ? secret : 'wrong' };
  const response = await fetch(url + request.path, {
    method: request.method ?? 'POST',
    headers: { 'Content-Type': 'application/json', ...secretHeader, ...request.headers },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, body: isJson ? (JSON.parse(text) as Json) : text };
}

/** Sends a command that has to succeed. */
export async function command(
  target: Target,
  type: string,
  args: Json,
  more: JsonObject = {},
): Promise<Json> {
  const path = type.endsWith('run_sql') ? '/v2/query' : '/v1/metadata';
  const { status, body } = await send(target, { path, body: { type, args, ...more } });
  if (status !== 200) throw new Error(`${type} was answered with ${status}: ${JSON.stringify(body)}`);
  return body;
}
