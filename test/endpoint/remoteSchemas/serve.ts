import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createHandler } from 'graphql-http/lib/use/http';

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
export interface RemoteSchemaServer {
  readonly url: string;
  /** Serves something else from now on, at the same address. */
  replace(setup: RemoteSchemaSetup): void;
  /** Answers no more until `start`, which takes the same address again. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function serveRemoteSchema(setup: RemoteSchemaSetup, port = 0): Promise<RemoteSchemaServer> {
  let handle = handlerOf(setup);
  let server: Server | undefined;
  const listen = async (on: number): Promise<number> => {
    server = createServer((request, response) => void handle(request, response));
    server.listen(on, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const taken = await listen(port);
  return {
    url: `http://127.0.0.1:${taken}/graphql`,
    replace: (other) => {
      handle = handlerOf(other);
    },
    stop: async () => {
      const running = server;
      server = undefined;
      if (!running) return;
      running.closeAllConnections();
      running.close();
      await once(running, 'close');
    },
    start: async () => {
      if (!server) await listen(taken);
    },
  };
}

/** Invalid schemas are served too: what the engine says of them is worth knowing. */
function handlerOf({ typeDefs, rootValue }: RemoteSchemaSetup) {
  return createHandler({ schema: buildSchema(typeDefs, { assumeValid: true }), rootValue });
}
