import type { DropStmt, Node } from 'libpg-query';
import { findRelation, findRoutines, findSchema, findType, type Routine } from './catalogue.ts';
import { dropExtension, dropRelation, dropRoutine, dropSchema, dropType } from './drop.ts';
import { type Session, uncertainly } from './session.ts';
import { nodesOf } from './syntaxTree.ts';
import { qualifiedName, resolveType, sameType, words } from './types.ts';

/** DROP of tables, views, types, schemas and the like; of what has no part in a table's shape, nothing. */
export function dropObjects(session: Session, node: DropStmt): void {
  for (const object of node.objects ?? []) dropObject(session, node, object);
}

/** Of another kind the statement fails: the one that is meant is not known of. */
const dropped = {
  OBJECT_TABLE: 'table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_FOREIGN_TABLE: 'foreign table',
} as const;

function dropObject(session: Session, node: DropStmt, object: Node): void {
  const { catalogue } = session;
  switch (node.removeType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_FOREIGN_TABLE': {
      const relation = findRelation(catalogue, qualifiedName(namesOf(object)));
      if (!relation) return;
      // DROP TABLE IF EXISTS of a type fails: the table that is meant is not known of.
      if (relation.kind === 'composite type' && relation.existence === 'certain' && node.missing_ok) return;
      if (relation.kind === dropped[node.removeType]) dropRelation(catalogue, relation);
      else uncertainly(catalogue, () => dropRelation(catalogue, relation));
      return;
    }
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN': {
      const type = findType(catalogue, qualifiedName(namesOf(object)));
      if (!type) return;
      if ('columns' in type) {
        if (type.kind === 'composite type') dropRelation(catalogue, type);
        else uncertainly(catalogue, () => dropRelation(catalogue, type));
      } else dropType(catalogue, type);
      return;
    }
    case 'OBJECT_SCHEMA': {
      const schema = 'String' in object ? findSchema(catalogue, object.String.sval ?? '') : undefined;
      if (schema) dropSchema(catalogue, schema);
      return;
    }
    case 'OBJECT_EXTENSION':
      if ('String' in object) dropExtension(catalogue, object.String.sval ?? '');
      return;
    case 'OBJECT_FOREIGN_SERVER':
      if ('String' in object) dropServer(session, object.String.sval ?? '');
      return;
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      for (const routine of routinesMeant(session, object)) dropRoutine(catalogue, routine);
      return;
  }
}

/** The words of a name, whichever node holds them. */
export function namesOf(object: Node | undefined): string[] {
  if (!object) return [];
  if ('List' in object) return words(object.List.items);
  if ('TypeName' in object) return words(object.TypeName.names);
  if ('ObjectWithArgs' in object) return words(object.ObjectWithArgs.objname);
  return 'String' in object ? [object.String.sval ?? ''] : [];
}

function dropServer(session: Session, server: string): void {
  for (const relation of [...session.catalogue.relations.values()]) {
    if (relation.server === server) dropRelation(session.catalogue, relation);
  }
}

/** The one with these arguments; without them, the only one of that name. */
export function routinesMeant(session: Session, object: Node): Routine[] {
  const { catalogue } = session;
  const found = findRoutines(catalogue, qualifiedName(namesOf(object)));
  if (!('ObjectWithArgs' in object) || object.ObjectWithArgs.args_unspecified) return found.slice(0, 1);
  const given = nodesOf(object.ObjectWithArgs.objargs, 'TypeName').map((each) =>
    resolveType(catalogue, each),
  );
  const fits = found.filter((routine) => {
    const inputs = routine.arguments.filter(({ isInput }) => isInput);
    return (
      inputs.length === given.length &&
      inputs.every(({ type }, index) => {
        const other = given[index];
        return !type || !other || sameType(type, other);
      })
    );
  });
  return fits.slice(0, 1);
}
