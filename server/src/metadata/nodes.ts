import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/** Small questions asked of tree nodes by every reader of the model. */

/** The text of a property's key; numbers and booleans as the CLI would write them into JSON. */
export function keyText(node: SyntaxNode): string {
  return String(node.key?.value ?? '');
}

/** An `!include` in either spelling (spec 1.3). */
export function isInclude(node: SyntaxNode): boolean {
  if (typeof node.value === 'string' && node.value.includes('!include')) return true;
  return node.tag === '!include' && node.value !== undefined;
}

/** Nothing may be said of what stands here: an include, or an alias that leads nowhere. */
export function isOpaque(node: SyntaxNode): boolean {
  return node.unresolved || isInclude(node);
}

/** Whether a list can be read where it stands: nothing of it is included. */
export function isWholeList(list: SyntaxNode): boolean {
  return !isOpaque(list) && !list.children.some(isOpaque);
}

/** Written, and not `null`: what the server takes for the presence of an optional key. */
export function isGiven(node: SyntaxNode | undefined): node is SyntaxNode {
  return node !== undefined && (node.kind !== 'null' || isOpaque(node));
}

/** The given value below a key; `undefined` for one not written or `null`. */
export function given(node: SyntaxNode, name: string): SyntaxNode | undefined {
  const value = property(node, name);
  return isGiven(value) ? value : undefined;
}

/** The values of an object as the server has them: of a key written twice the last one. */
export function serverChildren({ children }: SyntaxNode): readonly SyntaxNode[] {
  if (children.length < 2) return children;
  const last = new Map(children.map((child) => [keyText(child), child]));
  return last.size === children.length
    ? children
    : children.filter((child) => last.get(keyText(child)) === child);
}

const serverKinds = {
  object: 'Object',
  array: 'Array',
  string: 'String',
  number: 'Number',
  boolean: 'Boolean',
  null: 'Null',
} as const;

/** The kind of a value as the server's JSON library calls it. */
export function serverKind(node: SyntaxNode): string {
  return serverKinds[node.kind];
}
