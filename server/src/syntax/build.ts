import { deepestNesting } from '../../../common/src/nesting.ts';
import type { NodeKind, NodeStyle, SyntaxNode, SyntaxProblem } from './tree.ts';

export const TOO_DEEP = `Nested deeper than ${deepestNesting} levels`;

/** The children of all scalars: most nodes are scalars. */
const NONE: SyntaxNode[] = [];
Object.freeze(NONE);

/** So many texts are compared with: those of the files read last. */
const mostShared = 1024;
const longestShared = 32;
const shared = new Map<string, string>();

/** Metadata says the same words over and over: each is held once. */
function sharedText(text: string): string {
  if (text.length > longestShared) return text;
  const known = shared.get(text);
  if (known !== undefined) return known;
  if (shared.size >= mostShared) shared.clear();
  shared.set(text, text);
  return text;
}

/** What few nodes have is a property of their own only then: a project has millions of nodes. */
class TreeNode implements SyntaxNode {
  declare tag: SyntaxNode['tag'];
  declare aliasOf: SyntaxNode['aliasOf'];
  declare merged: boolean;
  declare unresolved: boolean;
  kind: NodeKind;
  style: NodeStyle;
  offset: number;
  length: number;
  parent: SyntaxNode | undefined;
  key: SyntaxNode | undefined;
  children: SyntaxNode[];
  value: SyntaxNode['value'];

  constructor(
    kind: NodeKind,
    style: NodeStyle,
    offset: number,
    length: number,
    parent: SyntaxNode | undefined,
    key: SyntaxNode | undefined,
    value: SyntaxNode['value'],
  ) {
    this.kind = kind;
    this.style = style;
    this.offset = offset;
    this.length = length;
    this.parent = parent;
    this.key = key;
    this.children = kind === 'object' || kind === 'array' ? [] : NONE;
    this.value = typeof value === 'string' ? sharedText(value) : value;
  }
}

Object.assign(TreeNode.prototype, { tag: undefined, aliasOf: undefined, merged: false, unresolved: false });

/** A node without what is around and in it, for which there is nothing to ask. */
class LoneNode implements SyntaxNode {
  declare parent: undefined;
  declare key: undefined;
  declare children: SyntaxNode[];
  declare tag: SyntaxNode['tag'];
  declare aliasOf: undefined;
  declare merged: boolean;
  declare unresolved: boolean;
  kind: NodeKind;
  style: NodeStyle;
  offset: number;
  length: number;
  value: SyntaxNode['value'];

  constructor({ kind, style, offset, length, value }: SyntaxNode) {
    this.kind = kind;
    this.style = style;
    this.offset = offset;
    this.length = length;
    this.value = value;
  }
}

Object.assign(LoneNode.prototype, {
  ...{ parent: undefined, key: undefined, children: NONE },
  ...{ tag: undefined, aliasOf: undefined, merged: false, unresolved: false },
});

/** Where a node stands and what it holds, without the tree it is in; of an alias what it stands for. */
export function nodeAlone(node: SyntaxNode): SyntaxNode {
  const alone = new LoneNode(node);
  if (node.tag !== undefined) alone.tag = node.tag;
  if (node.merged) alone.merged = true;
  if (node.unresolved) alone.unresolved = true;
  return alone;
}

export function isSyntaxNode(value: object): value is SyntaxNode {
  return value instanceof TreeNode || value instanceof LoneNode;
}

/** A node that is no alias, not merged and not in its parent's `children` yet. */
export function createNode(
  kind: NodeKind,
  style: NodeStyle,
  offset: number,
  length: number,
  parent: SyntaxNode | undefined,
  key: SyntaxNode | undefined,
  value: SyntaxNode['value'],
): SyntaxNode {
  return new TreeNode(kind, style, offset, length, parent, key, value);
}

/** To be called when a collection has all its children: an array that has grown holds room for more. */
export function fitChildren(node: SyntaxNode): void {
  if (node.children.length > 0) node.children = node.children.slice();
}

/** A value that is not written: a null node of length 0. */
export function createMissing(
  offset: number,
  parent: SyntaxNode | undefined,
  key: SyntaxNode | undefined,
): SyntaxNode {
  return createNode('null', 'plain', offset, 0, parent, key, null);
}

/** End of a block collection: where its last value (or key without one) ends. */
export function endOfChildren(node: SyntaxNode): number {
  const last = node.children[node.children.length - 1];
  if (!last) return node.offset;
  const end = last.offset + last.length;
  return last.key ? Math.max(end, last.key.offset + last.key.length) : end;
}

/** Offset behind the last character before `end` that is no white space; not before `start`. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let position = Math.min(end, text.length);
  while (position > start && isSpaceOrBreak(text.charCodeAt(position - 1))) position--;
  return position;
}

function isSpaceOrBreak(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

/** One order for all, so that a patched tree lists its problems as a fresh one does. */
export function sortProblems(problems: SyntaxProblem[]): SyntaxProblem[] {
  if (problems.length < 2) return problems;
  return problems.sort(
    (a, b) =>
      a.offset - b.offset ||
      a.length - b.length ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
