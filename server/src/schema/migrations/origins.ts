import type { SqlFile, SqlOrigin } from './replayedDatabase.ts';

const name = /"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*/uy;

/** Places in a file's text as places in the file. */
export class Origins {
  readonly #file: SqlFile;
  #lineStarts: number[] | undefined;

  constructor(file: SqlFile) {
    this.#file = file;
  }

  /** Of the word, or the quoted name, that begins there. */
  at(offset: number): SqlOrigin {
    const { uri, offset: before } = this.#file;
    return {
      location: { uri, offset: before + offset, length: this.lengthAt(offset) },
      line: this.#line(offset),
    };
  }

  lengthAt(offset: number): number {
    name.lastIndex = offset;
    return name.exec(this.#file.text)?.[0].length ?? Math.min(1, this.#file.text.length - offset);
  }

  #line(offset: number): number {
    this.#lineStarts ??= lineStarts(this.#file.text);
    let low = 0;
    let high = this.#lineStarts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
