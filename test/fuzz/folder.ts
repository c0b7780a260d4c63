import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { normalisePath } from '../../server/src/project/files.ts';

/** A folder on the disk, and what its files say. */
export class Folder {
  readonly path = normalisePath(
    realpathSync.native(mkdtempSync(join(tmpdir(), 'remote-relationships-fuzz-'))),
  );
  readonly #texts = new Map<string, string>();

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.put(name, text);
  }

  get names(): readonly string[] {
    return [...this.#texts.keys()];
  }

  /** `undefined`: there is no such file. */
  text(name: string): string | undefined {
    return this.#texts.get(name);
  }

  /** Puts a text there; `undefined` where a directory, or a file in place of one, stands in the way. */
  put(name: string, text: string): 'created' | 'changed' | undefined {
    const path = join(this.path, name);
    try {
      const existed = existsSync(path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      this.#texts.set(name, Buffer.from(text).toString());
      return existed ? 'changed' : 'created';
    } catch {
      return undefined;
    }
  }

  /** Those of the files that were there. */
  delete(names: readonly string[]): readonly string[] {
    const there = names.filter((name) => this.#texts.delete(name));
    for (const name of there) rmSync(join(this.path, name), { force: true });
    return there;
  }

  deleteBelow(folder: string): void {
    for (const name of this.below(folder)) this.#texts.delete(name);
    rmSync(join(this.path, folder), { recursive: true, force: true });
  }

  below(folder: string): readonly string[] {
    return this.names.filter((name) => name.startsWith(`${folder}/`));
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
