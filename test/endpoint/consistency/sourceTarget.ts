import { At } from '../at.ts';
import { readTableName, type TableName } from '../kinds.ts';
import type { ToSource } from '../metadata/definition.ts';
import { Refusal } from '../refusal.ts';
import type { Release } from '../release.ts';
import type { DataConnector } from '../settings.ts';
import { Violation } from './inconsistency.ts';
import type { LeftSide } from './remoteSchemaTarget.ts';
import type { SourceState, TableState } from './state.ts';

export interface SourceTargetContext {
  readonly sources: ReadonlyMap<string, SourceState>;
  readonly dataConnectors: Readonly<Record<string, DataConnector>>;
  readonly release: Release;
}

/** R29 to R35 and R13 in the server's order; the first that is broken is thrown. Gives the table joined to. */
export function checkSourceTarget(
  { source: name, table: written, fieldMapping }: ToSource,
  left: LeftSide,
  { sources, dataConnectors, release }: SourceTargetContext,
): TableName {
  const source = sources.get(name);
  if (!source) throw new Violation(`source not found: "${name}"`);
  const supported =
    source.kind.family === 'connector'
      ? dataConnectors[source.kind.name]?.foreach
      : source.kind.family !== 'mysql';
  if (!supported && release.since(2, 21, 0)) {
    throw new Violation(`source ${name} does not support being used as the target of a remote relationship`);
  }
  const { tableName, table } = targetTable(written, name, source);
  const columns = fieldMapping.map(([field, column]) => {
    const joined = left.joinFields.get(field);
    if (!joined) throw new Violation(`"${field}" does not exist`);
    if (joined.computed && release.before(2, 2, 0)) {
      throw new Violation('relationships from non-columns are not supported yet');
    }
    const found = table.table.columns.find((other) => other.name === column);
    if (!found) throw new Violation(`"${column}" does not exist`);
    if (found.nested && source.kind.family === 'connector')
      throw new Violation(`Target field "${column}"is not a scalar column`);
    return column;
  });
  if (columns.some((column) => table.enumReferences.has(column))) {
    throw new Violation('relationships to enum fields are not supported yet');
  }
  return tableName;
}

/** R31 and R32. */
function targetTable(
  written: ToSource['table'],
  sourceName: string,
  { kind, tables }: SourceState,
): { tableName: TableName; table: TableState } {
  const tableName = readTarget(written, kind);
  const table = tables.get(tableName.key);
  if (!table) throw new Violation(`table "${tableName.text}" does not exist in source: ${sourceName}`);
  return { tableName, table };
}

function readTarget(written: ToSource['table'], kind: SourceState['kind']): TableName {
  try {
    return readTableName(new At(written), kind);
  } catch (error) {
    if (error instanceof Refusal) throw new Violation(error.message);
    throw error;
  }
}
