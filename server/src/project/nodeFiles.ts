import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { glob, globSync } from 'tinyglobby';
import {
  type DirectoryEntry,
  type FileSystem,
  failure,
  isInside,
  normalisePath,
  type ReadResult,
  sizeLimit,
} from './files.ts';

const ignored = ['**/node_modules/**', '**/.git/**', '**/.hg/**', '**/.svn/**'];
const depthLimit = 24;

/**
 * Reads the disk, only below the folders that `allowed` gives at that moment, symbolic links resolved; anywhere when
 * `trusted`: then a schema may lie beside the workspace, as in a repository of which one folder is open.
 */
export function nodeFileSystem(allowed: () => readonly string[], trusted = false): FileSystem {
  const realDirectories = new Map<string, string>();

  /** Real paths of directories are kept: a project reads many files of the same few. */
  const realDirectory = (directory: string): string => {
    const known = realDirectories.get(directory);
    if (known !== undefined) return known;
    const real = normalisePath(realpathSync.native(directory));
    if (realDirectories.size > 10_000) realDirectories.clear();
    realDirectories.set(directory, real);
    return real;
  };
  const isAllowed = (real: string): boolean =>
    trusted ||
    allowed().some((folder) => {
      try {
        return isInside(real, realDirectory(folder));
      } catch {
        return false;
      }
    });

  const read = (path: string): ReadResult => {
    try {
      const real = normalisePath(realpathSync.native(path));
      if (!isAllowed(real)) return failure('outside-workspace', path);
      // Looked at before it is opened: opening a pipe or a device could block.
      const status = statSync(real);
      if (status.isDirectory()) return failure('directory', path);
      if (!status.isFile()) return failure('unreadable', path);
      if (status.size > sizeLimit) return failure('too-large', path);
      const text = readFileSync(real, 'utf8');
      return { ok: true, text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text };
    } catch (error) {
      return failure(isMissing(error) ? 'missing' : 'unreadable', path);
    }
  };

  const list = (directory: string): readonly DirectoryEntry[] | undefined => {
    try {
      realDirectories.delete(directory);
      if (!isAllowed(realDirectory(directory))) return undefined;
      return readdirSync(directory, { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        kind: isDirectory(entry, directory) ? 'directory' : 'file',
      }));
    } catch {
      return undefined;
    }
  };

  const options = (directory: string) => ({
    cwd: directory,
    absolute: true,
    ignore: ignored,
    deep: depthLimit,
    followSymbolicLinks: false,
    expandDirectories: false,
    onlyFiles: true,
  });
  const accept = (paths: readonly string[], directory: string): readonly string[] =>
    paths
      .map(normalisePath)
      .filter(
        (path) => trusted || isInside(path, directory) || allowed().some((folder) => isInside(path, folder)),
      )
      .sort();

  return {
    read,
    list,
    find: async (directory, patterns) => {
      try {
        if (!isAllowed(realDirectory(directory))) return [];
        return accept(await glob([...patterns], options(directory)), directory);
      } catch {
        return [];
      }
    },
    findNow: (directory, pattern) => {
      try {
        if (!isAllowed(realDirectory(directory))) return [];
        return accept(globSync(pattern, options(directory)), directory);
      } catch {
        return [];
      }
    },
  };
}

function isDirectory(
  entry: { name: string; isDirectory(): boolean; isSymbolicLink(): boolean },
  directory: string,
): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    return statSync(`${directory}/${entry.name}`).isDirectory();
  } catch {
    return false;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
