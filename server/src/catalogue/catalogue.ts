import type { ServerVersion } from '../../../common/src/serverVersion.ts';
import type {
  Affixes,
  MetadataModel,
  Property,
  Relationship,
  RemoteSchemaCustomization,
  RemoteSchemaPermission,
  SelectPermission,
} from '../metadata/relationship.ts';
import type { GoneName, SqlOrigin } from '../schema/migrations/replayedDatabase.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';
import type { TableName } from '../schema/tableName.ts';
import type { Location } from '../syntax/location.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/**
 * The catalogue: what is known of sources, tables and remote schemas.
 * Knowledge is three-valued. Only `absent` may be reported as "does not exist".
 */
export type Knowledge<T> =
  | { readonly state: 'present'; readonly value: T }
  | {
      readonly state: 'absent';
      /** Said by migrations alone; left out where metadata, a snapshot or a schema says it. */
      readonly migrations?: MigrationAbsence;
    }
  | { readonly state: 'unknown' };

/** The migrations that create a table leave it without a column. */
export interface MigrationAbsence {
  readonly source: string;
  /** The statement that took it away; left out where none did. */
  readonly gone?: GoneName;
  /** Migrations create every tracked table of the schema, so that nothing of it comes from elsewhere. */
  readonly complete: boolean;
}

export interface Column {
  readonly name: string;
  /** SQL type as the database prints it; `undefined` when not known. */
  readonly type: string | undefined;
  readonly nullable: boolean | undefined;
  /** False for nested object/array columns of data connectors. */
  readonly scalar: boolean;
  /** Column whose foreign key points to an enum table (R35); `undefined` when not known. */
  readonly enumReference: boolean | undefined;
  /** GraphQL name when the metadata gives a custom one. */
  readonly customName: string | undefined;
  readonly description: string | undefined;
  readonly location: Location | undefined;
  /** The line of SQL that makes it, counted from 1, where it is known by SQL. */
  readonly line?: number | undefined;
}

export interface ComputedField {
  readonly name: string;
  readonly type: string | undefined;
  /**
   * Whether the server offers it as a join field (4.3): scalar result and no argument besides row and session.
   * `undefined` when not known.
   */
  readonly joinable: boolean | undefined;
  /** Why it is not joinable: has further arguments, or returns a table. */
  readonly reason: 'arguments' | 'not-scalar' | undefined;
  readonly functionName: string | undefined;
  readonly location: Location | undefined;
}

export interface LocalRelationship {
  readonly kind: 'object' | 'array';
  readonly name: string;
  readonly location: Location | undefined;
}

/** Whether the server takes a tracked table into its schema; what is inconsistent is not there for any relationship. */
export type Consistency =
  | { readonly state: 'consistent' }
  | { readonly state: 'unknown' }
  | {
      readonly state: 'inconsistent';
      /** Why, as a sentence that says what is wrong. */
      readonly reason: string;
      /** Where that was written. */
      readonly location: Location | undefined;
    };

export interface Table {
  readonly name: TableName;
  /** The server's text form of the name (spec 2.6): `customer`, `sales.customer`. */
  readonly text: string;
  readonly isEnum: boolean;
  readonly consistency: Consistency;
  /** The table's own `custom_name`; `absent` when its metadata gives none. */
  readonly customName: Knowledge<string>;
  /** `unknown` when no snapshot has the table. The list may lack some: only `column` says that one is absent. */
  readonly columns: Knowledge<readonly Column[]>;
  column(name: string): Knowledge<Column>;
  /** Present facts come from metadata; details from the snapshot. */
  readonly computedFields: readonly ComputedField[];
  computedField(name: string): ComputedField | undefined;
  /** False where its metadata includes some from another file: any name may be that of one. */
  readonly computedFieldsWhole: boolean;
  readonly localRelationships: readonly LocalRelationship[];
  /** Who may read it; `unknown` where its metadata can't be read. */
  readonly selectPermissions: Knowledge<readonly SelectPermission[]>;
  /** Where the table is declared: its metadata entry (the last one wins, R43), else the snapshot. */
  readonly location: Location | undefined;
  /** Every metadata entry of this table, in the order the server reads them. */
  readonly declarations: readonly Location[];
  /** Where its snapshot names it. */
  readonly snapshot: Location | undefined;
  /** The SQL that makes it, where it is known by SQL. */
  readonly creation: SqlOrigin | undefined;
  /** Its columns are those of a schema of Hasura: there may be more, and what a column is now may be another thing. */
  readonly isByHasuraSchema: boolean;
}

/** How many of the tracked tables of a source its migrations create. */
export interface MigrationCoverage {
  /** Files that were read. */
  readonly files: number;
  readonly tracked: number;
  /** Tracked tables that no migration creates, as text. */
  readonly missing: readonly string[];
}

/** What a schema of Hasura itself is good for, or in words why it is not used. */
export type HasuraSchemaUse =
  | {
      readonly isUsed: true;
      /** Tracked tables that nothing else knows. */
      readonly tables: number;
    }
  | { readonly isUsed: false; readonly reason: string };

