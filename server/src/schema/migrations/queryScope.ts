import type { Node } from 'libpg-query';
import type { Catalogue, ObjectId, SqlType } from './catalogue.ts';
import { type Typed, unknownType } from './commonType.ts';

/** A column of a query, or of what it reads. */
export interface QueryColumn extends Typed {
  readonly name: string;
  /** The table's columns it stands for; one that two tables share in a join is several. */
  readonly ids: readonly ObjectId[];
  /** Where the query names it. */
  readonly byte: number | undefined;
}

export interface QueryResult {
  readonly columns: readonly QueryColumn[];
  /** There are no others. */
  readonly closed: boolean;
}

/** What is named in FROM: a table, a subquery, a function. */
export interface RangeEntry extends QueryResult {
  readonly alias: string;
  /** Of a table that has no other name. */
  readonly schema: string | undefined;
  /** The type of a row, or of the only value of a function. */
  readonly row: SqlType | undefined;
}

/** An item of FROM: its columns by themselves, and the names by which they can be said to be of one of its parts. */
export interface FromItem extends QueryResult {
  readonly entries: readonly RangeEntry[];
}

export interface Scope {
  readonly items: FromItem[];
  readonly outer: Scope | undefined;
  readonly ctes: ReadonlyMap<string, QueryResult>;
}

/** What is gathered while a query is looked at. */
export interface QueryContext {
  readonly catalogue: Catalogue;
  readonly dependencies: Set<ObjectId>;
  /** The columns of a query inside of this one. */
  readonly subquery: (context: QueryContext, query: Node | undefined, outer: Scope) => QueryResult;
  /** All that the query uses was found. */
  known: boolean;
  temporary: boolean;
  groups: boolean;
}

/** No more columns can be in a query. */
const mostColumns = 1664;

export function resultOf(columns: readonly QueryColumn[], closed: boolean): QueryResult {
  return columns.length > mostColumns
    ? { columns: columns.slice(0, mostColumns), closed: false }
    : { columns, closed };
}

export function findCte(scope: Scope | undefined, name: string): QueryResult | undefined {
  for (let at = scope; at; at = at.outer) {
    const found = at.ctes.get(name);
    if (found) return found;
  }
  return undefined;
}

/** The entry of that name, nearest first. */
export function findEntry(scope: Scope | undefined, alias: string, schema?: string): RangeEntry | undefined {
  for (let at = scope; at; at = at.outer) {
    for (const { entries } of at.items) {
      for (const entry of entries) {
        if (entry.alias === alias && (schema === undefined || entry.schema === schema)) return entry;
      }
    }
  }
  return undefined;
}

/** A column by its name alone. `undefined` when there is none of that name, as far as is known. */
export function findUnqualified(
  context: QueryContext,
  scope: Scope | undefined,
  name: string,
): QueryColumn | undefined {
  for (let at = scope; at; at = at.outer) {
    for (const item of at.items) {
      const found = item.columns.find((column) => column.name === name);
      if (found) return use(context, found);
    }
    if (at.items.some(({ closed }) => !closed)) {
      context.known = false;
      return { ...unknownType, name, ids: [], byte: undefined };
    }
  }
  return undefined;
}

export function columnOf(context: QueryContext, entry: RangeEntry, name: string): Typed {
  const found = entry.columns.find((column) => column.name === name);
  if (found) return use(context, found);
  if (!entry.closed) context.known = false;
  return unknownType;
}

export function use(context: QueryContext, column: QueryColumn): QueryColumn {
  for (const id of column.ids) context.dependencies.add(id);
  return column;
}

/** The first columns renamed, as `AS t(a, b)` does. */
export function renamed(columns: readonly QueryColumn[], names: readonly string[]): QueryColumn[] {
  return columns.map((column, index) => {
    const name = names[index];
    return name === undefined ? column : { ...column, name };
  });
}
