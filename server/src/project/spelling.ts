import { sameFileKey } from '../../../common/src/files/fileNames.ts';
import { baseName, directoryOf, type FileSystem, joinPath } from './files.ts';

/** What is asked of the disk. */
export type NamedFiles = Pick<FileSystem, 'list' | 'real'>;

/**
 * How the disk spells paths below a folder, which is taken as it is. File systems may take several spellings for one file:
 * upper and lower case on Windows and macOS, accents written in two ways on macOS, a dot or a blank at the end on Windows.
 * Links on the way stay; of what is not there the name stays as well.
 */
export class Spelling {
  readonly #files: NamedFiles;
  /** By folder, as far as it could be told. */
  readonly #exact = new Map<string, boolean>();

  constructor(files: NamedFiles) {
    this.#files = files;
  }

  /** Whether there is but one spelling of a path; then nothing is looked up. */
  isExact(path: string, folder: string): boolean {
    return !isSpelledInTwoWays(path) && this.#countsCase(folder);
  }

  of(path: string, folder: string): string {
    return this.isExact(path, folder) ? path : this.#spelled(path, folder);
  }

  #spelled(path: string, folder: string): string {
    const parent = directoryOf(path);
    if (path === folder || path === parent) return path;
    const real = this.#files.real(path);
    if (real?.endsWith(path.slice(folder.endsWith('/') ? folder.length - 1 : folder.length))) return path;
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

  /** Whether the disk tells upper from lower case in a folder: shown by the first name that has letters. */
  #countsCase(folder: string): boolean {
    const known = this.#exact.get(folder);
    if (known !== undefined) return known;
    const names = new Set((this.#files.list(folder) ?? []).map(({ name }) => name));
    for (const name of names) {
      const other = otherCase(name);
      if (other === name || names.has(other) || this.#files.real(joinPath(folder, name)) === undefined)
        continue;
      const exact = this.#files.real(joinPath(folder, other)) === undefined;
      this.#exact.set(folder, exact);
      return exact;
    }
    return false;
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
