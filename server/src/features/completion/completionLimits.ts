/** Items a completion has at most. */
export const mostItems = 500;
/** Lines one item inserts at most. */
export const mostLines = 40;
/** Fields that are weighed as the value of an argument, for all items together. */
const mostWeighed = 500_000;

/** What keeps one completion small, however large the schema. */
export class CompletionLimits {
  /** Something was left out: the client must ask again when more is typed. */
  cut = false;
  readonly #typed: string;
  #weighed = 0;

  /** `typed`: the word up to the cursor. */
  constructor(typed: string) {
    this.#typed = comparable(typed);
  }

  /**
   * The items themselves when they are few; else the best of those that fit what is typed: what begins like it, what holds
   * it, what has its letters in order; each in the order given.
   */
  best<T>(items: readonly T[], labelOf: (item: T) => string): readonly T[] {
    if (items.length <= mostItems) return items;
    this.cut = true;
    const ranks: T[][] = [[], [], []];
    for (const item of items) {
      const rank = this.#rankOf(comparable(labelOf(item)));
      if (rank !== undefined) ranks[rank]?.push(item);
    }
    return ranks.flat().slice(0, mostItems);
  }

  /** Whether so many fields may still be weighed. */
  mayWeigh(fields: number): boolean {
    this.#weighed += fields;
    return this.#weighed <= mostWeighed;
  }

  #rankOf(label: string): 0 | 1 | 2 | undefined {
    const at = label.indexOf(this.#typed);
    if (at >= 0) return at === 0 ? 0 : 1;
    let next = 0;
    for (const letter of label) if (letter === this.#typed[next]) next++;
    return next === this.#typed.length ? 2 : undefined;
  }
}

/** Without what stands before a name: quotes, the `$` of a variable. */
function comparable(word: string): string {
  return word.replace(/^["'$]+/, '').toLowerCase();
}
