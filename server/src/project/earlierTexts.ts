import { Minimatch } from 'minimatch';
import type { ReadResult } from '../../../common/src/files/readResult.ts';
import { type DirectoryEntry, directoryOf, type FileSystem, isInside } from './files.ts';
import { ignoredFolders } from './globs.ts';

/**
 * The disk with other texts in some places, of files that are not there, too; a failure that says `missing` hides the file
 * that is there.
 */
export function withEarlierTexts(disk: FileSystem, texts: ReadonlyMap<string, ReadResult>): FileSystem {
  const present = [...texts].filter(([, result]) => !isHidden(result)).map(([path]) => path);
  /** What lies in each directory that holds one of them, at any depth. */
  const entries = new Map<string, Map<string, DirectoryEntry>>();
  for (const path of present) addEntries(entries, path);
  const hidden = (path: string): boolean => isHidden(texts.get(path));
  return {
    ...disk,
    read: (path) => (disk.isOutside(path) ? disk.read(path) : (texts.get(path) ?? disk.read(path))),
    real: (path) => {
      if (hidden(path)) return undefined;
      return disk.real(path) ?? (texts.has(path) || entries.has(path) ? path : undefined);
    },
    stamp: (path) => {
      if (hidden(path)) return undefined;
      return disk.stamp(path) ?? (texts.has(path) || entries.has(path) ? 'earlier' : undefined);
    },
    list: (directory) => {
      const listed = disk.list(directory);
      const added = entries.get(directory);
      if (listed === undefined && added === undefined) return undefined;
      const prefix = directory.endsWith('/') ? directory : `${directory}/`;
      const kept = (listed ?? []).filter(({ name }) => !hidden(prefix + name));
      const known = new Set(kept.map(({ name }) => name));
      return [...kept, ...[...(added?.values() ?? [])].filter(({ name }) => !known.has(name))];
    },
    find: async (directory, patterns) => {
      const found = await disk.find(directory, patterns);
      const matchers = patterns.map((pattern) => new Minimatch(pattern, { platform: 'linux' }));
      const added = present.filter((path) => {
        if (!isInside(path, directory)) return false;
        const below = path.slice(directory.endsWith('/') ? directory.length : directory.length + 1);
        if (below.split('/').some((part) => ignoredFolders.has(part))) return false;
        return matchers.some((matcher) => matcher.match(below));
      });
      return [...new Set([...found.filter((path) => !hidden(path)), ...added])].sort();
    },
  };
}

function isHidden(result: ReadResult | undefined): boolean {
  return result?.ok === false && result.problem === 'missing';
}

function addEntries(entries: Map<string, Map<string, DirectoryEntry>>, path: string): void {
  let [child, kind]: [string, DirectoryEntry['kind']] = [path, 'file'];
  for (let directory = directoryOf(child); directory !== child; directory = directoryOf(child)) {
    const list = entries.get(directory) ?? new Map<string, DirectoryEntry>();
    entries.set(directory, list);
    const name = child.slice(directory.endsWith('/') ? directory.length : directory.length + 1);
    if (list.has(name)) return;
    list.set(name, { name, kind, linked: false });
    [child, kind] = [directory, 'directory'];
  }
}
