import type { RangeVar } from 'libpg-query';
import {
  addSchema,
  type Catalogue,
  type Column,
  childrenOf,
  creationSchema,
  findColumn,
  findRelation,
  type NewRelation,
  newColumn,
  open,
  putRelation,
  type Relation,
  type RelationKind,
  relationOutside,
  type Schema,
  type SqlType,
} from './catalogue.ts';
import { dropRelation } from './drop.ts';
import type { SqlOrigin } from './replayedDatabase.ts';
import { rangeName, type Session, StatementFails } from './session.ts';
import { sameType } from './types.ts';

/** As PostgreSQL has it. */
export const mostColumns = 1600;

/** Whether a table or view can have these columns: the statement fails when it has two of a name, or too many. */
export function canBe(columns: readonly Column[]): boolean {
  return columns.length <= mostColumns && new Set(columns.map(({ name }) => name)).size === columns.length;
}

/**
 * Makes a relation, as far as the statement can have made it: one that is there stays when it says IF NOT EXISTS, and without that
 * contradicts what is known. `undefined` when there is none to work on.
 */
export function makeRelation(
  session: Session,
  range: RangeVar | undefined,
  ifNotExists: boolean,
  made: NewRelation,
): Relation | undefined {
  const { catalogue } = session;
  const temporary =
    (made.temporary ?? false) || range?.relpersistence === 't' || range?.schemaname === 'pg_temp';
  const name = rangeName(range);
  const schema = temporary ? addSchema(catalogue, 'pg_temp') : creationSchema(catalogue, name);
  if (!schema) return undefined;
  const existing = relationIn(catalogue, schema, name.name);
  if (catalogue.uncertain) return makeUncertain(catalogue, schema, name.name, existing, ifNotExists, made);
  if (!existing) {
    const closed = (made.closed ?? true) && !(ifNotExists && catalogue.wild) && !catalogue.alwaysWild;
    return putRelation(catalogue, schema, name.name, { ...made, closed, temporary });
  }
  if (session.attempting && existing.existence === 'certain') throw new StatementFails();
  if (ifNotExists || session.attempting) {
    if (existing.existence === 'maybe') becomeEither(existing, made.columns);
    return undefined;
  }
  // That it could be made shows that there was none, against what is known, unless that was only a chance.
  const contradicts = existing.existence !== 'maybe';
  dropRelation(catalogue, existing);
  const relation = putRelation(catalogue, schema, name.name, { ...made, temporary });
  if (contradicts || catalogue.alwaysWild) open(relation);
  return relation;
}

function relationIn(catalogue: Catalogue, schema: Schema, name: string): Relation | undefined {
  const id = schema.relations.get(name);
  return id === undefined ? undefined : catalogue.relations.get(id);
}

function makeUncertain(
  catalogue: Catalogue,
  schema: Schema,
  name: string,
  existing: Relation | undefined,
  ifNotExists: boolean,
  made: NewRelation,
): Relation | undefined {
  if (!existing) {
    const relation = putRelation(catalogue, schema, name, { ...made, existence: 'maybe', closed: false });
    relation.foreignKeysKnown = false;
    return relation;
  }
  if (!ifNotExists || existing.existence === 'maybe') {
    open(existing);
    if (existing.existence === 'maybe') keepCommon(existing, made.columns);
  }
  return undefined;
}

/** It is there, either as it may have been or as it would be made now. */
function becomeEither(existing: Relation, columns: readonly Column[]): void {
  keepCommon(existing, columns);
  existing.existence = 'certain';
}

function keepCommon(existing: Relation, columns: readonly Column[]): void {
  for (const column of existing.columns) {
    const other = columns.find(({ name }) => name === column.name);
    if (!other) column.maybe = true;
    else {
      if (!(other.type && column.type && sameType(other.type, column.type))) column.type = undefined;
      if (other.nullable !== column.nullable) column.nullable = undefined;
    }
  }
}

