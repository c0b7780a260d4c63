import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Diagnostic, FileChangeType, type FileEvent } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type FileStatus, statusRequest } from '../../common/src/protocol.ts';
import { uriOfPath } from '../../server/src/project/files.ts';
import { type Accepting, accept } from './acceptance.ts';
import { differenceOf, plain, problemOf, uriIn } from './answers.ts';
import { changesOf, type Edit, isInside } from './edits.ts';
import { Folder } from './folder.ts';
import { type LanguageService, LanguageServiceHere, type Question, textDocument } from './languageService.ts';
import { questionAt } from './questions.ts';
import { offsetOf, type Step } from './steps.ts';
import type { World } from './worlds.ts';

/** What should not have happened, and at which step. */
export class Fault extends Error {
  readonly step: number;

  constructor(step: number, message: string) {
    super(message);
    this.step = step;
  }
}

export interface Counts {
  steps: number;
  edits: number;
  checks: number;
  /** Checks that could not be compared: a schema that is broken now is in use as it was earlier. */
  incomparable: number;
  questions: number;
}

/** Edits between two comparisons with a service that has seen none of them. */
const editsBetweenChecks = 10;
const stepsBetweenHeaps = 300;
/** Most that a service may keep more after hundreds of edits than after the first hundreds, in megabytes. */
const mostGrowth = 24;
/** What is pasted and doubled would grow without end. */
const longestText = 30_000;
/** Longest that one answer may take of the processor, in milliseconds: far more than any should. */
const longestAnswer = 20_000;
/** Longest that a server on the other end of a pipe may take to say what it should. */
const patience = 20_000;

/** Names of files that nobody has yet: what a file means by its name comes and goes. */
const furtherNames = [
  'config.yaml',
  'metadata.yaml',
  'metadata/remote_schemas.yaml',
  'remote-relationships.config.json',
  'schema/people.graphql',
  'requests/new.http',
  'untitled:Untitled-1',
];

const settingsToTry: readonly unknown[] = [
  {},
  null,
  { serverVersion: '2.20' },
  { rules: { 'unused-lhs-field': 'off', 'unknown-table': 'hint' } },
  { sources: { default: { tables: 'schema/default.tables.json' } } },
  { remoteSchemas: { people: { schema: '**/people.graphql' }, forum: { schema: 'missing.json' } } },
  { remoteSchemas: 7, rules: { nothing: 'x' }, serverVersion: true },
];

/** The names that VS Code is asked to watch. */
const watched = /\.(?:ya?ml|json|graphqls?|gql)$/;
const watchedFolder = /(?:^|\/)(?:metadata|databases|tables|schema)$/;

/**
 * One folder with files, one language service, and what is done to them. After every few edits the service must say
 * what one says that has just been started.
 */
