import type { NodeKind, NodeStyle, SyntaxNode } from '../tree.ts';

/**
 * The scalars and keys of one line that can be read at a glance. Whatever needs more than a glance (escapes,
 * several lines, flow collections, tags, anchors, tabs, anything wrong) is left to the YAML library.
 */

export interface Glance {
  style: NodeStyle;
  /** Behind the scalar, its closing quote included. */
  end: number;
  value: string;
}

const SPACE = 32;
const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const DASH = 45;
const COLON = 58;
const BACKSLASH = 92;

/** Characters no plain scalar begins with; `-` may, before something that is no white space. */
const INDICATORS = new Set([...' -?:,[]{}#&*!|>\'"%@`\t\r\n'].map((character) => character.charCodeAt(0)));

/** Keys longer than this are an error of YAML: the library says so. */
const MAXIMUM_KEY = 1000;

/** True at a line break (`\n`, `\r\n`) or the end. */
export function isLineEnd(text: string, position: number, end: number): boolean {
  if (position >= end) return true;
  const code = text.charCodeAt(position);
  return code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(position + 1) === LINE_FEED);
}

/** True at a character that separates an indicator (`-`, `:`, `?`) from what follows. */
export function isSeparator(text: string, position: number, end: number): boolean {
  if (position >= end) return true;
  const code = text.charCodeAt(position);
  return code === SPACE || code === LINE_FEED || code === TAB || code === CARRIAGE_RETURN;
}

/** True when nothing but spaces and a comment stands between `position`, behind a token, and the line's end. */
export function restIsBlank(text: string, position: number, end: number): boolean {
  const next = skipSpaces(text, position, end);
  if (isLineEnd(text, next, end)) return true;
  return next > position && text.charCodeAt(next) === HASH;
}

export function skipSpaces(text: string, position: number, end: number): number {
  while (position < end && text.charCodeAt(position) === SPACE) position++;
  return position;
}

/** A key at `position`: its colon stands at the returned `end`. */
export function glanceAtKey(text: string, position: number, end: number): Glance | undefined {
  const first = text.charCodeAt(position);
  if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) {
    const key = quoted(text, position, end, first);
    const isKey = key && text.charCodeAt(key.end) === COLON && isSeparator(text, key.end + 1, end);
    return isKey && key.end - position < MAXIMUM_KEY ? key : undefined;
  }
  if (INDICATORS.has(first)) return undefined;
  const limit = Math.min(end, position + MAXIMUM_KEY);
  for (let index = position; index < limit; index++) {
    const code = text.charCodeAt(index);
    if (code === COLON) {
      if (!isSeparator(text, index + 1, end)) continue;
      if (text.charCodeAt(index - 1) === SPACE) return undefined;
      return { style: 'plain', end: index, value: text.slice(position, index) };
    }
    if (code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB) return undefined;
    if (code === HASH && text.charCodeAt(index - 1) === SPACE) return undefined;
  }
  return undefined;
}

/** A scalar that is alone on the rest of its line, but for a comment. */
export function glanceAtScalar(text: string, position: number, end: number): Glance | undefined {
  const first = text.charCodeAt(position);
  if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) {
    const scalar = quoted(text, position, end, first);
    return scalar && restIsBlank(text, scalar.end, end) ? scalar : undefined;
  }
  if (INDICATORS.has(first) && (first !== DASH || isSeparator(text, position + 1, end))) return undefined;
  let last = position;
  for (let index = position; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code === SPACE) continue;
    if (code === LINE_FEED) break;
    if (code === HASH && text.charCodeAt(index - 1) === SPACE) break;
    if (code === CARRIAGE_RETURN && text.charCodeAt(index + 1) === LINE_FEED && index + 1 < end) break;
    if (code === TAB || code === CARRIAGE_RETURN) return undefined;
    if (code === COLON && isSeparator(text, index + 1, end)) return undefined;
    last = index;
  }
  return { style: 'plain', end: last + 1, value: text.slice(position, last + 1) };
}

/** A quoted scalar on one line; `undefined` with others than the commonest escapes. */
export function quoted(text: string, position: number, end: number, quote: number): Glance | undefined {
  let escaped = false;
  for (let index = position + 1; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      if (quote === SINGLE_QUOTE && text.charCodeAt(index + 1) === quote && index + 1 < end) {
        escaped = true;
        index++;
        continue;
      }
      const content = text.slice(position + 1, index);
      const value = !escaped
        ? content
        : quote === SINGLE_QUOTE
          ? content.replaceAll("''", "'")
          : resolveEscapes(content);
      const style = quote === SINGLE_QUOTE ? 'single-quoted' : 'double-quoted';
      return value === undefined ? undefined : { style, end: index + 1, value };
    }
    if (code === LINE_FEED || code === CARRIAGE_RETURN) return undefined;
    if (code === BACKSLASH && quote === DOUBLE_QUOTE) {
      escaped = true;
      index++;
    }
  }
  return undefined;
}

/** Resolves the commonest escapes; `undefined` with any other. */
function resolveEscapes(content: string): string | undefined {
  if (/\\[^"\\/nt]/.test(content.replaceAll('\\\\', ''))) return undefined;
  return content.replace(/\\(.)/g, (_, character: string) =>
    character === 'n' ? '\n' : character === 't' ? '\t' : character,
  );
}

const NULL = /^(?:~|[Nn]ull|NULL)$/;
const TRUE = /^(?:[Tt]rue|TRUE)$/;
const FALSE = /^(?:[Ff]alse|FALSE)$/;
const DECIMAL = /^[-+]?[0-9]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^(?:\.nan|\.NaN|\.NAN)$/;

/** What a plain scalar means in the core schema of YAML 1.2. */
export function resolvePlain(source: string): NonNullable<SyntaxNode['value']> | null {
  const first = source.charCodeAt(0);
  if (first > 46 && (first < 48 || first > 57)) {
    if (NULL.test(source)) return null;
    if (TRUE.test(source)) return true;
    return FALSE.test(source) ? false : source;
  }
  if (DECIMAL.test(source)) return Number.parseInt(source, 10);
  if (FLOAT.test(source)) return Number.parseFloat(source);
  if (/^0o[0-7]+$/.test(source)) return Number.parseInt(source.slice(2), 8);
  if (/^0x[0-9a-fA-F]+$/.test(source)) return Number.parseInt(source.slice(2), 16);
  if (INFINITE.test(source))
    return source.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return NOT_A_NUMBER.test(source) ? Number.NaN : source;
}

/** The kind of a scalar with this value. */
export function kindOfValue(value: string | number | boolean | null): NodeKind {
  if (value === null) return 'null';
  return typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : 'boolean';
}
