import { isJsonArray, type Json, listMember, member, textMember } from '../document/json.ts';
import type { MetadataDocument } from '../document/metadataDocument.ts';
import { parseJson } from '../http/httpAnswer.ts';
import type { FunctionName } from './catalogueQueries.ts';
import type { SnapshotBuilder } from './snapshot.ts';

/** A computed field as the metadata declares it; what its function returns, the database knows. */
export interface DeclaredComputedField {
  readonly table: Json;
  readonly name: string;
  readonly function: FunctionName;
  /** Names of the arguments that are no arguments of the field; the row is the first one unless it is named. */
  readonly tableArgument: string | undefined;
  readonly sessionArgument: string | undefined;
}

/** Computed fields of a source of the Postgres family. */
export function computedFieldsOf(
  document: MetadataDocument,
  source: string,
): readonly DeclaredComputedField[] {
  return document.tablesOf(source).flatMap(({ entry }) => {
    const table = member(entry, 'table');
    return listMember(entry, 'computed_fields').flatMap((field): DeclaredComputedField[] => {
      const name = textMember(field, 'name');
      const definition = member(field, 'definition');
      const called = functionName(member(definition, 'function'));
      if (name === undefined || table === undefined || called === undefined) return [];
      const tableArgument = textMember(definition, 'table_argument');
      const sessionArgument = textMember(definition, 'session_argument');
      return [{ table, name, function: called, tableArgument, sessionArgument }];
    });
  });
}

function functionName(written: Json | undefined): FunctionName | undefined {
  if (typeof written === 'string') return { schema: 'public', name: written };
  const name = textMember(written, 'name');
  return name === undefined ? undefined : { schema: textMember(written, 'schema') ?? 'public', name };
}

const mostArguments = 1000;

/** Rows as `postgresFunctions` selects them. Of an overloaded function nothing is said. */
export function addComputedFields(
  builder: SnapshotBuilder,
  declared: readonly DeclaredComputedField[],
  rows: readonly (readonly Json[])[],
): void {
  const byFunction = new Map<string, (readonly Json[])[]>();
  for (const row of rows) {
    const key = JSON.stringify(row.slice(0, 2));
    byFunction.set(key, [...(byFunction.get(key) ?? []).slice(0, 1), row]);
  }
  for (const field of declared) {
    const { schema, name } = field.function;
    const [row, another] = byFunction.get(JSON.stringify([schema, name])) ?? [];
    if (row === undefined || another !== undefined) continue;
    const [, , type, typeKind, returnsSet, written, names] = row.map(String);
    const count = Number(written);
    // Each takes memory, and no function has so many.
    if (!Number.isInteger(count) || count < 0 || count > mostArguments) continue;
    // Composite types and records are rows of a table.
    const scalar = returnsSet !== 'true' && typeKind !== 'c' && typeKind !== 'p';
    builder.addComputedField(field.table, {
      name: field.name,
      type: type ?? '',
      scalar,
      arguments: ownArguments(field, count, argumentNames(names)),
    });
  }
}

function ownArguments(
  { tableArgument, sessionArgument }: DeclaredComputedField,
  count: number,
  names: readonly string[],
): readonly string[] {
  const all = Array.from({ length: count }, (_, index) => names[index] || `$${index + 1}`);
  const row = tableArgument ?? all[0];
  return all.filter((name) => name !== row && name !== sessionArgument);
}

function argumentNames(text: string | undefined): readonly string[] {
  const names = parseJson(text ?? '[]');
  return isJsonArray(names) ? names.map(String) : [];
}
