import type { Constraint as ConstraintNode } from 'libpg-query';
import {
  type Column,
  type Constraint,
  childrenOf,
  findColumn,
  findRelation,
  type ObjectId,
  type Relation,
  relationOutside,
} from './catalogue.ts';
import { cutName } from './identifiers.ts';
import { setNullable } from './relations.ts';
import { rangeName, type Session } from './session.ts';
import { words } from './types.ts';

/** Adds a constraint of a table, or of one of its columns. */
export function addConstraint(
  session: Session,
  relation: Relation,
  node: ConstraintNode,
  column?: Column,
): void {
  const { catalogue } = session;
  switch (node.contype) {
    case 'CONSTR_NOTNULL': {
      const target = column ?? findColumn(relation, words(node.keys)[0] ?? '');
      if (target) setNotNull(session, relation, target, true);
      return;
    }
    case 'CONSTR_NULL':
      return;
    case 'CONSTR_IDENTITY':
      if (column) setNullable(catalogue, column, false);
      return;
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE': {
      const isPrimary = node.contype === 'CONSTR_PRIMARY';
      if (node.indexname !== undefined) {
        // Which columns the index has is not kept.
        if (isPrimary) for (const each of relation.columns) if (each.nullable) each.nullable = undefined;
        put(session, relation, {
          name: node.conname ?? node.indexname,
          kind: isPrimary ? 'primary key' : 'unique',
          columns: [],
          references: undefined,
          inherited: false,
        });
        return;
      }
      const columns = keyColumns(relation, node, column);
      if (isPrimary) for (const each of columns) setNotNull(session, relation, each, true);
      put(session, relation, {
        name: node.conname ?? chosenName(relation, isPrimary ? [] : columns, isPrimary ? 'pkey' : 'key'),
        kind: isPrimary ? 'primary key' : 'unique',
        columns: columns.map(({ id }) => id),
        references: undefined,
        inherited: false,
      });
      return;
    }
    case 'CONSTR_FOREIGN':
      addForeignKey(session, relation, node, column);
      return;
    case 'CONSTR_CHECK':
    case 'CONSTR_EXCLUSION':
      if (node.conname === undefined) return;
      put(session, relation, {
        name: node.conname,
        kind: 'other',
        columns: [],
        references: undefined,
        inherited: false,
      });
      return;
  }
}

function keyColumns(relation: Relation, node: ConstraintNode, column: Column | undefined): Column[] {
  if (column) return [column];
  return words(node.keys).flatMap((name) => findColumn(relation, name) ?? []);
}

function addForeignKey(
  session: Session,
  relation: Relation,
  node: ConstraintNode,
  column: Column | undefined,
): void {
  const { catalogue } = session;
  const names = column ? [column.name] : words(node.fk_attrs);
  const columns = names.flatMap((name) => findColumn(relation, name) ?? []);
  const name = rangeName(node.pktable);
  const target =
    findRelation(catalogue, name) ??
    relationOutside(catalogue, name, 'table', session.origin(node.pktable?.location));
  if (columns.length !== names.length || !target) {
    relation.foreignKeysKnown = false;
    return;
  }
  const targetNames = words(node.pk_attrs);
  const referenced: readonly ObjectId[] =
    targetNames.length > 0
      ? targetNames.flatMap((each) => findColumn(target, each)?.id ?? [])
      : (target.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? []);
  put(session, relation, {
    name: node.conname ?? chosenName(relation, columns, 'fkey'),
    kind: 'foreign key',
    columns: columns.map(({ id }) => id),
    references: { relation: target.id, columns: referenced },
    inherited: false,
  });
}

function put(session: Session, relation: Relation, constraint: Constraint): void {
  if (session.catalogue.uncertain) {
    relation.foreignKeysKnown = false;
    return;
  }
  relation.constraints.push(constraint);
  for (const child of childrenOf(session.catalogue, relation)) {
    if (child.isPartition) inheritConstraint(session, relation, child, constraint);
  }
}

/** A partition has the keys of its parent. */
export function inheritConstraint(
  session: Session,
  parent: Relation,
  partition: Relation,
  constraint: Constraint,
): void {
  if (constraint.kind === 'other') return;
  const columns = constraint.columns.flatMap((id) => {
    const name = parent.columns.find((column) => column.id === id)?.name;
    return name === undefined ? [] : (findColumn(partition, name) ?? []);
  });
  if (constraint.kind === 'primary key') for (const column of columns) column.nullable = false;
  put(session, partition, { ...constraint, columns: columns.map(({ id }) => id), inherited: true });
}

/** A column and those that inherit it become NOT NULL. */
export function setNotNull(session: Session, relation: Relation, column: Column, recurse: boolean): void {
  setNullable(session.catalogue, column, false);
  if (!recurse) return;
  for (const child of childrenOf(session.catalogue, relation)) {
    const inherited = findColumn(child, column.name);
    if (inherited) setNotNull(session, child, inherited, true);
  }
}

/** As the database names a constraint that has no name. */
function chosenName(relation: Relation, columns: readonly Column[], label: string): string {
  const names = columns.map(({ name }) => name).join('_');
  const base = fitted(relation.name, names, label);
  const taken = new Set(relation.constraints.map(({ name }) => name));
  let name = base;
  for (let count = 1; taken.has(name); count++) name = fitted(relation.name, names, `${label}${count}`);
  return name;
}

/** The table's name and the columns' are cut, the longer first, until all fits. */
function fitted(table: string, columns: string, label: string): string {
  const room = 63 - label.length - 1 - (columns === '' ? 0 : 1);
  let first = table.length;
  let second = columns.length;
  while (first + second > room) {
    if (first > second) first--;
    else second--;
  }
  return cutName(
    [table.slice(0, first), columns.slice(0, second), label].filter((part) => part !== '').join('_'),
  );
}
