import type { AlterObjectSchemaStmt, RenameStmt } from 'libpg-query';
import { inheriting } from './alterTable.ts';
import {
  addSchema,
  findColumn,
  findRelation,
  findSchema,
  findType,
  forgetGoneIn,
  forgetGoneName,
  moveRelation,
  newColumn,
  open,
  type Relation,
  type RelationKind,
  type Routine,
  type Schema,
  tellGone,
  tellGoneColumn,
  type UserType,
} from './catalogue.ts';
import { dropRelation } from './drop.ts';
import { namesOf, routinesMeant } from './dropStatements.ts';
import { columnToChange, relationToChange } from './relations.ts';
import { rangeName, type Session } from './session.ts';
import { qualifiedName } from './types.ts';
import { moveExtension } from './userTypes.ts';

/** ALTER … RENAME. */
export function rename(session: Session, node: RenameStmt): void {
  const { catalogue } = session;
  const name = node.newname ?? '';
  forgetTarget(session, node.renameType, name);
  switch (node.renameType) {
    case 'OBJECT_COLUMN':
    case 'OBJECT_ATTRIBUTE': {
      const kind: RelationKind = node.renameType === 'OBJECT_ATTRIBUTE' ? 'composite type' : 'table';
      const relation = relationToChange(session, node.relation, kind, node.missing_ok ?? false);
      if (relation) renameColumn(session, relation, node.subname ?? '', name);
      return;
    }
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_FOREIGN_TABLE': {
      const relation = findRelation(catalogue, rangeName(node.relation));
      const schema = relation && catalogue.schemas.get(relation.schema);
      if (relation && schema) moveTo(session, relation, schema, name);
      return;
    }
    case 'OBJECT_TABCONSTRAINT': {
      const relation = findRelation(catalogue, rangeName(node.relation));
      for (const constraint of relation?.constraints ?? []) {
        if (constraint.name === node.subname) constraint.name = name;
      }
      return;
    }
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN': {
      const type = findType(catalogue, qualifiedName(namesOf(node.object)));
      const schema = type && catalogue.schemas.get(type.schema);
      if (type && schema) moveType(session, type, schema, name);
      return;
    }
    case 'OBJECT_SCHEMA': {
      const schema = findSchema(catalogue, node.subname ?? '');
      if (schema && !catalogue.uncertain) renameSchema(session, schema, name);
      else if (schema) openAll(session, schema);
      return;
    }
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE': {
      if (!node.object) return;
      for (const routine of routinesMeant(session, node.object)) {
        moveRoutine(session, routine, catalogue.schemas.get(routine.schema), name);
      }
      return;
    }
  }
}

/** What was taken away may be there again under its name, whether what is renamed is known or not. */
function forgetTarget({ catalogue }: Session, kind: RenameStmt['renameType'], name: string): void {
  if (kind === 'OBJECT_SCHEMA') forgetGoneIn(catalogue, name);
  else if (kind !== 'OBJECT_COLUMN' && kind !== 'OBJECT_ATTRIBUTE' && kind !== 'OBJECT_TABCONSTRAINT')
    forgetGoneName(catalogue, name);
}

/** ALTER … SET SCHEMA. */
export function setSchema(session: Session, node: AlterObjectSchemaStmt): void {
  const { catalogue } = session;
  const name = node.newschema ?? '';
  const moved = node.relation?.relname ?? namesOf(node.object).at(-1) ?? '';
  forgetGoneName(catalogue, moved, name);
  switch (node.objectType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_FOREIGN_TABLE': {
      const relation = findRelation(catalogue, rangeName(node.relation));
      if (relation) moveTo(session, relation, addSchema(catalogue, name), relation.name);
      return;
    }
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN': {
      const type = findType(catalogue, qualifiedName(namesOf(node.object)));
      if (type) moveType(session, type, addSchema(catalogue, name), type.name);
      return;
    }
    case 'OBJECT_EXTENSION':
      moveExtension(session, namesOf(node.object)[0] ?? '', name);
      return;
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE': {
      if (!node.object) return;
      for (const routine of routinesMeant(session, node.object)) {
        moveRoutine(session, routine, addSchema(catalogue, name), routine.name);
      }
      return;
    }
  }
}

function renameSchema({ catalogue }: Session, schema: Schema, name: string): void {
  for (const id of schema.relations.values()) {
    const relation = catalogue.relations.get(id);
    if (relation) tellGone(catalogue, relation, 'renamed');
  }
  schema.name = name;
}

function openAll(session: Session, schema: Schema): void {
  for (const id of schema.relations.values()) {
    const relation = session.catalogue.relations.get(id);
    if (!relation) continue;
    relation.existence = 'maybe';
    open(relation);
  }
}

function moveTo(session: Session, relation: Relation, schema: Schema, name: string): void {
  const { catalogue } = session;
  if (catalogue.uncertain) {
    relation.existence = 'maybe';
    open(relation);
    return;
  }
  const inTheWay = catalogue.relations.get(schema.relations.get(name) ?? -1);
  if (inTheWay === relation) return;
  if (inTheWay) dropRelation(catalogue, inTheWay);
  moveRelation(catalogue, relation, { schema, name });
  if (inTheWay?.existence === 'certain') open(relation);
}

function moveType(session: Session, type: UserType | Relation, schema: Schema, name: string): void {
  if ('columns' in type) {
    moveTo(session, type, schema, name);
    return;
  }
  const { catalogue } = session;
  if (catalogue.uncertain) {
    type.maybe = true;
    return;
  }
  const from = catalogue.schemas.get(type.schema);
  if (from?.types.get(type.name) === type.id) from.types.delete(type.name);
  type.schema = schema.id;
  type.name = name;
  schema.types.set(name, type.id);
}

function moveRoutine(session: Session, routine: Routine, schema: Schema | undefined, name: string): void {
  if (!schema || session.catalogue.uncertain) return;
  const from = session.catalogue.schemas.get(routine.schema);
  const rest = (from?.routines.get(routine.name) ?? []).filter((id) => id !== routine.id);
  from?.routines.set(routine.name, rest);
  routine.schema = schema.id;
  routine.name = name;
  schema.routines.set(name, [...(schema.routines.get(name) ?? []), routine.id]);
}

/** Those that inherit the column get the name as well. */
function renameColumn(session: Session, relation: Relation, from: string, to: string): void {
  const { catalogue } = session;
  const column = columnToChange(session, relation, from, session.origin(undefined));
  if (!column) return;
  const inTheWay = findColumn(relation, to);
  if (catalogue.uncertain) {
    column.maybe = true;
    open(relation);
    if (!inTheWay) relation.columns.push(newColumn(catalogue, { ...column, name: to, maybe: true }));
  } else {
    if (inTheWay) {
      relation.columns = relation.columns.filter((each) => each !== inTheWay);
      if (!inTheWay.maybe) open(relation);
    }
    tellGoneColumn(catalogue, relation, column, 'renamed');
    column.name = to;
  }
  for (const child of inheriting(session, relation)) {
    if (findColumn(child, from)) renameColumn(session, child, from, to);
  }
}
