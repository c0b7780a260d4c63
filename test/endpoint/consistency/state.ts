import type { GraphQLSchema } from 'graphql';
import type { Catalogue, DatabaseTable } from '../databases/catalogue.ts';
import type { Json } from '../json.ts';
import type { Kind } from '../kinds.ts';
import type { Metadata, TableEntry } from '../metadata/metadata.ts';
import type { Introspection } from '../remoteSchemas/introspect.ts';
import type { Inconsistency } from './inconsistency.ts';

/** What was learned from databases and remote servers: kept until something asks for it anew. */
export interface Facts {
  /** By `catalogueKey`. */
  readonly catalogues: ReadonlyMap<string, CatalogueFact>;
  /** By `introspectionKey`. */
  readonly introspections: ReadonlyMap<string, Introspection>;
}

export type CatalogueFact = Catalogue | { readonly failure: string; readonly message?: string };

/** The metadata with what follows from it: what Hasura calls its schema cache. Never changed in place. */
export interface State {
  readonly metadata: Metadata;
  readonly facts: Facts;
  readonly cache: Cache;
}

export interface Cache {
  readonly inconsistencies: readonly Inconsistency[];
  /** The consistent ones, by name. */
  readonly sources: ReadonlyMap<string, SourceState>;
  readonly remoteSchemas: ReadonlyMap<string, RemoteSchemaState>;
  /** Names of the consistent relationships of remote schemas, as `typeRelationshipName` builds them. */
  readonly typeRelationships: ReadonlySet<string>;
  readonly references: readonly Reference[];
}

export interface SourceState {
  readonly kind: Kind;
  readonly catalogue: Catalogue;
  /** The consistent tracked tables, by key. */
  readonly tables: ReadonlyMap<string, TableState>;
}

export interface TableState {
  readonly entry: TableEntry;
  readonly table: DatabaseTable;
  /** Columns whose foreign key points to a table with `is_enum`. */
  readonly enumReferences: ReadonlySet<string>;
  /** What can be joined on (spec 4.3), by name. */
  readonly joinFields: ReadonlyMap<string, JoinField>;
  /** Everything consistent that a name on this table means. */
  readonly fields: ReadonlyMap<string, FieldKind>;
}

export type FieldKind = 'column' | 'relationship' | 'computed field' | 'remote relationship';

export interface JoinField {
  readonly name: string;
  /** Unknown for fields of a remote schema's type. */
  readonly scalar: string | undefined;
  readonly computed: boolean;
}

export interface RemoteSchemaState {
  readonly schema: GraphQLSchema;
  readonly answer: Json;
}

/** A consistent piece of metadata and what it needs: removing that is refused, or takes it along. */
export interface Reference {
  /** As a refusal lists it. */
  readonly text: string;
  readonly owner: { readonly source?: string; readonly table?: string; readonly remoteSchema?: string };
  readonly needs: { readonly source?: string; readonly table?: string; readonly remoteSchema?: string };
  drop(metadata: Metadata): Metadata;
}
