import { defaultSchemaOf } from '../../../common/src/metadataApi/document/sourceKinds.ts';
import type { ComputedFieldEntry } from '../metadata/relationship.ts';
import type {
  GoneName,
  ReplayedColumn,
  ReplayedFunction,
  ReplayedTable,
} from '../schema/migrations/replayedDatabase.ts';
import type { TableName } from '../schema/tableName.ts';
import type { SnapshotComputedFieldEntry } from '../schema/tableSnapshot.ts';
import { nodeLocation } from '../syntax/location.ts';
import { type Knowledge, type MigrationCoverage, unknown } from './catalogue.ts';
import type { ReplayedSource } from './catalogueInput.ts';
import type { TableFacts } from './tableFacts.ts';
import { snapshotTableKey, tableText } from './tableNames.ts';

/** What the SQL migrations of one source say, and how far they can be believed. */
export class MigrationFacts {
  readonly #source: string;
  readonly #kind: string | undefined;
  readonly #replayed: ReplayedSource;
  /** Whether all tables that the metadata tracks are known. */
  readonly #isComplete: boolean;
  readonly #tracked: readonly TableFacts[];
  readonly #bySchema = new Map<string, { tracked: number; found: number }>();
  readonly #functions = new Map<string, ReplayedFunction | undefined>();

  /** By what is equal for equal names. */
  readonly #gone: ReadonlyMap<string, GoneName>;

  constructor(
    source: { readonly name: string; readonly kind: string | undefined; readonly isComplete: boolean },
    replayed: ReplayedSource,
    tables: Iterable<TableFacts>,
  ) {
    this.#source = source.name;
    this.#kind = source.kind;
    this.#isComplete = source.isComplete;
    this.#replayed = replayed;
    this.#gone = new Map(
      (replayed.isHistory ? replayed.database.goneTables : []).map((gone) => [
        snapshotTableKey(source.kind, nameOfReplayed(gone)),
        gone,
      ]),
    );
    this.#tracked = [...tables].filter(({ entries }) => entries.length > 0);
    for (const table of this.#tracked) {
      const schema = this.#schemaOf(table);
      const counts = this.#bySchema.get(schema) ?? { tracked: 0, found: 0 };
      this.#bySchema.set(schema, counts);
      counts.tracked++;
      if (this.#isMade(table)) counts.found++;
    }
    for (const one of replayed.database.functions) {
      const text = one.schema === 'public' ? one.name : `${one.schema}.${one.name}`;
      // Which of several is meant is not known.
      this.#functions.set(text, this.#functions.has(text) ? undefined : one);
    }
  }

  get coverage(): MigrationCoverage {
    return {
      files: this.#replayed.files,
      tracked: this.#tracked.length,
      missing: this.#tracked
        .filter((table) => !this.#isMade(table))
        .map(({ name }) => tableText(this.#kind, name)),
    };
  }

  function(name: string): ReplayedFunction | undefined {
    return this.#functions.get(name);
  }

  /**
   * What is known of a column that the migrations leave the table without. One that they take away is absent for certain. Where tables of the schema come from elsewhere, columns may, too:
   * nothing is said where more than half of them do.
   */
  missingColumn(table: TableFacts, name: string): Knowledge<never> {
    if (table.replayed?.closed !== true) return unknown;
    const gone = table.replayed.goneColumns.find((each) => each.name === name);
    if (gone !== undefined && this.#replayed.isHistory)
      return { state: 'absent', migrations: { source: this.#source, complete: true, gone } };
    const { tracked, found } = this.#bySchema.get(this.#schemaOf(table)) ?? { tracked: 0, found: 0 };
    if (tracked === 0 || found * 2 < tracked) return unknown;
    const complete = found === tracked && this.#isComplete;
    return { state: 'absent', migrations: { source: this.#source, complete } };
  }

  /** The statement that took a table away, which has no other in its place. */
  goneTable({ name, replayed }: TableFacts): GoneName | undefined {
    return replayed === undefined ? this.#gone.get(snapshotTableKey(this.#kind, name)) : undefined;
  }

  /** Also where they took it away afterwards. */
  #isMade(table: TableFacts): boolean {
    return table.replayed !== undefined || this.goneTable(table) !== undefined;
  }

  #schemaOf({ name }: TableFacts): string {
    return name.schema ?? defaultSchemaOf(this.#kind) ?? 'public';
  }
}

export function nameOfReplayed({
  schema,
  name,
}: {
  readonly schema: string;
  readonly name: string;
}): TableName {
  return { form: 'schema', name, schema, parts: [schema, name] };
}

/** Where and how a column is made. */
export function columnOfReplayed({ name, type, nullable, description, origin }: ReplayedColumn) {
  return {
    name,
    type,
    nullable,
    scalar: true,
    description,
    location: origin.location,
    line: origin.line,
  };
}

/** What a function says of a computed field: that it can be joined on, never that it can't, as there may be others. */
export function computedFieldDetail(
  uri: string,
  entry: ComputedFieldEntry,
  { returnType, returnsSet, argumentTypes }: ReplayedFunction,
  tables: readonly ReplayedTable[],
): SnapshotComputedFieldEntry {
  const further = argumentTypes.length - (entry.hasSessionArgument ? 2 : 1);
  const isRow = tables.some(({ schema, name }) => returnType === name || returnType === `${schema}.${name}`);
  const isScalar = !returnsSet && returnType !== undefined && !isRow && !rowTypes.has(returnType);
  return {
    name: entry.name.value,
    type: isScalar ? returnType : undefined,
    scalar: isScalar ? true : undefined,
    arguments: further === 0 ? 0 : undefined,
    functionName: entry.functionName,
    location: nodeLocation(uri, entry.node),
  };
}

const rowTypes: ReadonlySet<string> = new Set(['record', 'trigger', 'void', 'event_trigger']);
