import type { CommonTableExpr, Node, SelectStmt } from 'libpg-query';
import { figuredName } from './columnNames.ts';
import { commonType, settled, type Typed, typed } from './commonType.ts';
import { expandStar, typeOf } from './expressions.ts';
import { fromItem, relationItem } from './fromClause.ts';
import {
  type QueryColumn,
  type QueryContext,
  type QueryResult,
  renamed,
  resultOf,
  type Scope,
} from './queryScope.ts';
import { builtin, words } from './types.ts';

/** The columns of a query. Inside UNION, literals keep waiting for the other side to give them a type. */
export function queryColumns(
  context: QueryContext,
  query: Node | undefined,
  outer: Scope | undefined,
  keepLiterals = false,
): QueryResult {
  if (query && 'SelectStmt' in query) return selectColumns(context, query.SelectStmt, outer, keepLiterals);
  if (query && ('InsertStmt' in query || 'UpdateStmt' in query || 'DeleteStmt' in query)) {
    return returnedColumns(context, query, outer);
  }
  context.known = false;
  return { columns: [], closed: false };
}

export function selectColumns(
  context: QueryContext,
  select: SelectStmt,
  outer: Scope | undefined,
  keepLiterals = false,
): QueryResult {
  const scope = withCtes(context, select, outer);
  const found = bodyColumns(context, select, scope);
  if (keepLiterals) return found;
  const columns = found.columns.map((column) =>
    column.literal ? { ...column, type: settled(column), literal: false } : column,
  );
  return { columns, closed: found.closed };
}

function bodyColumns(context: QueryContext, select: SelectStmt, scope: Scope): QueryResult {
  if (select.larg && select.rarg) return unionColumns(context, select.larg, select.rarg, select, scope);
  if (select.valuesLists) return valuesColumns(context, select.valuesLists, scope);
  for (const item of select.fromClause ?? []) scope.items.push(fromItem(context, scope, item));
  const found = targetColumns(context, select.targetList ?? [], scope);
  if (select.groupClause) context.groups = true;
  lookAt(context, scope, [
    select.whereClause,
    select.groupClause,
    select.havingClause,
    select.windowClause,
    select.distinctClause,
    select.limitOffset,
    select.limitCount,
  ]);
  lookAtOrder(context, scope, select.sortClause, found);
  return found;
}

/** For what they use: what they give is nobody's column. */
function lookAt(context: QueryContext, scope: Scope, clauses: readonly (Node | Node[] | undefined)[]): void {
  for (const node of clauses.flat()) if (node) typeOf(context, scope, node);
}

/** A name in ORDER BY is that of a column of the result, if there is one. */
function lookAtOrder(
  context: QueryContext,
  scope: Scope,
  sort: readonly Node[] | undefined,
  { columns }: QueryResult,
): void {
  for (const each of sort ?? []) {
    const node = 'SortBy' in each ? each.SortBy.node : each;
    const name = node && 'ColumnRef' in node ? words(node.ColumnRef.fields) : [];
    if (name.length === 1 && columns.some((column) => column.name === name[0])) continue;
    if (node) typeOf(context, scope, node);
  }
}

function targetColumns(context: QueryContext, targets: readonly Node[], scope: Scope): QueryResult {
  const columns: QueryColumn[] = [];
  let closed = true;
  for (const target of targets) {
    if (!('ResTarget' in target)) continue;
    const { val, name, location } = target.ResTarget;
    const star = expandStar(context, scope, val);
    if (star) {
      columns.push(...star.columns.map((column) => ({ ...column, byte: location })));
      if (!star.closed) closed = false;
    } else {
      const column = val ? typeOf(context, scope, val) : typed(undefined);
      columns.push({ ...pick(column), name: name ?? figuredName(val), ids: [], byte: location });
    }
  }
  return resultOf(columns, closed);
}

function pick({ type, literal }: Typed): Typed {
  return { type, literal };
}

function unionColumns(
  context: QueryContext,
  left: SelectStmt,
  right: SelectStmt,
  select: SelectStmt,
  scope: Scope,
): QueryResult {
  const inner = (): Scope => ({ items: [], outer: scope, ctes: new Map() });
  const first = selectColumns(context, left, inner(), true);
  const second = selectColumns(context, right, inner(), true);
  for (const limit of [select.limitCount, select.limitOffset]) if (limit) typeOf(context, scope, limit);
  const sameShape = first.closed && second.closed && first.columns.length === second.columns.length;
  const columns = first.columns.map((column, index): QueryColumn => {
    const other = second.columns[index];
    const type = sameShape && other ? commonType(context.catalogue, [column, other]) : typed(undefined);
    // Both sides being literals, the result is a text.
    return {
      ...(type.literal ? typed(builtin('text')) : type),
      name: column.name,
      ids: [],
      byte: column.byte,
    };
  });
  return resultOf(columns, first.closed);
}

