import { sameFileKey } from '../../../common/src/files/fileNames.ts';
import { realPath } from '../../../common/src/files/realPath.ts';
import {
  baseName,
  type DocumentKey,
  directoryOf,
  isInside,
  isPath,
  joinPath,
  keyOfUri,
  normalisePath,
  rootOf,
} from './files.ts';
import { type NamedFiles, Spelling } from './spelling.ts';

/**
 * Which document a URI means, and which file a path that somebody wrote. A file may be reached by several ways where there are
 * symbolic links, and by several spellings where case does not count: one that lies in a folder of the workspace is known by
 * its path below that folder, as the disk spells it, whichever way the editor took.
 */
export class DocumentKeys {
  #folders: readonly { readonly path: string; readonly real: string }[] = [];
  #files: NamedFiles | undefined;
  #spelling: Spelling | undefined;
  readonly #known = new Map<string, DocumentKey>();
  /** Those that may change when something comes or goes, by URI. */
  readonly #spelled = new Map<string, DocumentKey>();

  /** `files`: as far as they may be read. */
  setFolders(paths: readonly string[], files: NamedFiles): void {
    this.#folders = paths.map((path) => ({ path, real: deepestReal(path) }));
    this.#files = files;
    this.#spelling = new Spelling(files);
    this.#known.clear();
    this.#spelled.clear();
  }

  of(uri: string): DocumentKey {
    const known = this.#known.get(uri) ?? this.#spelled.get(uri);
    if (known !== undefined) return known;
    const written = this.#atKnownShare(keyOfUri(uri));
    const folder = this.#folderOf(written);
    const key = folder === undefined ? this.#elsewhere(written) : this.#spell(written, folder);
    const isExact = folder === undefined || this.#spelling?.isExact(written, folder) !== false;
    (isExact ? this.#known : this.#spelled).set(uri, key);
    return key;
  }

  /** The file that a path leads to which some file says. Nothing is asked that may not be read. */
  ofWritten(written: string): DocumentKey {
    const path = this.#atKnownShare(written);
    const folder = this.#folderOf(path);
    return folder === undefined ? this.#placeOf(path, this.#files?.real(path)) : this.#spell(path, folder);
  }

  /** Forgets how paths are spelled that lead to what came or went, or to below it; their URIs. */
  forget(path: string): readonly string[] {
    const changed = sameFileKey(path);
    const uris = [...this.#spelled.keys()].filter((uri) => isInside(sameFileKey(keyOfUri(uri)), changed));
    for (const uri of uris) this.#spelled.delete(uri);
    return uris;
  }

  /** Case does not count in the name of a share: it is written as in the folder that lies on it. */
  #atKnownShare(path: string): string {
    if (!path.startsWith('//')) return path;
    const root = rootOf(path);
    const roots = this.#folders.map((folder) => rootOf(folder.path));
    const same = roots.find((each) => sameFileKey(each) === sameFileKey(root)) ?? root;
    return joinPath(same, path.slice(root.length));
  }

  #folderOf(path: string): string | undefined {
    const around = this.#folders.map((folder) => folder.path).filter((folder) => isInside(path, folder));
    return around.toSorted((a, b) => b.length - a.length)[0];
  }

  #spell(path: string, folder: string): string {
    return this.#spelling?.of(path, folder) ?? path;
  }

  #elsewhere(key: DocumentKey): DocumentKey {
    if (!isPath(key)) return key;
    // A share of another machine is not asked, unless a folder lies on it.
    const isAsked = !key.startsWith('//') || this.#folders.some(({ path }) => rootOf(path) === rootOf(key));
    if (!isAsked) return key;
    return this.#placeOf(key, deepestReal(key));
  }

  /** What lies in none of the folders as it is written may do so where it really is. */
  #placeOf(path: string, real = path): string {
    const around = this.#folders.filter((folder) => isInside(real, folder.real));
    const [folder] = around.toSorted((a, b) => b.real.length - a.real.length);
    if (folder !== undefined) return joinPath(folder.path, real.slice(folder.real.length));
    return sameFileKey(real) === sameFileKey(path) ? real : path;
  }
}

/** Where a path leads, as far as there is something: what is not there yet, or not any more, lies below what is. */
function deepestReal(path: string): string {
  try {
    return normalisePath(realPath(path));
  } catch {
    const parent = directoryOf(path);
    return parent === path ? path : joinPath(deepestReal(parent), baseName(path));
  }
}
