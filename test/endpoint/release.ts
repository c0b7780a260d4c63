/** A Hasura release, for the differences between versions (spec section 10). */
export class Release {
  readonly text: string;
  readonly #numbers: readonly number[] | undefined;

  /** `2.46`, `v2.8.4`, `2.36.0-ce`; anything else counts as the newest. */
  constructor(text: string) {
    this.text = text;
    const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
    this.#numbers = match?.slice(1).map((part) => Number(part ?? 0));
  }

  /** Whether this release is the named one or a later one. */
  since(major: number, minor: number, patch = 0): boolean {
    if (!this.#numbers) return true;
    const [ownMajor = 0, ownMinor = 0, ownPatch = 0] = this.#numbers;
    return (ownMajor - major || ownMinor - minor || ownPatch - patch) >= 0;
  }

  before(major: number, minor: number, patch = 0): boolean {
    return !this.since(major, minor, patch);
  }
}
