import type { TextRange } from './textRange.ts';

/** Many ranges of one text, to be asked what lies where without looking at each. */
export class RangeIndex<T extends TextRange> {
  readonly #sorted: readonly T[];
  /** Where the ranges up to the same place in `sorted` end at the latest. */
  readonly #ends: readonly number[];

  constructor(ranges: Iterable<T>) {
    this.#sorted = [...ranges].sort((a, b) => a.offset - b.offset);
    let end = Number.NEGATIVE_INFINITY;
    this.#ends = this.#sorted.map((range) => {
      end = Math.max(end, range.offset + range.length);
      return end;
    });
  }

  /** Whether an offset lies in one of them or at its end. */
  touches(offset: number): boolean {
    const last = this.#lastStartingBefore(offset + 1);
    return (this.#ends[last] ?? Number.NEGATIVE_INFINITY) >= offset;
  }

  /** Whether one of them begins within a range or at its end. */
  startsIn({ offset, length }: TextRange): boolean {
    const last = this.#sorted[this.#lastStartingBefore(offset + length + 1)];
    return last !== undefined && last.offset >= offset;
  }

  /** Those that share something with the text from `start` to `end`, the last first. */
  *overlapping(start: number, end: number): Generator<T> {
    for (let at = this.#lastStartingBefore(end); at >= 0; at--) {
      if ((this.#ends[at] ?? 0) <= start) return;
      const range = this.#sorted[at];
      if (range !== undefined && range.offset + range.length > start) yield range;
    }
  }

  #lastStartingBefore(offset: number): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle]?.offset ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