export interface Source {
  readonly name: string;
  /** `postgres`, `citus`, `cockroach`, `mssql`, `bigquery` or a data connector's name; `undefined`: not known. */
  readonly kind: string | undefined;
  /** `graphql-default` and the like; `undefined` when the metadata gives none, or there is no metadata. */
  readonly namingConvention: string | undefined;
  /** What the metadata puts around the names of its GraphQL types. */
  readonly typeNames: Affixes;
  /** Looks a table up by any of the forms of its backend. `absent` only when every table of the source is known. */
  table(name: TableName): Knowledge<Table>;
  /** Every table known, for completion. */
  readonly tables: readonly Table[];
  /** Tables that the snapshot has and the metadata, all of which is known, does not track. */
  readonly untracked: readonly Table[];
  /** `undefined` where tables are not known by migrations. */
  readonly migrations: MigrationCoverage | undefined;
  /** What a schema of Hasura says of the tables, or why it is not used; `undefined` where there is none. */
  readonly hasuraSchema: HasuraSchemaUse | undefined;
  /** The same of a schema that nobody has named yet. */
  useOfHasuraSchema(schema: RemoteSchema): HasuraSchemaUse;
  readonly location: Location | undefined;
  /** Every metadata entry of a source of this name, in order (R43). */
  readonly declarations: readonly Location[];
  /** The metadata, all of which is known, does not have it: only the configuration does. */
  readonly isOnlyConfigured: boolean;
}

export interface ConfiguredRemoteSchema {
  readonly name: string;
  /** `unknown` when no SDL or introspection was found (or it could never be read). */
  readonly schema: Knowledge<RemoteSchema>;
  /** Where the metadata or the configuration declares it. */
  readonly location: Location | undefined;
  /** Every metadata entry of a remote schema of this name, in order. */
  readonly declarations: readonly Location[];
  /** The metadata, all of which is known, has others, and not this one: only the configuration does. */
  readonly isOnlyConfigured: boolean;
  /** Where the schema was read from, for hover and status: a path or a URI. */
  readonly origin: string | undefined;
  /** What its customization does; `undefined` where there is none, or where it is not known. */
  readonly customization: RemoteSchemaCustomization | undefined;
  /** Who may use it; `unknown` where its metadata can't be read. */
  readonly permissions: Knowledge<readonly RemoteSchemaPermission[]>;
  /** Why the server drops it, with all relationships to it; empty where no reason is known. Computed when asked for. */
  readonly inconsistencies: readonly RemoteSchemaInconsistency[];
}

/** A reason for which the server can't use a remote schema (R57, R58). */
export interface RemoteSchemaInconsistency {
  readonly part: 'url' | 'customization';
  readonly certain: boolean;
  /** In the user's words, to stand behind "because". */
  readonly reason: string;
  readonly serverText: string;
  readonly location: Location;
  readonly node: SyntaxNode;
}

/** A file of the project's metadata. */
export interface MetadataDocument {
  readonly uri: string;
  readonly model: MetadataModel;
  /** No file of the project's metadata: what it says counts for itself alone. */
  readonly isApart?: boolean;
}

export interface Catalogue {
  readonly serverVersion: ServerVersion;
  source(name: string): Knowledge<Source>;
  readonly sources: readonly Source[];
  remoteSchema(name: string): Knowledge<ConfiguredRemoteSchema>;
  readonly remoteSchemas: readonly ConfiguredRemoteSchema[];
  /** The metadata of the project, in the order the server reads it. */
  readonly documents: readonly MetadataDocument[];
  /** The remote relationship of this name that the metadata files have. `absent` only where all of them are known. */
  relationship(owner: Relationship['owner'], name: string): Knowledge<Location>;
  /** The names of those of an owner, as far as they can be read. */
  relationshipNames(owner: Relationship['owner']): readonly string[];
  /** Roles that may do what others may, by their names. */
  readonly inheritedRoles: ReadonlyMap<string, readonly string[]>;
  /** Whether the server heeds permissions on remote schemas; `undefined`: not known. */
  readonly heedsRemoteSchemaPermissions: boolean | undefined;
  /** The types of actions, as far as SDL of the metadata says. */
  readonly actionTypes: Knowledge<RemoteSchema>;
  /**
   * The same with what permissions show of remote schemas of which nothing else is known: enough to complete and explain names, not to
   * judge them, as no role may use all.
   */
  readonly withPermittedSchemas: Catalogue;
}

/** What is known to be there; `undefined` of what is absent, or not known. */
export function knownValue<T>(known: Knowledge<T> | Property<T>): T | undefined {
  return known.state === 'present' ? known.value : undefined;
}

export const unknown: Knowledge<never> = { state: 'unknown' };
export const absent: Knowledge<never> = { state: 'absent' };
export function present<T>(value: T): Knowledge<T> {
  return { state: 'present', value };
}
