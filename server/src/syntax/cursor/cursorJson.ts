import { lineStart } from '../lines.ts';
import { surroundings } from './jsonExcerpt.ts';
import { isKey, nextToken, scan, wordAt, wordStart } from './jsonScan.ts';
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
  const beforeWord = text.slice(line, word.start);
  const lineIndentation = /^[ \t]*/.exec(beforeWord)?.[0] ?? '';
  const typed = text.slice(word.start, offset);
  const adjacent = missing !== '' && tokenEnd === word.start;
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
      prefix: adjacent ? `${missing} ` : '',
      suffix: comma + around.closers,
      repair: missing !== '' && !adjacent ? { offset: tokenEnd, text: missing } : undefined,
      indentation: lineIndentation,
      indentationUnit: /\n([ \t]+)["{[]/.exec(text.slice(start, start + 4000))?.[1] ?? '  ',
      dashIndentation: '',
      multiline: lineIndentation.length === beforeWord.length && line > start,
      dashMissing: false,
      keysBeside: false,
      atLineStart: lineIndentation.length === beforeWord.length,
      lineIndentation,
      newline: text.slice(0, 4000).includes('\r\n') ? '\r\n' : '\n',
    },
    excerpt: { ...around.excerpt, splices },
  };
}
