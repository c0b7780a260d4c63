import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createHandler } from 'graphql-http/lib/use/http';
import { type Loopback, listenOnLoopback } from '../http/loopback.ts';

// The copy of graphql that graphql-http has: a bundler or test runner may give this module another one, and schemas of
// one are refused by the other.
const { buildSchema } = createRequire(import.meta.url)('graphql') as typeof import('graphql');

/** A GraphQL schema and the data it is executed on. */
export interface RemoteSchemaSetup {
  readonly typeDefs: string;
  /** Values and functions of the root fields. */
  readonly rootValue?: unknown;
}

/** A GraphQL server on loopback. */
export interface RemoteSchemaServer extends Pick<Loopback, 'stop' | 'start'> {
  readonly url: string;
  /** Serves something else from now on, at the same address. */
  replace(setup: RemoteSchemaSetup): void;
}

export async function serveRemoteSchema(setup: RemoteSchemaSetup, port = 0): Promise<RemoteSchemaServer> {
  let handle = handlerOf(setup);
  const server = createServer((request, response) => void handle(request, response));
  const { port: taken, stop, start } = await listenOnLoopback(server, port);
  return {
    url: `http://127.0.0.1:${taken}/graphql`,
    replace: (other) => {
      handle = handlerOf(other);
    },
    stop,
    start,
  };
}

/** Invalid schemas are served too: what the engine says of them is worth knowing. */
function handlerOf({ typeDefs, rootValue }: RemoteSchemaSetup) {
  return createHandler({ schema: buildSchema(typeDefs, { assumeValid: true }), rootValue });
}
