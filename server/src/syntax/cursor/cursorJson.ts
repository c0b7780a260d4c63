import { lineStart } from '../lines.ts';
import { surroundings } from './jsonExcerpt.ts';
import { type Frame, isKey, nextToken, scan, wordAt, wordStart } from './jsonScan.ts';
import { placeholder, type Splice, type WordContext } from './writingPosition.ts';

/** The place at `offset` in the JSON text between `start` and `end`. Needs no tree: one light scan up to the offset. */
export function jsonPlace(text: string, start: number, end: number, offset: number): WordContext | undefined {
  // Between the start of a bare word and the place nothing can open or close.
  const state = scan(text, start, wordStart(text, offset, start));
  if (state.comment) return undefined;
  const word = wordAt(text, state.string, offset, start, end);
  const { frames, tokenEnd } = state;
  const frame = frames.at(-1);
  if (frame === undefined) return undefined;

  const next = nextToken(text, word.end, end);
  const nextCode = next < end ? text.charCodeAt(next) : undefined;
  const key = frame.object && (frame.state === 'key' || frame.state === 'comma');
  const colonFollows = key && nextCode === 58;
  if (!colonFollows && nextCode === 58) return undefined;
  const closes = nextCode === undefined || nextCode === 44 || nextCode === 125 || nextCode === 93;
  if (!closes && !colonFollows && frame.object && !key && !isKey(text, next, end)) return undefined;

  const missing = frame.state === 'comma' ? ',' : frame.object && !key && frame.state === 'colon' ? ':' : '';
  const comma = !closes && !colonFollows ? ',' : '';
  const around = surroundings(text, frames, word.end, end);
  const inserted = `${missing}"${placeholder}"${key && !colonFollows ? ': null' : ''}${comma}`;
  const splices: Splice[] = [{ at: word.start, removed: word.end - word.start, inserted }, ...around.splices];

  const line = lineStart(text, word.start);
  const lineIndentation = indentationOf(text, word.start);
  const atLineStart = line + lineIndentation.length === word.start;
  const typed = text.slice(word.start, offset);
  const adjacent = missing !== '' && tokenEnd === word.start;
  const newline = text.slice(0, 4000).includes('\r\n') ? '\r\n' : '\n';
  const indentationUnit = unitOf(
    text.slice(start, start + 4000),
    atLineStart ? lineIndentation : '',
    frames.length,
  );
  const expands = isBetweenBrackets(text, start, end, frames, word);
  const closers = closersOnLines(text, frames, around.closers, newline);
  const own = frame.object && !key ? frame.keyStart : word.start;
  const onOwnLine = lineStart(text, own) > start && isBlank(text.slice(lineStart(text, own), own));
  return {
    writing: {
      role: key ? 'key' : 'value',
      style: 'json',
      word: typed.startsWith('"') ? typed.slice(1) : typed,
      start: word.start,
      end: word.end,
      quote: '"',
      quoteTyped: typed.startsWith('"'),
      colonFollows,
      prefix: adjacent ? `${missing} ` : expands ? newline + lineIndentation + indentationUnit : '',
      suffix:
        comma +
        (expands && around.closers === '' ? newline + lineIndentation : '') +
        (onOwnLine || expands ? closers : around.closers),
      repair: missing !== '' && !adjacent ? { offset: tokenEnd, text: missing } : undefined,
      indentation: lineIndentation + (expands ? indentationUnit : ''),
      indentationUnit,
      dashIndentation: '',
      multiline: onOwnLine || expands,
      listsOnLines: /\[[ \t]*(\r?\n[ \t]*)?"/.exec(text.slice(start, start + 8000))?.[1] !== undefined,
      dashMissing: false,
      keysBeside: false,
      atLineStart,
      lineIndentation,
      newline,
    },
    excerpt: { ...around.excerpt, splices },
  };
}

/** Whether the word alone stands between its brackets, though the file has what is in brackets on lines of its own. */
function isBetweenBrackets(
  text: string,
  start: number,
  end: number,
  frames: readonly Frame[],
  word: { readonly start: number; readonly end: number },
): boolean {
  const frame = frames.at(-1);
  if (frame?.open !== word.start - 1) return false;
  const rest = text.slice(word.end, end);
  if (!/^[\]}]/.test(rest)) return false;
  const outer = frames.at(-2);
  if (outer !== undefined) return text.slice(outer.open, frame.open).includes('\n');
  // A file that is begun.
  return isBlank(text.slice(start, frame.open)) && isBlank(rest.slice(1));
}

/** What closes the open brackets, each on the line that its own begins at. */
function closersOnLines(text: string, frames: readonly Frame[], closers: string, newline: string): string {
  if (closers.length !== frames.length) return closers;
  return frames
    .toReversed()
    .map(({ open, object }) => newline + indentationOf(text, open) + (object ? '}' : ']'))
    .join('');
}

/** One level of the indentation of the text, of which `indentation` is `depth` levels. */
function unitOf(text: string, indentation: string, depth: number): string {
  const written = /\n([ \t]+)["{[]/.exec(text)?.[1];
  if (written !== undefined) return written;
  const width = indentation.length / depth;
  return Number.isInteger(width) && width > 0 ? indentation.slice(0, width) : '  ';
}

function indentationOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
