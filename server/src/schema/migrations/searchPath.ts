import type { FuncCall, Node, VariableSetStmt } from 'libpg-query';
import type { Catalogue } from './catalogue.ts';
import type { Session } from './session.ts';
import { words } from './types.ts';

const initial: Path = { names: ['public'], user: 'likely' };

/** A search path but for what `$user` stands for. */
type Path = NonNullable<Catalogue['pathAfter']>;

/** SET search_path holds until the end of the file, SET LOCAL until that of the transaction. */
export function setVariable(session: Session, node: VariableSetStmt): void {
  if (node.kind === 'VAR_RESET_ALL') setPath(session, initial, false);
  if (node.name?.toLowerCase() !== 'search_path') return;
  if (node.kind !== 'VAR_SET_VALUE') {
    setPath(session, initial, node.is_local ?? false);
    return;
  }
  const names = (node.args ?? []).flatMap((each) =>
    'A_Const' in each && each.A_Const.sval ? [each.A_Const.sval.sval ?? ''] : [],
  );
  setPath(session, pathOf(names), node.is_local ?? false);
}

/** `set_config('search_path', 'app, public', false)`. */
export function setConfig(session: Session, call: FuncCall): void {
  if (words(call.funcname).at(-1) !== 'set_config') return;
  const [first, second, third] = call.args ?? [];
  const [name, value] = [textOf(first), textOf(second)];
  if (name !== undefined && name.toLowerCase() !== 'search_path') return;
  if (name === undefined || value === undefined) {
    session.catalogue.pathUnknown = true;
    return;
  }
  const isLocal = !(third && 'A_Const' in third && third.A_Const.boolval && !third.A_Const.boolval.boolval);
  const names = value.split(',').map((each) => {
    const trimmed = each.trim();
    return trimmed.startsWith('"') ? trimmed.slice(1, -1).replaceAll('""', '"') : trimmed.toLowerCase();
  });
  setPath(session, pathOf(names), isLocal);
}

function textOf(node: Node | undefined): string | undefined {
  return node && 'A_Const' in node && node.A_Const.sval ? (node.A_Const.sval.sval ?? '') : undefined;
}

/** Whether what a name without a schema means is certain where nothing is known of but what statements made. */
export function isPathCertain(catalogue: Catalogue): boolean {
  const { schemas, searchPath, pathUnknown, pathMayBeLeft } = catalogue;
  if (pathUnknown || pathMayBeLeft) return false;
  const made = new Set([...schemas.values()].flatMap((schema) => (schema.made ? [schema.name] : [])));
  return searchPath.slice(0, -1).every((name) => made.has(name) || name === 'pg_catalog');
}

/** At the end of a file: the next may be run in the same session. */
export function leavePath(catalogue: Catalogue): void {
  const isInitial = catalogue.searchPath.every((name) => initial.names.includes(name));
  if (!isInitial || catalogue.pathUnknown) catalogue.pathLeft = true;
}

/** As at the beginning of a session. */
export function resetPath(catalogue: Catalogue): void {
  replacePath(catalogue, initial);
  catalogue.pathUnknown = catalogue.pathAlwaysUnknown;
  catalogue.pathMayBeLeft = catalogue.pathLeft;
  catalogue.pathAfter = undefined;
}

export function beginTransaction(catalogue: Catalogue): void {
  catalogue.pathAfter ??= currentPath(catalogue);
}

/** What was SET LOCAL ends. */
export function endTransaction(catalogue: Catalogue): void {
  if (catalogue.pathAfter) replacePath(catalogue, catalogue.pathAfter);
  catalogue.pathAfter = undefined;
}

/** The path with one more schema before the others. */
export function withSchemaFirst(catalogue: Catalogue, name: string, interpret: () => void): void {
  const before = currentPath(catalogue);
  replacePath(catalogue, { names: [name, ...before.names], user: 'none' });
  interpret();
  replacePath(catalogue, before);
}

function currentPath({ searchPath, userOnPath }: Catalogue): Path {
  return { names: [...searchPath], user: userOnPath };
}

function replacePath(catalogue: Catalogue, { names, user }: Path): void {
  catalogue.searchPath.splice(0, catalogue.searchPath.length, ...names);
  catalogue.userOnPath = user;
}

function pathOf(names: readonly string[]): Path {
  return {
    names: names.filter((name) => name !== '' && name !== '$user'),
    user: names.includes('$user') ? 'any' : 'none',
  };
}

function setPath({ catalogue, depth }: Session, path: Path, isLocal: boolean): void {
  const { uncertain, pathAfter } = catalogue;
  replacePath(catalogue, path);
  if (pathAfter && !isLocal) catalogue.pathAfter = path;
  // Outside of a transaction it holds for one statement, or for all that are sent at once.
  if (uncertain || (isLocal && !pathAfter)) catalogue.pathUnknown = true;
  else if (depth === 0) {
    catalogue.pathUnknown = false;
    catalogue.pathMayBeLeft = isLocal && catalogue.pathMayBeLeft;
  }
}
