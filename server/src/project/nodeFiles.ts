import { readdirSync, statSync } from 'node:fs';
import { glob } from 'tinyglobby';
import { ReadableFiles, type ReadableFolders } from '../../../common/src/files/readableFiles.ts';
import { type DirectoryEntry, type FileSystem, isInside, joinPath, normalisePath } from './files.ts';
import { deepestFolder, ignoredFolders } from './globs.ts';

const ignored = [...ignoredFolders].map((name) => `**/${name}/**`);

/** Reads the disk, as far as it may be read, symbolic links resolved. */
export function nodeFileSystem(readable: ReadableFolders): FileSystem {
  const files = new ReadableFiles(readable);

  /** @throws when there is none */
  const isReadableDirectory = (directory: string): boolean => files.real(directory) !== undefined;

  const list = (directory: string): readonly DirectoryEntry[] | undefined => {
    try {
      if (!isReadableDirectory(directory)) return undefined;
      return readdirSync(directory, { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        kind: isDirectory(entry, directory) ? 'directory' : 'file',
        linked: entry.isSymbolicLink(),
      }));
    } catch {
      return undefined;
    }
  };

  const options = (directory: string) => ({
    cwd: directory,
    absolute: true,
    ignore: ignored,
    deep: deepestFolder,
    followSymbolicLinks: false,
    expandDirectories: false,
    onlyFiles: true,
  });
  const accept = (paths: readonly string[], directory: string): readonly string[] => {
    const roots = [directory, ...files.roots().map(normalisePath)];
    return paths
      .map(normalisePath)
      .filter((path) => roots.some((root) => isInside(path, root)))
      .sort();
  };

  return {
    read: (path) => {
      const result = files.read(path);
      return result.ok && result.text.charCodeAt(0) === 0xfeff
        ? { ok: true, text: result.text.slice(1) }
        : result;
    },
    isOutside: (path) => files.isOutside(path),
    roots: () => files.roots().map(normalisePath),
    list,
    find: async (directory, patterns) => {
      try {
        if (!isReadableDirectory(directory)) return [];
        return accept(await glob([...patterns], options(directory)), directory);
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
    return statSync(joinPath(directory, entry.name)).isDirectory();
  } catch {
    return false;
  }
}