export class Session {
  readonly #world: World;
  readonly #service: LanguageService;
  readonly #counts: Counts;
  /** Answers come when they come: what should be said is waited for. */
  readonly #overWire: boolean;
  readonly #names: readonly string[];
  readonly #disk: Folder;
  readonly #open = new Map<string, TextDocument>();
  readonly #asked: Question[] = [];
  #folders: readonly string[] = [];
  #settings: unknown;
  #sinceCheck = 0;
  #step = 0;
  readonly #heap: () => number;
  readonly #accepting: Accepting = {
    edited: (file) => this.#edited(file),
    answer: (question) => this.#answer(question),
    apply: (document, edits) => this.#apply(document, edits),
    fileAt: (uri) => this.#names.findIndex((name) => this.#uri(name) === uri),
    fault: (message) => this.#fault(message),
  };

  /** `heap`: megabytes that are in use. */
  constructor(world: World, service: LanguageService, counts: Counts, overWire: boolean, heap: () => number) {
    this.#heap = heap;
    this.#world = world;
    this.#service = service;
    this.#counts = counts;
    this.#overWire = overWire;
    this.#names = namesOf(world);
    this.#disk = new Folder(world.files);
  }

  /** @throws Fault */
  async run(steps: readonly Step[]): Promise<void> {
    try {
      await this.#start(this.#service);
      const heaps: number[] = [];
      for (const [index, step] of steps.entries()) {
        this.#step = index;
        await this.#take(step);
        this.#counts.steps++;
        this.#failOnFaults(this.#service);
        if (this.#sinceCheck >= editsBetweenChecks) await this.#check();
        if (index % stepsBetweenHeaps === stepsBetweenHeaps - 1) heaps.push(this.#heap());
      }
      if ((heaps.at(-1) ?? 0) - (heaps[0] ?? 0) > mostGrowth) {
        throw this.#fault(`The heap grows while edits are made: ${heaps.map(Math.round).join(', ')} MB`);
      }
      await this.#check();
    } catch (error) {
      throw error instanceof Fault
        ? error
        : this.#fault(error instanceof Error ? (error.stack ?? '') : String(error));
    } finally {
      this.#disk.dispose();
    }
  }

  async #start(service: LanguageService): Promise<void> {
    await service.setFolders(this.#folders.length === 0 ? [this.#disk.path] : this.#folders);
    if (this.#settings !== undefined) await service.setSettings(this.#settings);
  }

  #fault(message: string): Fault {
    return new Fault(this.#step, message.replaceAll(this.#disk.path, '<folder>'));
  }

  #failOnFaults(service: LanguageService): void {
    const [first] = service.faults();
    if (first !== undefined) throw this.#fault(first);
  }

  // ---- steps ---------------------------------------------------------------------------------------------------

  async #take(step: Step): Promise<void> {
    switch (step.do) {
      case 'edit': {
        const document = await this.#edited(step.file);
        const start = offsetOf(step.at, document.getText());
        await this.#replace(document, start, start + step.remove, step.typed ? '' : step.text);
        if (!step.typed) return;
        for (const [at, character] of [...step.text].entries()) {
          const offset = start + [...step.text].slice(0, at).join('').length;
          await this.#replace(document, offset, offset, character);
        }
        return;
      }
      case 'lines': {
        const document = await this.#edited(step.file);
        return this.#changeLines(document, step);
      }
      case 'paste': {
        const piece = this.#textOf(this.#name(step.from));
        const begin = offsetOf(step.fromAt, piece);
        const document = await this.#edited(step.file);
        const offset = offsetOf(step.at, document.getText());
        return this.#replace(document, offset, offset, piece.slice(begin, begin + step.length));
      }
      case 'splice': {
        const other = this.#textOf(this.#name(step.from));
        const document = await this.#edited(step.file);
        const text = document.getText();
        return this.#replace(
          document,
          offsetOf(step.at, text),
          text.length,
          other.slice(offsetOf(step.fromAt, other)),
        );
      }
      case 'word': {
        const document = await this.#edited(step.file);
        const text = document.getText();
        const [at, from] = [offsetOf(step.at, text), offsetOf(step.fromAt, text)];
        const wordAt = (offset: number): string => /^[$\w]*/.exec(text.slice(offset, offset + 60))?.[0] ?? '';
        return this.#replace(document, at, at + wordAt(at).length, wordAt(from));
      }
      case 'newlines': {
        const document = await this.#edited(step.file);
        const text = document.getText();
        const other = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n');
        return this.#replace(document, 0, text.length, other);
      }
      case 'restore':
        return this.#restore(this.#name(step.file), step.where);
      case 'open':
        await this.#edited(step.file);
        return;
      case 'close': {
        const document = this.#open.get(this.#name(step.file));
        if (document === undefined) return;
        this.#open.delete(this.#name(step.file));
        this.#sinceCheck++;
        return this.#service.close(document.uri);
      }
      case 'save': {
        const name = this.#name(step.file);
        const document = this.#open.get(name);
        return document === undefined ? undefined : this.#write(name, document.getText());
      }
      case 'write': {
        const name = this.#name(step.file);
        const text = this.#disk.text(name) ?? '';
        const offset = offsetOf(step.at, text);
        return this.#write(name, text.slice(0, offset) + step.text + text.slice(offset + step.remove));
      }
      case 'delete': {
        const name = this.#name(step.file);
        return step.folder && name.includes('/')
          ? this.#deleteFolder(dirname(name))
          : this.#deleteFiles([name]);
      }
      case 'rename': {
        const [from, to] = [this.#name(step.file), this.#name(step.to)];
        const text = this.#disk.text(from);
        if (text === undefined || from === to) return;
        await this.#deleteFiles([from]);
        return this.#write(to, text);
      }
      case 'settings':
        this.#settings = settingsToTry[step.which % settingsToTry.length];
        this.#sinceCheck++;
        return this.#service.setSettings(this.#settings);
      case 'folders': {
        const below = [...new Set(this.#disk.names.map((name) => name.split('/')[0] ?? ''))]
          .filter((name) => this.#disk.text(name) === undefined)
          .map((name) => `${this.#disk.path}/${name}`);
        const choices = [
          [this.#disk.path],
          below,
          below.slice(0, 1),
          [this.#disk.path, ...below.slice(0, 1)],
        ];
        this.#folders = choices[step.which % choices.length] ?? [];
        if (this.#folders.length === 0) this.#folders = [this.#disk.path];
        this.#sinceCheck++;
        return this.#service.setFolders(this.#folders);
      }
      case 'accept':
        return accept(this.#accepting, step);
      case 'ask': {
        const name = this.#name(step.file);
        const question = questionAt(step.which, this.#uri(name), this.#textOf(name), step.at);
        await this.#answer(question);
        this.#asked.push(question);
        return;
      }
    }
  }

  #name(file: number): string {
    return this.#names[file % this.#names.length] ?? '';
  }

  #uri(name: string): string {
    return name.startsWith('untitled:') ? name : uriOfPath(`${this.#disk.path}/${name}`);
  }

  #textOf(name: string): string {
    return this.#open.get(name)?.getText() ?? this.#disk.text(name) ?? '';
  }

  /** The document of a file, opened where it is not open. */
  async #edited(file: number): Promise<TextDocument> {
    const name = this.#name(file);
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const document = textDocument(this.#uri(name), 1, this.#disk.text(name) ?? '');
    this.#open.set(name, document);
    this.#sinceCheck++;
    await this.#service.open(document);
    return document;
  }

  #replace(document: TextDocument, start: number, end: number, newText: string): Promise<void> {
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    return this.#apply(document, [{ range, newText }]);
  }

  async #apply(document: TextDocument, edits: readonly Edit[]): Promise<void> {
    const adds = edits.reduce((sum, { newText }) => sum + newText.length, 0);
    if (document.getText().length + adds > longestText) return;
    const changes = changesOf(edits);
    TextDocument.update(document, changes, document.version + 1);
    this.#counts.edits++;
    this.#sinceCheck++;
    await this.#service.change(document.uri, document.version, changes);
  }

  #changeLines(document: TextDocument, { at, count, how }: Step & { do: 'lines' }): Promise<void> {
    const text = document.getText();
    const first = document.positionAt(offsetOf(at, text)).line;
    const offset = (line: number): number => document.offsetAt({ line, character: 0 });
    const [start, end] = [offset(first), offset(first + count)];
    const lines = text.slice(start, end);
    switch (how) {
      case 'cut':
        return this.#replace(document, start, end, '');
      case 'double':
        return this.#replace(document, end, end, lines);
      case 'down': {
        const below = offset(first + count + 1);
        return this.#replace(document, start, below, text.slice(end, below) + lines);
      }
      case 'up': {
        const above = offset(Math.max(0, first - 1));
        return this.#replace(document, above, end, lines + text.slice(above, start));
      }
      case 'indent':
        return this.#replace(document, start, end, lines.replace(/^(?=.)/gm, '  '));
      case 'outdent':
        return this.#replace(document, start, end, lines.replace(/^ {1,2}/gm, ''));
      case 'comment':
        return this.#replace(document, start, end, lines.replace(/^(?=.)/gm, '# '));
    }
  }

  async #restore(name: string, where: 'editor' | 'disk'): Promise<void> {
    const text = this.#world.files[name];
    if (text === undefined) return;
    const document = this.#open.get(name);
    if (where === 'disk') await this.#write(name, text);
    else if (document !== undefined) await this.#replace(document, 0, document.getText().length, text);
  }

  // ---- the disk ------------------------------------------------------------------------------------------------

  async #write(name: string, text: string): Promise<void> {
    if (name.startsWith('untitled:') || text.length > longestText) return;
    const happened = this.#disk.put(name, text);
    if (happened === undefined) return;
    this.#counts.edits++;
    await this.#tell([[name, happened === 'created' ? FileChangeType.Created : FileChangeType.Changed]]);
  }

  async #deleteFiles(names: readonly string[]): Promise<void> {
    const there = this.#disk.delete(names);
    if (there.length > 0) await this.#tell(there.map((name) => [name, FileChangeType.Deleted]));
  }

  /** An editor tells of a folder alone where it watches its name, else of the files in it. */
  async #deleteFolder(folder: string): Promise<void> {
    if (!watchedFolder.test(folder)) return this.#deleteFiles(this.#disk.below(folder));
    this.#disk.deleteBelow(folder);
    await this.#tell([[folder, FileChangeType.Deleted]]);
  }

  async #tell(happened: readonly (readonly [string, FileChangeType])[]): Promise<void> {
    const events = happened
      .filter(([name]) => watched.test(name) || watchedFolder.test(name))
      .map(([name, type]): FileEvent => ({ uri: this.#uri(name), type }));
    this.#sinceCheck++;
    await this.#service.filesChanged(events);
  }

  // ---- questions -----------------------------------------------------------------------------------------------

  async #answer(question: Question, service = this.#service): Promise<unknown> {
    const before = process.cpuUsage();
    const answer = await service.ask(question);
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 > longestAnswer) {
      throw this.#fault(`${question.method} took ${Math.round((user + system) / 1e6)} s of the processor`);
    }
    this.#counts.questions++;
    this.#failOnFaults(service);
    const problem = problemOf(question, answer, (uri) => this.#documentOf(uri));
    if (problem !== undefined) throw this.#fault(`${JSON.stringify(question)}: ${problem}`);
    return answer;
  }

  /** Whether the service is told what becomes of the file a question is about: nobody asks about another one. */
  #isTold({ params }: Question): boolean {
    const uri = uriIn(params);
    const name = this.#names.find((each) => this.#uri(each) === uri);
    return name === undefined || watched.test(name) || this.#open.has(name);
  }

  /** The text at a URI as the service knows it. */
  #documentOf(uri: string): TextDocument {
    const name = this.#names.find((each) => this.#uri(each) === uri) ?? '';
    return textDocument(uri, 0, this.#textOf(name));
  }

  // ---- comparing -----------------------------------------------------------------------------------------------

  async #check(): Promise<void> {
    this.#checkRanges(await this.#service.diagnostics());
    // A schema that is broken is in use as it was before it broke: no other service can know that.
    for (const name of await this.#brokenSchemas()) await this.#mend(name);
    this.#sinceCheck = 0;
    const asked = this.#asked.splice(0).slice(-3);
    const fresh = new LanguageServiceHere();
    await this.#start(fresh);
    for (const document of this.#open.values()) await fresh.open(document);
    const wanted = await fresh.diagnostics();
    this.#failOnFaults(fresh);
    const end = Date.now() + (this.#overWire ? patience : 0);
    let found = await this.#service.diagnostics();
    while (differenceOf(found, wanted) !== undefined && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      found = await this.#service.diagnostics();
    }
    if ((await this.#brokenSchemas()).size > 0) {
      this.#counts.incomparable++;
      return;
    }
    const difference = differenceOf(found, wanted);
    if (difference !== undefined) {
      throw this.#fault(`A server that has just been started says other things: ${difference}`);
    }
    this.#checkRanges(found);
    for (const question of asked) {
      if (!this.#isTold(question)) continue;
      const [one, other] = [await this.#answer(question), await this.#answer(question, fresh)];
      if (!isDeepStrictEqual(plain(one), plain(other))) {
        const answers = [one, other].map((each) => JSON.stringify(plain(each))).join('\n');
        throw this.#fault(
          `A server that has just been started answers ${JSON.stringify(question)} otherwise:\n${answers}`,
        );
      }
    }
    this.#failOnFaults(this.#service);
    this.#failOnFaults(fresh);
    this.#counts.checks++;
  }

  /** Names of schemas of which an earlier text is in use. */
  async #brokenSchemas(): Promise<ReadonlySet<string>> {
    const broken = new Set<string>();
    // A file in each folder stands for all that is there.
    const places = new Map(this.#names.map((name) => [dirname(name), name]));
    for (const name of [...places.values(), ...this.#open.keys()]) {
      const status = (await this.#service.ask({
        method: statusRequest.method,
        params: { uri: this.#uri(name) },
      })) as FileStatus | null;
      for (const { state, since, uri } of [...(status?.sources ?? []), ...(status?.remoteSchemas ?? [])]) {
        const file = this.#names.find((each) => this.#uri(each) === uri);
        if (state === 'failed' && since !== null && file !== undefined) broken.add(file);
      }
    }
    return broken;
  }

  /** The file of a schema, and those beside it that may be parts of it, as they were in the beginning, or gone. */
  async #mend(broken: string): Promise<void> {
    for (const name of this.#names) {
      if (dirname(name) !== dirname(broken)) continue;
      const document = this.#open.get(name);
      const text = this.#world.files[name];
      if (document !== undefined) {
        this.#open.delete(name);
        await this.#service.close(document.uri);
      }
      if (text === undefined) await this.#deleteFiles([name]);
      else if (this.#disk.text(name) !== text) await this.#write(name, text);
    }
  }

  #checkRanges(found: ReadonlyMap<string, readonly Diagnostic[]>): void {
    for (const [uri, diagnostics] of found) {
      const document = this.#documentOf(uri);
      const bad = diagnostics.find(({ range }) => !isInside(document, range));
      if (bad !== undefined) throw this.#fault(`A finding lies outside of ${uri}: ${JSON.stringify(bad)}`);
    }
  }
}

function namesOf({ files }: World): string[] {
  return [...new Set([...Object.keys(files), ...furtherNames])];
}

/** A step as a person reads it. */
export function stepText(step: Step, world: World): string {
  const names = namesOf(world);
  return JSON.stringify(step, (key, value: unknown) =>
    typeof value === 'number' && ['file', 'from', 'to'].includes(key) ? names[value % names.length] : value,
  );
}
