import type { Affixes, LogicalModelEntry, SourceEntry } from '../metadata/relationship.ts';
import { lazy } from '../schema/lazy.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';
import type { TableName } from '../schema/tableName.ts';
import { type Location, nodeLocation } from '../syntax/location.ts';
import {
  absent,
  type HasuraSchemaUse,
  type Knowledge,
  knownValue,
  type MigrationCoverage,
  present,
  type Source,
  type Table,
  unknown,
} from './catalogue.ts';
import type { ConfiguredSource } from './catalogueInput.ts';
import { catalogueTable } from './catalogueTable.ts';
import { type HasuraSchemaTables, tablesOfHasuraSchema } from './hasuraSchema.ts';
import { MigrationFacts, nameOfReplayed } from './migrations.ts';
import type { RequestedSource } from './requestFacts.ts';
import { isEnumTable, type PlacedTableEntry, type TableFacts, type TableSurroundings } from './tableFacts.ts';
import { snapshotTableKey, tableKey, tableText } from './tableNames.ts';

/** Everything that was said of one source. */
export interface SourceFacts {
  readonly name: string;
  /** Metadata entries, in the order the server reads them. */
  readonly entries: readonly { readonly uri: string; readonly entry: SourceEntry }[];
  readonly tableEntries: readonly PlacedTableEntry[];
  readonly configured: ConfiguredSource | undefined;
  readonly requested: RequestedSource | undefined;
  readonly replacesMetadata: boolean;
  readonly isOnlyConfigured: boolean;
  readonly hasMetadata: boolean;
  /** What the project says of the metadata's list of tables; `undefined`: the entries decide. */
  readonly metadataComplete: boolean | undefined;
  /** The one source of a version 2 document, which is a postgres one. */
  readonly impliedByVersion2: boolean;
  /** Whether tables of other sources have types of this name in GraphQL, too. */
  readonly isSharedType: (typeName: string) => boolean;
}

/** A source whose tables are sorted when the first is asked for. */
export function catalogueSource(facts: SourceFacts): Source {
  return new CatalogueSource(facts);
}

class CatalogueSource implements Source {
  readonly name: string;
  readonly kind: string | undefined;
  readonly namingConvention: string | undefined;
  readonly typeNames: Affixes;
  readonly isOnlyConfigured: boolean;
  readonly #facts: SourceFacts;
  readonly #index: () => TableIndex;
  readonly #migrations: () => MigrationFacts | undefined;
  readonly #hasuraSchema: () => HasuraSchemaTables | undefined;
  readonly #made = new Map<TableFacts, Table>();
  readonly #surroundings: TableSurroundings;
  readonly #declarations: () => readonly Location[];

  constructor(facts: SourceFacts) {
    this.name = facts.name;
    this.kind = kindOf(facts);
    this.isOnlyConfigured = facts.isOnlyConfigured;
    this.namingConvention = facts.entries.at(-1)?.entry.namingConvention;
    this.typeNames = facts.entries.at(-1)?.entry.typeNames ?? { prefix: '', suffix: '' };
    this.#facts = facts;
    this.#index = lazy(() => indexTables(facts, this.kind));
    this.#migrations = lazy(() => {
      const { replayed } = facts.configured ?? {};
      if (replayed === undefined) return undefined;
      const { tables, complete } = this.#index();
      const isComplete = complete && facts.hasMetadata;
      return new MigrationFacts({ name: this.name, kind: this.kind, isComplete }, replayed, tables.values());
    });
    this.#hasuraSchema = lazy(() => {
      const schema = facts.configured?.hasuraSchema;
      return schema && this.#tablesOf(schema);
    });
    this.#declarations = lazy(() =>
      facts.entries.map(({ uri, entry }) =>
        nodeLocation(uri, entry.name.state === 'present' ? entry.name.node : entry.node),
      ),
    );
    const logicalModels = lazy(() => logicalModelsOf(facts));
    this.#surroundings = {
      tableText: (name) => tableText(this.kind, name),
      columnsMayChange: facts.requested?.runsSql === true || facts.replacesMetadata,
      logicalModel: (name) => logicalModels().get(name),
      missingColumn: (table, name) => this.#migrations()?.missingColumn(table, name) ?? absent,
      goneTable: (table) => this.#migrations()?.goneTable(table),
      replayedFunction: (name) => this.#migrations()?.function(name),
      replayedTables: facts.configured?.replayed?.database.tables ?? [],
      snapshotComplete: facts.configured?.complete === true && facts.configured.tables?.length !== 0,
      hasuraColumns: (table) => {
        const known = this.#hasuraSchema();
        return known?.isUsed === true ? known.columns.get(table) : undefined;
      },
      namesFollowConvention:
        this.namingConvention !== undefined && this.namingConvention !== 'hasura-default',
      isEnumTable: (name) => {
        const { tables, complete } = this.#index();
        const target = tables.get(snapshotTableKey(this.kind, name));
        if (target !== undefined) return isEnumTable(target);
        // A table that is not tracked is no enum table.
        return facts.hasMetadata && complete ? false : undefined;
      },
    };
  }

  table(name: TableName): Knowledge<Table> {
    const key = tableKey(this.kind, name);
    if (key === undefined) return unknown;
    const { tables, complete } = this.#index();
    const found = tables.get(key);
    if (found !== undefined) return present(this.#make(found));
    return complete ? absent : unknown;
  }

  get tables(): readonly Table[] {
    return [...this.#index().tables.values()].map((facts) => this.#make(facts));
  }

  get untracked(): readonly Table[] {
    return this.#index().untracked.map((facts) => this.#make(facts));
  }

  get migrations(): MigrationCoverage | undefined {
    return this.#migrations()?.coverage;
  }

  get hasuraSchema(): HasuraSchemaUse | undefined {
    return this.#hasuraSchema();
  }

  useOfHasuraSchema(schema: RemoteSchema): HasuraSchemaUse {
    return this.#tablesOf(schema);
  }

  #tablesOf(schema: RemoteSchema): HasuraSchemaTables {
    const { tables, complete } = this.#index();
    return tablesOfHasuraSchema(schema, {
      kind: this.kind,
      namingConvention: this.namingConvention,
      entry: this.#facts.entries.at(-1)?.entry,
      isComplete: complete && this.#facts.hasMetadata,
      tables,
      isShared: this.#facts.isSharedType,
    });
  }

  get location(): Location | undefined {
    return this.declarations.at(-1) ?? this.#facts.configured?.location ?? this.#facts.requested?.added;
  }

  get declarations(): readonly Location[] {
    return this.#declarations();
  }

  #make(facts: TableFacts): Table {
    const known = this.#made.get(facts);
    if (known !== undefined) return known;
    const table = catalogueTable(facts, this.#surroundings);
    this.#made.set(facts, table);
    return table;
  }
}

