import { type Range, TextDocument } from 'vscode-languageserver-textdocument';
import { type AppliedChange, coverOf } from '../syntax/textChange.ts';
import { type DocumentKey, keyOfUri } from './files.ts';

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

  change(version: number, changes: readonly ContentChange[]): void {
    const applied = [...this.#changes];
    for (const change of changes) {
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
  readonly #texts = new Map<DocumentKey, OpenText>();

  open(uri: string, languageId: string, version: number, text: string): void {
    this.#texts.set(keyOfUri(uri), new OpenText(TextDocument.create(uri, languageId, version, text)));
  }

  change(uri: string, version: number, changes: readonly ContentChange[]): void {
    this.#texts.get(keyOfUri(uri))?.change(version, changes);
  }

  close(uri: string): void {
    this.#texts.delete(keyOfUri(uri));
  }

  get(key: DocumentKey): TextDocument | undefined {
    return this.#texts.get(key)?.document;
  }

  keys(): readonly DocumentKey[] {
    return [...this.#texts.keys()];
  }

  /**
   * What the editor did to make the text of now from `before`; `undefined` when that is not known. Changes are counted
   * from the text of now then.
   */
  takeChanges(key: DocumentKey, before: string): readonly AppliedChange[] | undefined {
    return this.#texts.get(key)?.takeChanges(before);
  }
}
