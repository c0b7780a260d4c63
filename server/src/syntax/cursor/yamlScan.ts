import { indentationOf, lineEnd } from '../lines.ts';
/**
 * A light scanner of YAML text between two offsets: knows at any place whether one is in a comment, a quoted string or
 * a flow collection, without building a tree. It is right for sound text and forgiving in half-written text: a flow
 * collection or a string that was never closed ends where a new block line begins.
 */

export interface YamlState {
  /** Offsets of the brackets open at the place, outermost first. */
  readonly brackets: readonly number[];
  /** Offset of the quote the place is inside of. */
  readonly quote: number | undefined;
  readonly comment: boolean;
  readonly blockScalar: boolean;
}

const blockLine = /^[ ]*(?:- +)*(?:"[^"\n]*"|'[^'\n]*'|[\w$.-]+) *:(?:[ \t\r\n]|$)|^[ ]*-(?:[ \t\r\n]|$)/;

/** Whether a line looks like an entry of a block collection: `key:` or `- `. */
export function looksLikeBlockLine(text: string, start: number): boolean {
  return blockLine.test(text.slice(start, lineEnd(text, start) + 1));
}

/** State at `offset`, having read from `start` (the start of a line outside any flow collection). */
export function scanYaml(text: string, start: number, offset: number): YamlState {
  let brackets: number[] = [];
  let quote: number | undefined;
  let comment = false;
  let flowIndentation = 0;
  /** A quote or bracket has its meaning only where a token can start. */
  let tokenStart = true;
  let blockScalarIndentation: number | undefined;
  let line = start;
  for (let at = start; at < offset; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      comment = false;
      line = at + 1;
      tokenStart = true;
      if (blockScalarIndentation !== undefined) {
        const end = lineEnd(text, line);
        const indentation = indentationOf(text, line);
        if (line + indentation < end && indentation <= blockScalarIndentation) {
          blockScalarIndentation = undefined;
        }
      }
      const open = brackets.length > 0 || quote !== undefined;
      if (open && indentationOf(text, line) <= flowIndentation && looksLikeBlockLine(text, line)) {
        brackets = [];
        quote = undefined;
      }
      continue;
    }
    if (comment || blockScalarIndentation !== undefined) continue;
    if (quote !== undefined) {
      if (code === 92 && text.charCodeAt(quote) === 34) at++;
      else if (code === text.charCodeAt(quote)) {
        if (code === 39 && text.charCodeAt(at + 1) === 39 && at + 1 < offset) at++;
        else {
          quote = undefined;
          tokenStart = false;
        }
      }
      continue;
    }
    if (code === 32 || code === 9 || code === 13) continue;
    const before = at === start ? 32 : text.charCodeAt(at - 1);
    const afterBlank = before === 32 || before === 9 || before === 10;
    if (code === 35 && afterBlank) {
      comment = true;
    } else if ((code === 34 || code === 39) && tokenStart) {
      if (brackets.length === 0) flowIndentation = indentationOf(text, line);
      quote = at;
    } else if ((code === 91 || code === 123) && (tokenStart || brackets.length > 0)) {
      if (brackets.length === 0) flowIndentation = indentationOf(text, line);
      brackets.push(at);
      tokenStart = true;
    } else if ((code === 93 || code === 125) && brackets.length > 0) {
      brackets.pop();
      tokenStart = false;
    } else if (code === 44 && brackets.length > 0) {
      tokenStart = true;
    } else if (code === 58) {
      tokenStart = isBlankOrEnd(text, at + 1) || brackets.length > 0;
    } else if (code === 45 && tokenStart && isBlankOrEnd(text, at + 1)) {
      tokenStart = true;
    } else if ((code === 124 || code === 62) && tokenStart && brackets.length === 0) {
      const rest = text.slice(at + 1, lineEnd(text, at));
      if (/^[-+\d]*\s*(?:#.*)?$/.test(rest)) {
        blockScalarIndentation = indentationOf(text, line);
      }
      tokenStart = false;
    } else {
      tokenStart = false;
    }
  }
  const blockScalar = blockScalarIndentation !== undefined && line > start && !onHeader(text, line, offset);
  return { brackets, quote, comment, blockScalar };
}

function onHeader(text: string, line: number, offset: number): boolean {
  return /:\s*[|>][-+\d]*\s*$/.test(text.slice(line, offset));
}

function isBlankOrEnd(text: string, at: number): boolean {
  if (at >= text.length) return true;
  const code = text.charCodeAt(at);
  return code === 32 || code === 9 || code === 10 || code === 13;
}
