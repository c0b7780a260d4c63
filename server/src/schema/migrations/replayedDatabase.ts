import type { Location } from '../../syntax/location.ts';

/** A text of SQL; a replay reads them in the order given. */
export interface SqlFile {
  readonly uri: string;
  readonly text: string;
  /** Where `text` stands in the file, in UTF-16 units; 0 but for the steps of an `up.yaml`. */
  readonly offset: number;
}

/** The statement that made it so: offsets in UTF-16 units in the file, and the line, counted from 1. */
export interface SqlOrigin {
  readonly location: Location;
  readonly line: number;
}

/** What was there, and what a statement that certainly ran took away or called otherwise. */
export interface GoneName {
  readonly name: string;
  readonly how: 'dropped' | 'renamed';
  /** That statement. */
  readonly origin: SqlOrigin;
}

export interface GoneTable extends GoneName {
  readonly schema: string;
}

export interface ReplayedColumn {
  readonly name: string;
  /** As the database prints it (`format_type`); `undefined` when not known. */
  readonly type: string | undefined;
  readonly nullable: boolean | undefined;
  /** From `COMMENT ON COLUMN`. */
  readonly description: string | undefined;
  /** The column's name in the CREATE or ALTER that made it. */
  readonly origin: SqlOrigin;
}

export interface ReplayedForeignKey {
  readonly columns: readonly string[];
  readonly table: { readonly schema: string; readonly name: string };
}

export interface ReplayedTable {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view' | 'materialized view' | 'foreign table';
  readonly columns: readonly ReplayedColumn[];
  /** A column that is not listed does not exist after these statements. */
  readonly closed: boolean;
  /** Columns it had, and has no more. */
  readonly goneColumns: readonly GoneName[];
  /** `undefined` when not all are known. */
  readonly foreignKeys: readonly ReplayedForeignKey[] | undefined;
  readonly description: string | undefined;
  readonly origin: SqlOrigin;
}

/** A function, for computed fields. Several may share a name. */
export interface ReplayedFunction {
  readonly schema: string;
  readonly name: string;
  /** As the database prints it; `undefined` when not known. */
  readonly returnType: string | undefined;
  readonly returnsSet: boolean;
  readonly argumentTypes: readonly (string | undefined)[];
  readonly origin: SqlOrigin;
}

export interface SqlProblem {
  readonly uri: string;
  readonly offset: number;
  readonly length: number;
  readonly message: string;
}

/** What the statements leave behind, as far as they were understood. A table that is not here is unknown, never absent. */
export interface ReplayedDatabase {
  readonly tables: readonly ReplayedTable[];
  /** Tables and views that certainly were there, and are no more. */
  readonly goneTables: readonly GoneTable[];
  readonly functions: readonly ReplayedFunction[];
  /** Files that are broken: one for each file, at its first broken statement. */
  readonly problems: readonly SqlProblem[];
}
