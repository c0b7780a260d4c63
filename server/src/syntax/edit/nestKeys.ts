import { startOf } from '../nodes.ts';
import type { TextReplacement } from '../textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';
import { breakBefore, columnAt, lineBreakOf } from './layout.ts';
import { quoteScalar } from './scalarText.ts';

/**
 * The edit that moves some keys of an object below a new key of it, which then stands where the first of them stood.
 * Comments between the keys move with them. `undefined` where that can't be done in place: keys that came through an
 * alias, or comments between keys that are far apart.
 */
export function nestKeys(
  tree: SyntaxTree,
  node: SyntaxNode,
  moved: readonly SyntaxNode[],
  below: string,
): TextReplacement | undefined {
  const { children } = node;
  if (node.aliasOf !== undefined || moved.length === 0) return undefined;
  if (children.some((child) => child.merged || child.key === undefined || child.aliasOf !== undefined))
    return undefined;
  const ordered = children.filter((child) => moved.includes(child));
  const [first] = ordered;
  const last = ordered.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const block = tree.language === 'yaml' && node.style !== 'flow';
  const adjacent = children.indexOf(last) - children.indexOf(first) === ordered.length - 1;
  const replaced = adjacent ? ordered : children;
  const from = startOf(replaced[0] ?? first);
  const to = endOf(tree.text, replaced.at(-1) ?? last);
  const kept = adjacent ? [] : children.filter((child) => !moved.includes(child));
  if (!adjacent && !onlySpaceBetween(tree.text, children)) return undefined;
  const pieces = adjacent
    ? [tree.text.slice(from, to)]
    : ordered.map((child) => tree.text.slice(startOf(child), endOf(tree.text, child)));
  const keptPieces = kept.map((child) => tree.text.slice(startOf(child), endOf(tree.text, child)));
  const key = quoteScalar(below, 'plain', tree.language, !block);
  const text = block
    ? blockText(tree, from, keptPieces, pieces, key)
    : flowText(tree, from, keptPieces, pieces, key);
  return { offset: from, length: to - from, text };
}

function blockText(
  tree: SyntaxTree,
  from: number,
  kept: readonly string[],
  moved: readonly string[],
  key: string,
): string {
  const newline = lineBreakOf(tree);
  const indent = ' '.repeat(columnAt(tree, from));
  const inner = moved.join(newline + indent).replace(/\n(?=[^\r\n])/g, '\n  ');
  return [...kept, `${key}:${newline}${indent}  ${inner}`].join(newline + indent);
}

function flowText(
  tree: SyntaxTree,
  from: number,
  kept: readonly string[],
  moved: readonly string[],
  key: string,
): string {
  const lineBreak = breakBefore(tree, from);
  const between = `,${lineBreak ?? ' '}`;
  const inner = moved.join(between);
  const [open, close] = tree.language === 'yaml' ? ['{ ', ' }'] : ['{', '}'];
  const nested =
    lineBreak === undefined
      ? `${key}: ${open}${inner}${close}`
      : `${key}: {${lineBreak}  ${inner.replace(/\n(?=[^\r\n])/g, '\n  ')}${lineBreak}}`;
  return [...kept, nested].join(between);
}

/** A block collection may end behind its last line break: what counts is its last character. */
function endOf(text: string, child: SyntaxNode): number {
  const from = startOf(child);
  return from + text.slice(from, child.offset + child.length).trimEnd().length;
}

function onlySpaceBetween(text: string, children: readonly SyntaxNode[]): boolean {
  return children.every((child, index) => {
    const next = children[index + 1];
    return next === undefined || /^[\s,]*$/.test(text.slice(endOf(text, child), startOf(next)));
  });
}
