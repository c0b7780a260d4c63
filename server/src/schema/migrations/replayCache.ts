import { createHash } from 'node:crypto';
import path from 'node:path';
import { CacheFolder } from '../../../../common/src/files/cacheFolder.ts';
import { programDigest } from '../../../../common/src/files/programDigest.ts';
import { keptDatabase } from './keptDatabase.ts';
import type { ReplayedDatabase, SqlFile } from './replayedDatabase.ts';

/** What replays left behind, on disk: an entry for each content of SQL files, named by it. Without one, the SQL is read again. */
export class ReplayCache {
  readonly #folder: CacheFolder;

  /** See `CacheFolder`. */
  constructor(folder: string, strangers: () => readonly string[]) {
    this.#folder = new CacheFolder(path.join(folder, 'migrations'), strangers);
  }

  /** What is kept for exactly these files, read by this very program. Never throws. */
  read(files: readonly SqlFile[]): ReplayedDatabase | undefined {
    const content = this.#folder.read(nameOf(files));
    return content === undefined ? undefined : keptDatabase(content);
  }

  /** Never throws. */
  write(files: readonly SqlFile[], database: ReplayedDatabase): void {
    this.#folder.write(nameOf(files), JSON.stringify(database));
  }
}

function nameOf(files: readonly SqlFile[]): string {
  const hash = createHash('sha256').update(programDigest());
  for (const { uri, text, offset } of files) {
    hash.update(`\n${uri}\n${offset} ${text.length}\n`);
    hash.update(text);
  }
  return hash.digest('hex');
}
