import { watchDirectory } from '../project/nodeFiles.ts';
import type { Workspace } from '../project/workspace.ts';

/** Looking at what is known again is not worth it before, in milliseconds. */
const patience = 1000;
/** From the last of a burst of changes to looking. */
const debounce = 100;
/** Directories that are watched at most. */
const mostDirectories = 500;
/** How often to look where the system does not tell of a directory, as it does of so many only. */
const pollInterval = 2000;

/**
 * Sees what changes on disk where the client does not tell of it: looks when a document is opened or saved and, after a
 * second, when something is asked; `all`: also when a directory changes.
 */
export class DiskWatch {
  readonly #workspace: Workspace;
  readonly #all: boolean;
  readonly #changed: () => Promise<void>;
  readonly #failed: (error: unknown) => void;
  readonly #watched = new Map<string, () => void>();
  #looked = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;

  /** `all`: the client tells of nothing; else of what lies in the folders of the workspace. `changed` reads what did. */
  constructor(
    workspace: Workspace,
    all: boolean,
    changed: () => Promise<void>,
    failed: (error: unknown) => void,
  ) {
    this.#workspace = workspace;
    this.#all = all;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** Looks, and reads what changed; not again within a second, unless `now`. */
  async look(now = false): Promise<void> {
    const time = performance.now();
    if (!now && time - this.#looked < patience) return;
    this.#looked = time;
    const { isNews, directories } = this.#workspace.lookAtDisk(this.#all);
    if (this.#all) this.#watch(directories);
    if (isNews) await this.#changed();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
    for (const stop of this.#watched.values()) stop();
    this.#watched.clear();
  }

  #watch(directories: readonly string[]): void {
    const wanted = new Set(directories.slice(0, mostDirectories));
    for (const [directory, stop] of this.#watched) {
      if (wanted.has(directory)) continue;
      stop();
      this.#watched.delete(directory);
    }
    for (const directory of wanted) {
      if (this.#watched.has(directory)) continue;
      // What changed between looking and watching.
      this.#lookSoon();
      this.#watched.set(
        directory,
        watchDirectory(
          directory,
          () => this.#lookSoon(),
          () => this.#lookOften(),
        ),
      );
    }
  }

  #lookOften(): void {
    this.#poll ??= setInterval(() => this.look(true).catch(this.#failed), pollInterval).unref();
  }

  #lookSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.look(true).catch(this.#failed), debounce);
  }
}
