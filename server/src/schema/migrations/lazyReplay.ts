import { setFlagsFromString } from 'node:v8';
import { nextTurn } from '../../../../common/src/nextTurn.ts';
import type { Replay } from './replay.ts';
import type { ReplayCache } from './replayCache.ts';
import type { ReplayedDatabase, SqlFile } from './replayedDatabase.ts';
import type { SqlParser } from './sqlParser.ts';

/** Longest that others wait while files are replayed, in milliseconds. */
const slice = 20;

interface Engine {
  readonly Replay: typeof Replay;
  readonly parser: SqlParser;
}

/** What some files left behind. */
interface Checkpoint {
  readonly files: readonly SqlFile[];
  readonly state: Replay;
}

/**
 * Replays lists of SQL files. The parser is loaded for the first of them that is not in the cache. By the first file's URI it is kept what
 * all files left behind, and what those before the last did: what is edited or added is mostly the last, and it is read alone then.
 */
export class LazyReplay {
  readonly #cache: ReplayCache | undefined;
  #loaded: Promise<Engine> | undefined;
  readonly #checkpoints = new Map<string, readonly Checkpoint[]>();

  constructor(cache?: ReplayCache) {
    this.#cache = cache;
  }

  /** What the files leave behind, read in the order given. Yields to others now and then. */
  async replay(files: readonly SqlFile[]): Promise<ReplayedDatabase> {
    const key = files[0]?.uri ?? '';
    const checkpoints = this.#checkpoints.get(key);
    // Texts that are being typed are not kept on disk.
    const cache = checkpoints === undefined ? this.#cache : undefined;
    const kept = cache?.read(files);
    if (kept !== undefined) {
      this.#checkpoints.set(key, []);
      return kept;
    }
    const { Replay, parser } = await this.#load();
    const before = checkpoints?.find((one) => one.files.every((file, index) => isSame(file, files[index])));
    let done = before?.files.length ?? 0;
    const replay = before?.state.copy() ?? new Replay(parser);
    let last: Checkpoint | undefined;
    let since = performance.now();
    for (const file of files.slice(done)) {
      if (done === files.length - 1) {
        const isBefore = before?.files.length === done;
        last = isBefore ? before : { files: files.slice(0, done), state: replay.copy() };
      }
      replay.read(file);
      done++;
      if (performance.now() - since < slice) continue;
      await nextTurn();
      since = performance.now();
    }
    const all = { files, state: replay };
    this.#checkpoints.set(key, last === undefined ? [all] : [all, last]);
    const database = replay.result();
    if (cache !== undefined) void nextTurn().then(() => cache.write(files, database));
    return database;
  }

  #load(): Promise<Engine> {
    if (this.#loaded === undefined) {
      // To optimize the parser's one huge function takes longer than to read the SQL of any project, and no process ends before.
      for (const flag of ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up']) setFlagsFromString(flag);
    }
    this.#loaded ??= Promise.all([import('./replay.ts'), import('./sqlParser.ts')]).then(
      async ([{ Replay }, { loadSqlParser }]) => ({ Replay, parser: await loadSqlParser() }),
    );
    return this.#loaded;
  }
}

function isSame(a: SqlFile, b: SqlFile | undefined): boolean {
  return a.uri === b?.uri && a.offset === b.offset && a.text === b.text;
}
