import type { CommentStmt } from 'libpg-query';
import { findColumn, findRelation } from './catalogue.ts';
import { namesOf } from './dropStatements.ts';
import type { Session } from './session.ts';
import { qualifiedName } from './types.ts';

/** COMMENT ON a table, a view, or one of their columns. */
export function comment(session: Session, node: CommentStmt): void {
  const { catalogue } = session;
  if (catalogue.uncertain) return;
  const names = namesOf(node.object);
  // An empty comment removes the one there is.
  const description = node.comment === '' ? undefined : node.comment;
  switch (node.objtype) {
    case 'OBJECT_COLUMN': {
      const relation = findRelation(catalogue, qualifiedName(names.slice(0, -1)));
      const column = relation && findColumn(relation, names.at(-1) ?? '');
      if (column) column.description = description;
      return;
    }
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_FOREIGN_TABLE': {
      const relation = findRelation(catalogue, qualifiedName(names));
      if (relation) relation.description = description;
      return;
    }
  }
}
