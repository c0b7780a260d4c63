import type { ComputedFieldEntry } from '../metadata/relationship.ts';
import { lazy } from '../schema/lazy.ts';
import type { ReplayedTable, SqlOrigin } from '../schema/migrations/replayedDatabase.ts';
import type { TableName } from '../schema/tableName.ts';
import type { SnapshotComputedFieldEntry, SnapshotForeignKeyEntry } from '../schema/tableSnapshot.ts';
import { type Location, nodeLocation } from '../syntax/location.ts';
import {
  absent,
  type Column,
  type ComputedField,
  type Consistency,
  type Knowledge,
  type LocalRelationship,
  present,
  type Table,
  unknown,
} from './catalogue.ts';
import { columnOfReplayed, computedFieldDetail, nameOfReplayed } from './migrations.ts';
import { tableConsistency } from './tableConsistency.ts';
import { isEnumTable, type TableFacts, type TableSurroundings } from './tableFacts.ts';

/** A table whose columns and fields are made when first asked for. */
export function catalogueTable(facts: TableFacts, surroundings: TableSurroundings): Table {
  return new CatalogueTable(facts, surroundings);
}

class CatalogueTable implements Table {
  readonly name: TableName;
  readonly #facts: TableFacts;
  readonly #surroundings: TableSurroundings;
  readonly #ownColumns: () => readonly Column[] | undefined;
  readonly #columns: () => ReadonlyMap<string, Column> | undefined;
  readonly #computedFields: () => ReadonlyMap<string, ComputedField>;
  readonly #declarations: () => readonly Location[];
  readonly #consistency: () => Consistency;

