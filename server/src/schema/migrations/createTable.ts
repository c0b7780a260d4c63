import type { ColumnDef, CreateForeignTableStmt, CreateStmt, Node } from 'libpg-query';
import {
  type Column,
  draftRelation,
  findColumn,
  findRelation,
  findRoutines,
  findType,
  newColumn,
  type ObjectId,
  open,
  type Relation,
  type RelationKind,
  relationOutside,
} from './catalogue.ts';
import { addConstraint, inheritConstraint } from './constraints.ts';
import { canBe, makeRelation, mostColumns } from './relations.ts';
import { certainly, rangeName, type Session } from './session.ts';
import { findInTree, nodesOf } from './syntaxTree.ts';
import { builtin, qualifiedName, resolveType, words } from './types.ts';

const serialTypes = new Map([
  ['serial', 'int4'],
  ['serial4', 'int4'],
  ['bigserial', 'int8'],
  ['serial8', 'int8'],
  ['smallserial', 'int2'],
  ['serial2', 'int2'],
]);

/** A column as it is declared; its keys are added by `addColumnConstraints` once it is in its table. */
export function declaredColumn(session: Session, relation: Relation | undefined, node: ColumnDef): Column {
  const { catalogue } = session;
  const constraints = nodesOf(node.constraints, 'Constraint');
  const typeNames = words(node.typeName?.names);
  const serial = typeNames.length === 1 ? serialTypes.get(typeNames[0] ?? '') : undefined;
  const isNotNull = constraints.some(({ contype }) =>
    ['CONSTR_NOTNULL', 'CONSTR_PRIMARY', 'CONSTR_IDENTITY'].includes(contype ?? ''),
  );
  return newColumn(catalogue, {
    name: node.colname ?? '',
    type: serial === undefined ? resolveType(catalogue, node.typeName) : builtin(serial),
    nullable: !isNotNull && serial === undefined,
    origin: session.origin(node.location),
    generatedFrom: relation && usedBy(session, relation, node),
  });
}

/** What a generated column is computed from: it goes when one of them does. */
function usedBy(session: Session, relation: Relation, definition: ColumnDef): Set<ObjectId> | undefined {
  const node = nodesOf(definition.constraints, 'Constraint').find(
    ({ contype }) => contype === 'CONSTR_GENERATED',
  );
  if (!node) return undefined;
  const { columns, calls } = findInTree(node.raw_expr);
  const used = new Set<ObjectId>();
  for (const { fields } of columns) {
    const column = findColumn(relation, words(fields).at(-1) ?? '');
    if (column) used.add(column.id);
  }
  for (const { funcname } of calls) {
    const [routine, ...others] = findRoutines(session.catalogue, qualifiedName(words(funcname)));
    // Of several it is not told which: the column stays when one of them goes.
    if (routine && others.length === 0) used.add(routine.id);
  }
  return used;
}

export function addColumnConstraints(
  session: Session,
  relation: Relation,
  column: Column,
  node: ColumnDef,
): void {
  for (const constraint of nodesOf(node.constraints, 'Constraint')) {
    if (constraint.contype !== 'CONSTR_NOTNULL' && constraint.contype !== 'CONSTR_IDENTITY') {
      addConstraint(session, relation, constraint, column);
    }
  }
}

export function createForeignTable(session: Session, node: CreateForeignTableStmt): void {
  if (node.base) createTable(session, node.base, 'foreign table', node.servername);
}

export function createTable(
  session: Session,
  node: CreateStmt,
  kind: RelationKind = 'table',
  server?: string,
): void {
  const draft = draftRelation(node.relation?.relname ?? '', {
    kind,
    columns: [],
    server,
    isPartition: node.partbound !== undefined,
    divided: node.partspec !== undefined,
    untilCommit: node.oncommit === 'ONCOMMIT_DROP',
    origin: session.origin(node.relation?.location),
  });
  // What it is made from is looked for before it is there itself, and is no less certain than the table.
  let declared: readonly Declared[] = [];
  certainly(session.catalogue, () => {
    declared = fill(session, draft, node);
  });
  if (!canBe(draft.columns)) {
    const existing = findRelation(session.catalogue, rangeName(node.relation));
    if (existing) open(existing);
    return;
  }
  const relation = makeRelation(session, node.relation, node.if_not_exists ?? false, draft);
  if (relation) certainly(session.catalogue, () => addKeys(session, relation, node, declared));
}

type Declared = readonly [Column, ColumnDef];

function fill(session: Session, relation: Relation, node: CreateStmt): Declared[] {
  const { catalogue } = session;
  for (const range of nodesOf(node.inhRelations, 'RangeVar')) {
    const parent =
      findRelation(catalogue, rangeName(range)) ??
      relationOutside(catalogue, rangeName(range), 'table', session.origin(range.location));
    if (parent) inherit(session, relation, parent);
    else open(relation);
  }
  if (node.ofTypename) copyType(session, relation, words(node.ofTypename.names));
  const declared: Declared[] = [];
  for (const element of node.tableElts ?? []) {
    if ('ColumnDef' in element) {
      declared.push([placeColumn(session, relation, element.ColumnDef), element.ColumnDef]);
    } else if ('TableLikeClause' in element) copyLike(session, relation, element);
  }
  // One that is generated may be computed from columns behind it.
  for (const [column, definition] of declared) {
    column.generatedFrom = usedBy(session, relation, definition) ?? column.generatedFrom;
  }
  relation.partitionKey = nodesOf(node.partspec?.partParams, 'PartitionElem').flatMap(
    ({ name = '' }) => findColumn(relation, name)?.id ?? [],
  );
  return declared;
}

