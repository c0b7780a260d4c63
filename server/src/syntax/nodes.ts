import type { TextRange } from './textRange.ts';
import type { SyntaxNode, SyntaxTree } from './tree.ts';

/** The value of a property; of a key written twice the last one, as the server reads it. */
export function property(node: SyntaxNode, name: string): SyntaxNode | undefined {
  if (node.kind !== 'object') return undefined;
  for (let index = node.children.length - 1; index >= 0; index--) {
    const child = node.children[index];
    if (child?.key?.value === name) return child;
  }
  return undefined;
}

/** The keys of an object, each once, in the order written; empty for anything else. */
export function propertyNames(node: SyntaxNode): string[] {
  if (node.kind !== 'object') return [];
  return [...new Set(node.children.map((child) => String(child.key?.value ?? '')))];
}

/**
 * The deepest value or key whose range contains or touches an offset; a key is known by its `key` being
 * undefined while its parent is an object. `undefined` outside all roots.
 */
export function nodeAt(tree: SyntaxTree, offset: number): SyntaxNode | undefined {
  let found = tree.roots.find((root) => touches(root, offset));
  for (let next = found; next; ) {
    found = next;
    next = childAt(found, offset);
  }
  return found;
}

function childAt(node: SyntaxNode, offset: number): SyntaxNode | undefined {
  if (node.aliasOf) return undefined;
  for (let index = firstEndingAt(node.children, offset); index < node.children.length; index++) {
    const child = node.children[index];
    if (!child || child.merged || startOf(child) > offset) return undefined;
    if (child.key && touches(child.key, offset)) return child.key;
    if (touches(child, offset)) return child;
  }
  return undefined;
}

/** Index of the first child, in the order of the text, that does not end before the offset. */
function firstEndingAt(children: readonly SyntaxNode[], offset: number): number {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const child = children[middle];
    if (child && !child.merged && child.offset + child.length < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function startOf(child: SyntaxNode): number {
  return child.key?.offset ?? child.offset;
}

function touches({ offset: start, length }: TextRange, offset: number): boolean {
  return start <= offset && offset <= start + length;
}

/** Keys and indices from the root down to a value; empty for a root. Below an alias: the path of its anchor. */
export function pathOf(node: SyntaxNode): (string | number)[] {
  const path: (string | number)[] = [];
  for (let current = node; current.parent; current = current.parent) {
    path.push(current.key ? String(current.key.value) : current.parent.children.indexOf(current));
  }
  return path.reverse();
}

/** The root of the document a value or key stands in. */
export function rootOf(node: SyntaxNode): SyntaxNode {
  let root = node;
  while (root.parent) root = root.parent;
  return root;
}

/** The range of a value or key as written, without its quotes (the closing one may be missing). */
export function contentRange(tree: SyntaxTree, node: SyntaxNode): TextRange {
  const { offset, length, style } = node;
  if (style !== 'single-quoted' && style !== 'double-quoted') return { offset, length };
  const text = textOf(tree, node);
  const quote = style === 'single-quoted' ? "'" : '"';
  if (!text.startsWith(quote)) return { offset, length };
  const closed = length > 1 && text.endsWith(quote);
  return { offset: offset + 1, length: length - (closed ? 2 : 1) };
}

/** What is written at a value or key, quotes and brackets included. */
export function textOf(tree: SyntaxTree, node: SyntaxNode): string {
  return tree.text.slice(node.offset, node.offset + node.length);
}

/** True behind the sign that begins a comment, up to the comment's end. */
export function isInComment(tree: SyntaxTree, offset: number): boolean {
  const { text, language } = tree;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (language === 'http') {
    if (/^\s*(?:#|\/\/)/.test(before)) return true;
    if (!nodeAt(tree, offset)) return false;
  }
  const signs = language === 'yaml' ? /(?<![^\s\uFEFF])#/g : /\/\//g;
  for (const match of before.matchAll(signs)) {
    if (!isInScalar(tree, lineStart + match.index)) return true;
  }
  return language !== 'yaml' && isInBlockComment(tree, offset);
}

function isInBlockComment(tree: SyntaxTree, offset: number): boolean {
  if (offset < 2) return false;
  const start = tree.text.lastIndexOf('/*', offset - 2);
  if (start === -1) return false;
  const end = tree.text.indexOf('*/', start + 2);
  return (end === -1 || offset < end + 2) && !isInScalar(tree, start);
}

function isInScalar(tree: SyntaxTree, offset: number): boolean {
  const node = nodeAt(tree, offset);
  if (!node || node.kind === 'object' || node.kind === 'array') return false;
  return node.offset <= offset && offset < node.offset + node.length;
}
