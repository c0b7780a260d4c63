import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';

export type WriteResult =
  | { readonly outcome: 'written' | 'unchanged' }
  | { readonly outcome: 'refused'; readonly message: string };

/** Writes files of a project: inside of its folders only, whatever symbolic links say, and each at once or not at all. */
export class ProjectFiles {
  /** Says what it would write, and writes nothing. */
  readonly dryRun: boolean;
  readonly #folders: readonly string[];

  /** @param folders absolute; nothing is written outside of them */
  constructor(folders: readonly string[], dryRun: boolean) {
    this.#folders = folders.map((folder) => realpathSync.native(folder));
    this.dryRun = dryRun;
  }

  /** The text of a file; `undefined` when there is none. */
  read(path: string): string | undefined {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  }

  /** Leaves a file alone that says the same already, whichever line ends it has. Never throws. */
  write(path: string, text: string): WriteResult {
    try {
      const target = resolveLinks(path);
      if (target === undefined || !this.#folders.some((folder) => isInside(target, folder))) {
        return refused('it lies outside of the project');
      }
      const status = statSync(target, { throwIfNoEntry: false });
      if (status !== undefined && !status.isFile()) return refused('it is no file');
      const before = status && readFileSync(target, 'utf8');
      if (before !== undefined && plain(before) === plain(text)) return { outcome: 'unchanged' };
      if (!this.dryRun) replace(target, text, status?.mode);
      return { outcome: 'written' };
    } catch (error) {
      return refused(error instanceof Error ? error.message : String(error));
    }
  }
}

function refused(message: string): WriteResult {
  return { outcome: 'refused', message };
}

/** A checkout may have changed the line ends. */
function plain(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way.split(sep)[0] !== '..';
}

/** Where a path really leads, whether there is a file yet or not; `undefined` for a link that leads nowhere. */
function resolveLinks(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return undefined;
    const parent = dirname(path);
    const directory = parent === path ? undefined : resolveLinks(parent);
    return directory && join(directory, basename(path));
  }
}

/** A reader sees the old text or the new one, never a part. */
function replace(path: string, text: string, mode: number | undefined): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = openSync(temporary, 'wx');
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