  constructor(facts: TableFacts, surroundings: TableSurroundings) {
    this.name = facts.name;
    this.#facts = facts;
    this.#surroundings = surroundings;
    this.#ownColumns = lazy(
      () =>
        snapshotColumns(facts, surroundings) ??
        replayedColumns(facts, surroundings) ??
        logicalModelColumns(facts, surroundings),
    );
    this.#columns = lazy(() => {
      const columns = this.#ownColumns() ?? surroundings.hasuraColumns(facts);
      return columns && new Map(columns.map((column) => [column.name, column]));
    });
    this.#computedFields = lazy(
      () => new Map(computedFieldsOf(facts, surroundings).map((field) => [field.name, field])),
    );
    this.#declarations = lazy(() =>
      facts.entries.map(({ uri, entry }) =>
        nodeLocation(uri, entry.table.state === 'present' ? entry.table.node : entry.node),
      ),
    );
    this.#consistency = lazy(() =>
      this.isByHasuraSchema
        ? tableConsistency(facts, undefined, surroundings)
        : tableConsistency(facts, this.#columns(), surroundings),
    );
  }

  get text(): string {
    return this.#surroundings.tableText(this.name);
  }

  get isEnum(): boolean {
    return isEnumTable(this.#facts) ?? false;
  }

  get consistency(): Consistency {
    return this.#consistency();
  }

  get customName(): Knowledge<string> {
    const last = this.#facts.entries.at(-1);
    if (last === undefined || isChanged(this.#facts)) return unknown;
    const { customName, readable } = last.entry.configuration;
    if (customName !== undefined) return present(customName.value);
    return readable ? absent : unknown;
  }

  get columns(): Knowledge<readonly Column[]> {
    const columns = this.#columns();
    return columns === undefined ? unknown : present([...columns.values()]);
  }

  column(name: string): Knowledge<Column> {
    const columns = this.#columns();
    const column = columns?.get(name);
    if (column !== undefined) return present(column);
    const mayExist =
      columns === undefined ||
      this.#facts.removedNames.has(name) ||
      this.#surroundings.columnsMayChange ||
      this.#surroundings.hasuraColumns(this.#facts)?.some((each) => each.name === name) === true ||
      this.isByHasuraSchema ||
      this.#facts.snapshot?.columnsComplete === false;
    return mayExist ? unknown : this.#surroundings.missingColumn(this.#facts, name);
  }

  get computedFields(): readonly ComputedField[] {
    const { removedNames } = this.#facts;
    return [...this.#computedFields().values()].filter(({ name }) => !removedNames.has(name));
  }

  computedField(name: string): ComputedField | undefined {
    return this.#facts.removedNames.has(name) ? undefined : this.#computedFields().get(name);
  }

  get computedFieldsWhole(): boolean {
    return this.#facts.entries.at(-1)?.entry.computedFieldsWhole !== false;
  }

  get localRelationships(): readonly LocalRelationship[] {
    const last = this.#facts.entries.at(-1);
    if (last === undefined) return [];
    const { removedNames } = this.#facts;
    const kept = last.entry.localRelationships.filter(({ name }) => !removedNames.has(name.value));
    return kept.map(({ kind, name }) => ({
      kind,
      name: name.value,
      location: nodeLocation(last.uri, name.node),
    }));
  }

  get selectPermissions(): Table['selectPermissions'] {
    const last = this.#facts.entries.at(-1);
    if (last === undefined || this.#facts.requests.length > 0) return unknown;
    const { selectPermissions } = last.entry;
    return selectPermissions === undefined ? unknown : present(selectPermissions);
  }

  get location(): Location | undefined {
    return (
      this.declarations.at(-1) ?? this.#facts.requests.at(-1) ?? this.snapshot ?? this.creation?.location
    );
  }

  get snapshot(): Location | undefined {
    return this.#facts.snapshot?.location;
  }

  get creation(): SqlOrigin | undefined {
    return this.#facts.replayed?.origin;
  }

  get isByHasuraSchema(): boolean {
    return this.#ownColumns() === undefined && this.#columns() !== undefined;
  }

  get declarations(): readonly Location[] {
    return this.#declarations();
  }
}

function snapshotColumns(facts: TableFacts, surroundings: TableSurroundings): readonly Column[] | undefined {
  const { snapshot } = facts;
  return snapshot?.columns?.map((column) => ({
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    scalar: column.scalar,
    enumReference: column.enumReference ?? enumReferenceOf(column.name, snapshot.foreignKeys, surroundings),
    customName: customNameOf(facts, column.name),
    description: column.description,
    location: column.location,
  }));
}

function replayedColumns(facts: TableFacts, surroundings: TableSurroundings): readonly Column[] | undefined {
  const { replayed } = facts;
  const foreignKeys = replayed && foreignKeysOf(replayed);
  return replayed?.columns.map((column) => ({
    ...columnOfReplayed(column),
    enumReference: enumReferenceOf(column.name, foreignKeys, surroundings),
    customName: customNameOf(facts, column.name),
  }));
}

function foreignKeysOf({ foreignKeys }: ReplayedTable): readonly SnapshotForeignKeyEntry[] | undefined {
  return foreignKeys?.map(({ columns, table }) => ({ columns, table: nameOfReplayed(table) }));
}

function logicalModelColumns(
  facts: TableFacts,
  surroundings: TableSurroundings,
): readonly Column[] | undefined {
  const name = facts.entries.at(-1)?.entry.logicalModel;
  const model = name === undefined ? undefined : surroundings.logicalModel(name);
  return model?.fields.map((field) => ({
    ...field,
    enumReference: undefined,
    customName: customNameOf(facts, field.name),
    description: undefined,
    location: undefined,
  }));
}

/** Requests say another configuration than metadata, or may do so. */
function isChanged({ requests, isReconfigured }: TableFacts): boolean {
  return isReconfigured || requests.length > 0;
}

function customNameOf(facts: TableFacts, column: string): string | undefined {
  if (isChanged(facts)) return undefined;
  return facts.entries.at(-1)?.entry.customNames.get(column)?.value;
}

/** The server takes a foreign key of one column to an enum table for an enum reference. */
function enumReferenceOf(
  column: string,
  foreignKeys: readonly SnapshotForeignKeyEntry[] | undefined,
  surroundings: TableSurroundings,
): boolean | undefined {
  const targets = foreignKeys
    ?.filter((key) => key.columns.length === 1 && key.columns[0] === column)
    .map((key) => surroundings.isEnumTable(key.table));
  if (targets === undefined) return undefined;
  if (targets.includes(true)) return true;
  return targets.includes(undefined) ? undefined : false;
}

/** Names come from the metadata when it has the table, else from the snapshot; details from the snapshot, or from migrations. */
function computedFieldsOf(facts: TableFacts, surroundings: TableSurroundings): readonly ComputedField[] {
  const last = facts.entries.at(-1);
  const details = new Map(facts.snapshot?.computedFields.map((field) => [field.name, field]));
  const own =
    last === undefined
      ? [...details.values()].map((detail) => snapshotComputedField(detail))
      : last.entry.computedFields.map((entry) =>
          declaredComputedField(
            last.uri,
            entry,
            details.get(entry.name.value) ?? replayedDetail(last.uri, entry, surroundings),
          ),
        );
  const requested = facts.requestedComputedFields.map(({ name, location }) => ({
    ...undetailed,
    ...(details.has(name) ? joinability(details.get(name)) : {}),
    name,
    location,
  }));
  return [...requested, ...own];
}

function replayedDetail(
  uri: string,
  entry: ComputedFieldEntry,
  { replayedFunction, replayedTables }: TableSurroundings,
): SnapshotComputedFieldEntry | undefined {
  const found = entry.functionName === undefined ? undefined : replayedFunction(entry.functionName);
  return found && computedFieldDetail(uri, entry, found, replayedTables);
}

const undetailed = { type: undefined, joinable: undefined, reason: undefined, functionName: undefined };

function declaredComputedField(
  uri: string,
  entry: ComputedFieldEntry,
  detail: SnapshotComputedFieldEntry | undefined,
): ComputedField {
  return {
    ...undetailed,
    ...joinability(detail),
    name: entry.name.value,
    functionName: entry.functionName ?? detail?.functionName,
    location: nodeLocation(uri, entry.name.node),
  };
}

function snapshotComputedField(detail: SnapshotComputedFieldEntry): ComputedField {
  return {
    ...joinability(detail),
    name: detail.name,
    functionName: detail.functionName,
    location: detail.location,
  };
}

/** Whether a computed field is offered for joining (spec 4.3), as far as the snapshot says. */
function joinability(
  detail: SnapshotComputedFieldEntry | undefined,
): Pick<ComputedField, 'type' | 'joinable' | 'reason'> {
  const type = detail?.type;
  if (detail?.scalar === false) return { type, joinable: false, reason: 'not-scalar' };
  if (detail?.arguments !== undefined && detail.arguments > 0) {
    return { type, joinable: false, reason: 'arguments' };
  }
  const joinable = detail?.scalar === true && detail.arguments === 0 ? true : undefined;
  return { type, joinable, reason: undefined };
}
