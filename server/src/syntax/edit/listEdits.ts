import { childIndex } from '../nodes.ts';
import type { TextReplacement } from '../textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';
import { lineEndAt, lineStartAt } from './layout.ts';

/**
 * Edits of a list or of one value that keep style, comments and line endings.
 * Each gives `undefined` where the text can't be edited safely (aliases, merged keys, odd layouts).
 */

/** Removes one item from a list; the last one leaves an empty list. */
export function removeFromList(
  tree: SyntaxTree,
  list: SyntaxNode,
  item: SyntaxNode,
): TextReplacement | undefined {
  const index = childIndex(list, item);
  if (!isEditable(list) || index < 0) return undefined;
  const previous = list.children[index - 1];
  const next = list.children[index + 1];
  if (list.style === 'flow') {
    if (next !== undefined) return { offset: item.offset, length: next.offset - item.offset, text: '' };
    const from = previous === undefined ? item.offset : end(previous);
    return { offset: from, length: end(item) - from, text: '' };
  }
  if (previous === undefined && next === undefined) {
    return { offset: list.offset, length: end(item) - list.offset, text: '[]' };
  }
  const lineStart = lineOfItem(tree, item);
  if (lineStart === undefined) return undefined;
  const lineEnd = lineEndAt(tree, end(item));
  const breakLength = tree.text.startsWith('\r\n', lineEnd) ? 2 : lineEnd < tree.text.length ? 1 : 0;
  return { offset: lineStart, length: lineEnd + breakLength - lineStart, text: '' };
}

/** Puts one value into a list, `depth` lists deep. */
export function wrapInList(
  tree: SyntaxTree,
  value: SyntaxNode,
  depth: number,
): readonly TextReplacement[] | undefined {
  if (value.merged) return undefined;
  if (value.style !== 'block' || value.aliasOf !== undefined) {
    return [
      { offset: value.offset, length: 0, text: '['.repeat(depth) },
      { offset: end(value), length: 0, text: ']'.repeat(depth) },
    ];
  }
  const last = deepestLast(value);
  const edits: TextReplacement[] = [{ offset: value.offset, length: 0, text: '- '.repeat(depth) }];
  for (const lineStart of lineStarts(tree, value.offset, end(last))) {
    edits.push({ offset: lineStart, length: 0, text: '  '.repeat(depth) });
  }
  return edits;
}

/** Puts the only item of a list in the place of the list. */
export function unwrapList(tree: SyntaxTree, list: SyntaxNode): readonly TextReplacement[] | undefined {
  const [item, ...others] = list.children;
  if (!isEditable(list) || item === undefined || others.length > 0) return undefined;
  const before = { offset: list.offset, length: item.offset - list.offset };
  const lead = tree.text.slice(list.offset, item.offset);
  if (list.style === 'flow') {
    if (!/^\[\s*$/.test(lead)) return undefined;
    const after = { offset: end(item), length: end(list) - end(item) };
    if (!/^\s*(?:,\s*)?\]$/.test(tree.text.slice(after.offset, after.offset + after.length)))
      return undefined;
    return [
      { ...before, text: '' },
      { ...after, text: '' },
    ];
  }
  // The dash gives way to blanks: a mapping below it keeps its columns.
  return /^-[ ]+$/.test(lead) ? [{ ...before, text: ' '.repeat(lead.length) }] : undefined;
}

function isEditable(node: SyntaxNode): boolean {
  return node.aliasOf === undefined && !node.merged && !node.unresolved;
}

function end(node: SyntaxNode): number {
  return node.offset + node.length;
}

/** What a block ends with: its own end may lie behind its last line break. */
function deepestLast(node: SyntaxNode): SyntaxNode {
  const isBlock = node.style === 'block' && node.aliasOf === undefined;
  const last = isBlock ? node.children.findLast((child) => !child.merged) : undefined;
  return last === undefined ? node : deepestLast(last);
}

/** Where the line of a block list's item starts; `undefined` when more than its dash stands before it. */
function lineOfItem(tree: SyntaxTree, item: SyntaxNode): number | undefined {
  const lineStart = lineStartAt(tree, item.offset);
  return /^ *- +$/.test(tree.text.slice(lineStart, item.offset)) ? lineStart : undefined;
}

/** Starts of the lines after the first that have text, between two offsets. */
function lineStarts(tree: SyntaxTree, from: number, to: number): number[] {
  const { text } = tree;
  const starts: number[] = [];
  for (
    let found = text.indexOf('\n', from);
    found >= 0 && found < to;
    found = text.indexOf('\n', found + 1)
  ) {
    const line = text.slice(found + 1, lineEndAt(tree, found + 1));
    if (line.trim() !== '') starts.push(found + 1);
  }
  return starts;
}
