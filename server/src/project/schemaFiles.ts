import { errorMessage } from '../../../common/src/errorMessage.ts';
import type { ReadProblem, ReadResult } from '../../../common/src/files/readResult.ts';
import { megabyte, sizeLimit } from '../../../common/src/files/sizeLimit.ts';
import type { Finding } from '../rules/rule.ts';
import type { SchemaFile } from '../schema/loadedRemoteSchema.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';
import { RemoteSchemaCache } from '../schema/remoteSchemaCache.ts';
import { readTableSnapshot, type TableSnapshot } from '../schema/tableSnapshot.ts';
import type { Documents } from './documents.ts';
import { isInside } from './files.ts';
import { projectFinding, syntaxMessage } from './findings.ts';

/** What came of a schema file, or of all files of one remote schema. */
export interface Loaded<T> {
  /** Of the last text that could be read; `undefined` when none ever could. */
  readonly value: T | undefined;
  /** By path. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** When `value` was read, in milliseconds since 1970. */
  readonly goodSince: number | undefined;
  /** In the user's words; `undefined` when all is well. */
  readonly problem: string | undefined;
  /** Another number for each other content. */
  readonly revision: number;
}

interface Kept<T> {
  readonly from: readonly unknown[];
  readonly loaded: Loaded<T>;
}

/** Snapshots and remote schemas by path, each read once for each content; the last good state outlives a broken one. */
export class SchemaFiles {
  readonly #documents: Documents;
  readonly #remoteSchemas = new Map<string, Kept<RemoteSchema>>();
  readonly #snapshots = new Map<string, Kept<TableSnapshot>>();
  readonly #cache = new RemoteSchemaCache();
  readonly #texts = new Map<string, ReadResult>();
  #revision = 0;

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  /** A file, or everything in a directory, may have another content, or be gone. */
  changed(path: string): void {
    for (const known of this.#texts.keys()) if (isInside(known, path)) this.#texts.delete(known);
  }

  snapshot(path: string): Loaded<TableSnapshot> {
    const result = this.read(path);
    const document = result.ok ? this.#documents.get(path) : undefined;
    // Its places follow its tree, which moves with each edit: when the text is again what it was, the tree need not be.
    return keep(this.#snapshots, path, [textOf(result), document, this.#documents.isOpen(path)], (before) => {
      if (!result.ok) return this.#unreadable(before, new Map([[path, result]]));
      if (document === undefined) {
        const message = 'A table snapshot is a JSON or YAML file.';
        return this.#loaded(
          before,
          before?.value,
          new Map([[path, [projectFinding('table-snapshot', message, start)]]]),
          message,
        );
      }
      const { tree, uri, failures } = document;
      const read = attempt(() => {
        if (failures.length > 0) throw new Error(failures.join('; '));
        return readTableSnapshot(uri, tree, !this.#documents.isOpen(path));
      });
      if ('failure' in read) return this.#notRead(before, [path], read.failure);
      const findings = [
        ...tree.problems.map((problem) => projectFinding('table-snapshot', syntaxMessage(problem), problem)),
        ...read.problems.map((problem) =>
          projectFinding('table-snapshot', problem.message, problem, { severity: problem.severity }),
        ),
      ];
      const broken =
        tree.problems.length > 0 || (read.tables === undefined && read.bySource.size === 0)
          ? findings.find((finding) => finding.severity === 'error')
          : undefined;
      const value = broken === undefined ? read : before?.value;
      this.#documents.release(path);
      return this.#loaded(before, value, new Map([[path, findings]]), broken?.message);
    });
  }

