/** Milliseconds of work of which nothing is said, */
const quietTime = 1000;
/** and between two lines. */
const between = 100;

interface Shown {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** One line at the foot of a terminal that says how far work is. Where nobody looks, nothing is said. */
export class Progress {
  readonly #stream: Shown;
  readonly #isShown: boolean;
  readonly #now: () => number;
  #next: number;
  #said = false;

  constructor(
    stream: Shown,
    { TERM }: Readonly<Record<string, string | undefined>>,
    now: () => number = () => performance.now(),
  ) {
    this.#stream = stream;
    this.#isShown = stream.isTTY === true && TERM !== 'dumb';
    this.#now = now;
    this.#next = now() + quietTime;
  }

  /** Our own words, in place of those before; most are skipped. */
  say(text: () => string): void {
    if (!this.#isShown || this.#now() < this.#next) return;
    this.#next = this.#now() + between;
    this.#said = true;
    this.#stream.write(`\r\u001b[K${text()}`);
  }

  /** Leaves no trace. */
  end(): void {
    if (this.#said) this.#stream.write('\r\u001b[K');
    this.#said = false;
  }
}
