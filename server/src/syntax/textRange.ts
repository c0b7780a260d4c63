import type { SyntaxNode } from './tree.ts';

/** UTF-16 offset and length in the text of the file. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

/** Replaces `length` UTF-16 units at `offset` of the file's text. */
export interface TextReplacement extends TextRange {
  readonly text: string;
}

/** True when an offset stands in a range, or at one of its ends. */
export function touches({ offset: start, length }: TextRange, offset: number): boolean {
  return start <= offset && offset <= start + length;
}

/** True when an offset stands in a range, and not at its end. */
export function covers({ offset: start, length }: TextRange, offset: number): boolean {
  return start <= offset && offset < start + length;
}

/** True when a range is the outer one, or a part of it. */
export function isWithin(inner: TextRange, outer: TextRange): boolean {
  return inner.offset >= outer.offset && inner.offset + inner.length <= outer.offset + outer.length;
}

/** The whole node, quotes and brackets included. */
export function nodeRange(node: SyntaxNode): TextRange {
  return { offset: node.offset, length: node.length };
}

/** The smallest range of a scalar: what stands inside the quotes. Anything else, and `""`, is the whole node. */
export function contentRange(node: SyntaxNode): TextRange {
  const quoted = node.style === 'single-quoted' || node.style === 'double-quoted';
  if (node.kind !== 'string' || node.aliasOf !== undefined || !quoted || node.length <= 2)
    return nodeRange(node);
  return { offset: node.offset + 1, length: node.length - 2 };
}

/** Where to show that something is missing in, or wrong with, an object or array as a whole: a short range, not all of it. */
export function headRange(node: SyntaxNode): TextRange {
  if (node.key !== undefined && !node.merged) return contentRange(node.key);
  if (node.kind !== 'object' && node.kind !== 'array') return contentRange(node);
  if (node.aliasOf !== undefined || node.children.length === 0) return nodeRange(node);
  const first = node.children[0];
  if (first === undefined || first.merged) return { offset: node.offset, length: Math.min(node.length, 1) };
  return contentRange(first.key ?? first);
}
