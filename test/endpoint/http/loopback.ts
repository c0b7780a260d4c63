import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that has a port of its own on this machine. */
export interface Loopback {
  readonly port: number;
  /** Refuses connections until `start`, which takes the same port again; open ones are cut. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Port 0 takes a free one. Rejects with `EADDRINUSE` when the port is taken. */
export async function listenOnLoopback(server: Server, port: number): Promise<Loopback> {
  const listen = async (on: number): Promise<number> => {
    server.listen(on, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const taken = await listen(port);
  return {
    port: taken,
    stop: async () => {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
    start: async () => {
      if (!server.listening) await listen(taken);
    },
  };
}
