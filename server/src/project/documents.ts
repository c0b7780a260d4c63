import { type Position, type Range, TextDocument } from 'vscode-languageserver-textdocument';
import { errorMessage } from '../../../common/src/errorMessage.ts';
import { textResult } from '../../../common/src/files/fileText.ts';
import type { ReadResult } from '../../../common/src/files/readResult.ts';
import { documentRole } from '../metadata/documentRole.ts';
import { outlineOf } from '../metadata/outline.ts';
import { readModel } from '../metadata/readModel.ts';
import type { MetadataModel, ReadingContext } from '../metadata/relationship.ts';
import { languageOf, parse } from '../syntax/parse.ts';
import { patch } from '../syntax/patch.ts';
import { placeholderPattern } from '../syntax/placeholders.ts';
import type { SyntaxLanguage, SyntaxTree } from '../syntax/tree.ts';
import {
  type DocumentKey,
  type FileSystem,
  isInside,
  isPath,
  uriOfPath,
  withOpenDocuments,
} from './files.ts';
import type { ContentChange, OpenTexts } from './openTexts.ts';
import { lineOf } from './positions.ts';

/**
 * Every text that is read, open in the editor or on disk, with its tree and model. Each is parsed at most once for
 * each text; a changed text patches the tree before it.
 */

/** A document at one moment. The same object as long as its text is the same. */
export interface ParsedDocument {
  readonly key: DocumentKey;
  readonly uri: string;
  /** The tree without what stands in it. */
  readonly syntax: Omit<SyntaxTree, 'roots'>;
  /** Whether it says that it is a metadata document. */
  readonly isMetadata: boolean;
  /** Read again where it was let go. */
  readonly tree: SyntaxTree;
  /** What went wrong in this program while the text or its model was read; empty when nothing did. */
  readonly failures: readonly string[];
  /** The model as read at that place; the same object whenever it is asked for, until it is let go. */
  model(context: ReadingContext): MetadataModel;
  /** The same for others than the document itself: for good, without a tree where none is kept. */
  outline(context: ReadingContext): MetadataModel;
  /** What is read from the tree under a name: once. */
  told<T>(name: string, tell: (tree: SyntaxTree) => T): T;
}

/** Longest list of closed files whose lines are kept: related places mostly lead to the same. */
const keptLines = 32;

export class Documents {
  /** The disk with the open documents in front. */
  readonly files: FileSystem;
  readonly #texts: OpenTexts;
  readonly #parsed = new Map<DocumentKey, ReadDocument>();
  /** Keys whose text may differ from that of `parsed`. */
  readonly #stale = new Set<DocumentKey>();
  /** Lines of files that are not open. */
  readonly #lines = new Map<DocumentKey, TextDocument>();

  readonly #keepsTrees: boolean;
  #placeholders: RegExp | undefined;

  /** `keepsTrees`: false where a tree is read again rather than kept. */
  constructor(disk: FileSystem, texts: OpenTexts, keepsTrees = true) {
    this.#keepsTrees = keepsTrees;
    this.#texts = texts;
    this.files = withOpenDocuments(disk, (path) => texts.get(path)?.getText());
  }

  open(uri: string, languageId: string, version: number, text: string): DocumentKey {
    this.#texts.open(uri, languageId, version, text);
    return this.#changed(uri);
  }

  change(uri: string, version: number, changes: readonly ContentChange[]): DocumentKey {
    this.#texts.change(uri, version, changes);
    return this.#changed(uri);
  }

  close(uri: string): DocumentKey {
    this.#texts.close(uri);
    const key = this.#changed(uri);
    if (key === uri) this.forget(key);
    return key;
  }

