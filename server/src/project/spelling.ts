import { sameFileKey } from '../../../common/src/files/fileNames.ts';
import { baseName, directoryOf, type FileSystem, joinPath } from './files.ts';

/** What is asked of the disk. */
export type NamedFiles = Pick<FileSystem, 'list' | 'real'>;

/** What tells how a path is spelled: the path alone, where it really is, or the names in its folders. */
type Telling = 'exact' | 'real' | 'names';

/**
 * How the disk spells paths below a folder, which is taken as it is. File systems may take several spellings for one file:
 * upper and lower case on Windows and macOS, accents written in two ways on macOS, a dot or a blank at the end on Windows.
 * Links on the way stay; of what is not there the name stays as well.
 */
export class Spelling {
  readonly #files: NamedFiles;
  /** By folder, as far as it could be seen. */
  readonly #known = new Map<string, Telling>();

  constructor(files: NamedFiles) {
    this.#files = files;
  }

  /** Whether there is but one spelling of a path; then nothing is looked up. */
  isExact(path: string, folder: string): boolean {
    return !isSpelledInTwoWays(path) && this.#telling(folder) === 'exact';
  }

  of(path: string, folder: string): string {
    return this.isExact(path, folder) ? path : this.#spelled(path, folder);
  }

  #spelled(path: string, folder: string): string {
    const parent = directoryOf(path);
    if (path === folder || path === parent) return path;
    const real = this.#files.real(path);
    const below = path.slice(folder.endsWith('/') ? folder.length - 1 : folder.length);
    const telling = isSpelledInTwoWays(below) ? 'names' : this.#telling(folder);
    if (telling === 'real' && real?.endsWith(below)) return path;
    const directory = this.#spelled(parent, folder);
    const written = baseName(path);
    return joinPath(directory, real === undefined ? written : this.#entry(directory, written, real));
  }

  /** The name of the entry that the disk finds by a written name. */
  #entry(directory: string, written: string, real: string): string {
    const names = (this.#files.list(directory) ?? []).map(({ name }) => name);
    if (names.includes(written)) return written;
    const key = sameFileKey(written);
    const [only, another] = names.filter((name) => sameFileKey(name) === key);
    if (only !== undefined && another === undefined) return only;
    return names.includes(baseName(real)) ? baseName(real) : written;
  }

  /** Seen at the first name with letters, asked for in the other case. */
  #telling(folder: string): Telling {
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const names = new Set((this.#files.list(folder) ?? []).map(({ name }) => name));
    for (const name of names) {
      const other = otherCase(name);
      const real = this.#files.real(joinPath(folder, name));
      if (other === name || names.has(other) || baseName(real ?? '') !== name) continue;
      const found = this.#files.real(joinPath(folder, other));
      const telling = found === undefined ? 'exact' : baseName(found) === name ? 'real' : 'names';
      this.#known.set(folder, telling);
      return telling;
    }
    return 'names';
  }
}

/** A name of plain letters in the other case. */
function otherCase(name: string): string {
  const lower = name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  return lower === name ? name.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()) : lower;
}

/** Whether a text has letters that are written in one character or in several. */
function isSpelledInTwoWays(text: string): boolean {
  return text.normalize('NFC') !== text || text.normalize('NFD') !== text;
}
