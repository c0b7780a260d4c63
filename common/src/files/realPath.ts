import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { notice } from './diskAnswers.ts';
import { isMissing } from './regularFile.ts';

/**
 * Where a path really leads, all links followed and as the disk spells it.
 * @throws when there is nothing, or it can't be told
 */
export function realPath(path: string, by: typeof ways = ways): string {
  try {
    const real = realPathBy(path, by);
    notice('real', path, () => real);
    return real;
  } catch (error) {
    // What is missing is told apart from what can't be read.
    notice('real', path, () => (isMissing(error) ? '?missing' : '?'));
    throw error;
  }
}

function realPathBy(path: string, { native, plain }: typeof ways): string {
  try {
    return native(path);
  } catch (error) {
    if (isMissing(error)) throw error;
    // Some drives of Windows (those of a program, of another machine) answer the system's own way with an error.
    return plain(path);
  }
}

const ways = {
  native: (path: string): string => realpathSync.native(path),
  plain: (path: string): string => realpathSync(path),
};

/** Where a path really leads, whether there is a file yet or not; `undefined` for a link that leads nowhere. */
export function resolvedPath(path: string): string | undefined {
  try {
    return realPath(path);
  } catch {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return undefined;
    const parent = dirname(path);
    const directory = parent === path ? undefined : resolvedPath(parent);
    return directory && join(directory, basename(path));
  }
}
