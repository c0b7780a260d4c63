import type { Documents } from '../project/documents.ts';
import type { TextRange } from '../syntax/textRange.ts';
import type { FileRange } from './report/finding.ts';

/** Offsets as lines and columns. */
export class FileRanges {
  readonly #documents: Documents;
  readonly #print: (path: string) => string;

  constructor(documents: Documents, print: (path: string) => string) {
    this.#documents = documents;
    this.#print = print;
  }

  at(path: string, { offset, length }: TextRange): FileRange {
    const { start, end } = this.#documents.range(this.#documents.uri(path), offset, length);
    return {
      file: this.#print(path),
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  }

  /** The line that an offset is in, without its end; empty when the file can't be read. */
  line(path: string, offset: number): string {
    return this.#documents.line(this.#documents.uri(path), offset);
  }
}
