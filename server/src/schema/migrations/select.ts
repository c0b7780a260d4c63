import type { FuncCall, IntoClause, Node, SelectStmt } from 'libpg-query';
import { findRelation, findRoutines, markWild, open } from './catalogue.ts';
import { setConfig } from './searchPath.ts';
import type { Session } from './session.ts';
import { findInTree } from './syntaxTree.ts';
import { qualifiedName, words } from './types.ts';
import { selectInto } from './views.ts';

/** A SELECT may make a table, set the search path, or call what changes tables. */
export function select(session: Session, node: SelectStmt): void {
  const into = intoOf(node);
  if (into) selectInto(session, node, into);
  callsOf(session, node);
}

/** In a UNION it is written in the first part. */
function intoOf(node: SelectStmt): IntoClause | undefined {
  let at: SelectStmt | undefined = node;
  while (at && !at.intoClause) at = at.larg;
  return at?.intoClause;
}

/** What the functions that are called in a statement may do. */
export function callsOf(session: Session, tree: unknown): void {
  for (const call of findInTree(tree).calls) called(session, call);
}

/** One that no migration made, an extension's, may change a table that it is given by name. */
export function called(session: Session, call: FuncCall): void {
  const { catalogue } = session;
  const names = words(call.funcname);
  setConfig(session, call);
  if (names[0] === 'pg_catalog') return;
  const routines = findRoutines(catalogue, qualifiedName(names));
  if (routines.some(({ runsDdl }) => runsDdl)) markWild(catalogue);
  if (routines.length > 0 || readers.test(names.at(-1) ?? '')) return;
  const texts = (call.args ?? []).flatMap(textOf);
  for (const [index, text] of texts.entries()) {
    const parts = text.split('.');
    const before = texts[index - 1];
    const relation =
      findRelation(catalogue, qualifiedName(parts)) ??
      (before === undefined ? undefined : findRelation(catalogue, { schema: before, name: text }));
    if (relation) open(relation);
  }
}

/** Functions that only read, or change no table's shape. */
const readers =
  /^(?:set_config|setval|nextval|currval|pg_.*|to_.*|has_.*|coalesce|format|concat|quote_.*|cron.*|count)$/;

function textOf(node: Node): string[] {
  if ('TypeCast' in node && node.TypeCast.arg) return textOf(node.TypeCast.arg);
  if ('NamedArgExpr' in node && node.NamedArgExpr.arg) return textOf(node.NamedArgExpr.arg);
  return 'A_Const' in node && node.A_Const.sval ? [node.A_Const.sval.sval ?? ''] : [];
}
