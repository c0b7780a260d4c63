import { fileName, sameFileKey } from '../../../common/src/files/fileNames.ts';
import {
  baseName,
  directoriesUpTo,
  directoryOf,
  type FileSystem,
  isInside,
  joinPath,
  relativePath,
} from './files.ts';

/**
 * Where an `!include` leads (spec 1.3). The path is joined to the directory of the file that contains it.
 */
export type IncludeTarget =
  | { readonly kind: 'yaml'; readonly path: string }
  /** Any extension but `.yaml`: the CLI inserts the file's text as one string. */
  | { readonly kind: 'text'; readonly path: string }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'directory'; readonly path: string }
  /** The disk spells it `actual`: found on some systems only. */
  | { readonly kind: 'case'; readonly path: string; readonly actual: string }
  /** With slashes it leads to `actual`: so it does on Windows as it stands. */
  | { readonly kind: 'backslash'; readonly path: string; readonly actual: string }
  | { readonly kind: 'outside'; readonly path: string };

/** Paths that can be written into an include as they are, and lead to what the CLI reads as YAML. */
export const includablePath = /^[\p{L}\p{N}_.-][\p{L}\p{N}_./ -]*\.yaml$/u;

/** Names in a directory, kept for as long as one project is read. */
export class DirectoryNames {
  readonly #known = new Map<string, ReadonlyMap<string, 'file' | 'directory'>>();
  readonly #files: FileSystem;

  constructor(files: FileSystem) {
    this.#files = files;
  }

  /**
   * Kind of the entry of exactly this name, or the name that differs by letter case, or the way accents are written, only; else
   * the name of what the system opens all the same, as Windows does with dots at the end, and short names.
   */
  find(directory: string, name: string): 'file' | 'directory' | { readonly actual: string } | undefined {
    const names = this.#in(directory);
    const kind = names.get(name);
    if (kind !== undefined) return kind;
    const key = sameFileKey(name);
    const same = [...names.keys()].filter((each) => sameFileKey(each) === key);
    const actual =
      same.find((each) => fileName(each) === fileName(name)) ?? same[0] ?? this.#opened(directory, name);
    return actual === undefined || !names.has(actual) ? undefined : { actual };
  }

  filesIn(directory: string): string[] {
    return [...this.#in(directory)].flatMap(([name, kind]) => (kind === 'file' ? [name] : []));
  }

  foldersIn(directory: string): string[] {
    return [...this.#in(directory)].flatMap(([name, kind]) => (kind === 'directory' ? [name] : []));
  }

  #in(directory: string): ReadonlyMap<string, 'file' | 'directory'> {
    let names = this.#known.get(directory);
    if (names === undefined) {
      names = new Map((this.#files.list(directory) ?? []).map((entry) => [entry.name, entry.kind]));
      this.#known.set(directory, names);
    }
    return names;
  }

  #opened(directory: string, name: string): string | undefined {
    const real = this.#files.real(joinPath(directory, name));
    return real === undefined ? undefined : baseName(real);
  }
}

/**
 * @param from the file that contains the include
 * @param written the path as the CLI reads it; a leading blank or slash is kept as it is
 * @param folders the folders it may lead to
 */
export function resolveInclude(
  names: DirectoryNames,
  from: string,
  written: string,
  folders: readonly string[],
): IncludeTarget {
  const target = targetOf(names, from, written, folders);
  if (target.kind !== 'missing' || !written.includes('\\')) return target;
  const slashed = targetOf(names, from, written.replaceAll('\\', '/'), folders);
  if (slashed.kind === 'missing' || slashed.kind === 'outside') return target;
  const actual = slashed.kind === 'case' ? slashed.actual : slashed.path;
  return { kind: 'backslash', path: target.path, actual };
}

function targetOf(
  names: DirectoryNames,
  from: string,
  written: string,
  folders: readonly string[],
): IncludeTarget {
  const path = joinPath(directoryOf(from), written);
  const folder = folders.find((each) => isInside(path, each));
  if (folder === undefined) return { kind: 'outside', path };
  // What leads to the file itself is spelled as the disk has it.
  let actual = directoriesUpTo(directoryOf(from), folder).find((each) => isInside(path, each)) ?? folder;
  const parts = relativePath(actual, path).split('/');
  let exact = true;
  let kind: 'file' | 'directory' = 'directory';
  for (const part of parts) {
    if (part === '.') continue;
    const found = names.find(actual, part);
    if (found === undefined) return { kind: 'missing', path };
    if (typeof found === 'string') {
      kind = found;
      actual = joinPath(actual, part);
    } else {
      exact = false;
      const spelled = names.find(actual, found.actual);
      kind = spelled === 'directory' ? 'directory' : 'file';
      actual = joinPath(actual, found.actual);
    }
  }
  if (!exact) return { kind: 'case', path, actual };
  if (kind === 'directory') return { kind: 'directory', path };
  return { kind: path.endsWith('.yaml') ? 'yaml' : 'text', path };
}