  #changed(uri: string): DocumentKey {
    const key = this.keyOf(uri);
    this.#stale.add(key);
    this.#lines.delete(key);
    return key;
  }

  /** Takes the placeholders beside the usual ones; false when they are the same as before. */
  setPlaceholders(patterns: readonly string[]): boolean {
    const pattern = placeholderPattern(patterns);
    if (pattern?.source === this.#placeholders?.source) return false;
    this.#placeholders = pattern;
    this.#parsed.clear();
    return true;
  }

  /** A file, or everything in a directory, may have changed on disk. */
  changedOnDisk(path: string, cameOrWent: boolean): void {
    if (cameOrWent && this.#texts.entryChanged(path)) {
      for (const key of this.#texts.keys()) this.#stale.add(key);
    }
    this.#stale.add(path);
    for (const key of this.#lines.keys()) if (isInside(key, path)) this.#lines.delete(key);
    if (this.#parsed.has(path)) return;
    for (const key of this.#parsed.keys()) if (isInside(key, path)) this.#stale.add(key);
  }

  /** Nothing below a folder is known any more; open documents stay. */
  forgetFolder(folder: string): void {
    for (const key of this.#lines.keys()) if (isInside(key, folder)) this.#lines.delete(key);
    for (const key of this.#parsed.keys()) if (isInside(key, folder) && !this.isOpen(key)) this.forget(key);
  }

  /** Lets go of the tree of a file that is not open and none of Hasura's: what was read in it needs no tree. */
  release(key: DocumentKey): void {
    if (!this.isOpen(key)) this.#parsed.get(key)?.release();
  }

  /** Lets go of the tree of a file that is not open, where trees are not kept; what others see of it stays. */
  rest(key: DocumentKey): void {
    if (!this.#keepsTrees && !this.isOpen(key)) this.#parsed.get(key)?.rest();
  }

  forget(key: DocumentKey): void {
    this.#parsed.delete(key);
    this.#stale.delete(key);
  }

  keyOf(uri: string): DocumentKey {
    return this.#texts.keyOf(uri);
  }

  /** The file that a path leads to which some file says: one key for all its spellings. */
  keyOfWritten(path: string): DocumentKey {
    return this.#texts.keyOfWritten(path);
  }

  /** The folders of the workspace: they say how documents are called. */
  setFolders(paths: readonly string[]): void {
    this.#texts.setFolders(paths, this.files);
    // What could not be read before may be read now.
    this.#lines.clear();
    for (const key of this.#texts.keys()) this.#stale.add(key);
  }

  isOpen(key: DocumentKey): boolean {
    return this.#texts.get(key) !== undefined;
  }

  openKeys(): readonly DocumentKey[] {
    return this.#texts.keys();
  }

  version(key: DocumentKey): number | undefined {
    return this.#texts.get(key)?.version;
  }

  /** As the editor spells it when the document is open. */
  uri(key: DocumentKey): string {
    return this.#texts.get(key)?.uri ?? (isPath(key) ? uriOfPath(key) : key);
  }

  language(key: DocumentKey): SyntaxLanguage | undefined {
    return languageOf(key, this.#texts.get(key)?.languageId);
  }

  read(key: DocumentKey): ReadResult {
    const open = this.#texts.get(key);
    return open === undefined ? this.files.read(key) : textResult(open.getText(), key);
  }

  /** The offset of a position in the text of any file. */
  offsetAt(uri: string, position: Position): number {
    return this.#texts.positions.offsetAt(this.#linesOf(this.keyOf(uri)), position);
  }

  /** The range in the text of any file; at the start of a file that can't be read. */
  range(uri: string, offset: number, length: number): Range {
    const lines = this.#linesOf(this.keyOf(uri));
    const { positions } = this.#texts;
    return { start: positions.positionAt(lines, offset), end: positions.positionAt(lines, offset + length) };
  }

  /** The line of any file that an offset is in, without its end; empty in a file that can't be read. */
  line(uri: string, offset: number): string {
    const lines = this.#linesOf(this.keyOf(uri));
    return lineOf(lines, lines.positionAt(offset).line);
  }

  /** The text of any file, by which its lines are counted; empty for one that can't be read. */
  text(uri: string): string {
    return this.#linesOf(this.keyOf(uri)).getText();
  }

  #linesOf(key: DocumentKey): TextDocument {
    const open = this.#texts.get(key);
    if (open !== undefined) return open;
    const known = this.#lines.get(key);
    if (known !== undefined) {
      this.#keepLines(key, known);
      return known;
    }
    const parsed = this.#stale.has(key) ? undefined : this.#parsed.get(key);
    const result = parsed === undefined ? this.files.read(key) : undefined;
    const text = parsed?.syntax.text ?? (result?.ok === true ? result.text : '');
    const lines = TextDocument.create(key, '', 0, text);
    this.#keepLines(key, lines);
    return lines;
  }

  /** In place of those that were asked for the longest time ago. */
  #keepLines(key: DocumentKey, lines: TextDocument): void {
    this.#lines.delete(key);
    const [oldest] = this.#lines.keys();
    if (oldest !== undefined && this.#lines.size >= keptLines) this.#lines.delete(oldest);
    this.#lines.set(key, lines);
  }

  /** The document as it is now; `undefined` when it can't be read or is in none of our languages. */
  get(key: DocumentKey): ParsedDocument | undefined {
    const known = this.#parsed.get(key);
    if (known !== undefined && !this.#stale.has(key)) return known;
    this.#stale.delete(key);
    const language = this.language(key);
    const result = language === undefined ? undefined : this.read(key);
    if (language === undefined || result === undefined || !result.ok) {
      this.#parsed.delete(key);
      return undefined;
    }
    if (known !== undefined && isOf(known, result.text, language)) return known;
    const { text } = result;
    const before = known?.syntax.language === language ? known.held : undefined;
    const failures: string[] = [];
    const placeholders = this.#placeholders;
    const tree =
      // What can't be patched is read anew.
      (before &&
        attempt([], () => patch(before, text, this.#texts.takeChanges(key, before.text), placeholders))) ??
      readTree(text, language, placeholders, failures);
    const read = (): SyntaxTree => readTree(text, language, placeholders, []);
    const document = new ReadDocument(key, this.uri(key), tree, failures, read, this.#keepsTrees);
    this.#parsed.set(key, document);
    return document;
  }
}

/** One bad file never silences the others: whatever throws while it is read stays with it. */
function attempt<T>(failures: string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    failures.push(errorMessage(error));
    return undefined;
  }
}

function readTree(
  text: string,
  language: SyntaxLanguage,
  placeholders: RegExp | undefined,
  failures: string[],
): SyntaxTree {
  return attempt(failures, () => parse(text, language, placeholders)) ?? unreadTree(language, text);
}

/** Stands for a text that could not be read: nothing is known of it, and what it could say is not missing. */
function unreadTree(language: SyntaxLanguage, text: string): SyntaxTree {
  return { language, text, roots: [], problems: [], requestLines: [] };
}

/** Whether all was read that stands in the document, as it is to be read there. */
export function isWhole({ syntax, failures }: ParsedDocument): boolean {
  return syntax.problems.length === 0 && failures.length === 0;
}

function isOf({ syntax }: ParsedDocument, text: string, language: SyntaxLanguage): boolean {
  return syntax.text === text && syntax.language === language;
}

function locationOf({ role, source, table, relationship, firstOnly }: ReadingContext): string {
  return JSON.stringify([role, source, table?.value, relationship, firstOnly]);
}

class ReadDocument implements ParsedDocument {
  readonly key: DocumentKey;
  readonly uri: string;
  readonly syntax: Omit<SyntaxTree, 'roots'>;
  readonly failures: string[];
  readonly #read: () => SyntaxTree;
  readonly #models = new Map<string, MetadataModel>();
  readonly #outlines = new Map<string, MetadataModel>();
  readonly #told = new Map<string, unknown>();
  readonly #keepsTree: boolean;
  #tree: SyntaxTree | undefined;
  #isMetadata: boolean | undefined;

  /** `read`: reads the same tree again. */
  constructor(
    key: DocumentKey,
    uri: string,
    tree: SyntaxTree,
    failures: string[],
    read: () => SyntaxTree,
    keepsTree: boolean,
  ) {
    this.#keepsTree = keepsTree;
    this.key = key;
    this.uri = uri;
    const { roots: _, ...syntax } = tree;
    this.syntax = syntax;
    this.failures = failures;
    this.#read = read;
    this.#tree = tree;
  }

  /** The tree, unless it was let go. */
  get held(): SyntaxTree | undefined {
    return this.#tree;
  }

  get tree(): SyntaxTree {
    this.#tree ??= this.#read();
    return this.#tree;
  }

  get isMetadata(): boolean {
    this.#isMetadata ??= this.tree.roots.some((root) => documentRole(root) === 'metadata');
    return this.#isMetadata;
  }

  /** That it is none of Hasura's is remembered: nobody has to read it again for that. */
  release(): void {
    if (this.#tree === undefined) return;
    this.#isMetadata = this.isMetadata;
    const { roles } = this.model({});
    if (roles.every((role) => role === 'none')) this.#tree = undefined;
  }

  told<T>(name: string, tell: (tree: SyntaxTree) => T): T {
    if (!this.#told.has(name)) this.#told.set(name, tell(this.tree));
    return this.#told.get(name) as T;
  }

  outline(context: ReadingContext): MetadataModel {
    if (this.#keepsTree) return this.model(context);
    const location = locationOf(context);
    const known = this.#outlines.get(location);
    if (known !== undefined) return known;
    const outline = outlineOf(this.model(context));
    this.#outlines.set(location, outline);
    return outline;
  }

  /** Only where others see no more than an outline. */
  rest(): void {
    const models = new Set(this.#models.values());
    if (this.#tree === undefined || [...this.#outlines.values()].some((outline) => models.has(outline)))
      return;
    this.#isMetadata = this.isMetadata;
    this.#tree = undefined;
    this.#models.clear();
  }

  model(context: ReadingContext): MetadataModel {
    const location = locationOf(context);
    const known = this.#models.get(location);
    if (known !== undefined) return known;
    const { tree } = this;
    const model =
      attempt(this.failures, () => readModel(tree, context)) ??
      readModel(unreadTree(tree.language, tree.text), context);
    this.#models.set(location, model);
    return model;
  }
}
