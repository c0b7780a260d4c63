import type { ReadableFolders } from '../../../common/src/files/readableFiles.ts';
import {
  baseName,
  directoryOf,
  type FileSystem,
  isInside,
  joinPath,
} from '../../../server/src/project/files.ts';
import { nodeFileSystem } from '../../../server/src/project/nodeFiles.ts';

/** What a file system takes for one: `case` and `ends` as Windows does, `accents` as macOS does (which does `case`, too). */
export type Forgives = 'case' | 'accents' | 'both' | 'ends' | 'nothing';

const folded: Readonly<Record<Forgives, (name: string) => string>> = {
  case: (name) => name.toLowerCase(),
  accents: (name) => name.normalize('NFD'),
  both: (name) => name.normalize('NFD').toLowerCase(),
  ends: (name) => name.replace(/[. ]+$/, ''),
  nothing: (name) => name,
};

/**
 * The disk, opening files by other spellings of their names too. `asked` is told of each path that is looked up. `echoes`: it
 * does not say how it spells what it is asked for, only that it is there.
 */
export function forgivingDisk(
  forgives: Forgives,
  asked: (path: string) => void = () => undefined,
  echoes = false,
) {
  return (readable: ReadableFolders): FileSystem => {
    const disk = nodeFileSystem(readable);
    const fold = folded[forgives];
    /** The path by the names that are there, whatever the real disk forgives. */
    const found = (path: string): string => {
      if (!readable.folders().some((folder) => path !== folder && isInside(path, folder))) return path;
      const directory = found(directoryOf(path));
      const name = baseName(path);
      const names = (disk.list(directory) ?? []).map((entry) => entry.name);
      if (names.includes(name)) return joinPath(directory, name);
      return joinPath(directory, names.find((each) => fold(each) === fold(name)) ?? `${name}/is not there`);
    };
    return {
      ...disk,
      read: (path) => disk.read(found(path)),
      isOutside: (path) => disk.isOutside(found(path)),
      real: (path) => {
        asked(path);
        const real = disk.real(found(path));
        return echoes && real !== undefined ? path : real;
      },
      stamp: (path) => disk.stamp(found(path)),
      list: (directory) => disk.list(found(directory)),
    };
  };
}
