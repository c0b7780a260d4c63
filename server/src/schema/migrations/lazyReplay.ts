import { setFlagsFromString } from 'node:v8';
import { nextTurn } from '../../../../common/src/nextTurn.ts';
import type { Replay } from './replay.ts';
import type { ReplayedDatabase, SqlFile } from './replayedDatabase.ts';
import type { SqlParser } from './sqlParser.ts';

/** Longest that others wait while files are replayed, in milliseconds. */
const slice = 20;

interface Engine {
  readonly Replay: typeof Replay;
  readonly parser: SqlParser;
}

/** The state before the last file of a list: what is edited or added is mostly the last. */
interface Checkpoint {
  readonly files: readonly SqlFile[];
  readonly state: Replay;
}

/**
 * Replays lists of SQL files. The parser is loaded for the first of them, and what the files before the last left behind is kept, by
 * the first file's URI.
 */
export class LazyReplay {
  #loaded: Promise<Engine> | undefined;
  readonly #checkpoints = new Map<string, Checkpoint>();

  /** What the files leave behind, read in the order given. Yields to others now and then. */
  async replay(files: readonly SqlFile[]): Promise<ReplayedDatabase> {
    const { Replay, parser } = await this.#load();
    const key = files[0]?.uri ?? '';
    const before = this.#checkpoints.get(key);
    const isPrefix = before?.files.every((file, index) => isSame(file, files[index])) === true;
    let done = isPrefix ? before.files.length : 0;
    const replay = isPrefix ? before.state.copy() : new Replay(parser);
    let since = performance.now();
    for (const file of files.slice(done)) {
      if (done === files.length - 1) {
        this.#checkpoints.set(key, { files: files.slice(0, done), state: replay.copy() });
      }
      replay.read(file);
      done++;
      if (performance.now() - since < slice) continue;
      await nextTurn();
      since = performance.now();
    }
    return replay.result();
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
