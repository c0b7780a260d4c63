import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { localized } from '../localized.ts';
import { makeFolders } from './makeFolders.ts';
import { realPath } from './realPath.ts';
import { renameFile } from './renameFile.ts';
import { isRunning } from './runningProcess.ts';

/**
 * Puts a text in the place of a file, or makes it: a reader sees the old text or the new one, never a part.
 * @param path where it really is: no link in it
 * @param mode of the file that is there; `undefined` when there is none
 * @throws when it can't be written; everything is as it was then
 */
export function writeAtOnce(path: string, text: string, mode: number | undefined): void {
  const directory = dirname(path);
  makeFolders(directory);
  // Compared as the system reads paths: slashes and backslashes may be the same.
  if (relative(directory, realPath(directory)) !== '')
    throw new Error(localized`its folder is another one by now`);
  const temporary = join(directory, `.remote-relationships-${process.pid}-${randomUUID()}.tmp`);
  const permissions = mode === undefined ? undefined : mode & 0o777;
  try {
    // With no right, not even for a moment, that the file will not have.
    const file = openSync(temporary, 'wx', permissions);
    try {
      if (permissions !== undefined) ifSupported(() => fchmodSync(file, permissions));
      writeFileSync(file, text);
      ifSupported(() => fsyncSync(file));
    } finally {
      closeSync(file);
    }
    renameFile(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** What file systems answer that have no modes, or keep nothing back: some drives of the network, and of programs. */
const unsupported: ReadonlySet<unknown> = new Set(['EINVAL', 'EISDIR', 'ENOSYS', 'ENOTSUP', 'EPERM']);

function ifSupported(attempt: () => void): void {
  try {
    attempt();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && unsupported.has(error.code))) throw error;
  }
}

/** A pattern for what writing can leave. */
export const temporaryFiles = '.remote-relationships-*.tmp';

const temporaryName = /^\.remote-relationships-(\d+)-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.tmp$/;

/** Longer than any writing takes: a process of the same number is another one then. */
const longestWriting = 3_600_000;

/** Removes what writing left in a directory when it was cut off. Never throws. */
export function removeLeftovers(directory: string): void {
  try {
    for (const name of readdirSync(directory)) {
      const [, pid] = temporaryName.exec(name) ?? [];
      if (pid === undefined) continue;
      const path = join(directory, name);
      const status = lstatSync(path);
      const old = Date.now() - status.mtimeMs > longestWriting;
      if (status.isFile() && (old || !isRunning(Number(pid)))) rmSync(path);
    }
  } catch {
    // What can't be removed now is removed another time.
  }
}
