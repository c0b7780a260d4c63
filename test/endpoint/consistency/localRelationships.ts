import { At } from '../at.ts';
import type { DatabaseTable, ForeignKey } from '../databases/catalogue.ts';
import { isList, isObject, type Json } from '../json.ts';
import { type Kind, nameInDatabase, readTableName, type TableName } from '../kinds.ts';
import type { LocalRelationship } from '../metadata/metadata.ts';
import { Refusal } from '../refusal.ts';
import { Violation } from './inconsistency.ts';

/** The table an object or array relationship leads to; a violation when it leads nowhere tracked. */
export function checkLocalRelationship(
  { using }: LocalRelationship,
  type: 'object_relation' | 'array_relation',
  table: DatabaseTable,
  kind: Kind,
  tracked: ReadonlyMap<string, { readonly table: DatabaseTable }>,
): TableName {
  const { manual_configuration: manual, foreign_key_constraint_on: key } = using;
  if (manual !== undefined) return checkManual(new At(manual), table, kind, tracked);
  if (isObject(key)) return checkKeyOf(new At(key), table, kind, tracked);
  if (type === 'array_relation') throw new Violation('Expecting object { table, columns }.');
  const foreignKey = keyOn(table, namesIn(key));
  return trackedTable(nameInDatabase(foreignKey.schema, foreignKey.table, kind), tracked);
}

function checkManual(
  manual: At,
  table: DatabaseTable,
  kind: Kind,
  tracked: ReadonlyMap<string, { readonly table: DatabaseTable }>,
): TableName {
  const name = trackedTable(tableIn(manual, 'remote_table', kind), tracked);
  const target = tracked.get(name.key)?.table;
  for (const [from, to] of manual.optional('column_mapping')?.entries() ?? []) {
    checkColumn(from, table);
    if (target) checkColumn(to.string(), target);
  }
  return name;
}

/** A foreign key of the other table that points here. */
function checkKeyOf(
  key: At,
  table: DatabaseTable,
  kind: Kind,
  tracked: ReadonlyMap<string, { readonly table: DatabaseTable }>,
): TableName {
  const name = trackedTable(tableIn(key, 'table', kind), tracked);
  const other = tracked.get(name.key)?.table;
  const columns = namesIn((key.optional('columns') ?? key.optional('column'))?.value);
  if (other) keyOn(other, columns, table);
  return name;
}

function tableIn(at: At, key: string, kind: Kind): TableName {
  try {
    return readTableName(at.required(key), kind);
  } catch (error) {
    if (error instanceof Refusal) throw new Violation(error.message);
    throw error;
  }
}

function trackedTable(name: TableName, tracked: ReadonlyMap<string, unknown>): TableName {
  if (!tracked.has(name.key)) throw new Violation(`table "${name.text}" is not tracked`);
  return name;
}

function checkColumn(name: string, table: DatabaseTable): void {
  if (!table.columns.some((column) => column.name === name)) {
    throw new Violation(`"${name}" does not exist`);
  }
}

function keyOn(table: DatabaseTable, columns: readonly string[], target?: DatabaseTable): ForeignKey {
  const wanted = JSON.stringify(columns.toSorted());
  const found = table.foreignKeys.find(
    (key) =>
      JSON.stringify(key.columns.map(([own]) => own).sort()) === wanted &&
      (!target || (key.schema === target.schema && key.table === target.name)),
  );
  if (!found) throw new Violation('no foreign constraint exists on the given column(s)');
  return found;
}

function namesIn(value: Json | undefined): readonly string[] {
  return (isList(value) ? value : [value]).filter((name) => typeof name === 'string');
}
