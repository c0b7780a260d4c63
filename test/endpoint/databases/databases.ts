import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/** A new database cluster and a copy of it: making one takes seconds, starting from the copy a fraction of that. */
interface Fresh {
  readonly copy: Blob;
  /** The one the copy was made of, until somebody takes it. */
  unused: PGlite | undefined;
}

/** Made once in the process. */
let fresh: Promise<Fresh> | undefined;

async function makeFresh(): Promise<Fresh> {
  const unused = await PGlite.create();
  return { copy: await unused.dumpDataDir('none'), unused };
}

async function openInMemory(): Promise<PGlite> {
  fresh ??= makeFresh();
  const made = await fresh;
  const { unused } = made;
  made.unused = undefined;
  return unused ?? PGlite.create({ loadDataDir: made.copy });
}

async function openInDirectory(directory: string): Promise<PGlite> {
  if (existsSync(path.join(directory, 'PG_VERSION'))) return PGlite.create(directory);
  await mkdir(directory, { recursive: true });
  fresh ??= makeFresh();
  return PGlite.create(directory, { loadDataDir: (await fresh).copy });
}

/** The databases of the endpoint, by name. Each is opened, and set up, when it is first asked for. */
export class Databases {
  readonly #setups: Map<string, string>;
  readonly #directory: string | undefined;
  readonly #opened = new Map<string, Promise<PGlite>>();

  /** SQL that sets up each database when it is new; with a directory they keep what is in them. */
  constructor(setups: Readonly<Record<string, string>>, directory: string | undefined) {
    this.#setups = new Map(Object.entries(setups));
    this.#directory = directory;
  }

  has(name: string): boolean {
    return this.#setups.has(name);
  }

  get(name: string): Promise<PGlite> {
    const existing = this.#opened.get(name);
    if (existing) return existing;
    const opening = this.#open(name);
    this.#opened.set(name, opening);
    return opening;
  }

  async #open(name: string): Promise<PGlite> {
    const setup = this.#setups.get(name);
    if (setup === undefined) throw new Error(`There is no database "${name}".`);
    const database = this.#directory
      ? await openInDirectory(path.join(this.#directory, name))
      : await openInMemory();
    const marked = await database.query(`SELECT to_regclass('hdb_catalog.set_up') IS NOT NULL AS done`);
    if ((marked.rows[0] as { done: boolean }).done) return database;
    await database.exec(setup);
    await database.exec('CREATE SCHEMA IF NOT EXISTS hdb_catalog; CREATE TABLE hdb_catalog.set_up ()');
    return database;
  }

  async close(): Promise<void> {
    const databases = await Promise.allSettled(this.#opened.values());
    this.#opened.clear();
    for (const database of databases) if (database.status === 'fulfilled') await database.value.close();
  }
}
