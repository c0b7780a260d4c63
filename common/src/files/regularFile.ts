import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { notice, noticeBytes } from './diskAnswers.ts';
import { kindIn } from './fileStatus.ts';
import { fileText } from './fileText.ts';
import { type FileProblem, failure, type ReadResult } from './readResult.ts';
import { sizeLimit } from './sizeLimit.ts';

/** Reads a regular file, links followed, up to a size. Never waits for what is no file, and never throws. */
export function readRegularFile(path: string, limit: number = sizeLimit(path)): ReadResult {
  const read = readRegularBytes(path, limit);
  return read instanceof Uint8Array ? fileText(read, path) : failure(read, path, limit);
}

/** The same without a look at what the bytes mean; why they can't be read where they can't. */
export function readRegularBytes(path: string, limit: number = sizeLimit(path)): Buffer | FileProblem {
  const question = `bytes:${limit}` as const;
  const read = bytesOf(path, limit);
  if (typeof read === 'string') {
    notice(question, path, () => read);
    return read;
  }
  noticeBytes(question, path, read.bytes, read.status);
  return read.bytes;
}

interface ReadBytes {
  readonly bytes: Buffer;
  readonly status: Stats;
}

function bytesOf(path: string, limit: number): ReadBytes | FileProblem {
  let file: number | undefined;
  try {
    // Looked at before it is opened: opening a device may do anything.
    const expected = problemWith(statSync(path), limit);
    if (expected !== undefined) return expected;
    // Windows has neither flag. Without them, opening a pipe that came in the meantime would wait for its other end.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
    const status = fstatSync(file);
    const problem = problemWith(status, limit);
    if (problem !== undefined) return problem;
    const bytes = readUpTo(file, status.size, limit);
    return bytes === undefined ? 'too-large' : { bytes, status };
  } catch (error) {
    return isMissing(error) ? 'missing' : 'unreadable';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function problemWith(status: Stats, limit: number): FileProblem | undefined {
  const kind = kindIn(status);
  if (kind !== 'file') return kind;
  return status.size > limit ? 'too-large' : undefined;
}

/** All of a file; `undefined` when it is longer. A file may grow, and those of the kernel say that they are empty. */
function readUpTo(file: number, size: number, limit: number): Buffer | undefined {
  let bytes = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(file, bytes, length, bytes.length - length, null);
    if (count === 0) return bytes.subarray(0, length);
    length += count;
    if (length > limit) return undefined;
    if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(length * 2 + 4096, limit + 1));
  }
}

/** Whether nothing is there, or nothing can be: no system has files with such a name. */
export function isMissing(error: unknown): boolean {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'ENOENT':
    case 'ENOTDIR':
    // A zero character.
    case 'ERR_INVALID_ARG_VALUE':
      return true;
    case 'ENAMETOOLONG':
      // A path can be too long for one call, and lead somewhere all the same.
      return error instanceof Error && 'path' in error && hasImpossibleName(String(error.path));
    default:
      return false;
  }
}

/** Most bytes of one name, on all file systems in use. */
const longestName = 255;

function hasImpossibleName(path: string): boolean {
  return path.split(/[/\\]/).some((name) => Buffer.byteLength(name) > longestName);
}
