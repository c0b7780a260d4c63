import type { JsonObject } from './json.ts';
import { Release } from './release.ts';

/** A data connector agent the server knows, by what it says of itself. */
export interface DataConnector {
  /** The capability `queries.foreach`: a source of it can be the target of a relationship. */
  readonly foreach: boolean;
  readonly options?: JsonObject;
}

/** What an operator sets on a server; a test may change any of it while the server runs. */
export interface Settings {
  serverVersion: string;
  adminSecret: string | undefined;
  /** The server's environment, for `from_env` and `url_from_env`. */
  environment: Record<string, string>;
  dataConnectors: Record<string, DataConnector>;
  /** Whether `HASURA_GRAPHQL_ENABLED_APIS` has `metadata`. */
  metadataApi: boolean;
  /** Whether `HASURA_GRAPHQL_EXPERIMENTAL_FEATURES` has `naming_convention`. */
  namingConvention: boolean;
  mode: 'normal' | 'read-only' | 'maintenance';
  /** Whether the storage of the metadata can be reached, for `/healthz`. */
  storageReachable: boolean;
}

export function defaultSettings(): Settings {
  return {
    serverVersion: 'v2.48.0',
    adminSecret: undefined,
    environment: {},
    dataConnectors: {},
    metadataApi: true,
    namingConvention: false,
    mode: 'normal',
    storageReachable: true,
  };
}

export function releaseOf(settings: Settings): Release {
  return new Release(settings.serverVersion);
}
