/** Stands in the excerpt for the word being typed: a valid GraphQL name nobody uses. */
export const placeholder = '__word_being_typed__';

/** Longest piece of text that is parsed again around the place, unless one entry alone is longer. */
export const excerptLimit = 8192;

/** A replacement that turned the text into the excerpt; `at` is an offset of the text. */
export interface Splice {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

/** Where and how a completion is written. Offsets are UTF-16 offsets of the document. */
export interface WritingPosition {
  readonly role: 'key' | 'value';
  readonly style: 'block' | 'flow' | 'json';
  /** What is typed of the word, quotes left out, up to the offset. */
  readonly word: string;
  /** Range a completion replaces: the whole word with its quotes. */
  readonly start: number;
  readonly end: number;
  /** The quote the word is written with. */
  readonly quote: '' | '"' | "'";
  /** The replaced range begins with that quote. */
  readonly quoteTyped: boolean;
  /** A colon already stands behind the key. */
  readonly colonFollows: boolean;
  /** Written before and behind the word: missing blank, commas, closing brackets. */
  readonly prefix: string;
  readonly suffix: string;
  /** A comma or colon that is missing where the entry before ends. */
  readonly repair: { readonly offset: number; readonly text: string } | undefined;
  /** Indentation of the entry typed: what a continued block is indented from. */
  readonly indentation: string;
  /** One more level. */
  readonly indentationUnit: string;
  /** Block YAML: from a key to the dashes of the list below it. */
  readonly dashIndentation: string;
  /** JSON only: the entry stands on a line of its own, or is to, so nested objects do too. */
  readonly multiline: boolean;
  /** JSON only: the items of a list of scalars stand on lines of their own in this file. */
  readonly listsOnLines: boolean;
  /** Block YAML: the entry opens a list item whose dash is not typed yet. */
  readonly dashMissing: boolean;
  /** Block YAML: other keys stand at the same indentation, so that a dash before this one would leave no YAML. */
  readonly keysBeside: boolean;
  /** Block YAML: only blanks (and dashes) stand before the word on its line. */
  readonly atLineStart: boolean;
  /** White space at the start of the line, before `start`. */
  readonly lineIndentation: string;
  readonly newline: string;
}

/** The excerpt: text that stands before the part taken from the document, and that part with its splices. */
export interface Excerpt {
  readonly before: string;
  readonly start: number;
  readonly end: number;
  readonly splices: readonly Splice[];
  readonly after: string;
}

export interface WordContext {
  readonly writing: WritingPosition;
  readonly excerpt: Excerpt;
}
