import { rm } from 'node:fs/promises';
import path from 'node:path';
import { At } from './at.ts';
import { Databases } from './databases/databases.ts';
import { runSql } from './databases/sql.ts';
import { Engine } from './engine.ts';
import { type Fault, Faults } from './http/faults.ts';
import { type Loopback, listenOnLoopback } from './http/loopback.ts';
import {
  type Certificate,
  createEndpointServer,
  type RecordedRequest,
  type ServerParts,
} from './http/server.ts';
import type { Json } from './json.ts';
import { readDocument } from './metadata/document.ts';
import { emptyMetadata, type Metadata } from './metadata/metadata.ts';
import { type RemoteSchemaServer, type RemoteSchemaSetup, serveRemoteSchema } from './remoteSchemas/serve.ts';
import { defaultSettings, releaseOf, type Settings } from './settings.ts';
import { Storage } from './storage.ts';

export type { Fault } from './http/faults.ts';
export type { RecordedRequest } from './http/server.ts';
export type { Json, JsonObject } from './json.ts';
export type { RemoteSchemaServer, RemoteSchemaSetup } from './remoteSchemas/serve.ts';
export type { DataConnector, Settings } from './settings.ts';

export interface EndpointOptions extends Partial<Settings> {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Makes it an https server. */
  readonly certificate?: Certificate;
  /** Databases by name, with the SQL that sets each up. `pglite://<name>` in a source's configuration names one. */
  readonly databases?: Readonly<Record<string, string>>;
  /** GraphQL servers to start, by name; `environment` of the endpoint gets the address under `variableOf(name)`. */
  readonly remoteSchemas?: Readonly<Record<string, RemoteSchemaSetup>>;
  /** Metadata to begin with, consistent or not, of any version; not used when the data directory holds some. */
  readonly metadata?: Json;
  /** Where metadata and databases are kept; in memory when absent. */
  readonly dataDirectory?: string;
  /** Empties the data directory first. */
  readonly fresh?: boolean;
}

/** A running endpoint. Everything about it can be changed while it runs. `stop` and `start` lose nothing. */
export interface Endpoint extends Pick<Loopback, 'stop' | 'start'> {
  readonly url: string;
  readonly adminSecret: string | undefined;
  readonly settings: Settings;
  readonly remoteSchemas: ReadonlyMap<string, RemoteSchemaServer>;
  /** Every request so far, the control route's aside. */
  readonly requests: readonly RecordedRequest[];
  readonly resourceVersion: number;
  /** For tests in another process: `POST` sets a fault, `DELETE` takes all away, `GET` tells what was asked. */
  readonly controlUrl: string;
  /** Strikes the coming requests; several faults can be set. */
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Runs SQL past the server, as somebody else with access to the database would. */
  sql(database: string, sql: string): Promise<void>;
  serveRemoteSchema(name: string, setup: RemoteSchemaSetup): Promise<RemoteSchemaServer>;
  close(): Promise<void>;
}

/** The environment variable that holds a remote schema's address: `people` → `PEOPLE_GRAPHQL_URL`. */
export function variableOf(remoteSchema: string): string {
  return `${remoteSchema.replaceAll(/\W/g, '_').toUpperCase()}_GRAPHQL_URL`;
}

/**
 * Starts a Hasura v2 endpoint on loopback: databases and remote servers are real, all within this process. The port is
 * taken before anything else is done: of two that would have the same, the second leaves the data directory alone.
 */
export async function startEndpoint(options: EndpointOptions = {}): Promise<Endpoint> {
  const {
    port = 0,
    certificate,
    databases: setups = {},
    remoteSchemas: served = {},
    metadata,
    dataDirectory,
    fresh = false,
    ...given
  } = options;
  const settings: Settings = { ...defaultSettings(), ...given };
  settings.environment = { ...settings.environment };
  const faults = new Faults();
  const requests: RecordedRequest[] = [];
  const controlPath = '/control/faults';
  const databases = new Databases(setups, dataDirectory && path.join(dataDirectory, 'databases'));
  const storage = dataDirectory === undefined ? undefined : new Storage(dataDirectory);

  const server = createEndpointServer(() => parts, certificate);
  const { port: taken, stop, start } = await listenOnLoopback(server, port);
  const remoteSchemas = new Map<string, RemoteSchemaServer>();
  const serve = async (name: string, setup: RemoteSchemaSetup): Promise<RemoteSchemaServer> => {
    await remoteSchemas.get(name)?.stop();
    const remote = await serveRemoteSchema(setup);
    remoteSchemas.set(name, remote);
    settings.environment[variableOf(name)] = remote.url;
    return remote;
  };
  const begin = async (): Promise<ServerParts> => {
    if (fresh && dataDirectory !== undefined) await rm(dataDirectory, { recursive: true, force: true });
    for (const [name, setup] of Object.entries(served)) await serve(name, setup);
    const kept = (await storage?.load()) ?? { metadata: initial(metadata, settings), resourceVersion: 1 };
    const engine = await Engine.start(
      { settings, databases },
      { ...kept, ...(storage ? { keep: (next, version) => storage.save(next, version) } : {}) },
    );
    return { engine, settings, faults, requests, controlPath };
  };
  const parts = begin();
  const close = async (): Promise<void> => {
    await stop();
    for (const remote of remoteSchemas.values()) await remote.stop();
    await databases.close();
  };
  try {
    const { engine } = await parts;
    const url = `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${taken}`;
    return {
      url,
      settings,
      remoteSchemas,
      requests,
      controlUrl: url + controlPath,
      get adminSecret() {
        return settings.adminSecret;
      },
      get resourceVersion() {
        return engine.resourceVersion;
      },
      fault: (fault) => faults.set(fault),
      clearFaults: () => faults.clear(),
      sql: async (database, sql) => {
        await runSql(await databases.get(database), sql, false);
      },
      serveRemoteSchema: serve,
      stop,
      start,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function initial(metadata: Json | undefined, settings: Settings): Metadata {
  if (metadata === undefined) return emptyMetadata;
  return readDocument(new At(metadata), releaseOf(settings))(emptyMetadata);
}
