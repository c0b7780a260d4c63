import { TextDocument } from 'vscode-languageserver-textdocument';
import { errorMessage } from '../../../common/src/errorMessage.ts';
import type { ReadProblem, ReadResult } from '../../../common/src/files/readResult.ts';
import { megabyte } from '../../../common/src/files/sizeLimit.ts';
import { nextTurn } from '../../../common/src/nextTurn.ts';
import type { ReplayedDatabase, SqlFile, SqlOrigin } from '../schema/migrations/replayedDatabase.ts';
import type { Documents } from './documents.ts';
import { isInside } from './files.ts';
import { mostEntries } from './globs.ts';
import { sqlSteps } from './migrationSteps.ts';
import type { MigrationFile } from './migrations.ts';
import type { SchemaFiles } from './schemaFiles.ts';

/** Reads texts of SQL in their order; asynchronous, as the parser is loaded first. */
export type ReplaySql = (files: readonly SqlFile[]) => Promise<ReplayedDatabase>;

/** What came of the migrations of a source. */
export interface Replay {
  /** `undefined`: not read yet, or not readable. */
  readonly known: { readonly database: ReplayedDatabase; readonly files: number } | undefined;
  /** In the user's words; `undefined` when all is well. What was read before stays known. */
  readonly problem: string | undefined;
  /** The file that can't be read, and so none of them is. */
  readonly unreadable: Unreadable | undefined;
  readonly isReading: boolean;
  /** When `known` was read, in milliseconds since 1970. */
  readonly readAt: number | undefined;
  /** Another number for each other content. */
  readonly revision: number;
}

interface Unreadable {
  readonly path: string;
  readonly problem: ReadProblem;
  readonly message: string;
}

/** All files of a source together. */
const sizeLimit = 64 * megabyte;
/** Longest that others wait while files are read, in milliseconds. */
const slice = 20;

interface Entry {
  files: readonly MigrationFile[];
  /** Files may have other texts than those that were replayed. */
  isStale: boolean;
  texts: readonly (string | undefined)[] | undefined;
  replay: Replay;
  running: Promise<void> | undefined;
}

/** The migrations of all sources, replayed when they are asked for, and again when a file has another text. */
export class MigrationReplays {
  readonly #documents: Documents;
  readonly #schemaFiles: SchemaFiles;
  readonly #replaySql: ReplaySql;
  readonly #arrived: () => void;
  readonly #log: (message: string) => void;
  readonly #entries = new Map<string, Entry>();
  #revisions = 0;

  /** `arrived` is called when something new is known, `log` is told of what should not have happened. */
  constructor(
    documents: Documents,
    schemaFiles: SchemaFiles,
    replaySql: ReplaySql,
    arrived: () => void,
    log: (message: string) => void,
  ) {
    this.#log = log;
    this.#documents = documents;
    this.#schemaFiles = schemaFiles;
    this.#replaySql = replaySql;
    this.#arrived = arrived;
  }

  /** A file, or everything in a directory, may have another content, or be gone. */
  changed(path: string): void {
    for (const entry of this.#entries.values()) {
      if (entry.files.some((file) => isInside(file.path, path))) entry.isStale = true;
    }
  }

  /** Only these are asked for from now on. */
  keep(isKept: (key: string) => boolean): void {
    for (const key of this.#entries.keys()) if (!isKept(key)) this.#entries.delete(key);
  }

  /** What is known now of these files; they are read in the background. `key`: what they are the migrations of. */
  get(key: string, files: readonly MigrationFile[]): Replay {
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { files: [], isStale: true, texts: undefined, replay: nothingYet, running: undefined };
      this.#entries.set(key, entry);
    }
    const same =
      entry.files.length === files.length &&
      entry.files.every(({ path }, index) => path === files[index]?.path);
    if (!same) {
      entry.files = files;
      entry.isStale = true;
    }
    if (entry.isStale) this.#start(entry);
    return entry.replay;
  }

