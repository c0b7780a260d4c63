import type { CreateTableAsStmt, IntoClause, Node, SelectStmt, ViewStmt } from 'libpg-query';
import {
  type Column,
  findColumn,
  findRelation,
  newColumn,
  open,
  type Relation,
  type RelationKind,
} from './catalogue.ts';
import { settled } from './commonType.ts';
import { queryColumns } from './query.ts';
import { type QueryContext, type QueryResult, renamed } from './queryScope.ts';
import { canBe, makeRelation } from './relations.ts';
import { rangeName, type Session } from './session.ts';
import { words } from './types.ts';

interface Looked extends QueryResult {
  readonly context: QueryContext;
}

function look(session: Session, query: Node | undefined): Looked {
  const context: QueryContext = {
    catalogue: session.catalogue,
    dependencies: new Set(),
    subquery: queryColumns,
    known: true,
    temporary: false,
    groups: false,
  };
  try {
    return { ...queryColumns(context, query, undefined), context };
  } catch {
    // Nested deeper than the stack.
    context.known = false;
    return { columns: [], closed: false, context };
  }
}

export function createView(session: Session, node: ViewStmt): void {
  const { catalogue } = session;
  const looked = look(session, node.query);
  const columns = columnsOf(session, looked, words(node.aliases));
  const existing = node.replace ? findRelation(catalogue, rangeName(node.view)) : undefined;
  if (existing?.kind === 'view') {
    replaceView(session, existing, columns, looked);
    return;
  }
  make(session, { rel: node.view ?? {} }, 'view', false, looked, columns);
}

/** CREATE TABLE AS, CREATE MATERIALIZED VIEW. */
export function createTableAs(session: Session, node: CreateTableAsStmt): void {
  const kind = node.objtype === 'OBJECT_MATVIEW' ? 'materialized view' : 'table';
  const looked = look(session, node.query);
  const columns = columnsOf(session, looked, words(node.into?.colNames));
  make(session, node.into, kind, node.if_not_exists ?? false, looked, columns);
}

/** `SELECT … INTO` makes a table. */
export function selectInto(session: Session, node: SelectStmt, into: IntoClause): void {
  const looked = look(session, { SelectStmt: node });
  make(session, into, 'table', false, looked, columnsOf(session, looked, []));
}

function columnsOf(session: Session, { columns, closed }: Looked, names: readonly string[]): Column[] {
  const shown = closed ? renamed(columns, names) : openColumns(columns, names);
  return shown.map((column) =>
    newColumn(session.catalogue, {
      name: column.name,
      type: settled(column),
      nullable: true,
      origin: session.origin(column.byte),
    }),
  );
}

/** Behind a `*` that is not known, it is not known which column is which. */
function openColumns(columns: Looked['columns'], names: readonly string[]): Looked['columns'] {
  if (names.length === 0) return columns;
  return names.map((name) => ({ name, type: undefined, literal: false, ids: [], byte: undefined }));
}

function make(
  session: Session,
  into: IntoClause | undefined,
  kind: RelationKind,
  ifNotExists: boolean,
  { closed, context }: Looked,
  columns: Column[],
): void {
  // PostgreSQL refuses two of a name, and too many.
  if (!canBe(columns)) {
    const existing = findRelation(session.catalogue, rangeName(into?.rel));
    if (existing) open(existing);
    return;
  }
  const isTable = kind === 'table';
  makeRelation(session, into?.rel, ifNotExists, {
    kind,
    columns,
    closed,
    temporary: kind === 'view' && context.temporary,
    dependencies: isTable ? new Set() : context.dependencies,
    dependenciesKnown: isTable || context.known,
    groups: context.groups,
    untilCommit: into?.onCommit === 'ONCOMMIT_DROP',
    origin: session.origin(into?.rel?.location),
  });
}

/** It keeps its columns, and may have more. */
function replaceView(
  session: Session,
  view: Relation,
  columns: readonly Column[],
  { closed, context }: Looked,
): void {
  if (session.catalogue.uncertain || !canBe(columns)) {
    open(view);
    return;
  }
  const kept = columns.map((column): Column => {
    const own = findColumn(view, column.name);
    if (!own) return column;
    own.type = column.type;
    own.maybe = false;
    return own;
  });
  view.columns = kept;
  view.closed = closed && !session.catalogue.alwaysWild;
  view.existence = 'certain';
  view.dependencies = context.dependencies;
  view.dependenciesKnown = context.known;
}
