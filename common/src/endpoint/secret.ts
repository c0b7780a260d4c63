/**
 * An admin secret that does not show itself: printed, put into a template, logged or turned into JSON it is
 * `[secret]`. Only `reveal` gives the text.
 */
export class Secret {
  readonly #text: string;
  /** Where it comes from, in the user's words: `HASURA_GRAPHQL_ADMIN_SECRET in .env`. */
  readonly from: string;

  constructor(text: string, from: string) {
    this.#text = text;
    this.from = from;
  }

  /** The secret itself: for the header of a request, and for nothing else. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return hidden;
  }
}

/** What stands where a secret was. */
export const hidden = '[secret]';
