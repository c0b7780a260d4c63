import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/** The value below `key`; of a key written twice the later one counts. `undefined` for anything but an object. */
export function memberOf(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
  return node && property(node, key);
}

/** The string below `key`, when there is one. */
export function stringMember(node: SyntaxNode | undefined, key: string): string | undefined {
  const value = memberOf(node, key)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The boolean below `key`, when there is one. */
export function booleanMember(node: SyntaxNode | undefined, key: string): boolean | undefined {
  const value = memberOf(node, key)?.value;
  return typeof value === 'boolean' ? value : undefined;
}

/** The items of a list that are strings; `undefined` for anything but a list. */
export function stringItems(node: SyntaxNode | undefined): readonly string[] | undefined {
  if (node?.kind !== 'array') return undefined;
  return node.children.map((child) => child.value).filter((value) => typeof value === 'string');
}
