import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  type CodeAction,
  type CompletionItem,
  type CompletionList,
  type Diagnostic,
  type DocumentSymbol,
  FileChangeType,
  type FileEvent,
  type Hover,
  InsertTextFormat,
  type LocationLink,
  type Range,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readDefinition, sameDefinition } from '../../common/src/metadataApi/document/definition.ts';
import type { Json } from '../../common/src/metadataApi/document/json.ts';
import {
  type DefinitionEdit,
  type FileLocations,
  type FileStatus,
  keysRequest,
  locationsRequest,
  newNameRequest,
  type PayloadEdit,
  type ProjectContent,
  projectRequest,
  projectsRequest,
  type RelationshipPayload,
  type RequestPayload,
  relationshipsRequest,
  requestsRequest,
  snapshotTargetsRequest,
  statusRequest,
  writeDefinitionRequest,
} from '../../common/src/protocol.ts';
import { normalisePath, uriOfPath } from '../../server/src/project/files.ts';
import { languageOf, parse } from '../../server/src/syntax/parse.ts';
import { afterEdits, changesOf, type Edit, isInside, show, textOfSnippet, whyNotTogether } from './edits.ts';
import { type LanguageService, LanguageServiceHere, type Question, textDocument } from './languageService.ts';
import { offsetOf, type Place, type Step } from './steps.ts';
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
  readonly #root: string;
  readonly #names: readonly string[];
  readonly #disk = new Map<string, string>();
  readonly #open = new Map<string, TextDocument>();
  readonly #asked: Question[] = [];
  #folders: readonly string[] = [];
  #settings: unknown;
  #sinceCheck = 0;
  #step = 0;
  readonly #heap: () => number;

  /** `heap`: megabytes that are in use. */
  constructor(world: World, service: LanguageService, counts: Counts, overWire: boolean, heap: () => number) {
    this.#heap = heap;
    this.#world = world;
    this.#service = service;
    this.#counts = counts;
    this.#overWire = overWire;
    this.#root = normalisePath(
      realpathSync.native(mkdtempSync(join(tmpdir(), 'remote-relationships-fuzz-'))),
    );
    this.#names = namesOf(world);
    for (const [name, text] of Object.entries(world.files)) this.#put(name, text);
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
      rmSync(this.#root, { recursive: true, force: true });
    }
  }

  async #start(service: LanguageService): Promise<void> {
    await service.setFolders(this.#folders.length === 0 ? [this.#root] : this.#folders);
    if (this.#settings !== undefined) await service.setSettings(this.#settings);
  }

  #fault(message: string): Fault {
    return new Fault(this.#step, message.replaceAll(this.#root, '<folder>'));
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
        const text = this.#disk.get(name) ?? '';
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
        const text = this.#disk.get(from);
        if (text === undefined || from === to) return;
        await this.#deleteFiles([from]);
        return this.#write(to, text);
      }
      case 'settings':
        this.#settings = settingsToTry[step.which % settingsToTry.length];
        this.#sinceCheck++;
        return this.#service.setSettings(this.#settings);
      case 'folders': {
        const below = [...new Set([...this.#disk.keys()].map((name) => name.split('/')[0] ?? ''))]
          .filter((name) => !this.#disk.has(name))
          .map((name) => `${this.#root}/${name}`);
        const choices = [[this.#root], below, below.slice(0, 1), [this.#root, ...below.slice(0, 1)]];
        this.#folders = choices[step.which % choices.length] ?? [];
        if (this.#folders.length === 0) this.#folders = [this.#root];
        this.#sinceCheck++;
        return this.#service.setFolders(this.#folders);
      }
      case 'accept':
        return this.#accept(step);
      case 'ask': {
        const question = this.#question(step.which, this.#name(step.file), step.at);
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
    return name.startsWith('untitled:') ? name : uriOfPath(`${this.#root}/${name}`);
  }

  #textOf(name: string): string {
    return this.#open.get(name)?.getText() ?? this.#disk.get(name) ?? '';
  }

  /** The document of a file, opened where it is not open. */
  async #edited(file: number): Promise<TextDocument> {
    const name = this.#name(file);
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const document = textDocument(this.#uri(name), 1, this.#disk.get(name) ?? '');
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

  /** Puts a text on the disk; `undefined` where a directory, or a file in place of one, stands in the way. */
  #put(name: string, text: string): 'created' | 'changed' | undefined {
    const path = join(this.#root, name);
    try {
      const existed = existsSync(path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      this.#disk.set(name, Buffer.from(text).toString());
      return existed ? 'changed' : 'created';
    } catch {
      return undefined;
    }
  }

  async #write(name: string, text: string): Promise<void> {
    if (name.startsWith('untitled:') || text.length > longestText) return;
    const happened = this.#put(name, text);
    if (happened === undefined) return;
    this.#counts.edits++;
    await this.#tell([[name, happened === 'created' ? FileChangeType.Created : FileChangeType.Changed]]);
  }

  async #deleteFiles(names: readonly string[]): Promise<void> {
    const there = names.filter((name) => this.#disk.delete(name));
    for (const name of there) rmSync(join(this.#root, name), { force: true });
    if (there.length > 0) await this.#tell(there.map((name) => [name, FileChangeType.Deleted]));
  }

  /** An editor tells of a folder alone where it watches its name, else of the files in it. */
  async #deleteFolder(folder: string): Promise<void> {
    const names = [...this.#disk.keys()].filter((name) => name.startsWith(`${folder}/`));
    if (!watchedFolder.test(folder)) return this.#deleteFiles(names);
    for (const name of names) this.#disk.delete(name);
    rmSync(join(this.#root, folder), { recursive: true, force: true });
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

  #question(which: number, name: string, at: Place): Question {
    const uri = this.#uri(name);
    const text = this.#textOf(name);
    const document = textDocument(uri, 0, text);
    const position = document.positionAt(offsetOf(at, text));
    const textDocumentOf = { uri };
    const point = { textDocument: textDocumentOf, position };
    const last = document.positionAt(text.length);
    const parts = ['source', 'remote-schema'].flatMap((what) =>
      ['default', 'people', '../x', ''].map((each) => ({ what, name: each })),
    );
    const all: readonly Question[] = [
      { method: 'textDocument/completion', params: point },
      { method: 'textDocument/completion', params: point },
      { method: 'textDocument/hover', params: point },
      { method: 'textDocument/definition', params: point },
      { method: 'textDocument/documentSymbol', params: { textDocument: textDocumentOf } },
      {
        method: 'textDocument/codeAction',
        params: {
          textDocument: textDocumentOf,
          range: which % 2 === 0 ? { start: position, end: position } : { start: position, end: last },
          context: { diagnostics: [], ...(which % 3 === 0 ? { only: ['source.fixAll'] } : {}) },
        },
      },
      { method: statusRequest.method, params: { uri } },
      { method: relationshipsRequest.method, params: which % 2 === 0 ? { uri } : { uri, position } },
      { method: requestsRequest.method, params: which % 2 === 0 ? { uri } : { uri, position } },
      { method: projectRequest.method, params: { uri } },
      { method: locationsRequest.method, params: { uri } },
      { method: projectsRequest.method, params: null },
      { method: snapshotTargetsRequest.method, params: { uri, parts } },
      {
        method: keysRequest.method,
        params: { uri, position, keys: ['definition', 'to_remote_schema', 'lhs_fields', 0] },
      },
      { method: newNameRequest.method, params: { uri, position, name: 'new_name' } },
    ];
    return all[which % all.length] ?? { method: projectsRequest.method, params: null };
  }

  async #answer(question: Question, service = this.#service): Promise<unknown> {
    const before = process.cpuUsage();
    const answer = await service.ask(question);
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 > longestAnswer) {
      throw this.#fault(`${question.method} took ${Math.round((user + system) / 1e6)} s of the processor`);
    }
    this.#counts.questions++;
    this.#failOnFaults(service);
    const problem = this.#problemOf(question, answer);
    if (problem !== undefined) throw this.#fault(`${JSON.stringify(question)}: ${problem}`);
    return answer;
  }

  /** What is wrong with an answer by itself, in words. */
  #problemOf({ method, params }: Question, answer: unknown): string | undefined {
    const uri = uriIn(params);
    const here = this.#documentOf(uri);
    const outside = (of: TextDocument, ranges: readonly Range[]): string | undefined => {
      const bad = ranges.find((range) => !isInside(of, range));
      return bad === undefined ? undefined : `${show(bad)} lies outside of ${of.uri}`;
    };
    if (answer === null || answer === undefined) return undefined;
    switch (method) {
      case 'textDocument/completion':
        return first((answer as CompletionList).items, (item) => this.#problemOfItem(here, item, params));
      case 'textDocument/hover': {
        const { range } = answer as Hover;
        return range && outside(here, [range]);
      }
      case 'textDocument/definition':
        return first(answer as LocationLink[], (link) => {
          const target = this.#documentOf(link.targetUri);
          return (
            outside(here, link.originSelectionRange === undefined ? [] : [link.originSelectionRange]) ??
            outside(target, [link.targetRange, link.targetSelectionRange])
          );
        });
      case 'textDocument/documentSymbol':
        return first(answer as DocumentSymbol[], (symbol) => this.#problemOfSymbol(here, symbol));
      case 'textDocument/codeAction':
        return first(answer as CodeAction[], ({ edit, title }) =>
          first(Object.entries(edit?.changes ?? {}), ([of, edits]) => {
            const why = whyNotTogether(this.#documentOf(of), edits);
            return why && `"${title}": ${why}`;
          }),
        );
      case relationshipsRequest.method:
        return first(answer as RelationshipPayload[], (payload) => this.#problemOfPayload(here, payload));
      case requestsRequest.method:
        return outside(
          here,
          (answer as RequestPayload[]).map(({ range }) => range),
        );
      case projectRequest.method:
        return first((answer as ProjectContent).files, (file) => {
          const of = this.#documentOf(file.uri);
          return (
            first(file.relationships, (payload) => this.#problemOfPayload(of, payload)) ??
            outside(
              of,
              file.owners.map(({ range }) => range),
            )
          );
        });
      case locationsRequest.method:
        return first(answer as FileLocations[], (file) =>
          outside(
            this.#documentOf(file.uri),
            file.locations.flatMap(({ range, nameRange }) => [range, nameRange]),
          ),
        );
      case keysRequest.method:
        return outside(here, [answer as Range]);
      case newNameRequest.method:
        return whyNotTogether(here, answer as PayloadEdit[]);
      default:
        return undefined;
    }
  }

  #problemOfItem(document: TextDocument, item: CompletionItem, params: unknown): string | undefined {
    const edits = editsOf(item);
    const why = whyNotTogether(document, edits);
    if (why !== undefined) return `"${item.label}": ${why}`;
    const main = edits[0]?.range;
    const { line } = (params as { position: { line: number } }).position;
    return main !== undefined && (main.start.line !== line || main.end.line !== line)
      ? `"${item.label}" replaces ${show(main)}, not on the line of the cursor`
      : undefined;
  }

  #problemOfSymbol(document: TextDocument, symbol: DocumentSymbol): string | undefined {
    const { range, selectionRange, children } = symbol;
    if (!isInside(document, range) || !isInside(document, selectionRange)) {
      return `the symbol "${symbol.name}" lies outside of the text`;
    }
    const offset = (each: Range): [number, number] => [
      document.offsetAt(each.start),
      document.offsetAt(each.end),
    ];
    const [[start, end], [selectionStart, selectionEnd]] = [offset(range), offset(selectionRange)];
    // An editor refuses it otherwise.
    if (selectionStart < start || selectionEnd > end)
      return `the name of the symbol "${symbol.name}" lies outside of it`;
    if (symbol.name.trim() === '') return 'a symbol without a name';
    return first(children ?? [], (child) => this.#problemOfSymbol(document, child));
  }

  #problemOfPayload(
    document: TextDocument,
    { name, range, nameRange, removal }: RelationshipPayload,
  ): string | undefined {
    if (!isInside(document, range) || !isInside(document, nameRange)) {
      return `the relationship "${name}" at ${show(range)} lies outside of ${document.uri}`;
    }
    return removal === null ? undefined : whyNotTogether(document, removal);
  }

  /** The text at a URI as the service knows it. */
  #documentOf(uri: string): TextDocument {
    const name = this.#names.find((each) => this.#uri(each) === uri) ?? '';
    return textDocument(uri, 0, this.#textOf(name));
  }

  // ---- what is answered, put to use ----------------------------------------------------------------------------

  async #accept({ what, file, at, which }: Step & { do: 'accept' }): Promise<void> {
    const document = await this.#edited(file);
    const position = document.positionAt(offsetOf(at, document.getText()));
    const point = { textDocument: { uri: document.uri }, position };
    switch (what) {
      case 'completion': {
        const list = (await this.#answer({
          method: 'textDocument/completion',
          params: point,
        })) as CompletionList | null;
        const item = choose(list?.items ?? [], which);
        if (item === undefined) return;
        return this.#applyWhole(document, editsOf(item), `the completion "${item.label}"`);
      }
      case 'action':
      case 'fix-all': {
        const only = what === 'fix-all' ? { only: ['source.fixAll'] } : {};
        const range = {
          start: { line: 0, character: 0 },
          end: document.positionAt(document.getText().length),
        };
        const actions = (await this.#answer({
          method: 'textDocument/codeAction',
          params: { textDocument: { uri: document.uri }, range, context: { diagnostics: [], ...only } },
        })) as CodeAction[] | null;
        const action = choose(actions ?? [], which);
        const edits = action?.edit?.changes?.[document.uri];
        if (action === undefined || edits === undefined) return;
        return this.#applyWhole(document, edits, `"${action.title}"`);
      }
      case 'definition':
        return this.#writeDefinition(document.uri, which);
      case 'new-name': {
        const all = (await this.#answer({
          method: relationshipsRequest.method,
          params: { uri: document.uri },
        })) as RelationshipPayload[];
        const one = choose(all, which);
        if (one === undefined) return;
        const params = { uri: document.uri, position: one.range.start, name: 'another_name' };
        const edits = (await this.#answer({ method: newNameRequest.method, params })) as PayloadEdit[] | null;
        if (edits !== null) await this.#applyWhole(document, edits, 'the new name');
        return;
      }
    }
  }

  /** The definition of one relationship for another. */
  async #writeDefinition(uri: string, which: number): Promise<void> {
    const content = (await this.#answer({
      method: projectRequest.method,
      params: { uri },
    })) as ProjectContent | null;
    const all = (content?.files ?? [])
      .flatMap(({ relationships }) => relationships)
      .filter(({ identity, definition }) => identity !== null && definition !== null);
    const [to, from] = [choose(all, which), choose(all, which + 1)];
    if (to === undefined || from === undefined) return;
    const params = { uri, identity: to.identity, definition: from.definition };
    const answer = (await this.#answer({
      method: writeDefinitionRequest.method,
      params,
    })) as DefinitionEdit | null;
    if (answer === null || 'obstacle' in answer) return;
    const name = this.#names.find((each) => this.#uri(each) === answer.uri);
    if (name === undefined) throw this.#fault(`A definition would be written to ${answer.uri}`);
    const document = await this.#edited(this.#names.indexOf(name));
    const why = whyNotTogether(document, answer.edits);
    if (why !== undefined) throw this.#fault(`writing a definition: ${why}`);
    await this.#applyWhole(document, answer.edits, 'a definition');
    const after = (await this.#answer({
      method: projectRequest.method,
      params: { uri },
    })) as ProjectContent | null;
    const has = after?.files
      .flatMap(({ relationships }) => relationships)
      .some(
        ({ identity, definition }) =>
          isDeepStrictEqual(identity, to.identity) && sameMeaning(definition, from.definition),
      );
    if (has !== true) {
      throw this.#fault(
        `a definition was written that is not read again: ${JSON.stringify(params)}\n${JSON.stringify(answer)}`,
      );
    }
  }

  /** Applies edits of the service's own: what could be parsed before can be parsed after. */
  async #applyWhole(document: TextDocument, edits: readonly Edit[], what: string): Promise<void> {
    const before = document.getText();
    const after = afterEdits(document, edits);
    const language = languageOf(document.uri, document.languageId);
    const tree = language === undefined ? undefined : parse(before, language);
    // Beside a mere word, nothing can stand.
    const whole = tree?.problems.length === 0 && tree.roots.every(({ children }) => children.length > 0);
    if (tree !== undefined && whole) {
      const [problem] = parse(after, tree.language).problems;
      if (problem !== undefined) {
        throw this.#fault(`${what} leaves "${problem.message}" behind:\n${before}\n--- became\n${after}`);
      }
    }
    await this.#apply(document, edits);
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
      else if (this.#disk.get(name) !== text) await this.#write(name, text);
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

function uriIn(params: unknown): string {
  const { uri, textDocument: document } = (params ?? {}) as { uri?: string; textDocument?: { uri: string } };
  return uri ?? document?.uri ?? '';
}

function editsOf(item: CompletionItem): Edit[] {
  const { textEdit, additionalTextEdits = [], insertTextFormat } = item;
  if (textEdit === undefined || !('range' in textEdit)) return [...additionalTextEdits];
  const newText =
    insertTextFormat === InsertTextFormat.Snippet ? textOfSnippet(textEdit.newText) : textEdit.newText;
  return [{ range: textEdit.range, newText }, ...additionalTextEdits];
}

/** Whether two definitions say the same; of what is no definition, whether it is the same. */
function sameMeaning(one: Json, other: Json): boolean {
  const [a, b] = [readDefinition(one, () => undefined), readDefinition(other, () => undefined)];
  return a === undefined || b === undefined ? isDeepStrictEqual(one, other) : sameDefinition(a, b);
}

function choose<T>(all: readonly T[], which: number): T | undefined {
  return all[which % Math.max(1, all.length)];
}

function first<T>(all: readonly T[], problem: (each: T) => string | undefined): string | undefined {
  for (const each of all) {
    const found = problem(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As it comes over the wire, without the moment in which something was read. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null, (key, each: unknown) => (key === 'since' ? null : each)));
}

function differenceOf(
  found: ReadonlyMap<string, readonly Diagnostic[]>,
  wanted: ReadonlyMap<string, readonly Diagnostic[]>,
): string | undefined {
  for (const uri of new Set([...found.keys(), ...wanted.keys()])) {
    const [one, other] = [plain(found.get(uri) ?? []), plain(wanted.get(uri) ?? [])];
    if (!isDeepStrictEqual(one, other)) {
      return `${uri}\n  found  ${JSON.stringify(one)}\n  wanted ${JSON.stringify(other)}`;
    }
  }
  return undefined;
}
