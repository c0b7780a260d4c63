import type { FileSystem } from './files.ts';

/** What was seen of files and directories on disk, for editors that do not tell of what changes there. */
export class DiskState {
  /** The disk; what is read through it counts as seen as it was then. */
  readonly files: FileSystem;
  readonly #seen = new Map<string, string | undefined>();

  constructor(disk: FileSystem) {
    const note = (path: string) => {
      if (!this.#seen.has(path)) this.#seen.set(path, disk.stamp(path));
    };
    this.files = {
      ...disk,
      read: (path) => {
        note(path);
        return disk.read(path);
      },
      list: (directory) => {
        note(directory);
        return disk.list(directory);
      },
      find: (directory, patterns) => {
        note(directory);
        return disk.find(directory, patterns);
      },
    };
  }

  /**
   * Those of the paths that are not as they were when they were last looked at, and whether they came or went. What was
   * not looked at before is as it was.
   */
  changed(paths: Iterable<string>): ReadonlyMap<string, boolean> {
    const changed = new Map<string, boolean>();
    for (const path of new Set(paths)) {
      const stamp = this.files.stamp(path);
      const before = this.#seen.get(path);
      if (this.#seen.has(path) && before !== stamp) {
        changed.set(path, before === undefined || stamp === undefined);
      }
      this.#seen.set(path, stamp);
    }
    return changed;
  }
}