function addKeys(
  session: Session,
  relation: Relation,
  node: CreateStmt,
  declared: readonly Declared[],
): void {
  for (const [column, definition] of declared) addColumnConstraints(session, relation, column, definition);
  for (const constraint of nodesOf(node.tableElts, 'Constraint'))
    addConstraint(session, relation, constraint);
  if (!relation.isPartition) return;
  for (const id of relation.parents) {
    const parent = session.catalogue.relations.get(id);
    for (const constraint of parent?.constraints ?? []) {
      if (parent) inheritConstraint(session, parent, relation, constraint);
    }
  }
}

/** Columns of a parent come first, and those of several are one when they have one name. */
function inherit(session: Session, relation: Relation, parent: Relation): void {
  relation.parents.push(parent.id);
  if (!parent.closed) open(relation);
  for (const column of parent.columns) {
    const own = findColumn(relation, column.name);
    if (own) {
      own.inherited++;
      if (column.nullable !== true) own.nullable = own.nullable === false ? false : column.nullable;
    } else {
      relation.columns.push(
        newColumn(session.catalogue, {
          ...column,
          description: undefined,
          local: false,
          inherited: 1,
          generatedFrom: translated(parent, relation, column.generatedFrom),
        }),
      );
    }
  }
}

/** The columns of another table by those of the same names. */
function translated(
  from: Relation,
  to: Relation,
  ids: ReadonlySet<ObjectId> | undefined,
): Set<ObjectId> | undefined {
  if (!ids) return undefined;
  const found = [...ids].flatMap((id) => {
    const name = from.columns.find((column) => column.id === id)?.name;
    return name === undefined ? id : (findColumn(to, name)?.id ?? []);
  });
  return new Set(found);
}

function copyType(session: Session, relation: Relation, names: readonly string[]): void {
  const type = findType(session.catalogue, qualifiedName(names));
  if (!type || !('columns' in type)) {
    open(relation);
    return;
  }
  relation.ofType = type.id;
  if (!type.closed) open(relation);
  relation.columns = type.columns.map((column) =>
    newColumn(session.catalogue, {
      ...column,
      nullable: true,
      local: false,
      inherited: 1,
      description: undefined,
    }),
  );
}

/** One that is inherited already is merged with what is declared. */
function placeColumn(session: Session, relation: Relation, node: ColumnDef): Column {
  const made = declaredColumn(session, relation, node);
  const existing = findColumn(relation, made.name);
  if (!existing) {
    // Without a type it is one of the parent or of the type of the table, of which little is known.
    relation.columns.push(made);
    return made;
  }
  const isOption = node.typeName === undefined;
  if (existing.inherited === 0 && !isOption) open(relation);
  if (!isOption) existing.local = true;
  if (made.nullable === false) existing.nullable = false;
  return existing;
}

const like = { comments: 1, generated: 16, identity: 32, indexes: 64 };

function copyLike(
  session: Session,
  relation: Relation,
  element: Extract<Node, { TableLikeClause: unknown }>,
): void {
  const { relation: range, options = 0 } = element.TableLikeClause;
  const { catalogue } = session;
  const source = findRelation(catalogue, rangeName(range)) ?? compositeType(session, rangeName(range));
  if (!source) {
    open(relation);
    return;
  }
  if (!source.closed) {
    const { foreignKeysKnown } = relation;
    open(relation);
    relation.foreignKeysKnown = foreignKeysKnown;
  }
  const copies = new Map<ObjectId, Column>();
  for (const column of source.columns) {
    if (relation.columns.length > mostColumns) break;
    const copy = newColumn(catalogue, {
      ...column,
      local: true,
      inherited: 0,
      description: (options & like.comments) === 0 ? undefined : column.description,
      generatedFrom:
        (options & like.generated) === 0 ? undefined : translated(source, relation, column.generatedFrom),
    });
    copies.set(column.id, copy);
    relation.columns.push(copy);
  }
  if ((options & like.indexes) === 0) return;
  for (const constraint of source.constraints) {
    if (constraint.kind !== 'primary key' && constraint.kind !== 'unique') continue;
    const keys = constraint.columns.flatMap((id) => copies.get(id)?.name ?? []);
    addConstraint(session, relation, {
      contype: constraint.kind === 'unique' ? 'CONSTR_UNIQUE' : 'CONSTR_PRIMARY',
      keys: keys.map((sval) => ({ String: { sval } })),
    });
  }
}

function compositeType(session: Session, name: ReturnType<typeof rangeName>): Relation | undefined {
  const type = findType(session.catalogue, name);
  return type && 'columns' in type ? type : undefined;
}
