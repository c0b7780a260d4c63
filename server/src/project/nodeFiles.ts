import { type Dirent, readdir, watch } from 'node:fs';
import { glob } from 'tinyglobby';
import { noticeEntries } from '../../../common/src/files/diskAnswers.ts';
import { kindOf, stampOf } from '../../../common/src/files/fileStatus.ts';
import { folderEntries, noticeUnread } from '../../../common/src/files/folderEntries.ts';
import { ReadableFiles, type ReadableFolders } from '../../../common/src/files/readableFiles.ts';
import { realPath } from '../../../common/src/files/realPath.ts';
import { isMissing } from '../../../common/src/files/regularFile.ts';
import {
  type DirectoryEntry,
  directoryOf,
  type FileSystem,
  isInside,
  joinPath,
  normalisePath,
} from './files.ts';
import { deepestFolder, ignoredFolders } from './globs.ts';
import { type NamedFiles, Spelling } from './spelling.ts';

const ignored = [...ignoredFolders].map((name) => `**/${name}/**`);

/**
 * Reads the disk, as far as it may be read, symbolic links resolved. `tellUnread` is told once of every folder that is there
 * and can't be read.
 */
export function nodeFileSystem(
  readable: ReadableFolders,
  tellUnread: (folder: string) => void = () => undefined,
): FileSystem {
  const files = new ReadableFiles(readable);
  const unread = new Set<string>();
  const failed = (folder: string, error: unknown): void => {
    const path = normalisePath(folder);
    if (isMissing(error) || unread.has(path)) return;
    unread.add(path);
    tellUnread(path);
  };

  /** @throws when there is none */
  const isReadableDirectory = (directory: string): boolean => files.real(directory) !== undefined;

  const list = (directory: string): readonly DirectoryEntry[] | undefined => {
    try {
      if (!isReadableDirectory(directory)) return undefined;
      return folderEntries(directory).map((entry) => ({
        name: entry.name,
        kind: isDirectory(entry, directory) ? 'directory' : 'file',
        linked: entry.isSymbolicLink(),
      }));
    } catch (error) {
      failed(directory, error);
      return undefined;
    }
  };

  const options = (directory: string) => ({
    cwd: directory,
    absolute: true,
    ignore: ignored,
    deep: deepestFolder,
    caseSensitiveMatch: false,
    followSymbolicLinks: false,
    expandDirectories: false,
    onlyFiles: true,
    fs: {
      // What fails in a folder is passed over there.
      readdir: ((path: string, how: { withFileTypes: true }, done: ReadDone) => {
        readdir(path, how, (error, entries) => {
          if (error === null) noticeEntries(path, entries);
          else {
            noticeUnread(path, error);
            failed(path, error);
          }
          done(error, entries);
        });
      }) as typeof readdir,
    },
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
      return result.ok ? { ok: true, text: withoutByteOrderMark(result.text) } : result;
    },
    isOutside: (path) => files.isOutside(path),
    real: (path) => {
      try {
        const real = files.real(path);
        return real === undefined ? undefined : normalisePath(real);
      } catch {
        return undefined;
      }
    },
    roots: () => files.roots().map(normalisePath),
    stamp: (path) => {
      try {
        const real = files.real(path);
        return real === undefined ? undefined : stampOf(real);
      } catch {
        return undefined;
      }
    },
    list,
    find: async (directory, patterns) => {
      try {
        if (!isReadableDirectory(directory)) return [];
        return accept(await glob([...patterns], options(directory)), directory);
      } catch (error) {
        failed(directory, error);
        return [];
      }
    },
  };
}

export function withoutByteOrderMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

type ReadDone = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void;

function isDirectory(
  entry: { name: string; isDirectory(): boolean; isSymbolicLink(): boolean },
  directory: string,
): boolean {
  return entry.isSymbolicLink()
    ? kindOf(joinPath(directory, entry.name)) === 'directory'
    : entry.isDirectory();
}

/** A path on this machine as the disk spells it, links kept. Anything may be asked: it is what a person named. */
export function spelledOnDisk(path: string): string {
  let top = path;
  while (directoryOf(top) !== top) top = directoryOf(top);
  return new Spelling(wholeDisk).of(path, top);
}

const wholeDisk: NamedFiles = {
  real: (path) => {
    try {
      return normalisePath(realPath(path));
    } catch {
      return undefined;
    }
  },
  list: (directory) => {
    try {
      return folderEntries(directory).map(({ name }) => ({ name, kind: 'file', linked: false }));
    } catch {
      return undefined;
    }
  },
};

/** Tells of changes of what stands in a directory until the answer is called; `failed`: the system does not tell of them. */
export function watchDirectory(directory: string, changed: () => void, failed: () => void): () => void {
  try {
    const watcher = watch(directory, { persistent: false }, changed);
    watcher.on('error', () => {
      watcher.close();
      failed();
    });
    return () => watcher.close();
  } catch {
    failed();
    return () => undefined;
  }
}
