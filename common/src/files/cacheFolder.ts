import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, rmSync, utimes } from 'node:fs';
import path from 'node:path';
import { removeLeftovers, writeAtOnce } from './atomicWrite.ts';
import { unnoticed } from './diskAnswers.ts';
import { kindOf, ownerOf } from './fileStatus.ts';
import { repositoryAround } from './gitRepository.ts';
import { makeFolders } from './makeFolders.ts';
import { isInside } from './paths.ts';
import { realPath } from './realPath.ts';
import { readRegularBytes } from './regularFile.ts';
import { megabyte } from './sizeLimit.ts';

/** Longest entry, in bytes. */
const entryLimit = 16 * megabyte;
const mostEntries = 64;
/** All entries together, in bytes. */
const folderLimit = 8 * entryLimit;

const ending = '.json';

/**
 * Texts of this program on disk, for its next run: a file each, which begins with the digest of its text. Nothing is lost when one is
 * gone, broken or can't be written.
 */
export class CacheFolder {
  readonly #folder: string;
  readonly #strangers: () => readonly string[];

  /**
   * `folder`: an absolute path, made when it is needed. `strangers`: folders whose files others may have written. A cache that lies in one
   * of them, or in the Git repository around it, is not used: it would say what they want.
   */
  constructor(folder: string, strangers: () => readonly string[]) {
    this.#folder = folder;
    this.#strangers = strangers;
  }

  /** `undefined` where there is no such entry, and for one that was cut off or is another's. Never throws. */
  read(name: string): string | undefined {
    return unnoticed(() => {
      if (!this.#isOurs()) return undefined;
      const file = path.join(this.#folder, name + ending);
      const bytes = readRegularBytes(file, entryLimit);
      const content = bytes instanceof Uint8Array ? contentOf(bytes) : undefined;
      // What is used last is removed last.
      if (content !== undefined) utimes(file, new Date(), new Date(), () => {});
      return content;
    });
  }

  /** Never throws. */
  write(name: string, content: string): void {
    unnoticed(() => {
      if (!this.#isOurs()) return;
      const text = `${digestOf(content)}\n${content}`;
      if (Buffer.byteLength(text) > entryLimit) return;
      try {
        makeFolders(this.#folder, 0o700);
        // A link that leads back to them may have come in between.
        if (!this.#isOurs()) return;
        const folder = realPath(this.#folder);
        writeAtOnce(path.join(folder, name + ending), text, 0o600);
        removeLeftovers(folder);
        removeOldest(folder);
      } catch {
        // It is made again the next time.
      }
    });
  }

  #isOurs(): boolean {
    try {
      const folder = existingPart(this.#folder);
      if (kindOf(this.#folder) !== undefined && isOthers(folder)) return false;
      return !this.#strangers().some((each) => {
        const real = realPath(each);
        return isInside(folder, repositoryAround(real) ?? real, path);
      });
    } catch {
      return false;
    }
  }
}

function removeOldest(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, status: lstatSync(file) }))
    .sort((a, b) => b.status.mtimeMs - a.status.mtimeMs);
  let size = 0;
  for (const [index, { file, status }] of files.entries()) {
    size += status.size;
    if (index >= mostEntries || size > folderLimit) rmSync(file, { recursive: true, force: true });
  }
}

/** Whether others own a folder, or may write into it, as far as the system tells. */
function isOthers(folder: string): boolean {
  const user = process.getuid?.();
  const owner = ownerOf(folder);
  return user !== undefined && (owner?.uid !== user || (owner.mode & 0o022) !== 0);
}

/** The real path of a folder, or of the nearest one around it that is there. @throws where it can't be told */
function existingPart(folder: string): string {
  try {
    return realPath(folder);
  } catch (error) {
    if (folder === path.dirname(folder)) throw error;
    return existingPart(path.dirname(folder));
  }
}

/** The digest of the content stands before it. */
function contentOf(bytes: Buffer): string | undefined {
  const end = bytes.indexOf(10);
  const content = bytes.subarray(end + 1);
  if (end === -1 || bytes.toString('latin1', 0, end) !== digestOf(content)) return undefined;
  return content.toString('utf8');
}

function digestOf(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
