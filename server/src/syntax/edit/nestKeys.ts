import { startOf } from '../nodes.ts';
import type { TextReplacement } from '../textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';
import { breakBefore, columnAt, layoutOf, lineBreakOf } from './layout.ts';
import { quoteScalar, replaceContent } from './scalarText.ts';

/** New names of keys that are moved, by the old ones. */
export type KeyNames = ReadonlyMap<string, string>;

/**
 * The edit that moves some keys of an object below a new key of it, or below several that stand one in the other; the
 * outermost then stands where the first of them stood. Comments between the keys move with them. `undefined` where that
 * can't be done in place: keys that came through an alias, or comments between keys that are far apart.
 */
export function nestKeys(
  tree: SyntaxTree,
  node: SyntaxNode,
  moved: readonly SyntaxNode[],
  below: readonly string[],
  names: KeyNames = new Map(),
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
    ? [renamedText(tree, from, to, ordered, names)]
    : ordered.map((child) => renamedText(tree, startOf(child), endOf(tree.text, child), [child], names));
  const keptPieces = kept.map((child) => tree.text.slice(startOf(child), endOf(tree.text, child)));
  const keys = below.map((name) => quoteScalar(name, 'plain', tree.language, !block));
  const { unit } = layoutOf(tree, node);
  const text = block
    ? blockText(tree, from, keptPieces, pieces, keys, unit)
    : flowText(tree, node, from, keptPieces, pieces, keys, unit);
  return { offset: from, length: to - from, text };
}

/** What stands between two offsets, some keys in it by other names. */
export function renamedText(
  { text }: SyntaxTree,
  from: number,
  to: number,
  children: readonly SyntaxNode[],
  names: KeyNames,
): string {
  let written = '';
  let at = from;
  for (const { key } of children) {
    const name = names.get(String(key?.value));
    if (key === undefined || name === undefined) continue;
    const renamed = replaceContent(key, name);
    written += text.slice(at, renamed.offset) + renamed.text;
    at = renamed.offset + renamed.length;
  }
  return written + text.slice(at, to);
}

function blockText(
  tree: SyntaxTree,
  from: number,
  kept: readonly string[],
  moved: readonly string[],
  keys: readonly string[],
  unit: string,
): string {
  const newline = lineBreakOf(tree);
  const indent = ' '.repeat(columnAt(tree, from));
  const inner = keys.reduceRight(
    (text, key) => `${key}:${newline}${indent}${unit}${indentedText(text, unit)}`,
    moved.join(newline + indent),
  );
  return [...kept, inner].join(newline + indent);
}

function flowText(
  tree: SyntaxTree,
  { offset }: SyntaxNode,
  from: number,
  kept: readonly string[],
  moved: readonly string[],
  keys: readonly string[],
  unit: string,
): string {
  const lineBreak = breakBefore(tree, from);
  const between = `,${lineBreak ?? ' '}`;
  const blank = tree.language === 'yaml' && tree.text[offset + 1] === ' ' ? ' ' : '';
  const nested = keys.reduceRight(
    (text, key) =>
      lineBreak === undefined
        ? `${key}: {${blank}${text}${blank}}`
        : `${key}: {${lineBreak}${unit}${indentedText(text, unit)}${lineBreak}}`,
    moved.join(between),
  );
  return [...kept, nested].join(between);
}

/** All lines but the first further to the right; empty ones stay empty. */
function indentedText(text: string, unit: string): string {
  return text.replace(/\n(?=[^\r\n])/g, `\n${unit}`);
}

/** Where a child's text ends. A block collection may end behind its last line break: what counts is its last character. */
export function endOf(text: string, child: SyntaxNode): number {
  const from = startOf(child);
  return from + text.slice(from, child.offset + child.length).trimEnd().length;
}

function onlySpaceBetween(text: string, children: readonly SyntaxNode[]): boolean {
  return children.every((child, index) => {
    const next = children[index + 1];
    return next === undefined || /^[\s,]*$/.test(text.slice(endOf(text, child), startOf(next)));
  });
}
