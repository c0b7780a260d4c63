import { renameSync } from 'node:fs';
import { basename } from 'node:path';

/** What Windows answers while another program, a virus scanner or an indexer most often, has a file open. */
const inUse: ReadonlySet<unknown> = new Set(['EPERM', 'EBUSY', 'EACCES']);

/** Milliseconds between the attempts: a second in all. */
const pauses = [10, 20, 40, 80, 150, 300, 400];

export interface Renaming {
  rename(from: string, to: string): void;
  pause(milliseconds: number): void;
}

const onDisk: Renaming = { rename: renameSync, pause };

/**
 * Puts a file in the place of another, or where none is; for up to a second while one of them is open elsewhere.
 * @throws what the system says, or that the file is in use
 */
export function renameFile(from: string, to: string, { rename, pause }: Renaming = onDisk): void {
  for (const milliseconds of pauses) {
    try {
      rename(from, to);
      return;
    } catch (error) {
      if (!isInUse(error)) throw error;
      pause(milliseconds);
    }
  }
  try {
    rename(from, to);
  } catch (error) {
    if (!isInUse(error)) throw error;
    throw new Error(`"${basename(to)}" can't be replaced: another program may have it open`, {
      cause: error,
    });
  }
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && inUse.has(error.code);
}

/** Waits without doing anything else: a file is written in one go. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
