import type { Alias, JoinExpr, Node, RangeFunction, RangeVar } from 'libpg-query';
import { findRelation, type SqlType, schemaName } from './catalogue.ts';
import { commonType, typed, unknownType } from './commonType.ts';
import { typeOf } from './expressions.ts';
import { functionColumns } from './functionColumns.ts';
import {
  type FromItem,
  findCte,
  type QueryColumn,
  type QueryContext,
  type QueryResult,
  type RangeEntry,
  renamed,
  resultOf,
  type Scope,
  use,
} from './queryScope.ts';
import { rangeName } from './session.ts';
import { builtin, resolveType, words } from './types.ts';

/** What an item of FROM brings into scope. */
export function fromItem(context: QueryContext, scope: Scope, node: Node): FromItem {
  if ('RangeVar' in node) return relationItem(context, scope, node.RangeVar);
  if ('JoinExpr' in node) return join(context, scope, node.JoinExpr);
  if ('RangeSubselect' in node) {
    const { subquery, alias } = node.RangeSubselect;
    return single(context.subquery(context, subquery, scope), alias, '');
  }
  if ('RangeFunction' in node) return functionItem(context, scope, node.RangeFunction);
  if ('RangeTableSample' in node && node.RangeTableSample.relation) {
    for (const each of node.RangeTableSample.args ?? []) typeOf(context, scope, each);
    return fromItem(context, scope, node.RangeTableSample.relation);
  }
  if ('RangeTableFunc' in node) {
    const { columns = [], alias, docexpr, rowexpr } = node.RangeTableFunc;
    for (const each of [docexpr, rowexpr]) if (each) typeOf(context, scope, each);
    const found = columns.flatMap((each) =>
      'RangeTableFuncCol' in each
        ? [tableColumn(context, each.RangeTableFuncCol.colname, each.RangeTableFuncCol)]
        : [],
    );
    return single({ columns: found, closed: true }, alias, 'xmltable');
  }
  if ('JsonTable' in node) {
    const { columns = [], alias, context_item: item } = node.JsonTable;
    if (item?.raw_expr) typeOf(context, scope, item.raw_expr);
    return single({ columns: jsonColumns(context, columns), closed: true }, alias, 'json_table');
  }
  context.known = false;
  return { columns: [], closed: false, entries: [] };
}

interface DeclaredColumn {
  readonly typeName?: Parameters<typeof resolveType>[1];
  readonly for_ordinality?: boolean;
}

function tableColumn(context: QueryContext, name: string | undefined, node: DeclaredColumn): QueryColumn {
  const type = node.for_ordinality ? builtin('int4') : resolveType(context.catalogue, node.typeName);
  if (typeof type?.base === 'number') context.dependencies.add(type.base);
  return { ...typed(type), name: name ?? '', ids: [], byte: undefined };
}

function jsonColumns(context: QueryContext, nodes: readonly Node[]): QueryColumn[] {
  return nodes.flatMap((each) => {
    if (!('JsonTableColumn' in each)) return [];
    const { coltype, name, typeName, columns } = each.JsonTableColumn;
    if (coltype === 'JTC_NESTED') return jsonColumns(context, columns ?? []);
    const declared = { ...(typeName && { typeName }), for_ordinality: coltype === 'JTC_FOR_ORDINALITY' };
    if (coltype === 'JTC_EXISTS' && !typeName)
      return [{ ...typed(builtin('bool')), name: name ?? '', ids: [], byte: undefined }];
    return [tableColumn(context, name, declared)];
  });
}

function single(
  result: QueryResult,
  alias: Alias | undefined,
  name: string,
  more: Partial<RangeEntry> = {},
): FromItem {
  const columns = renamed(result.columns, words(alias?.colnames));
  const entry: RangeEntry = {
    schema: undefined,
    row: undefined,
    ...more,
    columns,
    closed: result.closed,
    alias: alias?.aliasname ?? name,
    ...(alias && { schema: undefined }),
  };
  return { columns, closed: result.closed, entries: [entry] };
}

