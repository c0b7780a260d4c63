import { indentationOf, lineEnd, lineStart } from '../lines.ts';

/** Lines of block YAML as completion sees them: where dashes and content stand, and what encloses a line. */

export interface YamlLine {
  readonly start: number;
  readonly end: number;
  /** Columns of the dashes the line begins with. */
  readonly dashes: readonly number[];
  /** Column of what follows the dashes; behind the last dash when nothing does. */
  readonly content: number;
  /** `key:` or `- ` with nothing behind: what is indented deeper stands below it. */
  readonly opens: boolean;
  /** The line has a key. */
  readonly key: boolean;
}

/** A column something of the document begins at, above the place. */
export interface Level {
  readonly line: YamlLine;
  readonly column: number;
  readonly dash: boolean;
}

/** `undefined` for blank lines, comments and document markers. */
export function readLine(text: string, start: number): YamlLine | undefined {
  const end = lineEnd(text, start);
  const column = indentationOf(text, start);
  const first = text.charCodeAt(start + column);
  if (start + column >= end || first === 35 || (first === 9 && text.slice(start, end).trim() === '')) {
    return undefined;
  }
  const dashes: number[] = [];
  let at = start + column;
  while (text.charCodeAt(at) === 45 && (at + 1 >= end || text.charCodeAt(at + 1) === 32)) {
    dashes.push(at - start);
    at++;
    while (at < end && text.charCodeAt(at) === 32) at++;
  }
  const rest = text.slice(at, end);
  const bareDash = dashes.length > 0 && (rest === '' || rest.startsWith('#'));
  const content = bareDash ? (dashes.at(-1) ?? 0) + 2 : at - start;
  const key = /^(?:"[^"]*" *|'[^']*' *|[^\s#&*!|>'"%@`{}[\],][^#]*?):(?:\s|$)/.exec(rest);
  const opens =
    bareDash || (key !== null && /^(?:[&!]\S*(?:\s+#.*)?|#.*)?$/.test(rest.slice(key[0].length).trim()));
  return { start, end, dashes, content, opens, key: key !== null };
}

export function isMarker(text: string, start: number): boolean {
  return text.startsWith('---', start) || text.startsWith('...', start);
}

/**
 * The nearest line above that says something and is indented by at most `deepest` columns; `undefined` at the start of
 * the document. `skipped` is told of the deeper lines.
 */
export function lineAbove(
  text: string,
  from: number,
  deepest = Number.POSITIVE_INFINITY,
  skipped?: (start: number) => void,
): YamlLine | undefined {
  let start = from;
  while (start > 0) {
    start = lineStart(text, start - 1);
    if (isMarker(text, start)) return undefined;
    if (indentationOf(text, start) > deepest) {
      skipped?.(start);
      continue;
    }
    const line = readLine(text, start);
    if (line !== undefined) return line;
  }
  return undefined;
}

export function lineBelow(text: string, from: number): YamlLine | undefined {
  let end = text.indexOf('\n', from);
  while (end !== -1 && end + 1 < text.length) {
    if (isMarker(text, end + 1)) return undefined;
    const line = readLine(text, end + 1);
    if (line !== undefined) return line;
    end = text.indexOf('\n', end + 1);
  }
  return undefined;
}

/** Column the line begins at: of its first dash, else of its content. */
export function firstColumn(line: YamlLine): number {
  return line.dashes[0] ?? line.content;
}

/** Everything that encloses the place below `line` (that line included), the deepest first. */
export function levelsFrom(text: string, line: YamlLine | undefined): Level[] {
  const levels: Level[] = [];
  let bound = Number.POSITIVE_INFINITY;
  let dashBound = false;
  for (let at = line; at !== undefined; at = lineAbove(text, at.start, bound)) {
    const first = firstColumn(at);
    if (first > bound || (first === bound && (!dashBound || at.dashes.length > 0))) continue;
    if (at.content < bound || (at.content === bound && dashBound)) {
      levels.push({ line: at, column: at.content, dash: false });
    }
    for (const column of at.dashes.toReversed()) {
      if (column < bound) levels.push({ line: at, column, dash: true });
    }
    bound = first;
    dashBound = at.dashes.length > 0;
    if (bound === 0 && !dashBound) break;
  }
  return levels;
}
