import type { MetadataObject } from '../consistency/inconsistency.ts';
import { sourceObject } from '../consistency/objects.ts';
import type { SourceState, State, TableState } from '../consistency/state.ts';
import type { Kind, TableName } from '../kinds.ts';
import type { SourceEntry } from '../metadata/metadata.ts';
import { Refusal } from '../refusal.ts';

/** R37: the table in the schema cache, so a consistent table of a consistent source of that kind. */
export function trackedTable(state: State, source: string, kind: Kind, table: TableName): TableState {
  const found = state.cache.sources.get(source);
  const tableState = found && found.kind.family === kind.family ? found.tables.get(table.key) : undefined;
  if (!tableState) {
    throw new Refusal('not-exists', `table "${table.text}" does not exist in source: ${source}`);
  }
  return tableState;
}

/** A source asked for by name, as spec 7.1 (a) refuses it. */
export function consistentSource(state: State, name: string, kind: Kind | undefined): SourceState {
  const entry = sourceEntry(state, name);
  if (kind && entry.kind.family !== kind.family) {
    throw new Refusal(
      'not-exists',
      `source with name "${name}" has backend type "${entry.kind.name}" which does not match the expected type "${kind.name}"`,
    );
  }
  const found = state.cache.sources.get(name);
  if (!found) throw new Refusal('unexpected', `source with name "${name}" is inconsistent`);
  return found;
}

export function sourceEntry(state: State, name: string): SourceEntry {
  const entry = state.metadata.sources.find((source) => source.name === name);
  if (!entry) throw new Refusal('not-exists', `source with name "${name}" does not exist`);
  return entry;
}

export function dependencyError(texts: readonly string[]): Refusal {
  const list = [...new Set(texts)].sort().join(', ');
  return new Refusal('dependency-error', `cannot drop due to the following dependent objects: ${list}`);
}

export function nameOfSource(entry: SourceEntry): MetadataObject['name'] {
  return sourceObject(entry).name;
}
