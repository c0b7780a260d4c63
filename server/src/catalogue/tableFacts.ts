import type { LogicalModelEntry, TableEntry } from '../metadata/relationship.ts';
import type { GoneName, ReplayedFunction, ReplayedTable } from '../schema/migrations/replayedDatabase.ts';
import type { TableName } from '../schema/tableName.ts';
import type { SnapshotTableEntry } from '../schema/tableSnapshot.ts';
import type { Location } from '../syntax/location.ts';
import type { Column, Knowledge } from './catalogue.ts';

/** What the metadata says of a table, and the file that it stands in. */
export interface PlacedTableEntry {
  readonly uri: string;
  readonly entry: TableEntry;
}

/** Everything that was said of one table. */
export interface TableFacts {
  readonly name: TableName;
  /** Metadata entries, in the order the server reads them. */
  readonly entries: PlacedTableEntry[];
  /** Requests that track it. */
  requests: readonly Location[];
  requestedComputedFields: readonly { readonly name: string; readonly location: Location }[];
  /** Relationships and computed fields that requests drop or rename: whether they are there is not known. */
  removedNames: ReadonlySet<string>;
  /** Requests give it another configuration: what metadata says of that does not count. */
  isReconfigured: boolean;
  snapshot: SnapshotTableEntry | undefined;
  /** As SQL migrations make it. */
  replayed: ReplayedTable | undefined;
}

/** What a table needs to know of its source. */
export interface TableSurroundings {
  readonly tableText: (name: TableName) => string;
  /** SQL of the document may add columns: none is absent. */
  readonly columnsMayChange: boolean;
  readonly logicalModel: (name: string) => LogicalModelEntry | undefined;
  /** Whether a table, as a snapshot's foreign key names it, is an enum table; `undefined` when not known. */
  readonly isEnumTable: (name: TableName) => boolean | undefined;
  /** A table that no snapshot has is not in the database. */
  readonly snapshotComplete: boolean;
  /** What is known of a column that is not listed, though all are. */
  readonly missingColumn: (facts: TableFacts, name: string) => Knowledge<never>;
  /** The statement of the migrations that took the table away, and nothing put another in its place. */
  readonly goneTable: (facts: TableFacts) => GoneName | undefined;
  /** The only function of this name, as metadata writes it, that SQL migrations make. */
  readonly replayedFunction: (name: string) => ReplayedFunction | undefined;
  /** All tables that SQL migrations make, tracked or not. */
  readonly replayedTables: readonly ReplayedTable[];
  /** The columns that a schema of Hasura has of it; `undefined` where none is used. */
  readonly hasuraColumns: (facts: TableFacts) => readonly Column[] | undefined;
  /** GraphQL names of columns follow a convention of the source. */
  readonly namesFollowConvention: boolean;
}

export function isEnumTable(facts: TableFacts): boolean | undefined {
  if (facts.isReconfigured) return undefined;
  return facts.entries.at(-1)?.entry.isEnum ?? facts.snapshot?.isEnum;
}
