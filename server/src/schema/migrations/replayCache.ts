import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, utimes } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeLeftovers, writeAtOnce } from '../../../../common/src/files/atomicWrite.ts';
import { repositoryAround } from '../../../../common/src/files/gitRepository.ts';
import { isInside } from '../../../../common/src/files/paths.ts';
import { realPath } from '../../../../common/src/files/realPath.ts';
import { readRegularBytes } from '../../../../common/src/files/regularFile.ts';
import { megabyte } from '../../../../common/src/files/sizeLimit.ts';
import type { ReplayedDatabase, SqlFile } from './replayedDatabase.ts';

const sizeLimit = 16 * megabyte;
const mostEntries = 64;

const ending = '.json';

/**
 * What replays left behind, on disk: one file for each content of SQL files, named by it. Nothing is lost when one is gone, broken or
 * can't be written: then the SQL is read again.
 */
export class ReplayCache {
  readonly #folder: string;
  readonly #strangers: () => readonly string[];

  /**
   * `folder`: an absolute path, made when it is needed. `strangers`: folders whose files others may have written. A cache that lies in one
   * of them, or in the Git repository around it, is not used: it would say what they want.
   */
  constructor(folder: string, strangers: () => readonly string[]) {
    this.#folder = path.join(folder, 'migrations');
    this.#strangers = strangers;
  }

  /** What is kept for exactly these files, read by this very program. */
  read(files: readonly SqlFile[]): ReplayedDatabase | undefined {
    const file = this.#file(files);
    if (!this.#isOurs()) return undefined;
    const bytes = readRegularBytes(file, sizeLimit);
    if (!(bytes instanceof Uint8Array)) return undefined;
    const database = databaseIn(bytes);
    if (database === undefined) return undefined;
    // What is used last is removed last.
    utimes(file, new Date(), new Date(), () => {});
    return database;
  }

  /** Never throws. */
  write(files: readonly SqlFile[], database: ReplayedDatabase): void {
    if (!this.#isOurs()) return;
    const content = JSON.stringify(database);
    const text = `${digest(content)}\n${content}`;
    if (Buffer.byteLength(text) > sizeLimit) return;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      // A link that leads back to them may have come in between.
      if (!this.#isOurs()) return;
      const folder = realPath(this.#folder);
      writeAtOnce(path.join(folder, path.basename(this.#file(files))), text, 0o600);
      removeLeftovers(folder);
      removeOldest(folder);
    } catch {
      // It is read again the next time.
    }
  }

  #file(files: readonly SqlFile[]): string {
    return path.join(this.#folder, `${keyOf(files)}${ending}`);
  }

  #isOurs(): boolean {
    try {
      const folder = existingPart(this.#folder);
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
    .map((file) => ({ file, time: statSync(file).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { file } of files.slice(mostEntries)) rmSync(file, { force: true });
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

/** The sum of the content stands before it; `undefined` for a file that was cut off or is another's. */
function databaseIn(bytes: Uint8Array): ReplayedDatabase | undefined {
  const end = bytes.indexOf(10);
  const content = bytes.subarray(end + 1);
  if (end === -1 || Buffer.from(bytes.subarray(0, end)).toString('latin1') !== digest(content))
    return undefined;
  return JSON.parse(Buffer.from(content).toString('utf8')) as ReplayedDatabase;
}

function digest(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Other code may understand the same SQL otherwise. */
let engine: string | undefined;

function engineDigest(): string {
  if (engine === undefined) {
    // In a bundle it is the path of the bundle, in which all code is.
    const file = import.meta.url.startsWith('file:') ? fileURLToPath(import.meta.url) : import.meta.url;
    const code = readRegularBytes(file);
    engine = code instanceof Uint8Array ? digest(code) : randomUUID();
  }
  return engine;
}

function keyOf(files: readonly SqlFile[]): string {
  const hash = createHash('sha256').update(engineDigest());
  for (const { uri, text, offset } of files) {
    hash.update(`\n${uri}\n${offset} ${text.length}\n`);
    hash.update(text);
  }
  return hash.digest('hex');
}