function valuesColumns(context: QueryContext, lists: readonly Node[], scope: Scope): QueryResult {
  const rows = lists.map((list) =>
    'List' in list ? (list.List.items ?? []).map((each) => typeOf(context, scope, each)) : [],
  );
  const columns = (rows[0] ?? []).map((_, index): QueryColumn => {
    const type = commonType(
      context.catalogue,
      rows.map((row) => row[index] ?? typed(undefined)),
    );
    return { ...type, name: `column${index + 1}`, ids: [], byte: undefined };
  });
  return resultOf(columns, true);
}

function withCtes(context: QueryContext, select: SelectStmt, outer: Scope | undefined): Scope {
  const ctes = new Map<string, QueryResult>();
  const scope: Scope = { items: [], outer, ctes };
  for (const each of select.withClause?.ctes ?? []) {
    if (!('CommonTableExpr' in each)) continue;
    const cte = each.CommonTableExpr;
    ctes.set(cte.ctename ?? '', cteColumns(context, cte, scope, ctes, select.withClause?.recursive ?? false));
  }
  return scope;
}

function cteColumns(
  context: QueryContext,
  cte: CommonTableExpr,
  scope: Scope,
  ctes: Map<string, QueryResult>,
  recursive: boolean,
): QueryResult {
  const names = words(cte.aliascolnames);
  const name = cte.ctename ?? '';
  const query = cte.ctequery;
  const select = query && 'SelectStmt' in query ? query.SelectStmt : undefined;
  const inner: Scope = { items: [], outer: scope, ctes: new Map() };
  if (recursive && select?.larg && select.rarg) {
    // What comes before the recursion decides the columns.
    const innerScope = withCtes(context, select, inner);
    const first = selectColumns(context, select.larg, innerScope);
    const columns = renamed(first.columns, names);
    ctes.set(name, { columns, closed: first.closed });
    selectColumns(context, select.rarg, innerScope);
    return resultOf([...columns, ...searchColumns(cte)], first.closed);
  }
  const found = queryColumns(context, query, inner);
  return { columns: renamed(found.columns, names), closed: found.closed };
}

/** SEARCH and CYCLE add columns. */
function searchColumns({ search_clause: search, cycle_clause: cycle }: CommonTableExpr): QueryColumn[] {
  const found: QueryColumn[] = [];
  const add = (name: string | undefined, type: Typed): void => {
    if (name !== undefined) found.push({ ...type, name, ids: [], byte: undefined });
  };
  if (search) {
    const paths = search.search_breadth_first ? builtin('record') : { base: 'record', array: true as const };
    add(search.search_seq_column, typed(paths));
  }
  if (cycle) {
    const mark = cycle.cycle_mark_value;
    const isBoolean = mark !== undefined && 'A_Const' in mark && mark.A_Const.boolval !== undefined;
    add(cycle.cycle_mark_column, typed(isBoolean ? builtin('bool') : undefined));
    add(cycle.cycle_path_column, typed({ base: 'record', array: true }));
  }
  return found;
}

type Change = Extract<Node, { InsertStmt: unknown } | { UpdateStmt: unknown } | { DeleteStmt: unknown }>;

/** RETURNING. What else such a statement uses is not looked at. */
function returnedColumns(context: QueryContext, query: Change, outer: Scope | undefined): QueryResult {
  const change =
    'InsertStmt' in query ? query.InsertStmt : 'UpdateStmt' in query ? query.UpdateStmt : query.DeleteStmt;
  context.known = false;
  const scope: Scope = { items: [], outer, ctes: new Map() };
  if (change.relation) scope.items.push(relationItem(context, undefined, change.relation));
  const others =
    'UpdateStmt' in query
      ? query.UpdateStmt.fromClause
      : 'DeleteStmt' in query
        ? query.DeleteStmt.usingClause
        : [];
  for (const item of others ?? []) scope.items.push(fromItem(context, scope, item));
  return targetColumns(context, change.returningClause?.exprs ?? [], scope);
}