  remoteSchema(paths: readonly string[]): Loaded<RemoteSchema> {
    const results = this.#readAll(paths);
    return keep(this.#remoteSchemas, paths.join('\n'), results.map(textOf), (before) => {
      const files: SchemaFile[] = [];
      const failures = new Map<string, ReadResult>();
      for (const [index, result] of results.entries()) {
        const path = paths[index] ?? '';
        if (result.ok) files.push({ uri: this.#documents.uri(path), text: result.text });
        else failures.set(path, result);
      }
      if (failures.size > 0) return this.#unreadable(before, failures);
      const read = attempt(() => this.#cache.load(files));
      if ('failure' in read) return this.#notRead(before, paths, read.failure);
      const { schema, problems } = read;
      const findings = new Map<string, Finding[]>();
      for (const problem of problems) {
        const path = paths[files.findIndex((file) => file.uri === problem.uri)] ?? paths[0] ?? '';
        const list = findings.get(path) ?? [];
        list.push(projectFinding('schema-file', problem.message, problem, { severity: problem.severity }));
        findings.set(path, list);
      }
      const broken = problems.find((problem) => problem.severity === 'error');
      return this.#loaded(before, schema ?? before?.value, findings, broken?.message);
    });
  }

  /** Read once from disk until it changes there: schemas are long, and asked for often. */
  read(path: string): ReadResult {
    if (this.#documents.isOpen(path)) return this.#documents.read(path);
    const result = this.#texts.get(path) ?? this.#documents.read(path);
    if (result.ok) this.#texts.set(path, result);
    return result;
  }

  /** No more than one file may hold, however many there are. */
  #readAll(paths: readonly string[]): readonly ReadResult[] {
    const results: ReadResult[] = [];
    let size = 0;
    for (const path of paths) {
      const result = this.read(path);
      size += result.ok ? result.text.length : 0;
      const limit = sizeLimit(path);
      if (size > limit) {
        const message = `The files of this schema are larger than ${limit / megabyte} MB together and are not read.`;
        return [...results, { ok: false, problem: 'too-large', message }];
      }
      results.push(result);
    }
    return results;
  }

  #unreadable<T>(before: Loaded<T> | undefined, failures: ReadonlyMap<string, ReadResult>): Loaded<T> {
    const findings = new Map<string, Finding[]>();
    let problem: string | undefined;
    for (const [path, failure] of failures) {
      if (failure.ok) continue;
      problem ??= failure.message;
      // A file that is not there has no place of its own: the configuration that names it reports it.
      const code = codeOf(failure.problem);
      if (code !== undefined) findings.set(path, [projectFinding(code, failure.message, start)]);
    }
    const gone = [...failures.values()].every((failure) => !failure.ok && failure.problem === 'missing');
    return this.#loaded(before, gone ? undefined : before?.value, findings, problem);
  }

  /** Reading it failed in this program. */
  #notRead<T>(before: Loaded<T> | undefined, paths: readonly string[], failure: string): Loaded<T> {
    const message = `This file could not be read, because of an error in this program: ${failure}.`;
    const finding = projectFinding('not-checked', message, start);
    return this.#loaded(before, before?.value, new Map(paths.map((path) => [path, [finding]])), message);
  }

  #loaded<T>(
    before: Loaded<T> | undefined,
    value: T | undefined,
    findings: ReadonlyMap<string, readonly Finding[]>,
    problem: string | undefined,
  ): Loaded<T> {
    const goodSince =
      value === undefined ? undefined : value === before?.value ? before.goodSince : Date.now();
    return { value, findings, problem, goodSince, revision: ++this.#revision };
  }
}

const start = { offset: 0, length: 0 };

/** The code by which it is reported in the file itself, if it is. */
function codeOf(problem: ReadProblem): string | undefined {
  if (problem === 'missing' || problem === 'directory') return undefined;
  return problem === 'outside-workspace' ? 'outside-workspace' : 'unreadable-file';
}

/** What was read, or why reading it failed in this program. */
function attempt<T extends object>(read: () => T): T | { readonly failure: string } {
  try {
    return read();
  } catch (error) {
    return { failure: errorMessage(error) };
  }
}

function textOf(result: ReadResult): string | undefined {
  return result.ok ? result.text : undefined;
}

/** What was loaded from the same before, else loaded now. */
function keep<T>(
  kept: Map<string, Kept<T>>,
  key: string,
  from: readonly unknown[],
  load: (before: Loaded<T> | undefined) => Loaded<T>,
): Loaded<T> {
  const known = kept.get(key);
  if (known?.from.every((each, index) => each === from[index]) === true) return known.loaded;
  const loaded = load(known?.loaded);
  kept.set(key, { from, loaded });
  return loaded;
}
