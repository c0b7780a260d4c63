import type { IntoClause, SelectStmt } from 'libpg-query';
import { setConfig } from './searchPath.ts';
import type { Session } from './session.ts';
import { findInTree } from './syntaxTree.ts';
import { selectInto } from './views.ts';

/** A SELECT may make a table, set the search path, or call what changes tables. */
export function select(session: Session, node: SelectStmt): void {
  const into = intoOf(node);
  if (into) selectInto(session, node, into);
  for (const call of findInTree(node).calls) setConfig(session, call);
}

/** In a UNION it is written in the first part. */
function intoOf(node: SelectStmt): IntoClause | undefined {
  let at: SelectStmt | undefined = node;
  while (at && !at.intoClause) at = at.larg;
  return at?.intoClause;
}
