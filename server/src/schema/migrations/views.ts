import type { CreateTableAsStmt, SelectStmt, ViewStmt } from 'libpg-query';
import { makeRelation } from './relations.ts';
import type { Session } from './session.ts';

export function createView(session: Session, node: ViewStmt): void {
  makeRelation(session, node.view, false, {
    kind: 'view',
    columns: [],
    closed: false,
    origin: session.origin(node.view?.location),
  });
}

export function createTableAs(session: Session, node: CreateTableAsStmt): void {
  makeRelation(session, node.into?.rel, node.if_not_exists ?? false, {
    kind: node.objtype === 'OBJECT_MATVIEW' ? 'materialized view' : 'table',
    columns: [],
    closed: false,
    origin: session.origin(node.into?.rel?.location),
  });
}

export function select(_session: Session, _node: SelectStmt): void {}
