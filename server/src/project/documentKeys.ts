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
} from './files.ts';

/**
 * Which document a URI means. A file may be reached by several ways where there are symbolic links: one that lies in a folder
 * of the workspace is known by its path below that folder, whichever way the editor took.
 */
export class DocumentKeys {
  #folders: readonly { readonly path: string; readonly real: string }[] = [];
  readonly #known = new Map<string, DocumentKey>();

  setFolders(paths: readonly string[]): void {
    this.#folders = paths.map((path) => ({ path, real: deepestReal(path) }));
    this.#known.clear();
  }

  of(uri: string): DocumentKey {
    const known = this.#known.get(uri);
    if (known !== undefined) return known;
    const key = this.#belowFolder(keyOfUri(uri));
    this.#known.set(uri, key);
    return key;
  }

  #belowFolder(key: DocumentKey): DocumentKey {
    const isLocal = isPath(key) && !key.startsWith('//');
    if (!isLocal || this.#folders.some(({ path }) => isInside(key, path))) return key;
    const real = deepestReal(key);
    const around = this.#folders.filter((folder) => isInside(real, folder.real));
    const [folder] = around.toSorted((a, b) => b.real.length - a.real.length);
    return folder === undefined ? key : joinPath(folder.path, real.slice(folder.real.length));
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
