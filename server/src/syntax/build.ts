import { deepestNesting } from '../../../common/src/nesting.ts';
import type { NodeKind, NodeStyle, SyntaxNode, SyntaxProblem } from './tree.ts';

export const TOO_DEEP = `Nested deeper than ${deepestNesting} levels`;

/** The children of all scalars: most nodes are scalars. */
const NONE: SyntaxNode[] = [];
Object.freeze(NONE);

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
  return {
    kind,
    style,
    offset,
    length,
    parent,
    key,
    children: kind === 'object' || kind === 'array' ? [] : NONE,
    value,
    tag: undefined,
    aliasOf: undefined,
    merged: false,
    unresolved: false,
  };
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
