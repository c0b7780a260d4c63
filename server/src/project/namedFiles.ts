import { thousands } from '../../../common/src/boundedText.ts';
import { describeProblem } from '../../../common/src/files/readResult.ts';
import type { Finding } from '../rules/rule.ts';
import type { Configuration, FileReference } from './configuration.ts';
import type { Documents } from './documents.ts';
import { type DirectoryEntry, isAbsolute, writtenPath } from './files.ts';
import { projectFinding } from './findings.ts';
import { findByGlob, mostEntries, patternSign } from './globs.ts';
import type { SchemaFiles } from './schemaFiles.ts';

interface Environment {
  readonly documents: Documents;
  readonly schemaFiles: SchemaFiles;
}

/** Where facts about a source or remote schema come from. */
export type SchemaOrigin = 'configuration' | 'settings' | 'convention' | 'migrations';

/** What says which files there are for them: the configuration file, or the editor's settings. */
export interface Layer {
  readonly origin: SchemaOrigin;
  readonly configuration: Configuration;
  /** Folder its paths are relative to. */
  readonly base: string;
  /** File in which a path that leads nowhere is reported. */
  readonly reportIn: string | undefined;
}

/** Files that are named for something. */
export interface Found {
  readonly origin: SchemaOrigin;
  readonly paths: readonly string[];
  readonly problem?: string | undefined;
}

/** The files that are named one by one, rather than by a pattern. */
export function namedOneByOne(layers: readonly Layer[]): ReadonlySet<string> {
  return new Set(
    layers.flatMap((layer) => {
      const { sources, remoteSchemas } = layer.configuration;
      const references = [
        ...[...sources.values()].flatMap(({ tables, sql, graphql }) => [tables ?? sql, ...(graphql ?? [])]),
        ...[...remoteSchemas.values()].flatMap(({ schema }) => schema ?? []),
      ];
      return references.flatMap((reference) =>
        reference === undefined || patternSign.test(reference.text) ? [] : pathOf(layer, reference),
      );
    }),
  );
}

function pathOf({ base }: Layer, { text }: FileReference): string {
  return writtenPath(text, base);
}

/** What the first has to say that says something. */
export function firstOf<T>(layers: readonly Layer[], value: (layer: Layer) => T | undefined): T | undefined {
  for (const layer of layers) {
    const found = value(layer);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Files and folders that are looked at for all patterns of a configuration together. */
const mostLooks = 100_000;

/** Finds the files that a configuration, settings or a convention name for something. */
export class NamedFiles {
  /** Those that were found, or would be read if they were there. */
  readonly files = new Set<string>();
  /** What lies in the folders that patterns lead to. */
  readonly listed = new Map<string, readonly DirectoryEntry[] | undefined>();
  readonly #environment: Environment;
  readonly #report: (path: string, finding: Finding) => void;
  readonly #list: (directory: string) => readonly DirectoryEntry[] | undefined;
  /** Files and folders that the patterns may still look at. */
  #looksLeft = mostLooks;

  constructor(environment: Environment, report: (path: string, finding: Finding) => void) {
    this.#environment = environment;
    this.#report = report;
    const { files } = environment.documents;
    this.#list = (directory) => {
      if (!this.listed.has(directory)) this.listed.set(directory, files.list(directory));
      return this.listed.get(directory);
    };
  }

  /** The files of the first that names some; none where one of several names leads nowhere. */
  find(
    layers: readonly Layer[],
    reference: (layer: Layer) => FileReference | readonly FileReference[] | undefined,
    conventional: readonly string[] | undefined,
  ): Found | undefined {
    for (const layer of layers) {
      const written = reference(layer);
      if (written === undefined) continue;
      const found = [written].flat().map((each) => this.#resolve(layer, each));
      const problem = found.find((each) => each.problem !== undefined)?.problem;
      const paths = problem === undefined ? found.flatMap((each) => each.paths) : [];
      return { origin: layer.origin, paths: [...new Set(paths)], problem };
    }
    if (conventional === undefined) return undefined;
    for (const path of conventional) this.files.add(path);
    return { origin: 'convention', paths: conventional, problem: undefined };
  }

  /** Paths a reference leads to; what leads nowhere is reported where it is written. */
  #resolve(layer: Layer, reference: FileReference): { paths: readonly string[]; problem?: string } {
    const fail = (message: string, code = 'configuration'): { paths: readonly string[]; problem: string } => {
      if (layer.reportIn !== undefined) {
        this.#report(layer.reportIn, projectFinding(code, message, reference));
      }
      return { paths: [], problem: message };
    };
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(reference.text)) {
      return fail(
        `"${reference.text}" is a URL, but schemas are read only from files. Pull the schema into a file, and name that file.`,
      );
    }
    const path = this.#environment.documents.keyOfWritten(pathOf(layer, reference));
    const result = this.#environment.schemaFiles.read(path);
    if (!result.ok && patternSign.test(reference.text)) return this.#match(layer, reference, fail);
    this.files.add(path);
    if (result.ok) return { paths: [path] };
    if (result.problem === 'outside-workspace') return fail(result.message, 'outside-workspace');
    if (result.problem === 'missing' || result.problem === 'directory') return fail(result.message);
    return { paths: [path] };
  }

  /**
   * The files a pattern matches. Nothing is looked for where nothing may be read; and where not all was looked at, what is
   * missing is not known: then none counts.
   */
  #match(
    layer: Layer,
    reference: FileReference,
    fail: (message: string, code?: string) => { paths: readonly string[]; problem: string },
  ): { paths: readonly string[]; problem?: string } {
    const written = reference.text.replaceAll('\\', '/');
    const [beginning = ''] = written.split(patternSign, 1);
    const plain = beginning.slice(0, beginning.lastIndexOf('/') + 1);
    const { documents } = this.#environment;
    const top = documents.keyOfWritten(pathOf(layer, { ...reference, text: plain }));
    if (documents.files.isOutside(top)) {
      return fail(describeProblem('outside-workspace', reference.text), 'outside-workspace');
    }
    const nothing = `No file matches "${reference.text}".`;
    if (isAbsolute(written)) return fail(nothing);
    const limit = Math.min(mostEntries, this.#looksLeft);
    const { paths, looked, problem } = findByGlob(this.#list, top, written.slice(plain.length), limit);
    this.#looksLeft -= looked;
    if (problem === 'bad-pattern') return fail(`"${reference.text}" is not a valid pattern.`);
    if (problem === 'too-many') {
      const many = thousands(limit === mostEntries ? mostEntries : mostLooks);
      const what = limit === mostEntries ? 'This pattern covers' : 'The patterns of this configuration cover';
      return fail(
        `${what} more than ${many} files and folders, so nothing is read. Name a folder that contains little more than schemas.`,
      );
    }
    for (const path of paths) this.files.add(path);
    return paths.length > 0 ? { paths } : fail(nothing);
  }
}
