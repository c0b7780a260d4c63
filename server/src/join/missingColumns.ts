import { type Catalogue, type Knowledge, knownValue } from '../catalogue/catalogue.ts';
import type { Located, Relationship } from '../metadata/relationship.ts';
import { type Location, nodeLocation } from '../syntax/location.ts';
import { leftHandSide } from './leftHandSide.ts';

/** A column that relationships name and no migration creates. */
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

/** The columns that the metadata of the project joins on and that no migration creates. */
export function missingColumns(catalogue: Catalogue): MissingColumns {
  const before = known.get(catalogue);
  if (before !== undefined) return before;
  const found = find(catalogue);
  known.set(catalogue, found);
  return found;
}

/** Whether so many are missing in a source that its metadata and its migrations are out of step, rather than one name mistyped. */
export function isOutOfStep(catalogue: Catalogue, source: string): boolean {
  return (missingColumns(catalogue).get(source)?.length ?? 0) > 1;
}

function find(catalogue: Catalogue): MissingColumns {
  const bySource = new Map<string, MissingColumn[]>();
  if (!catalogue.sources.some(({ migrations }) => migrations !== undefined)) return bySource;
  const seen = new Set<string>();
  const add = (uri: string, table: string | undefined, name: Located<string>, field: Knowledge<unknown>) => {
    if (field.state !== 'absent' || field.migrations === undefined || table === undefined) return;
    const { source } = field.migrations;
    const key = JSON.stringify([source, table, name.value]);
    if (seen.size === seen.add(key).size) return;
    const list = bySource.get(source) ?? [];
    bySource.set(source, list);
    list.push({ table, column: name.value, location: nodeLocation(uri, name.node) });
  };
  const addAll = (uri: string, relationship: Relationship): void => {
    const { definition, owner } = relationship;
    const lhs = leftHandSide(relationship, catalogue);
    if (definition?.kind === 'to-remote-schema') {
      for (const name of knownValue(definition.lhsFields) ?? []) {
        add(uri, lhs.text, name, lhs.field(name.value));
      }
    }
    if (definition?.kind !== 'to-source') return;
    const isImplied = owner.kind === 'action-type' && definition.source.state === 'missing';
    const source = catalogue.source(isImplied ? 'default' : (knownValue(definition.source) ?? ''));
    const name = knownValue(definition.table);
    const table = name && knownValue(knownValue(source)?.table(name) ?? { state: 'unknown' });
    for (const entry of knownValue(definition.fieldMapping) ?? []) {
      add(uri, lhs.text, entry.lhs, lhs.field(entry.lhs.value));
      if (entry.column === undefined || table === undefined) continue;
      add(uri, table.text, entry.column, table.column(entry.column.value));
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
