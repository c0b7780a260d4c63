import { isLineEnd, isSeparator } from './yamlScalars.ts';

const SPACE = 32;
const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const HASH = 35;
const SINGLE_QUOTE = 39;
const DASH = 45;
const BACKSLASH = 92;

/** Stands at one line with content after the other; blank lines and comments are passed over. */
export class LineCursor {
  readonly text: string;
  /** Nothing at or behind this offset is read. */
  readonly end: number;
  /** Where the content of the line begins; at the end `end`, at a document marker its offset. */
  position = 0;
  /** Spaces before the content, -1 at the end and at a document marker. */
  column = -1;
  lineStart = 0;

  constructor(text: string, end: number) {
    this.text = text;
    this.end = end;
  }

  /** Stands at the first content at or behind `start`, the start of a line. */
  seek(start: number): void {
    const { text, end } = this;
    for (let line = start; line < end; line = this.lineEnd(line) + 1) {
      let position = line;
      while (position < end && text.charCodeAt(position) === SPACE) position++;
      const content = position;
      while (position < end && isBlank(text.charCodeAt(position))) position++;
      if (isLineEnd(text, position, end) || text.charCodeAt(position) === HASH) continue;
      this.lineStart = line;
      this.position = content;
      this.column = content === line && isMarker(text, line, end) ? -1 : content - line;
      return;
    }
    this.lineStart = this.position = end;
    this.column = -1;
  }

  /** Goes on with the line behind the one `position` is in. */
  advance(position = this.position): void {
    this.seek(this.lineEnd(position) + 1);
  }

  lineEnd(position: number): number {
    const found = this.text.indexOf('\n', position);
    return found === -1 || found > this.end ? this.end : found;
  }

  /** True at `- `. */
  atDash(): boolean {
    return (
      this.text.charCodeAt(this.position) === DASH && isSeparator(this.text, this.position + 1, this.end)
    );
  }

  /**
   * True while the line goes on with an entry that began at `column`: it is deeper, closes its bracket, is
   * an item of the list of a mapping's key, or the value of an explicit key.
   */
  continues(column: number, inMapping: boolean, explicit = false): boolean {
    if (this.column !== column) return this.column > column;
    let { position } = this;
    while (this.text[position] === '\t' || this.text[position] === ' ') position++;
    const character = this.text[position];
    if (character === ']' || character === '}') return true;
    if (character === '-') return inMapping && this.atDash();
    return explicit && character === ':' && isSeparator(this.text, this.position + 1, this.end);
  }
}

/** `---` or `...` at the start of a line: they end a document wherever they stand. */
export function isMarker(text: string, line: number, end: number): boolean {
  const code = text.charCodeAt(line);
  if (code !== DASH && code !== 46) return false;
  if (!text.startsWith('---', line) && !text.startsWith('...', line)) return false;
  return line + 3 <= end && isSeparator(text, line + 3, end);
}

/**
 * Behind the closing quote of the scalar at `start`, whose lines may stand as far left as they like: libyaml asks for no
 * indentation there. `undefined` where there is none before the document ends.
 */
export function endOfQuoted(text: string, start: number): number | undefined {
  const quote = text.charCodeAt(start);
  const isSingle = quote === SINGLE_QUOTE;
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      if (!isSingle || text.charCodeAt(index + 1) !== quote) return index + 1;
      index++;
    } else if (code === LINE_FEED) {
      if (isMarker(text, index + 1, text.length)) return undefined;
    } else if (code === BACKSLASH && !isSingle && text.charCodeAt(index + 1) !== LINE_FEED) index++;
    else if (code === CARRIAGE_RETURN && text.charCodeAt(index + 1) !== LINE_FEED) return undefined;
  }
  return undefined;
}

/** A space or tab. */
export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}
