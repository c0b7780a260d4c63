import { type Catalogue, type Knowledge, knownValue, type Table, unknown } from '../catalogue/catalogue.ts';
import type { Located, Relationship } from '../metadata/relationship.ts';
import { lazy } from '../schema/lazy.ts';
import { suggest, withBoundedSuggestions } from '../schema/suggest.ts';
import { type Location, nodeLocation } from '../syntax/location.ts';
import { leftHandSide } from './leftHandSide.ts';

/** A column that relationships name and the migrations leave its table without, and that is no slip for one it has. */
export interface MissingColumn {
  /** As text. */
  readonly table: string;
  readonly column: string;
  /** Where the first relationship names it. */
  readonly location: Location;
}

/** By source, in the order the server reads the metadata; each column once. */
type MissingColumns = ReadonlyMap<string, readonly MissingColumn[]>;

const known = new WeakMap<Catalogue, MissingColumns>();

/** The columns that the metadata of the project joins on, and that only a missing migration explains if nothing is mistyped. */
export function missingColumns(catalogue: Catalogue): MissingColumns {
  const before = known.get(catalogue);
  if (before !== undefined) return before;
  // The check of a document may ask for this first: it is of all documents.
  const found = withBoundedSuggestions(() => find(catalogue));
  known.set(catalogue, found);
  return found;
}

/**
 * So many missing columns mean a missing migration. A name that is like no column is rarely a slip, but one may be a column of
 * another table, and be written on both sides of a join; a third has another reason.
 */
const columnsOutOfStep = 3;

/** Whether so many are missing in a source that its metadata and its migrations are out of step, rather than a name mistaken. */
export function isOutOfStep(catalogue: Catalogue, source: string): boolean {
  return (missingColumns(catalogue).get(source)?.length ?? 0) >= columnsOutOfStep;
}

/** Whether a missing migration could have made `name`: it stands for nothing that the table has. */
function isUnlikeAny(table: Table, name: string, candidates: readonly string[]): boolean {
  return !(
    table.computedField(name) !== undefined ||
    table.localRelationships.some((relationship) => relationship.name === name) ||
    knownValue(table.columns)?.some(({ customName }) => customName === name) === true ||
    suggest(name, candidates) !== undefined
  );
}

function find(catalogue: Catalogue): MissingColumns {
  const bySource = new Map<string, MissingColumn[]>();
  if (!catalogue.sources.some(({ migrations }) => migrations !== undefined)) return bySource;
  const seen = new Set<string>();
  const add = (
    uri: string,
    table: Table | undefined,
    name: Located<string>,
    field: Knowledge<unknown>,
    candidates: () => readonly string[],
  ) => {
    if (field.state !== 'absent' || field.migrations === undefined || table === undefined) return;
    // One that they take away themselves shows no missing migration.
    if (field.migrations.gone !== undefined) return;
    const { source } = field.migrations;
    const key = JSON.stringify([source, table.text, name.value]);
    if (seen.has(key) || !isUnlikeAny(table, name.value, candidates())) return;
    seen.add(key);
    const list = bySource.get(source) ?? [];
    bySource.set(source, list);
    list.push({ table: table.text, column: name.value, location: nodeLocation(uri, name.node) });
  };
  const addAll = (uri: string, relationship: Relationship): void => {
    const { definition, owner } = relationship;
    const lhs = leftHandSide(relationship, catalogue);
    const lhsTable = lhs.kind === 'table' ? knownValue(lhs.table) : undefined;
    const addLeft = (names: readonly Located<string>[]): void => {
      // As in suggestions: what is joined on already is not what is meant.
      const unused = lazy(() => {
        const used = new Set(names.map(({ value }) => value));
        return (knownValue(lhs.fields) ?? []).map((field) => field.name).filter((name) => !used.has(name));
      });
      for (const name of names) add(uri, lhsTable, name, lhs.field(name.value), unused);
    };
    if (definition?.kind === 'to-remote-schema') addLeft(knownValue(definition.lhsFields) ?? []);
    if (definition?.kind !== 'to-source') return;
    const isImplied = owner.kind === 'action-type' && definition.source.state === 'missing';
    const source = catalogue.source(isImplied ? 'default' : (knownValue(definition.source) ?? ''));
    const name = knownValue(definition.table);
    const table = name && knownValue(knownValue(source)?.table(name) ?? unknown);
    const columns = lazy(() => (knownValue(table?.columns ?? unknown) ?? []).map((column) => column.name));
    const entries = knownValue(definition.fieldMapping) ?? [];
    addLeft(entries.map((entry) => entry.lhs));
    for (const { column } of entries) {
      if (column === undefined || table === undefined) continue;
      add(uri, table, column, table.column(column.value), columns);
    }
  };
  for (const { uri, model, isApart } of catalogue.documents) {
    if (isApart === true) continue;
    for (const relationship of model.relationships) addAll(uri, relationship);
    for (const { relationships } of model.actionTypes) {
      for (const relationship of relationships) addAll(uri, relationship);
    }
  }
  return bySource;
}
