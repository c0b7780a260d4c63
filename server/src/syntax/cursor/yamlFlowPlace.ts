import { indentationOf, lineEnd, lineStart, nextLine } from '../lines.ts';
import { placeholder, type Splice } from './writingPosition.ts';
import { looksLikeBlockLine } from './yamlScan.ts';
import { replace, type Word, type Written } from './yamlWord.ts';

/** A word inside brackets: what stands before and behind it says what it is. */
export function flowPlace(
  text: string,
  line: number,
  word: Word,
  brackets: readonly number[],
): Written | undefined {
  const open = brackets.at(-1) ?? 0;
  if (isOutdented(text, line, word.start, brackets[0] ?? 0)) return undefined;
  const map = text.charCodeAt(open) === 123;
  const previous = text.slice(open, word.start).trimEnd();
  const last = previous.at(-1);
  const value = map && last === ':';
  const first = previous.length === 1 || last === ',';
  const after = text.slice(word.end);
  const colonFollows = map && !value && /^[ \t]*:(?:[\s,}\]]|$)/.test(after);
  const close = flowEnd(text, word.end, line, brackets);
  const next = /^(?:[ \t\r\n]|#[^\n]*)*/.exec(text.slice(word.end, close.at))?.[0].length ?? 0;
  const nextCode = word.end + next >= close.at ? '' : text.charAt(word.end + next);
  if (nextCode === ':' && !colonFollows) return undefined;
  const comma = !colonFollows && nextCode !== '' && !/[,}\]]/.test(nextCode) ? ',' : '';
  const key = map && !value;
  const missing = value || first ? '' : ',';
  const adjacent = missing !== '' && open + previous.length === word.start;
  const blank = word.blankMissing || adjacent ? ' ' : '';
  const inserted = `${missing}${blank}${placeholder}${key && !colonFollows ? ': ' : ''}${comma}`;
  const splices: Splice[] = [replace(word, inserted)];
  if (close.closers !== '') splices.push({ at: close.at, removed: 0, inserted: close.closers });
  const ends = text.slice(word.end, close.at).trim() === '';
  return {
    writing: {
      role: key ? 'key' : 'value',
      style: 'flow',
      colonFollows,
      prefix: `${adjacent ? missing : ''}${blank}`,
      suffix: comma + (ends ? close.closers : ''),
      repair: missing !== '' && !adjacent ? { offset: open + previous.length, text: missing } : undefined,
      indentation: ' '.repeat(indentationOf(text, line)),
      dashMissing: false,
      keysBeside: false,
      atLineStart: false,
    },
    splices,
  };
}

/** A line of a flow collection that stands as far left as what the collection belongs to ends it. */
function isOutdented(text: string, line: number, start: number, outer: number): boolean {
  const outerLine = lineStart(text, outer);
  if (line <= outer || text.slice(outerLine, outer).trim() === '') return false;
  return text.slice(line, start).trim() === '' && start - line <= indentationOf(text, outerLine);
}

/** Where the flow collections open at the place end, and what is missing there to close them. */
function flowEnd(
  text: string,
  from: number,
  line: number,
  brackets: readonly number[],
): { at: number; closers: string } {
  const outer = brackets[0] ?? from;
  const indentation = indentationOf(text, lineStart(text, outer));
  let end = lineEnd(text, from);
  let next = nextLine(text, line);
  while (next < text.length) {
    const column = indentationOf(text, next);
    const blank = next + column >= lineEnd(text, next);
    if (!blank && column <= indentation && (column < indentation || looksLikeBlockLine(text, next))) {
      if (!/^[\]}]/.test(text.slice(next + column, next + column + 1))) break;
    }
    if (!blank) end = lineEnd(text, next);
    if (end - from > 4000) break;
    next = nextLine(text, next);
  }
  const open = brackets.map((at) => (text.charCodeAt(at) === 123 ? '}' : ']'));
  let quote = '';
  for (let at = from; at < end; at++) {
    const character = text.charAt(at);
    if (quote !== '') {
      if (character === quote || character === '\n') quote = '';
    } else if (character === '"' || character === "'") {
      if (/[\s,:[{]/.test(text.charAt(at - 1))) quote = character;
    } else if (character === '#' && /\s/.test(text.charAt(at - 1))) {
      at = lineEnd(text, at) - 1;
    } else if (character === '{') open.push('}');
    else if (character === '[') open.push(']');
    else if (character === open.at(-1)) {
      open.pop();
      if (open.length === 0) return { at, closers: '' };
    }
  }
  const first = lineEnd(text, from);
  const rest = text.slice(from, end).trim() === '' ? from : end;
  return { at: Math.min(rest, Math.max(first, rest)), closers: open.reverse().join('') };
}
