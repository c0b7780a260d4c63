import { once } from 'node:events';
import path from 'node:path';
import { At } from './at.ts';
import { Databases } from './databases/databases.ts';
import { runSql } from './databases/sql.ts';
import { Engine } from './engine.ts';
import { type Fault, Faults } from './http/faults.ts';
import { listen, type RecordedRequest } from './http/server.ts';
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
  /** Databases by name, with the SQL that sets each up. `pglite://<name>` in a source's configuration names one. */
  readonly databases?: Readonly<Record<string, string>>;
  /** GraphQL servers to start, by name; `environment` of the endpoint gets the address under `variableOf(name)`. */
  readonly remoteSchemas?: Readonly<Record<string, RemoteSchemaSetup>>;
  /** Metadata to begin with, consistent or not, of any version; not used when the data directory holds some. */
  readonly metadata?: Json;
  /** Where metadata and databases are kept; in memory when absent. */
  readonly dataDirectory?: string;
}

/** A running endpoint. Everything about it can be changed while it runs. */
export interface Endpoint {
  readonly url: string;
  readonly adminSecret: string | undefined;
  readonly settings: Settings;
  readonly remoteSchemas: ReadonlyMap<string, RemoteSchemaServer>;
  /** Every request so far, the control route's aside. */
  readonly requests: readonly RecordedRequest[];
  readonly resourceVersion: number;
  /** Where faults can be set over HTTP: `POST` a fault, `DELETE` all. */
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

/** Starts a Hasura v2 endpoint on loopback: databases and remote servers are real, all within this process. */
export async function startEndpoint(options: EndpointOptions = {}): Promise<Endpoint> {
  const {
    port = 0,
    databases: setups = {},
    remoteSchemas: served = {},
    metadata,
    dataDirectory,
    ...given
  } = options;
  const settings: Settings = { ...defaultSettings(), ...given };
  settings.environment = { ...settings.environment };

  const remoteSchemas = new Map<string, RemoteSchemaServer>();
  const serve = async (name: string, setup: RemoteSchemaSetup): Promise<RemoteSchemaServer> => {
    await remoteSchemas.get(name)?.stop();
    const server = await serveRemoteSchema(setup);
    remoteSchemas.set(name, server);
    settings.environment[variableOf(name)] = server.url;
    return server;
  };
  for (const [name, setup] of Object.entries(served)) await serve(name, setup);

  const databases = new Databases(setups, dataDirectory && path.join(dataDirectory, 'databases'));
  const storage = dataDirectory === undefined ? undefined : new Storage(dataDirectory);
  const kept = (await storage?.load()) ?? { metadata: initial(metadata, settings), resourceVersion: 1 };
  const engine = await Engine.start(
    { settings, databases },
    { ...kept, ...(storage ? { keep: (next, version) => storage.save(next, version) } : {}) },
  );

  const faults = new Faults();
  const requests: RecordedRequest[] = [];
  const controlPath = '/control/faults';
  const record = (request: RecordedRequest) => void requests.push(request);
  const { server, url } = await listen({ engine, settings, faults, record, controlPath }, port);
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
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      for (const remote of remoteSchemas.values()) await remote.stop();
      await databases.close();
    },
  };
}

function initial(metadata: Json | undefined, settings: Settings): Metadata {
  if (metadata === undefined) return emptyMetadata;
  return readDocument(new At(metadata), releaseOf(settings))(emptyMetadata);
}
