import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders } from '../../files/makeFolders.ts';
import { isMissing } from '../../files/regularFile.ts';
import { removeFile, renameFile } from '../../files/renameFile.ts';
import { isRunning } from '../../files/runningProcess.ts';
import type { ChangeJournal, JournalEntry } from '../plan/changeJournal.ts';
import { readUndoEntry, type UndoEntry } from '../plan/undo.ts';

const keptEntries = 200;

/** Ending of an entry that is being written. */
const part = '.part';

/** Longest that a change can take: a process of the same number is another one then. */
const longestChange = 3_600_000;

/**
 * What servers had before they were changed, one file for each change, so that windows don't get in each other's way
 * and a half-written file harms no other. While a change is under way, and as long as nobody knows what came of it, the
 * file's name says so: `<time>-<id>.<process>.json`, with process 0 when none is at it any more.
 */
export class Journal implements ChangeJournal {
  readonly #folder: string;
  /** Entries of changes that have ended, by the name the disk has them under, with the name they should have. */
  readonly #ended = new Map<string, string>();
  /** Names of entries that could not be removed from the disk. */
  readonly #removed = new Set<string>();

  /** `folder`: an absolute path; made when it is needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps an entry of a change that is about to begin; resolves with its id when it is on the disk. */
  async add(entry: UndoEntry): Promise<string> {
    makeFolders(this.#folder);
    const id = `${entry.at.replaceAll(':', '-')}-${randomUUID()}.${process.pid}.json`;
    const half = path.join(this.#folder, `${id}${part}`);
    await writeFile(half, JSON.stringify(entry, null, 2), { mode: 0o600, flush: true });
    renameFile(half, path.join(this.#folder, id));
    await this.#removeOldest();
    return id;
  }

  /** Removes what windows left that ended while they wrote. */
  async removeLeftovers(): Promise<void> {
    const names = await this.#names();
    const parts = names.filter((name) => name.endsWith(part) && !isUnderWay(name.slice(0, -part.length)));
    await Promise.all(parts.map((name) => this.remove(name)));
  }

  /** What came of the change is known. */
  async settle(id: string): Promise<void> {
    this.#rename(id, '.json');
  }

  /** The change has ended, and what came of it is not known. */
  async leaveOpen(id: string): Promise<void> {
    this.#rename(id, '.0.json');
  }

  /** Changes to an endpoint that ended without it being known what came of them, the oldest first. */
  async unsettled(endpoint: string): Promise<readonly JournalEntry[]> {
    const ids = (await this.#ids()).filter(
      (id) => processOf(this.#ended.get(id) ?? id) !== undefined && !this.#isUnderWay(id),
    );
    const kept = await Promise.all(ids.map(async (id) => ({ id, entry: await this.#read(id) })));
    return kept.flatMap(({ id, entry }) => (entry?.endpoint === endpoint ? [{ id, entry }] : []));
  }

  async remove(id: string): Promise<void> {
    try {
      removeFile(path.join(this.#folder, id));
    } catch {
      // Another program has it open. It no longer counts, and what to do about the change is not affected.
      this.#removed.add(id);
    }
  }

  /** The newest entry of an endpoint, by its URL, that is not under way. What can't be read is passed over. */
  async last(endpoint: string): Promise<JournalEntry | undefined> {
    for (const id of (await this.#ids()).reverse()) {
      if (this.#isUnderWay(id)) continue;
      const entry = await this.#read(id);
      if (entry?.endpoint === endpoint) return { id, entry };
    }
    return undefined;
  }

  /** In the order of time. */
  async #ids(): Promise<string[]> {
    return (await this.#names()).filter((name) => name.endsWith('.json') && !this.#removed.has(name)).sort();
  }

  async #names(): Promise<string[]> {
    return readdir(this.#folder).catch(() => []);
  }

  async #read(id: string): Promise<UndoEntry | undefined> {
    try {
      return readUndoEntry(JSON.parse(await readFile(path.join(this.#folder, id), 'utf8')));
    } catch {
      return undefined;
    }
  }

  /** Nothing happens when it is gone by now. */
  #rename(id: string, ending: string): void {
    const name = id.replace(/(?:\.\d+)?\.json$/, ending);
    try {
      renameFile(path.join(this.#folder, id), path.join(this.#folder, name));
    } catch (error) {
      // Another program has it open, so that its name goes on saying that the change is under way. It is not.
      if (!isMissing(error)) this.#ended.set(id, name);
    }
  }

  #isUnderWay(id: string): boolean {
    return !this.#ended.has(id) && isUnderWay(id);
  }

  async #removeOldest(): Promise<void> {
    const ids = await this.#ids();
    await Promise.all(ids.slice(0, Math.max(0, ids.length - keptEntries)).map((id) => this.remove(id)));
  }
}

function processOf(id: string): number | undefined {
  const [, digits] = /\.(\d+)\.json$/.exec(id) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether the process that makes the change still runs: this window's, or another's. */
function isUnderWay(id: string): boolean {
  const pid = processOf(id);
  if (pid === undefined || pid === 0) return false;
  const begun = Date.parse(id.slice(0, 24).replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:'));
  return Date.now() - begun < longestChange && isRunning(pid);
}

/** The journal below a folder where a program keeps what is its own. */
export function journalIn(storage: string): Journal {
  return new Journal(path.join(storage, 'journal'));
}
