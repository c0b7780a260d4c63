import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import type { TableEntry } from '../metadata/relationship.ts';
import type { GoneName } from '../schema/migrations/replayedDatabase.ts';
import type { Location } from '../syntax/location.ts';
import { nodeLocation } from '../syntax/location.ts';
import type { Column, Consistency } from './catalogue.ts';
import type { TableFacts, TableSurroundings } from './tableFacts.ts';

const unknownConsistency: Consistency = { state: 'unknown' };
const consistent: Consistency = { state: 'consistent' };

/** Whether the server takes a tracked table, with what the database and the configuration of its columns say (R46, R47, R48). */
export function tableConsistency(
  facts: TableFacts,
  columns: ReadonlyMap<string, Column> | undefined,
  surroundings: TableSurroundings,
): Consistency {
  const last = facts.entries.at(-1);
  // What requests track, change or make by SQL is as they say.
  const isChanged = facts.isReconfigured || facts.requests.length > 0 || surroundings.columnsMayChange;
  if (last === undefined || isChanged) return unknownConsistency;
  // The database may be ahead of its migrations.
  if (facts.replayed !== undefined) return unknownConsistency;
  if (columns === undefined) return missingTable(facts, last, surroundings);
  const found =
    configuredNothing(facts, last, columns) ??
    nameConflict(last, columns, surroundings) ??
    unnamedColumn(last, columns) ??
    twoEnums(facts, surroundings);
  if (found !== undefined) return found;
  const known =
    last.entry.configuration.readable &&
    facts.snapshot?.columnsComplete !== false &&
    !surroundings.namesFollowConvention &&
    facts.snapshot?.foreignKeys !== undefined;
  return known ? consistent : unknownConsistency;
}

/** In words: `a migration drops it`. */
export function goneWords({ how }: GoneName): string {
  return how === 'dropped' ? 'a migration drops it' : 'a migration renames it';
}

interface LastEntry {
  readonly uri: string;
  readonly entry: TableEntry;
}

function inconsistent(reason: string, location: Location | undefined): Consistency {
  return { state: 'inconsistent', reason, location };
}

/** Schemas of the databases themselves and of Hasura's, whose tables a snapshot leaves out. */
const systemSchemas = /^(?:pg_.*|information_schema|hdb_catalog|crdb_internal|sys)$/i;

/** R48 */
function missingTable(facts: TableFacts, { entry }: LastEntry, surroundings: TableSurroundings): Consistency {
  if (systemSchemas.test(facts.name.schema ?? '')) return unknownConsistency;
  if (facts.snapshot !== undefined || entry.logicalModel !== undefined) return unknownConsistency;
  // What a schema of Hasura has may be older, or newer, than the migrations.
  const gone = surroundings.hasuraColumns(facts) === undefined ? surroundings.goneTable(facts) : undefined;
  if (gone === undefined && !surroundings.snapshotComplete) return unknownConsistency;
  const text = `no such table/view exists in source: "${surroundings.tableText(facts.name)}"`;
  return inconsistent(gone === undefined ? text : `${text} (${goneWords(gone)})`, gone?.origin.location);
}

/** R47: a configuration for what is no column. */
function configuredNothing(
  facts: TableFacts,
  { uri, entry }: LastEntry,
  columns: ReadonlyMap<string, Column>,
): Consistency | undefined {
  if (facts.snapshot?.columnsComplete === false) return undefined;
  const wrong = entry.configuration.columns.find(({ value }) => !columns.has(value));
  return (
    wrong &&
    inconsistent(
      `configuration was given for the column "${wrong.value}", but no such column exists`,
      nodeLocation(uri, wrong.node),
    )
  );
}

/** R47: two columns of one name in GraphQL. */
function nameConflict(
  { uri, entry }: LastEntry,
  columns: ReadonlyMap<string, Column>,
  { namesFollowConvention }: TableSurroundings,
): Consistency | undefined {
  if (entry.customNames.size === 0 || !entry.configuration.readable) return undefined;
  const byName = new Map<string, string>();
  for (const column of columns.keys()) {
    const custom = entry.customNames.get(column);
    // What a convention makes of the other names is not known for sure.
    if (custom === undefined && namesFollowConvention) continue;
    const name = custom?.value ?? column;
    const other = byName.get(name);
    if (other === undefined) {
      byName.set(name, column);
      continue;
    }
    const place = custom ?? entry.customNames.get(other);
    return inconsistent(
      `the definitions of columns "${other}" and "${column}" are in conflict: they are mapped to the same field name, "${name}"`,
      place && nodeLocation(uri, place.node),
    );
  }
  return undefined;
}

/** R46 */
function unnamedColumn({ entry }: LastEntry, columns: ReadonlyMap<string, Column>): Consistency | undefined {
  if (!entry.configuration.readable) return undefined;
  for (const column of columns.values()) {
    if (isGraphqlName(column.name) || entry.customNames.has(column.name)) continue;
    return inconsistent(
      `the name of column "${column.name}" is not a valid GraphQL name, and the column has no "custom_name"`,
      column.location,
    );
  }
  return undefined;
}

/** R47: a column that refers to two enum tables. */
function twoEnums({ snapshot }: TableFacts, surroundings: TableSurroundings): Consistency | undefined {
  const enums = new Map<string, Set<string>>();
  for (const { columns, table } of snapshot?.foreignKeys ?? []) {
    const [column, second] = columns;
    if (column === undefined || second !== undefined || surroundings.isEnumTable(table) !== true) continue;
    const tables = enums.get(column) ?? new Set();
    enums.set(column, tables.add(surroundings.tableText(table)));
    if (tables.size > 1) {
      const [first, other] = tables;
      return inconsistent(
        `the foreign keys of column "${column}" refer to two enum tables, "${first}" and "${other}"`,
        snapshot?.columns?.find(({ name }) => name === column)?.location,
      );
    }
  }
  return undefined;
}
