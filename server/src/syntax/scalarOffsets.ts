import type { TextRange } from './textRange.ts';
import type { SyntaxNode, SyntaxTree } from './tree.ts';

/**
 * Where a part of a text's value stands in the file: in a literal block scalar line by line, in a quoted or plain scalar
 * of one line character by character. `undefined` where lines are folded, or the scalar stands elsewhere.
 */
export function rangeInScalar(
  { text }: SyntaxTree,
  node: SyntaxNode,
  part: TextRange,
): TextRange | undefined {
  if (typeof node.value !== 'string' || node.aliasOf !== undefined) return undefined;
  const written = writtenText(text, node);
  const place = placesIn(node, node.value, written);
  const start = place?.(part.offset);
  const end = place?.(part.offset + part.length);
  if (start === undefined || end === undefined || end < start) return undefined;
  return { offset: node.offset + start, length: end - start };
}

/**
 * The other way round: the offset in a text's value of one in the file, and `undefined` where `rangeInScalar` gives none. What
 * is written and stands for nothing (indentation, empty lines at the end) belongs to what stands before it.
 */
export function offsetInScalar({ text }: SyntaxTree, node: SyntaxNode, offset: number): number | undefined {
  if (typeof node.value !== 'string' || node.aliasOf !== undefined) return undefined;
  const written = writtenText(text, node);
  const place = placesIn(node, node.value, written);
  if (place === undefined) return undefined;
  let low = 0;
  let high = node.value.length;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    const at = place(middle);
    if (at !== undefined && node.offset + at <= offset) low = middle;
    else high = middle - 1;
  }
  const at = place(low);
  if (at === undefined || node.offset + at > offset) return undefined;
  return /^\s*$/.test(text.slice(node.offset + at, offset)) ? low : undefined;
}

/** With the blanks at the end of a block, which are part of its last line. */
function writtenText(text: string, { offset, length, style }: SyntaxNode): string {
  const end = offset + length;
  const lineEnd = style === 'block-scalar' ? text.indexOf('\n', end) : end;
  return text.slice(offset, lineEnd === -1 || text.slice(end, lineEnd).trim() !== '' ? end : lineEnd);
}

/** From an offset in the value to one in what is written; `undefined` where that can't be said. */
type OffsetMapping = (offset: number) => number | undefined;

function placesIn(node: SyntaxNode, value: string, written: string): OffsetMapping | undefined {
  switch (node.style) {
    case 'block-scalar':
      return written.startsWith('|') ? placesInLines(value, written) : undefined;
    case 'double-quoted':
      return placesInQuotes(written, /\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|[^uxU\r\n])|[^\\\r\n]/y);
    case 'single-quoted':
      return placesInQuotes(written, /''|[^'\r\n]/y);
    default:
      return written === value ? (offset) => offset : undefined;
  }
}

/** Lines of a literal are those of its value, behind their indentation. */
function placesInLines(value: string, written: string): OffsetMapping {
  return (offset) => {
    const before = value.slice(0, offset).split('\n');
    const column = before.at(-1)?.length ?? 0;
    const line = value.split('\n')[before.length - 1] ?? '';
    let start = 0;
    // The first line is the header.
    for (let count = 0; count < before.length; count++) {
      const end = written.indexOf('\n', start);
      if (end === -1) return undefined;
      start = end + 1;
    }
    const end = written.indexOf('\n', start);
    const whole = written.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
    return whole.endsWith(line) ? start + whole.length - line.length + column : undefined;
  };
}

/** Each match is one character of the value. */
function placesInQuotes(written: string, character: RegExp): OffsetMapping {
  return (offset) => {
    let at = 1;
    for (let count = 0; count < offset; count++) {
      character.lastIndex = at;
      if (at >= written.length - 1 || !character.test(written)) return undefined;
      at = character.lastIndex;
    }
    return at;
  };
}
