import { withoutPlaceholders } from '../placeholders.ts';

/** A light reader of JSON up to a place, for text of which the rest may be broken. */

export interface Frame {
  readonly open: number;
  readonly object: boolean;
  /** Where the short members before the place (`"name": "shop"`) begin and end, by turns. */
  readonly members: number[];
  /** Range of the key whose value is being read. */
  keyStart: number;
  keyEnd: number;
  state: 'key' | 'colon' | 'value' | 'comma';
}

export interface State {
  readonly frames: Frame[];
  /** Offset of the quote the place is inside of. */
  readonly string: number | undefined;
  readonly comment: boolean;
  /** End of the last token before the place. */
  readonly tokenEnd: number;
}

const longestMember = 200;

/** What was read before a place that is typed at: what is asked next is mostly near it, below the same text. */
interface Reading {
  readonly text: string;
  readonly start: number;
  readonly frames: readonly Frame[];
}

/** So far before the place, in UTF-16 units, the reading is kept. */
const keptBefore = 4096;
let lastReading: Reading | undefined;

function copied(frames: readonly Frame[]): Frame[] {
  return frames.map((frame) => ({ ...frame, members: [...frame.members] }));
}

/** Reads JSON from `start` up to `offset`; a string that is not closed ends with its line. */
export function scan(text: string, start: number, offset: number): State {
  const known =
    lastReading?.start === start &&
    lastReading.text.length <= offset &&
    text.slice(0, lastReading.text.length) === lastReading.text
      ? lastReading
      : undefined;
  const frames = copied(known?.frames ?? []);
  let at = known?.text.length ?? start;
  let tokenEnd = at;
  let toKeep = offset - at > 2 * keptBefore ? offset - keptBefore : Number.POSITIVE_INFINITY;
  while (at < offset) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 10 || code === 13 || code === 9 || code === 0xfeff) {
      at++;
      continue;
    }
    const frame = frames.at(-1);
    if (code === 34) {
      const end = stringEnd(text, at);
      if (end > offset || (end === offset && !closed(text, at, end))) {
        return { frames, string: at, comment: false, tokenEnd };
      }
      value(frame, at, end, true);
      at = end;
    } else if (code === 123 || code === 91) {
      frames.push({
        open: at,
        object: code === 123,
        members: [],
        keyStart: at,
        keyEnd: at,
        state: code === 123 ? 'key' : 'value',
      });
      at++;
    } else if (code === 125 || code === 93) {
      closeFrame(frames, code === 125);
      at++;
      const outer = frames.at(-1);
      if (outer !== undefined) value(outer, at - 1, at, false);
    } else if (code === 44) {
      if (frame !== undefined) frame.state = frame.object ? 'key' : 'value';
      at++;
      // No edit behind a comma changes what was read before it.
      if (at >= toKeep) {
        lastReading = { text: text.slice(0, at), start, frames: copied(frames) };
        toKeep = Number.POSITIVE_INFINITY;
      }
    } else if (code === 58) {
      if (frame?.object) frame.state = 'value';
      at++;
    } else if (code === 47) {
      const end = commentEnd(text, at);
      if (end > offset || (end === offset && text.charCodeAt(at + 1) === 47)) {
        return { frames, string: undefined, comment: true, tokenEnd };
      }
      at = end;
      continue;
    } else {
      const end = Math.max(at + 1, wordEnd(text, at));
      value(frame, at, end, false);
      at = end;
    }
    tokenEnd = at;
  }
  return { frames, string: undefined, comment: false, tokenEnd };
}

function value(frame: Frame | undefined, start: number, end: number, string: boolean): void {
  if (frame === undefined) return;
  if (!frame.object) {
    frame.state = 'comma';
  } else if (string && (frame.state === 'key' || frame.state === 'comma')) {
    frame.keyStart = start;
    frame.keyEnd = end;
    frame.state = 'colon';
  } else if (frame.state === 'value') {
    if (end - frame.keyStart <= longestMember) frame.members.push(frame.keyStart, end);
    frame.state = 'comma';
  }
}

/** A bracket of the other kind closes what was left open in between. */
export function closeFrame(frames: { readonly object: boolean }[], object: boolean): number {
  let count = 0;
  for (let at = frames.length - 1; at >= 0; at--) {
    count++;
    if (frames[at]?.object === object) {
      frames.length = at;
      return count;
    }
  }
  return 0;
}

export function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code === 92) at++;
    else if (code === 10 || code === 13) return at;
  }
  return text.length;
}

function closed(text: string, start: number, end: number): boolean {
  return end > start + 1 && text.charCodeAt(end - 1) === 34;
}

export function commentEnd(text: string, start: number): number {
  const block = text.charCodeAt(start + 1) === 42;
  const end = text.indexOf(block ? '*/' : '\n', start + 1);
  return end === -1 ? text.length : end + (block ? 2 : 0);
}

const wordCharacter = /[\w$.-]/;

function wordEnd(text: string, at: number): number {
  while (at < text.length && wordCharacter.test(text.charAt(at))) at++;
  return at;
}

export function wordAt(
  text: string,
  string: number | undefined,
  offset: number,
  start: number,
  end: number,
): { start: number; end: number } {
  if (string === undefined) {
    return { start: wordStart(text, offset, start), end: Math.min(end, wordEnd(text, offset)) };
  }
  const close = stringEnd(text, string);
  const rest = withoutPlaceholders(text, string, offset, close);
  // A quote that a word follows at once opens the next string.
  const whole = closed(text, string, close) && !/[,:{}[\]]/.test(rest) && !/\w/.test(text.charAt(close));
  return { start: string, end: Math.min(end, whole ? close : wordEnd(text, offset)) };
}

export function wordStart(text: string, offset: number, start: number): number {
  let at = offset;
  while (at > start && wordCharacter.test(text.charAt(at - 1))) at--;
  return at;
}

export function nextToken(text: string, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 47) at = commentEnd(text, at);
    else if (code === 32 || code === 10 || code === 13 || code === 9) at++;
    else break;
  }
  return at;
}

/** Whether a string followed by a colon stands at `at`. */
export function isKey(text: string, at: number, end: number): boolean {
  if (text.charCodeAt(at) !== 34) return false;
  return text.charCodeAt(nextToken(text, stringEnd(text, at), end)) === 58;
}
