import type { FuncCall, VariableSetStmt } from 'libpg-query';
import type { Session } from './session.ts';
import { words } from './types.ts';

const initial = ['public'];

/** SET search_path holds until the end of the file. */
export function setVariable(session: Session, node: VariableSetStmt): void {
  if (node.kind === 'VAR_RESET_ALL') setPath(session, initial);
  if (node.name?.toLowerCase() !== 'search_path') return;
  if (node.kind !== 'VAR_SET_VALUE') {
    setPath(session, initial);
    return;
  }
  const names = (node.args ?? []).flatMap((each) =>
    'A_Const' in each && each.A_Const.sval ? [each.A_Const.sval.sval ?? ''] : [],
  );
  setPath(session, names);
}

/** `set_config('search_path', 'app, public', false)`. */
export function setConfig(session: Session, call: FuncCall): void {
  if (words(call.funcname).at(-1) !== 'set_config') return;
  const [name, value] = (call.args ?? []).map((each) =>
    'A_Const' in each && each.A_Const.sval ? (each.A_Const.sval.sval ?? '') : undefined,
  );
  if (name?.toLowerCase() !== 'search_path' || value === undefined) return;
  const names = value.split(',').map((each) => {
    const trimmed = each.trim();
    return trimmed.startsWith('"') ? trimmed.slice(1, -1).replaceAll('""', '"') : trimmed.toLowerCase();
  });
  setPath(session, names);
}

export function resetPath(path: string[]): void {
  path.splice(0, path.length, ...initial);
}

function setPath(session: Session, names: readonly string[]): void {
  const path = session.catalogue.searchPath;
  path.splice(0, path.length, ...names.filter((name) => name !== '' && name !== '$user'));
}
