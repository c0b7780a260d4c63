import nodePath from 'node:path';
import { repositoryAround } from './gitRepository.ts';
import { isInside } from './paths.ts';
import { mayBeRead } from './readingRule.ts';
import { failure, type ReadResult } from './readResult.ts';
import { realPath } from './realPath.ts';
import { isMissing, readRegularFile } from './regularFile.ts';

/** What may be read, at any moment. */
export interface ReadableFolders {
  /** The workspace folders, or what the command line was given; absolute. */
  folders(): readonly string[];
  /** The workspace is trusted, or this is the command line. */
  readonly trusted: boolean;
  /** Whether the configuration names this very file, by no pattern. */
  isNamed?(path: string): boolean;
}

/** The disk as far as it may be read, symbolic links resolved. Paths are absolute. */
export class ReadableFiles {
  readonly #readable: ReadableFolders;
  /** Kept: every file is compared with them. */
  readonly #realPaths = new Map<string, string>();

  constructor(readable: ReadableFolders) {
    this.#readable = readable;
  }

  /** The text of a regular file that is not too long. Never throws. */
  read(path: string): ReadResult {
    try {
      const real = this.real(path);
      return real === undefined ? failure('outside-workspace', path) : readRegularFile(real);
    } catch (error) {
      return failure(isMissing(error) ? 'missing' : 'unreadable', path);
    }
  }

  /**
   * Where a file or directory really is; `undefined` when it may not be read.
   * @throws when there is none
   */
  real(path: string): string | undefined {
    const { trusted, isNamed } = this.#readable;
    // Whatever is asked outside could already be told to somebody: a share of another machine, for one.
    if (!trusted && !this.#roots().some((root) => isInside(path, root, nodePath))) return undefined;
    const real = realPath(path);
    const reach = {
      folders: this.#realFolders(),
      trusted,
      repositories: () => this.#repositories(),
    };
    return mayBeRead(real, () => isNamed?.(path) === true, reach, nodePath) ? real : undefined;
  }

  /** Whether a path may not be read, whether there is a file or not. */
  isOutside(path: string): boolean {
    try {
      return this.real(path) === undefined;
    } catch {
      return !this.roots().some((root) => isInside(path, root, nodePath));
    }
  }

  /** The folders that may be read, as they were given, and what is around them. */
  roots(): readonly string[] {
    return this.#readable.trusted ? [...this.#roots(), ...this.#repositories()] : this.#roots();
  }

  #roots(): readonly string[] {
    return [...new Set([...this.#readable.folders(), ...this.#realFolders()])];
  }

  #realFolders(): readonly string[] {
    return this.#readable.folders().flatMap((folder) => {
      try {
        const real = this.#realPaths.get(folder) ?? realPath(folder);
        this.#realPaths.set(folder, real);
        return [real];
      } catch {
        return [];
      }
    });
  }

  #repositories(): readonly string[] {
    return [...new Set(this.#realFolders().flatMap((folder) => repositoryAround(folder) ?? []))];
  }
}
