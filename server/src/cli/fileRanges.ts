import { TextDocument } from 'vscode-languageserver-textdocument';
import { withoutTrailing } from '../../../common/src/trailing.ts';
import type { Documents } from '../project/documents.ts';
import type { TextRange } from '../syntax/textRange.ts';
import type { FileRange } from './report/finding.ts';

/** Offsets as lines and columns; each file is looked through once. */
export class FileRanges {
  readonly #documents: Documents;
  readonly #print: (path: string) => string;
  readonly #texts = new Map<string, TextDocument>();

  constructor(documents: Documents, print: (path: string) => string) {
    this.#documents = documents;
    this.#print = print;
  }

  at(path: string, { offset, length }: TextRange): FileRange {
    const text = this.#text(path);
    const start = text.positionAt(offset);
    const end = text.positionAt(offset + length);
    return {
      file: this.#print(path),
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  }

  line(path: string, offset: number): string {
    const text = this.#text(path);
    const { line } = text.positionAt(offset);
    const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
    return withoutTrailing(withoutTrailing(text.getText(range), '\n'), '\r');
  }

  #text(path: string): TextDocument {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const result = this.#documents.read(path);
    const text = TextDocument.create(path, '', 0, result.ok ? result.text : '');
    this.#texts.set(path, text);
    return text;
  }
}
