import { type Range, TextDocument } from 'vscode-languageserver-textdocument';
import { type AppliedChange, coverOf } from '../syntax/textChange.ts';
import { DocumentKeys } from './documentKeys.ts';
import type { DocumentKey } from './files.ts';
import { type PositionEncoding, Positions } from './positions.ts';
import type { NamedFiles } from './spelling.ts';

/** A change as the protocol has it: of a range, or of everything. Several apply one after the other. */
export type ContentChange = { readonly range: Range; readonly text: string } | { readonly text: string };

/** So many changes are told apart. More of them, as after replacing a word everywhere, count as one. */
const mostChanges = 8;

/** A text that is open in the editor, and what was done to it. */
class OpenText {
  readonly document: TextDocument;
  /** What led from `before` to the text of now. */
  #changes: readonly AppliedChange[] = [];
  #before: string;

  constructor(document: TextDocument) {
    this.document = document;
    this.#before = document.getText();
  }

  change(version: number, changes: readonly ContentChange[], positions: Positions): void {
    const applied = [...this.#changes];
    for (const told of changes) {
      const change =
        'range' in told ? { ...told, range: positions.rangeInUnits(this.document, told.range) } : told;
      const { start, end } = this.#span(change);
      TextDocument.update(this.document, [change], version);
      const text = this.document.getText();
      applied.push({ start, oldEnd: end, newEnd: start + change.text.length, text });
    }
    this.#changes = applied.length > mostChanges ? coverOf(applied) : applied;
  }

  takeChanges(before: string): readonly AppliedChange[] | undefined {
    const changes = this.#before === before ? this.#changes : undefined;
    this.#before = this.document.getText();
    this.#changes = [];
    return changes;
  }

  #span(change: ContentChange): { readonly start: number; readonly end: number } {
    if (!('range' in change)) return { start: 0, end: this.document.getText().length };
    const ends = [this.document.offsetAt(change.range.start), this.document.offsetAt(change.range.end)];
    return { start: Math.min(...ends), end: Math.max(...ends) };
  }
}

/** The texts that are open in the editor, as it tells of them: the one place where they are kept. */
export class OpenTexts {
  readonly positions: Positions;
  readonly #documentKeys = new DocumentKeys();
  /** By the URIs they were opened under: of a document that is open under several, the last that was touched counts. */
  readonly #texts = new Map<DocumentKey, Map<string, OpenText>>();

  constructor(encoding: PositionEncoding = 'utf-16') {
    this.positions = new Positions(encoding);
  }

  /** The folders of the workspace, and the files in them: they say how documents are called. */
  setFolders(paths: readonly string[], files: NamedFiles): void {
    this.#documentKeys.setFolders(paths, files);
    this.#callAnew();
  }

  /** Something came or went on disk. True when an open document is called otherwise now. */
  entryChanged(path: string): boolean {
    const uris = new Set(this.#documentKeys.forget(path));
    if (uris.size === 0) return false;
    const open = [...this.#texts].flatMap(([key, byUri]) => [...byUri.keys()].map((uri) => ({ key, uri })));
    if (open.every(({ key, uri }) => !uris.has(uri) || this.keyOf(uri) === key)) return false;
    this.#callAnew();
    return true;
  }

  #callAnew(): void {
    const open = [...this.#texts.values()].flatMap((byUri) => [...byUri]);
    this.#texts.clear();
    for (const [uri, text] of open) this.#touch(uri, text);
  }

  keyOf(uri: string): DocumentKey {
    return this.#documentKeys.of(uri);
  }

  /** The file that a path leads to which some file says. */
  keyOfWritten(path: string): DocumentKey {
    return this.#documentKeys.ofWritten(path);
  }

  open(uri: string, languageId: string, version: number, text: string): void {
    this.#touch(uri, new OpenText(TextDocument.create(uri, languageId, version, text)));
  }

  change(uri: string, version: number, changes: readonly ContentChange[]): void {
    const text = this.#texts.get(this.keyOf(uri))?.get(uri);
    text?.change(version, changes, this.positions);
    if (text !== undefined) this.#touch(uri, text);
  }

  close(uri: string): void {
    const key = this.keyOf(uri);
    const byUri = this.#texts.get(key);
    byUri?.delete(uri);
    if (byUri?.size === 0) this.#texts.delete(key);
  }

  get(key: DocumentKey): TextDocument | undefined {
    return this.#current(key)?.document;
  }

  keys(): readonly DocumentKey[] {
    return [...this.#texts.keys()];
  }

  /**
   * What the editor did to make the text of now from `before`; `undefined` when that is not known. Changes are counted
   * from the text of now then.
   */
  takeChanges(key: DocumentKey, before: string): readonly AppliedChange[] | undefined {
    return this.#current(key)?.takeChanges(before);
  }

  #current(key: DocumentKey): OpenText | undefined {
    return [...(this.#texts.get(key)?.values() ?? [])].at(-1);
  }

  #touch(uri: string, text: OpenText): void {
    const key = this.keyOf(uri);
    const byUri = this.#texts.get(key) ?? new Map<string, OpenText>();
    byUri.delete(uri);
    byUri.set(uri, text);
    this.#texts.set(key, byUri);
  }
}