/** A table, a view, or what a WITH names. */
export function relationItem(context: QueryContext, scope: Scope | undefined, range: RangeVar): FromItem {
  const { catalogue } = context;
  const name = rangeName(range);
  const cte = name.schema === undefined ? findCte(scope, name.name) : undefined;
  if (cte)
    return single(
      { columns: cte.columns.map((each) => ({ ...each, ids: [] })), closed: cte.closed },
      range.alias,
      name.name,
    );
  const relation = findRelation(catalogue, name);
  if (!relation) {
    context.known = false;
    return single({ columns: [], closed: false }, range.alias, name.name, { schema: name.schema });
  }
  context.dependencies.add(relation.id);
  if (relation.temporary) context.temporary = true;
  const columns = relation.columns.map(
    (column): QueryColumn => ({
      ...(column.maybe ? unknownType : typed(column.type)),
      name: column.name,
      ids: [column.id],
      byte: undefined,
    }),
  );
  // What is only possible is no column to count on.
  const sure = columns.filter((_, index) => !relation.columns[index]?.maybe);
  const closed = relation.closed && relation.existence === 'certain';
  return single({ columns: sure, closed }, range.alias, name.name, {
    schema: schemaName(catalogue, relation.schema),
    row: { base: relation.id },
  });
}

function functionItem(context: QueryContext, scope: Scope, node: RangeFunction): FromItem {
  const { alias, coldeflist = [], ordinality = false } = node;
  const columns: QueryColumn[] = [];
  let closed = true;
  let firstName = '';
  let row: SqlType | undefined;
  for (const each of node.functions ?? []) {
    const [call, definitions] = 'List' in each ? (each.List.items ?? []) : [];
    if (!call) continue;
    const own = definitions && 'List' in definitions ? (definitions.List.items ?? []) : coldeflist;
    const found = functionColumns(context, scope, call, own, node.is_rowsfrom ? undefined : alias?.aliasname);
    columns.push(...found.columns);
    if (!found.closed) closed = false;
    firstName ||= found.name;
    row = found.row;
  }
  if (ordinality) columns.push({ ...typed(builtin('int8')), name: 'ordinality', ids: [], byte: undefined });
  return single(resultOf(columns, closed), alias, firstName, {
    row: ordinality || (node.functions ?? []).length > 1 ? undefined : row,
  });
}

function join(context: QueryContext, scope: Scope, node: JoinExpr): FromItem {
  const left = node.larg ? fromItem(context, scope, node.larg) : none;
  // LATERAL on the right side sees the left one.
  const besides: Scope = { items: [...scope.items, left], outer: scope.outer, ctes: scope.ctes };
  const right = node.rarg ? fromItem(context, besides, node.rarg) : none;
  const shared = node.isNatural ? naturalNames(context, left, right) : words(node.usingClause);
  const merged = shared.map((name) => mergedColumn(context, left, right, name));
  const isOther = ({ name }: QueryColumn): boolean => !shared.includes(name);
  const columns = [...merged, ...left.columns.filter(isOther), ...right.columns.filter(isOther)];
  const entries = [...left.entries, ...right.entries];
  const joined: FromItem = { ...resultOf(columns, left.closed && right.closed), entries };
  if (node.quals) {
    typeOf(
      context,
      { items: [...scope.items, left, right], outer: scope.outer, ctes: scope.ctes },
      node.quals,
    );
  }
  const using = node.join_using_alias?.aliasname;
  if (using !== undefined) {
    const entry: RangeEntry = {
      alias: using,
      schema: undefined,
      row: undefined,
      columns: merged,
      closed: true,
    };
    return { ...joined, entries: [...entries, entry] };
  }
  return node.alias ? single(joined, node.alias, '') : joined;
}

const none: FromItem = { columns: [], closed: false, entries: [] };

function naturalNames(context: QueryContext, left: FromItem, right: FromItem): string[] {
  if (!left.closed || !right.closed) context.known = false;
  const names = new Set(right.columns.map(({ name }) => name));
  return left.columns.flatMap(({ name }) => (names.has(name) ? name : []));
}

/** The column that two sides share, as USING makes one of both. */
function mergedColumn(context: QueryContext, left: FromItem, right: FromItem, name: string): QueryColumn {
  const one = left.columns.find((column) => column.name === name);
  const other = right.columns.find((column) => column.name === name);
  if (!one || !other) context.known = false;
  for (const column of [one, other]) if (column) use(context, column);
  const type = one && other ? commonType(context.catalogue, [one, other]) : unknownType;
  const ids = [...(one?.ids ?? []), ...(other?.ids ?? [])];
  return { ...type, name, ids, byte: undefined };
}
