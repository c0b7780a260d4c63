import { Minimatch } from 'minimatch';
import { type DirectoryEntry, joinPath } from './files.ts';

/** What makes a pattern of a path. */
export const patternSign = /[*?[{(!]/;
/** Files and folders that are looked at for one pattern. */
export const mostEntries = 10_000;
/** Longer than any pattern a person writes. */
const longestPattern = 1000;
const mostAlternatives = 100;
/** Folders are looked into to this depth, */
export const deepestFolder = 24;
/** but never these: what they hold is not the project's own. */
export const ignoredFolders: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn']);

export interface GlobResult {
  /** Absolute, sorted; only part of what there is when something is wrong. */
  readonly paths: readonly string[];
  /** How many files and folders were looked at. */
  readonly looked: number;
  readonly problem: 'too-many' | 'bad-pattern' | undefined;
}

/**
 * Files below a directory that match a pattern, which comes from a repository: the matcher never backtracks, no more
 * entries are looked at than the limit says, linked directories are not entered, and `list` decides where to look at all.
 */
export function findByGlob(
  list: (directory: string) => readonly DirectoryEntry[] | undefined,
  directory: string,
  pattern: string,
  limit = mostEntries,
): GlobResult {
  const parts = pattern.split('/');
  const magic = parts.findIndex((part) => patternSign.test(part));
  const top = joinPath(directory, parts.slice(0, magic).join('/'));
  const matcher = magic === -1 ? undefined : matcherOf(parts.slice(magic).join('/'));
  if (matcher === undefined) return { paths: [], looked: 0, problem: 'bad-pattern' };

  const paths: string[] = [];
  let looked = 0;
  const open: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { name, kind, linked } of list(joinPath(top, next.path)) ?? []) {
      if (++looked > limit) return { paths: paths.sort(), looked: limit, problem: 'too-many' };
      const path = next.path === '' ? name : `${next.path}/${name}`;
      if (kind === 'file') {
        if (matcher.match(path)) paths.push(joinPath(top, path));
      } else if (
        !linked &&
        !ignoredFolders.has(name) &&
        next.depth < deepestFolder &&
        matcher.match(path, true)
      ) {
        open.push({ path, depth: next.depth + 1 });
      }
    }
  }
  return { paths: paths.sort(), looked, problem: undefined };
}

function matcherOf(pattern: string): Minimatch | undefined {
  if (pattern.length > longestPattern) return undefined;
  try {
    return new Minimatch(pattern, {
      platform: 'linux',
      nocomment: true,
      nonegate: true,
      braceExpandMax: mostAlternatives,
    });
  } catch {
    return undefined;
  }
}
