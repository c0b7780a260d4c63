import type { Catalogue, DatabaseFunction, DatabaseTable } from '../databases/catalogue.ts';
import { isObject, type Json } from '../json.ts';
import type { ComputedField } from '../metadata/metadata.ts';
import { Violation } from './inconsistency.ts';
import { scalarName } from './scalarNames.ts';

export interface ComputedFieldFunction {
  readonly name: string;
  /** The GraphQL scalar it returns; undefined when it returns rows. */
  readonly scalar: string | undefined;
  /** Whether it takes more than the row and the session. */
  readonly takesArguments: boolean;
  readonly functionName: string;
  readonly returnsTable: string | undefined;
}

/** Looks up the function behind a computed field; a violation when there is none that takes the table's row. */
export function resolveComputedField(
  { name, definition }: ComputedField,
  table: DatabaseTable,
  catalogue: Catalogue,
): ComputedFieldFunction {
  const {
    function: written,
    table_argument: rowArgument,
    session_argument: sessionArgument,
  } = definition as { function?: Json; table_argument?: Json; session_argument?: Json };
  const place = functionPlace(written);
  const text = place.schema === 'public' ? place.name : `${place.schema}.${place.name}`;
  const cannot = (because: string): never => {
    throw new Violation(
      `in table "${tableText(table)}": in computed field "${name}": the computed field "${name}" cannot be added to ` +
        `table "${tableText(table)}" because ${because}`,
    );
  };
  const found =
    catalogue.functions.find(({ schema, name: other }) => schema === place.schema && other === place.name) ??
    cannot(`no such function exists: "${text}"`);
  const row = rowParameter(found, table, rowArgument);
  if (!row) return cannot(`the function "${text}" does not take a row of the table`);
  const others = found.parameters.filter(
    (parameter) => parameter !== row && (!sessionArgument || parameter.name !== sessionArgument),
  );
  return {
    name,
    scalar: found.returnsTable ? undefined : scalarName(found.returnsType),
    takesArguments: others.length > 0,
    functionName: text,
    returnsTable: found.returnsTable,
  };
}

function rowParameter(found: DatabaseFunction, table: DatabaseTable, named: Json | undefined) {
  const type = `${table.schema}.${table.name}`;
  return found.parameters.find(
    (parameter) => parameter.type === type && (!named || parameter.name === named),
  );
}

function functionPlace(written: Json | undefined): { schema: string; name: string } {
  if (!isObject(written)) return { schema: 'public', name: String(written) };
  const { schema, name } = written as { schema?: Json; name?: Json };
  return { schema: typeof schema === 'string' ? schema : 'public', name: String(name) };
}

function tableText({ schema, name }: DatabaseTable): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}
