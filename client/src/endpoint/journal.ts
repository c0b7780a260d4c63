import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readUndoEntry, type UndoEntry } from '../../../common/src/metadataApi/undo.ts';

/** An entry and the file it is kept in. */
export interface Kept {
  readonly id: string;
  readonly entry: UndoEntry;
}

const keptEntries = 200;

/**
 * What servers had before they were changed, one file for each change, so that windows don't get in each other's way
 * and a half-written file harms no other.
 */
export class Journal {
  readonly #folder: string;

  /** `folder`: an absolute path; made when it is needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps an entry; resolves with its id when it is on the disk. */
  async add(entry: UndoEntry): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    const id = `${entry.at.replaceAll(':', '-')}-${randomUUID()}.json`;
    const part = path.join(this.#folder, `${id}.part`);
    await writeFile(part, JSON.stringify(entry, null, 2), { mode: 0o600, flush: true });
    await rename(part, path.join(this.#folder, id));
    await this.#removeOldest();
    return id;
  }

  async remove(id: string): Promise<void> {
    await rm(path.join(this.#folder, id), { force: true });
  }

  /** The newest entry of an endpoint, by its URL. What can't be read is passed over. */
  async last(endpoint: string): Promise<Kept | undefined> {
    for (const id of (await this.#ids()).reverse()) {
      const entry = await this.#read(id);
      if (entry?.endpoint === endpoint) return { id, entry };
    }
    return undefined;
  }

  /** In the order of time. */
  async #ids(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter((name) => name.endsWith('.json')).sort();
    } catch {
      return [];
    }
  }

  async #read(id: string): Promise<UndoEntry | undefined> {
    try {
      return readUndoEntry(JSON.parse(await readFile(path.join(this.#folder, id), 'utf8')));
    } catch {
      return undefined;
    }
  }

  async #removeOldest(): Promise<void> {
    const ids = await this.#ids();
    await Promise.all(ids.slice(0, Math.max(0, ids.length - keptEntries)).map((id) => this.remove(id)));
  }
}
