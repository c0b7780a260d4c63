import type { Position, Range, TextDocument } from 'vscode-languageserver-textdocument';
import { withoutTrailing } from '../../../common/src/trailing.ts';

/** The position of an offset (UTF-16) in the text of a file. */
export type PositionIn = (uri: string, offset: number) => Position;

/** A line of a text without its end; the first is 0. */
export function lineOf(document: TextDocument, line: number): string {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return withoutTrailing(withoutTrailing(text, '\n'), '\r');
}

/** What the characters of a position count. */
export type PositionEncoding = 'utf-16' | 'utf-8';

/**
 * Offsets of a text, which count UTF-16 units, as the editor's positions, and back: the one place where the encoding they
 * were agreed on matters.
 */
export class Positions {
  readonly #encoding: PositionEncoding;

  constructor(encoding: PositionEncoding) {
    this.#encoding = encoding;
  }

  offsetAt(document: TextDocument, position: Position): number {
    return document.offsetAt(this.#inUnits(document, position));
  }

  positionAt(document: TextDocument, offset: number): Position {
    const position = document.positionAt(offset);
    if (this.#encoding === 'utf-16') return position;
    const start = { line: position.line, character: 0 };
    return { ...start, character: Buffer.byteLength(document.getText({ start, end: position })) };
  }

  /** A range as the documents themselves count. */
  rangeInUnits(document: TextDocument, { start, end }: Range): Range {
    return { start: this.#inUnits(document, start), end: this.#inUnits(document, end) };
  }

  #inUnits(document: TextDocument, position: Position): Position {
    if (this.#encoding === 'utf-16') return position;
    const { line } = position;
    const text = document.getText({
      start: { line, character: 0 },
      end: { line, character: Number.MAX_SAFE_INTEGER },
    });
    let bytes = 0;
    let character = 0;
    for (const symbol of text) {
      bytes += Buffer.byteLength(symbol);
      if (bytes > position.character) break;
      character += symbol.length;
    }
    return { line, character };
  }
}
