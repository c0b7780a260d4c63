import type { ServerVersion } from '../../../common/src/serverVersion.ts';
import type { OtherRequest } from '../metadata/relationship.ts';
import type { ReplayedDatabase } from '../schema/migrations/replayedDatabase.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';
import type { SnapshotTableEntry } from '../schema/tableSnapshot.ts';
import type { Location } from '../syntax/location.ts';
import type { Knowledge, MetadataDocument } from './catalogue.ts';

/** The metadata of one project. */
export interface MetadataFacts {
  /** In the order the server reads them: of two entries with one name the later one counts (R43). */
  readonly documents: readonly MetadataDocument[];
  /** Every file that can name a source was found and read. */
  readonly sourcesComplete: boolean;
  /** Every file that can name a remote schema was found and read. */
  readonly remoteSchemasComplete: boolean;
  /**
   * By source: all its table entries, includes followed, are in `documents`. Of a source that is not listed its own
   * entry decides (`SourceEntry.tablesComplete`); one without an entry (version 2 metadata) counts as incomplete.
   */
  readonly tablesComplete: ReadonlyMap<string, boolean>;
}

/** A source as the configuration file, the settings or a convention knows it. */
export interface ConfiguredSource {
  readonly name: string;
  /** `undefined`: not said. */
  readonly kind: string | undefined;
  /** Tables of its snapshot; `undefined` when there is none, or none that could be read. */
  readonly tables: readonly SnapshotTableEntry[] | undefined;
  /** The snapshot lists every table of the source. False when an entry of it was unreadable. */
  readonly complete: boolean;
  /** What its SQL migrations make; only where there is no snapshot. */
  readonly replayed?: ReplayedSource | undefined;
  /** A schema of Hasura itself, for tables that neither of these has. */
  readonly hasuraSchema?: RemoteSchema | undefined;
  readonly location: Location | undefined;
}

export interface ReplayedSource {
  readonly database: ReplayedDatabase;
  /** How many files were read. */
  readonly files: number;
  /** They run in the order in which they were read, and no others do: what one takes away is gone. */
  readonly isHistory: boolean;
}

/** A remote schema as the configuration file, the settings or a convention knows it. */
export interface RemoteSchemaSetting {
  readonly name: string;
  readonly schema: Knowledge<RemoteSchema>;
  readonly location: Location | undefined;
  /** Where the schema was read from: a path or a URI. */
  readonly origin: string | undefined;
}

export interface ConfiguredFacts {
  readonly sources: readonly ConfiguredSource[];
  /** The configuration has a section of sources: without metadata there are no others. */
  readonly sourcesDeclared: boolean;
  readonly remoteSchemas: readonly RemoteSchemaSetting[];
  /** As `sourcesDeclared`, of remote schemas. */
  readonly remoteSchemasDeclared: boolean;
  /** Whether the server heeds permissions on remote schemas, where that is said. */
  readonly remoteSchemaPermissions?: boolean | undefined;
  /** What `actions.graphql` says. */
  readonly actionTypes?: Knowledge<RemoteSchema>;
}

/** Metadata requests of a document: what they would add counts as being there. */
export interface DocumentRequests {
  readonly uri: string;
  readonly requests: readonly OtherRequest[];
}

export interface CatalogueInput {
  readonly serverVersion: ServerVersion;
  /** `undefined` when the project has no metadata. */
  readonly metadata?: MetadataFacts | undefined;
  readonly configured?: ConfiguredFacts | undefined;
  readonly extraRequests?: readonly DocumentRequests[] | undefined;
  /** Takes what permissions show of a remote schema for its schema, where nothing else is known. */
  readonly usesPermittedSchemas?: boolean;
}
