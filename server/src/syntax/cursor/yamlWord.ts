import { lineEnd } from '../lines.ts';
import { withoutPlaceholders } from '../placeholders.ts';
import type { Splice, WritingPosition } from './writingPosition.ts';

/** The word at the place: the range to replace. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly quote: WritingPosition['quote'];
  /** A blank must be written before it: it stands right behind a colon or a dash. */
  readonly blankMissing: boolean;
}

/** A place as block or flow style has it, the word left out. */
export type Written = {
  writing: Omit<
    WritingPosition,
    | 'word'
    | 'end'
    | 'quote'
    | 'quoteTyped'
    | 'indentationUnit'
    | 'dashIndentation'
    | 'multiline'
    | 'listsOnLines'
    | 'lineIndentation'
    | 'newline'
    | 'start'
  > & { start?: number; lineIndentation?: string };
  splices: Splice[];
};

const wordCharacter = /[^\s,[\]{}"'#:]/;

export function wordAt(
  text: string,
  line: number,
  offset: number,
  quoteStart: number | undefined,
  flow: boolean,
): Word | undefined {
  const end = lineEnd(text, offset);
  if (quoteStart !== undefined) {
    const quote = text.charAt(quoteStart) === '"' ? '"' : "'";
    const close = text.indexOf(quote, offset);
    // A quote that a word follows at once opens the next string.
    const whole =
      close !== -1 &&
      close < end &&
      !/[,:{}[\]#]/.test(withoutPlaceholders(text, quoteStart, offset, close)) &&
      !/\w/.test(text.charAt(close + 1));
    const stop = whole ? close + 1 : wordEnd(text, offset, end);
    return { start: quoteStart, end: stop, quote, blankMissing: blankMissing(text, quoteStart, flow) };
  }
  let start = offset;
  while (start > line && wordCharacter.test(text.charAt(start - 1))) start--;
  let stop = wordEnd(text, offset, end);
  const before = text.slice(line, start);
  if (!flow && /^ *(?:- +)*$/.test(before) && text.charAt(start) === '-') {
    start++;
    stop = Math.max(stop, start);
  }
  if (
    text.slice(start, stop) === '' &&
    text.charAt(offset) === ':' &&
    /["'\]}]/.test(text.charAt(offset - 1))
  ) {
    return undefined;
  }
  return { start, end: stop, quote: '', blankMissing: blankMissing(text, start, flow) };
}

function wordEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && wordCharacter.test(text.charAt(at))) at++;
  return at;
}

function blankMissing(text: string, start: number, flow: boolean): boolean {
  if (start === 0) return false;
  const before = text.charAt(start - 1);
  if (before === ':') return true;
  return !flow && before === '-';
}

export function replace(word: Word, inserted: string): Splice {
  return { at: word.start, removed: word.end - word.start, inserted };
}