  /** Settles when nothing is being read; false when nothing was. */
  async settled(): Promise<boolean> {
    let any = false;
    for (;;) {
      const running = [...this.#entries.values()].flatMap((entry) => entry.running ?? []);
      if (running.length === 0) return any;
      any = true;
      await Promise.all(running);
    }
  }

  #start(entry: Entry): void {
    entry.running ??= this.#run(entry).finally(() => {
      entry.running = undefined;
      if (entry.isStale) this.#start(entry);
    });
  }

  async #run(entry: Entry): Promise<void> {
    // Whoever asks is not held up.
    await nextTurn();
    while (entry.isStale) {
      entry.isStale = false;
      const replay = await this.#replay(entry);
      if (replay === undefined || entry.isStale) continue;
      entry.replay = replay;
      this.#arrived();
    }
  }

  /** `undefined` when all is as before. */
  async #replay(entry: Entry): Promise<Replay | undefined> {
    const { files, replay: before } = entry;
    const failed = (problem: string, unreadable?: Unreadable): Replay | undefined => {
      entry.texts = undefined;
      return before.problem === problem && before.unreadable?.path === unreadable?.path
        ? undefined
        : { ...before, problem, unreadable, isReading: false, revision: ++this.#revisions };
    };
    if (files.length > mostEntries) return failed('There are too many SQL files, so none is read.');
    const texts: (string | undefined)[] = [];
    let size = 0;
    let since = performance.now();
    for (const { path } of files) {
      if (performance.now() - since > slice) {
        await nextTurn();
        since = performance.now();
        if (entry.isStale) return undefined;
      }
      const result: ReadResult = this.#schemaFiles.read(path);
      if (!result.ok && result.problem !== 'missing' && result.problem !== 'directory')
        return failed(`${result.message} So none of these files is used.`, { path, ...result });
      const text = result.ok ? result.text : undefined;
      texts.push(text);
      size += text?.length ?? 0;
      if (size > sizeLimit)
        return failed(`The SQL files are larger than ${sizeLimit / megabyte} MB together and are not read.`);
    }
    const isSame =
      entry.texts?.length === texts.length && texts.every((text, index) => text === entry.texts?.[index]);
    if (isSame) return undefined;
    try {
      const database = await this.#database(files, texts);
      entry.texts = texts;
      const count = texts.filter((text) => text !== undefined).length;
      return {
        known: { database, files: count },
        problem: undefined,
        unreadable: undefined,
        isReading: false,
        readAt: Date.now(),
        revision: ++this.#revisions,
      };
    } catch (error) {
      const problem = `The SQL could not be read, because of an error in this program: ${errorMessage(error)}.`;
      this.#log(problem);
      return failed(problem);
    }
  }

  async #database(
    files: readonly MigrationFile[],
    texts: readonly (string | undefined)[],
  ): Promise<ReplayedDatabase> {
    const yaml = new Map<string, TextDocument>();
    const sql = files.flatMap(({ path, language }, index): readonly SqlFile[] => {
      const text = texts[index];
      if (text === undefined) return [];
      const uri = this.#documents.uri(path);
      if (language === 'sql') return [{ uri, text, offset: 0 }];
      yaml.set(uri, TextDocument.create(uri, '', 0, text));
      return sqlSteps(uri, text);
    });
    const database = await this.#replaySql(sql);
    return yaml.size === 0 ? database : withLinesOf(yaml, database);
  }
}

const nothingYet: Replay = {
  known: undefined,
  problem: undefined,
  unreadable: undefined,
  isReading: true,
  readAt: undefined,
  revision: 0,
};

/** A step counts its lines from its own start; people count those of the file. */
function withLinesOf(texts: ReadonlyMap<string, TextDocument>, database: ReplayedDatabase): ReplayedDatabase {
  const inFile = <T extends { readonly origin: SqlOrigin }>(thing: T): T => {
    const { location } = thing.origin;
    const text = texts.get(location.uri);
    if (text === undefined) return thing;
    return { ...thing, origin: { location, line: text.positionAt(location.offset).line + 1 } };
  };
  return {
    ...database,
    tables: database.tables.map((table) => inFile({ ...table, columns: table.columns.map(inFile) })),
    functions: database.functions.map(inFile),
  };
}
