import { covers, touches } from './textRange.ts';
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
  const first = tree.roots[firstEndingAt(tree.roots, offset)];
  let found = first && touches(first, offset) ? first : undefined;
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

/** Which of the values written in an object or list a value or key is, or belongs to; -1 when it is none of them. */
export function childIndex(parent: SyntaxNode, node: SyntaxNode): number {
  const { children } = parent;
  for (let index = firstEndingAt(children, node.offset); index < children.length; index++) {
    const child = children[index];
    if (child !== undefined && (child === node || child.key === node)) return index;
    if (child === undefined || child.merged || startOf(child) > node.offset + node.length) break;
  }
  return -1;
}

/** Where the key, or else the value, of a child begins. */
export function startOf(child: SyntaxNode): number {
  return child.key?.offset ?? child.offset;
}

/** A value and all in it, in order; what an alias stands for is visited where it is written. */
export function* below(root: SyntaxNode): Generator<SyntaxNode> {
  const open: SyntaxNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    if (node.aliasOf !== undefined) continue;
    // One by one: there may be more than a call can take.
    for (const child of node.children.toReversed()) open.push(child);
  }
}

/** The root of the document a value or key stands in. */
export function rootOf(node: SyntaxNode): SyntaxNode {
  let root = node;
  while (root.parent) root = root.parent;
  return root;
}

/** True inside a scalar or key, its quotes included. */
export function isInScalar(tree: SyntaxTree, offset: number): boolean {
  const node = nodeAt(tree, offset);
  if (!node || node.kind === 'object' || node.kind === 'array') return false;
  return covers(node, offset);
}
