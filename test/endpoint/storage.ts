import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { At } from './at.ts';
import { isObject, type Json } from './json.ts';
import { documentJson, readDocument } from './metadata/document.ts';
import { emptyMetadata, type Metadata } from './metadata/metadata.ts';
import { Release } from './release.ts';

/** Metadata and its version in a file of the data directory. */
export class Storage {
  readonly #file: string;

  constructor(directory: string) {
    this.#file = path.join(directory, 'metadata.json');
  }

  /** What was kept, or undefined in a new directory. */
  async load(): Promise<{ metadata: Metadata; resourceVersion: number } | undefined> {
    let text: string;
    try {
      text = await readFile(this.#file, 'utf8');
    } catch {
      return undefined;
    }
    const kept = JSON.parse(text) as Json;
    if (!isObject(kept)) return undefined;
    const { metadata, resource_version: version } = kept;
    return {
      metadata: readDocument(new At(metadata ?? null), new Release('latest'))(emptyMetadata),
      resourceVersion: typeof version === 'number' ? version : 1,
    };
  }

  /** Written beside and then put in place, so that the file is whole whenever the process ends. */
  async save(metadata: Metadata, resourceVersion: number): Promise<void> {
    await mkdir(path.dirname(this.#file), { recursive: true });
    const text = JSON.stringify(
      { resource_version: resourceVersion, metadata: documentJson(metadata) },
      null,
      2,
    );
    await writeFile(`${this.#file}.new`, text);
    await rename(`${this.#file}.new`, this.#file);
  }
}
