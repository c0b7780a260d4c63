import { lineStart, nextLine } from '../lines.ts';
import { type Excerpt, excerptLimit } from './writingPosition.ts';
import { firstColumn, isMarker, type Level, lineAbove, readLine } from './yamlLines.ts';

const longestMember = 200;
const mostLines = 6;

/**
 * The part of a YAML text around the line that begins at `line`: the whole document when it is short, else the largest
 * entry around the line that is, below the lines that lead to it and the short members beside those.
 */
export function excerptOf(text: string, line: number, levels: readonly Level[]): Omit<Excerpt, 'splices'> {
  const document = documentAround(text, line);
  if (document !== undefined) return { before: '', ...document, after: '' };
  let start = line;
  let end = nextLine(text, line);
  let column: number | undefined;
  for (const level of levels) {
    const blockEnd = endOfBlock(text, end, level, level.line.start + excerptLimit);
    if (blockEnd === undefined) break;
    start = level.line.start;
    end = blockEnd;
    column = firstColumn(level.line);
  }
  const first = levels[0];
  if (column === undefined && first !== undefined) {
    // Even the nearest entry is long: take what stands above the place in it.
    start = Math.max(first.line.start, start - excerptLimit);
    if (start !== first.line.start) start = line;
    column = firstColumn(first.line);
  }
  return { before: start === line ? '' : linesLeadingTo(text, start), start, end, after: '' };
}

/** The document of a (multi-document) text around the line, when it is short. */
function documentAround(text: string, line: number): { start: number; end: number } | undefined {
  let start = line;
  while (start > 0 && line - start <= excerptLimit) {
    const above = lineStart(text, start - 1);
    if (isMarker(text, above)) break;
    start = above;
  }
  if (line - start > excerptLimit) return undefined;
  let end = nextLine(text, line);
  while (end < text.length && end - start <= excerptLimit && !isMarker(text, end)) end = nextLine(text, end);
  return end - start > excerptLimit ? undefined : { start, end };
}

/** End of what stands below `level`; `undefined` when that is past `limit`. */
function endOfBlock(text: string, from: number, level: Level, limit: number): number | undefined {
  let end = from;
  for (let at = from; at < text.length; at = nextLine(text, at)) {
    if (at > limit) return undefined;
    if (isMarker(text, at)) return end;
    const line = readLine(text, at);
    if (line === undefined) continue;
    const first = firstColumn(line);
    const inside = first > level.column || (first === level.column && !level.dash && line.dashes.length > 0);
    if (!inside) return end;
    end = nextLine(text, at);
  }
  return text.length > limit ? undefined : text.length;
}

/** The lines above `start` that lead to it, with the short members beside them: names, kinds, table names. */
function linesLeadingTo(text: string, start: number): string {
  const unit = readLine(text, start);
  if (unit === undefined) return '';
  let bound = firstColumn(unit);
  let dashBound = unit.dashes.length > 0;
  let nested: string[] = [];
  const kept: string[] = [];
  const source = (from: number) => text.slice(from, nextLine(text, from));
  const keepMember = (line: { opens: boolean; start: number; end: number }) => {
    if (line.end - line.start > longestMember) return;
    if (!line.opens) kept.push(source(line.start));
    else if (nested.length > 0 && nested.length < mostLines) kept.push(...nested, source(line.start));
  };
  const skip = (from: number) => {
    if (nested.length <= mostLines) nested.push(source(from));
  };
  const above = (from: number) => lineAbove(text, from, bound, skip);
  for (let line = above(start); line !== undefined; line = above(line.start)) {
    const first = firstColumn(line);
    const leads = first < bound || (dashBound && line.dashes.length === 0);
    if (leads) {
      // The dash of an item and its first member can share a line.
      const member = line.content === bound && !dashBound && line.opens;
      if (member && nested.length > 0 && nested.length < mostLines) kept.push(...nested);
      kept.push(source(line.start));
      bound = first;
      dashBound = line.dashes.length > 0;
    } else if (!dashBound && line.dashes.length === 0) {
      keepMember(line);
    }
    nested = [];
  }
  return kept.reverse().join('');
}
