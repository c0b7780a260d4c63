import { renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { localized } from '../localized.ts';

/** What Windows answers while another program, a virus scanner or an indexer most often, has a file open. */
const inUse: ReadonlySet<unknown> = new Set(['EPERM', 'EBUSY', 'EACCES']);

/** Milliseconds between the attempts: a second in all. */
const pauses = [10, 20, 40, 80, 150, 300, 400];

export interface FilesInUse {
  rename(from: string, to: string): void;
  remove(path: string): void;
  pause(milliseconds: number): void;
}

const onDisk: FilesInUse = { rename: renameSync, remove: (path) => rmSync(path, { force: true }), pause };

/**
 * Puts a file in the place of another, or where none is; for up to a second while one of them is open elsewhere.
 * @throws what the system says, or that the file is in use
 */
export function renameFile(from: string, to: string, { rename, pause }: FilesInUse = onDisk): void {
  untilUnused(() => rename(from, to), localized`"${basename(to)}" can't be replaced`, pause);
}

/**
 * Removes a file, if there is one; for up to a second while it is open elsewhere.
 * @throws what the system says, or that the file is in use
 */
export function removeFile(path: string, { remove, pause }: FilesInUse = onDisk): void {
  untilUnused(() => remove(path), localized`"${basename(path)}" can't be removed`, pause);
}

function untilUnused(attempt: () => void, failure: string, pause: FilesInUse['pause']): void {
  for (const milliseconds of pauses) {
    try {
      attempt();
      return;
    } catch (error) {
      if (!isInUse(error)) throw error;
      pause(milliseconds);
    }
  }
  try {
    attempt();
  } catch (error) {
    if (!isInUse(error)) throw error;
    throw new Error(localized`${failure}: another program may have it open`, { cause: error });
  }
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && inUse.has(error.code);
}

/** Waits without doing anything else: a file is written in one go. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