/** The relation a statement works on; if none made it, one of which little is known. */
export function relationToChange(
  session: Session,
  range: RangeVar | undefined,
  kind: RelationKind,
  ifExists: boolean,
): Relation | undefined {
  const { catalogue } = session;
  const found = findRelation(catalogue, rangeName(range));
  if (!found) {
    if (ifExists || catalogue.uncertain) return undefined;
    return relationOutside(catalogue, rangeName(range), kind, session.origin(range?.location));
  }
  if (!catalogue.uncertain && !ifExists && found.existence === 'maybe') found.existence = 'certain';
  return found;
}

/** A column in a statement and whether it was there. */
export function columnToChange(
  session: Session,
  relation: Relation,
  name: string,
  origin: SqlOrigin,
): Column | undefined {
  const column = findColumn(relation, name);
  const { catalogue } = session;
  if (!column) {
    if (session.attempting && relation.closed) throw new StatementFails();
    // The statement works on what is not known of.
    open(relation);
    if (catalogue.uncertain) return undefined;
    const made = newColumn(catalogue, { name, type: undefined, nullable: undefined, origin });
    relation.columns.push(made);
    relation.goneColumns.delete(name);
    return made;
  }
  if (!catalogue.uncertain) column.maybe = false;
  return column;
}

export function setNullable(catalogue: Catalogue, column: Column, nullable: boolean): void {
  if (column.nullable === nullable) return;
  column.nullable = catalogue.uncertain ? undefined : nullable;
}

export function setType(catalogue: Catalogue, column: Column, type: SqlType | undefined): void {
  column.type = catalogue.uncertain ? undefined : type;
}

/** Adds a column to a table and to those that inherit from it. */
export function addColumn(session: Session, relation: Relation, made: Column, ifNotExists: boolean): void {
  const { catalogue } = session;
  relation.goneColumns.delete(made.name);
  const existing = findColumn(relation, made.name);
  if (existing) {
    if (session.attempting && !existing.maybe) throw new StatementFails();
    meetExisting(catalogue, relation, existing, made, ifNotExists || session.attempting);
    return;
  }
  if (relation.columns.length >= mostColumns) {
    open(relation);
    return;
  }
  const maybeThere = ifNotExists && !relation.closed;
  if (maybeThere) open(relation);
  if (catalogue.uncertain) open(relation);
  relation.columns.push({
    ...made,
    ...(maybeThere && { nullable: undefined }),
    maybe: catalogue.uncertain,
  });
  inheritColumn(session, relation, made);
}

/** Its children have the column as well: they get it, or theirs is merged with it. */
function inheritColumn(session: Session, relation: Relation, made: Column): void {
  const { catalogue } = session;
  for (const child of childrenOf(catalogue, relation)) {
    child.goneColumns.delete(made.name);
    const own = findColumn(child, made.name);
    if (own) {
      own.inherited++;
      if (made.nullable === false) setNullable(catalogue, own, false);
      if (catalogue.uncertain) open(child);
    } else {
      const copy = newColumn(catalogue, { ...made, local: false, inherited: 1, maybe: catalogue.uncertain });
      if (catalogue.uncertain) open(child);
      child.columns.push(copy);
      inheritColumn(session, child, made);
    }
  }
}

function meetExisting(
  catalogue: Catalogue,
  relation: Relation,
  existing: Column,
  made: Column,
  ifNotExists: boolean,
): void {
  const same = existing.type && made.type && sameType(existing.type, made.type);
  if (existing.maybe && !catalogue.uncertain) {
    existing.maybe = false;
    if (!ifNotExists) {
      existing.type = made.type;
      existing.nullable = made.nullable;
      return;
    }
    if (!same) existing.type = undefined;
    if (existing.nullable !== made.nullable) existing.nullable = undefined;
    return;
  }
  if (ifNotExists) return;
  // It was dropped by something that is not known of, or the statement did not run.
  open(relation);
  if (!same) existing.type = catalogue.uncertain ? undefined : made.type;
  if (existing.nullable !== made.nullable) existing.nullable = undefined;
}
