import { childIndex, startOf } from '../nodes.ts';
import type { TextReplacement } from '../textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';
import { columnAt, lineEndAt, lineStartAt, startsLine } from './layout.ts';

/** Removes an item of an array, with the comments on its lines and right above it. */
export function removeItem(tree: SyntaxTree, item: SyntaxNode): TextReplacement[] {
  return removeEntry(tree, item);
}

/** Removes a property, given by its value or key, with the comments on its lines and right above it. */
export function removeProperty(tree: SyntaxTree, node: SyntaxNode): TextReplacement[] {
  const value = node.parent?.children[childIndex(node.parent, node)] ?? node;
  return removeEntry(tree, value);
}

function removeEntry(tree: SyntaxTree, node: SyntaxNode): TextReplacement[] {
  const { parent } = node;
  if (!parent || node.merged) return [];
  const index = childIndex(parent, node);
  if (index === -1) return [];
  // What came in by a merge key stands behind all that is written here.
  const behind = parent.children[index + 1];
  const next = behind?.merged ? undefined : behind;
  const previous = parent.children[index - 1];
  return [
    parent.style === 'block'
      ? removeBlockEntry(tree, parent, previous, node, next)
      : removeFlowEntry(tree, parent, previous, node, next),
  ];
}

function removeBlockEntry(
  tree: SyntaxTree,
  block: SyntaxNode,
  previous: SyntaxNode | undefined,
  node: SyntaxNode,
  next: SyntaxNode | undefined,
): TextReplacement {
  const { text } = tree;
  if (!previous && !next) return emptied(tree, block);
  const start = entryStart(tree, block, node);
  // The entry on the line of an outer dash: the next one takes its place.
  if (!startsLine(tree, start) && next) return cut(start, entryStart(tree, block, next));
  const from = withCommentsAbove(tree, start);
  const end = lineEndAt(tree, Math.max(node.offset + node.length, (node.key ?? node).offset));
  const behind = end + (text.startsWith('\r\n', end) ? 2 : text[end] === '\n' ? 1 : 0);
  if (behind > end || from === 0) return cut(from, behind);
  const lineBreak = text.startsWith('\r\n', from - 2) ? 2 : 1;
  return cut(from - lineBreak, end);
}

/** A block whose only entry goes. */
function emptied(tree: SyntaxTree, block: SyntaxNode): TextReplacement {
  const brackets = block.kind === 'object' ? '{}' : '[]';
  const end = block.offset + block.length;
  if (!block.key) return { ...cut(block.offset, end), text: brackets };
  const start = tree.text.indexOf(':', block.key.offset + block.key.length) + 1;
  const kept = /^[ \t]*[&!][^\r\n]*?(?=\s)/.exec(tree.text.slice(start, block.offset))?.[0].length ?? 0;
  return { ...cut(start + kept, end), text: ` ${brackets}` };
}

function removeFlowEntry(
  tree: SyntaxTree,
  collection: SyntaxNode,
  previous: SyntaxNode | undefined,
  node: SyntaxNode,
  next: SyntaxNode | undefined,
): TextReplacement {
  if (!next && !previous) {
    return cut(collection.offset + 1, collection.offset + collection.length - 1);
  }
  const start = startOf(node);
  const from = startsLine(tree, start) ? withCommentsAbove(tree, start) : start;
  if (next) {
    const nextStart = startOf(next);
    const bothStartLines = startsLine(tree, start) && startsLine(tree, nextStart);
    return bothStartLines ? cut(from, withCommentsAbove(tree, nextStart)) : cut(start, nextStart);
  }
  const end = node.offset + node.length;
  const rest = tree.text.slice(end, lineEndAt(tree, end));
  const comment = /^[ \t]*(?:,[ \t]*)?(?:\/\/.*|\/\*.*?\*\/|[ \t]#.*)?/.exec(rest)?.[0] ?? '';
  const to = end + comment.trimEnd().length;
  const comma = previous ? previous.offset + previous.length : from;
  if (from === start || !previous) return cut(comma, to);
  const between = tree.text.slice(comma, from);
  return { ...cut(comma, to), text: between.replace(',', '').trimEnd() };
}

/** Where the key or dash of an entry stands. */
function entryStart(tree: SyntaxTree, block: SyntaxNode, node: SyntaxNode): number {
  if (block.kind === 'object') {
    // A tag or anchor may stand before the key.
    const start = startOf(node);
    return node === block.children[0] ? block.offset : start;
  }
  if (node === block.children[0]) return block.offset;
  const column = columnAt(tree, block.offset);
  for (let line = lineStartAt(tree, node.offset); line > block.offset; line = lineStartAt(tree, line - 1)) {
    if (tree.text[line + column] === '-' && tree.text.slice(line, line + column).trim() === '')
      return line + column;
  }
  return node.offset;
}

/**
 * Start of the line of an entry or of the first of the comment lines that stand right above it, at the same column.
 */
function withCommentsAbove(tree: SyntaxTree, entry: number): number {
  const column = columnAt(tree, entry);
  const sign = tree.language === 'yaml' ? '#' : '//';
  let start = lineStartAt(tree, entry);
  for (let above = lineStartAt(tree, start - 1); above < start; above = lineStartAt(tree, start - 1)) {
    if (!tree.text.slice(above, start).trimStart().startsWith(sign)) break;
    if (tree.text.slice(above, start).search(/\S/) !== column) break;
    start = above;
  }
  return start;
}

function cut(start: number, end: number): TextReplacement {
  return { offset: start, length: Math.max(0, end - start), text: '' };
}
