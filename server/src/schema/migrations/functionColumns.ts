import type { Node } from 'libpg-query';
import { tableFunctions } from './builtinFunctions.ts';
import { findRoutines, type Routine, type SqlType } from './catalogue.ts';
import { figuredName } from './columnNames.ts';
import { typed, unknownType } from './commonType.ts';
import { typeOf } from './expressions.ts';
import type { QueryColumn, QueryContext, QueryResult, Scope } from './queryScope.ts';
import { nodesOf } from './syntaxTree.ts';
import { builtin, elementOf, qualifiedName, resolveType, words } from './types.ts';

interface FunctionColumns extends QueryResult {
  readonly name: string;
  /** The type of a row, where it has one, or of the only value. */
  readonly row?: SqlType | undefined;
}

/** The columns of a function in FROM. One with a single value gives a column of its alias' name. */
export function functionColumns(
  context: QueryContext,
  scope: Scope,
  call: Node,
  definitions: readonly Node[],
  alias: string | undefined,
): FunctionColumns {
  const name = figuredName(call);
  const own = alias ?? name;
  const result = typeOf(context, scope, call);
  const column = (columnName: string, type: SqlType | undefined): QueryColumn => ({
    ...(type ? typed(type) : unknownType),
    name: columnName,
    ids: [],
    byte: undefined,
  });
  if (definitions.length > 0) {
    const columns = nodesOf(definitions, 'ColumnDef').map(({ colname, typeName }) =>
      column(colname ?? '', resolveType(context.catalogue, typeName)),
    );
    return { name, columns, closed: true };
  }
  if (!('FuncCall' in call)) return { name, columns: [column(own, result.type)], closed: true };
  const names = words(call.FuncCall.funcname);
  const routines = findRoutines(context.catalogue, qualifiedName(names));
  const isBuiltin = names.length === 1 || names[0] === 'pg_catalog';
  if (routines.length > 0) {
    const [routine] = routines;
    if (routines.length > 1 || !routine || routine.maybe) return { name, columns: [], closed: false };
    return { name, ...columnsOfRoutine(context, routine, column, own), row: result.type };
  }
  const fixed = isBuiltin && Object.hasOwn(tableFunctions, name) ? tableFunctions[name] : undefined;
  if (fixed) {
    return {
      name,
      columns: fixed.map(([each, type]) => column(each === '*' ? own : each, builtin(type))),
      closed: true,
      row: fixed.length === 1 ? builtin(fixed[0]?.[1] ?? '') : undefined,
    };
  }
  if (name === 'unnest' && isBuiltin) return unnested(context, scope, call.FuncCall.args ?? [], own, column);
  const type = result.type;
  const relation =
    type && !type.array && typeof type.base === 'number'
      ? context.catalogue.relations.get(type.base)
      : undefined;
  if (relation) {
    return {
      name,
      columns: relation.columns.map((each) => column(each.name, each.type)),
      closed: relation.closed,
    };
  }
  // One that is not known of may give a row of many columns.
  if (!type || type.base === 'record') return { name, columns: [], closed: false };
  return { name, columns: [column(own, type)], closed: true, row: type };
}

type MakeColumn = (name: string, type: SqlType | undefined) => QueryColumn;

function columnsOfRoutine(
  context: QueryContext,
  routine: Routine,
  column: MakeColumn,
  own: string,
): QueryResult {
  const outputs = routine.arguments.filter(({ isOutput }) => isOutput);
  if (outputs.length > 1) {
    return {
      columns: outputs.map(({ name, type }, index) => column(name ?? `column${index + 1}`, type)),
      closed: true,
    };
  }
  const type = routine.returnType;
  const relation =
    type && !type.array && typeof type.base === 'number'
      ? context.catalogue.relations.get(type.base)
      : undefined;
  if (relation) {
    const sure = relation.columns.filter(({ maybe }) => !maybe);
    return { columns: sure.map((each) => column(each.name, each.type)), closed: relation.closed };
  }
  const single = outputs[0]?.name;
  if (type?.base === 'record' || !type) return { columns: [], closed: false };
  return { columns: [column(single ?? own, isPolymorphic(type) ? undefined : type)], closed: true };
}

export function isPolymorphic(type: SqlType): boolean {
  return typeof type.base === 'string' && type.base.startsWith('any');
}

/** Several arrays are several columns of the same name. */
function unnested(
  context: QueryContext,
  scope: Scope,
  args: readonly Node[],
  own: string,
  column: MakeColumn,
): FunctionColumns {
  const types = args.map((each) => typeOf(context, scope, each).type);
  // What is not known may be rows of many columns as well.
  const scalar = types.flatMap((type) =>
    !type || (typeof type.base === 'number' && context.catalogue.relations.has(type.base)) ? [] : type,
  );
  if (scalar.length < types.length) return { name: 'unnest', columns: [], closed: false };
  const columns = scalar.map((type) => column(own, type.array ? elementOf(type) : undefined));
  return {
    name: 'unnest',
    columns: args.length > 1 ? columns.map((each) => ({ ...each, name: 'unnest' })) : columns,
    closed: true,
  };
}