function kindOf({ entries, configured, requested, impliedByVersion2 }: SourceFacts): string | undefined {
  const last = entries.at(-1);
  if (last !== undefined) return last.entry.kind;
  const kind = configured?.kind ?? requested?.kind ?? (impliedByVersion2 ? 'postgres' : undefined);
  return kind === 'pg' ? 'postgres' : kind;
}

interface TableIndex {
  readonly tables: ReadonlyMap<string, TableFacts>;
  readonly untracked: readonly TableFacts[];
  /** A table that is not in `tables` is absent. */
  readonly complete: boolean;
}

function indexTables(facts: SourceFacts, kind: string | undefined): TableIndex {
  const tables = new Map<string, TableFacts>();
  const untracked: TableFacts[] = [];
  const tableNamed = (key: string, name: TableName): TableFacts => {
    const known = tables.get(key);
    if (known !== undefined) return known;
    const made = noFacts(name);
    tables.set(key, made);
    return made;
  };

  let readable = true;
  for (const placed of facts.tableEntries) {
    const name = knownValue(placed.entry.table);
    const key = name && tableKey(kind, name);
    if (name === undefined || key === undefined) readable = false;
    else tableNamed(key, name).entries.push(placed);
  }
  const complete = readable && isComplete(facts);
  // Of a source whose metadata is all known, a table that only the snapshot has is not tracked.
  const tracked = complete && facts.hasMetadata;
  for (const { name, location } of facts.requested?.tables ?? []) {
    const key = tableKey(kind, name);
    if (key === undefined) continue;
    const table = tableNamed(key, name);
    table.requests = [...table.requests, location];
  }
  for (const snapshot of facts.configured?.tables ?? []) {
    const key = snapshotTableKey(kind, snapshot.name);
    const table = tracked ? tables.get(key) : tableNamed(key, snapshot.name);
    if (table !== undefined) table.snapshot ??= snapshot;
    else untracked.push({ ...noFacts(snapshot.name), snapshot });
  }
  for (const replayed of facts.configured?.replayed?.database.tables ?? []) {
    const name = nameOfReplayed(replayed);
    const key = snapshotTableKey(kind, name);
    const table = tracked ? tables.get(key) : tableNamed(key, name);
    if (table !== undefined) table.replayed ??= replayed;
    else untracked.push({ ...noFacts(name), replayed });
  }
  for (const { table, name } of facts.requested?.removed ?? []) {
    const key = tableKey(kind, table);
    const target = key === undefined ? undefined : tables.get(key);
    if (target !== undefined) target.removedNames = new Set([...target.removedNames, name]);
  }
  for (const { table, isUntracked } of facts.requested?.changed ?? []) {
    const key = tableKey(kind, table);
    const target = key === undefined ? undefined : tables.get(key);
    if (target === undefined) continue;
    target.isReconfigured = true;
    const last = isUntracked ? target.entries.at(-1)?.entry : undefined;
    const removed = [...(last?.computedFields ?? []), ...(last?.localRelationships ?? [])];
    target.removedNames = new Set([...target.removedNames, ...removed.map(({ name }) => name.value)]);
  }
  for (const { table, name, location } of facts.requested?.computedFields ?? []) {
    const key = tableKey(kind, table);
    const target = key === undefined ? undefined : tables.get(key);
    if (target === undefined) continue;
    target.requestedComputedFields = [...target.requestedComputedFields, { name, location }];
  }
  return { tables, untracked, complete };
}

// One for all: there is a table for each of thousands, made anew after every keystroke.
const none: readonly never[] = [];
const noNames: ReadonlySet<string> = new Set();

function noFacts(name: TableName): TableFacts {
  return {
    name,
    entries: [],
    requests: none,
    requestedComputedFields: none,
    removedNames: noNames,
    isReconfigured: false,
    snapshot: undefined,
    replayed: undefined,
  };
}

function isComplete(facts: SourceFacts): boolean {
  const { entries, configured, requested } = facts;
  if (facts.replacesMetadata || requested?.added !== undefined || requested?.runsSql === true) return false;
  if (!facts.hasMetadata) return configured?.tables !== undefined && configured.complete;
  return facts.metadataComplete ?? (entries.length > 0 && entries.every(({ entry }) => entry.tablesComplete));
}

function logicalModelsOf({ entries }: SourceFacts): ReadonlyMap<string, LogicalModelEntry> {
  return new Map(entries.flatMap(({ entry }) => entry.logicalModels).map((model) => [model.name, model]));
}
