import { expect } from 'vitest';
import type { SyntaxNode, SyntaxTree } from '../../../server/src/syntax/tree.ts';

/** A tree as lines of text: everything of it, so that two trees are equal when these are. */
export function show(tree: Pick<SyntaxTree, 'roots' | 'problems'>): string {
  const problems = tree.problems.map((p) => `${p.code} ${p.offset}+${p.length} ${p.message}`);
  return [...tree.roots.map((root) => showNode(root, '')), ...problems].join('\n');
}

function showNode(node: SyntaxNode, indentation: string): string {
  const { key, kind, style, tag, merged, unresolved, aliasOf } = node;
  const flags = [
    tag,
    merged && 'merged',
    unresolved && 'unresolved',
    aliasOf && `alias of ${aliasOf.offset}`,
  ];
  const name = key
    ? `${JSON.stringify(key.value)} ${key.kind} ${key.style} ${key.offset}+${key.length}: `
    : '';
  const value = typeof node.value === 'number' ? String(node.value) : JSON.stringify(node.value);
  const line = `${indentation}${name}${kind} ${style} ${node.offset}+${node.length} ${value} ${flags.filter(Boolean)}`;
  if (aliasOf) return line;
  return [line, ...node.children.map((child) => showNode(child, `${indentation}  `))].join('\n');
}

/** The plain JavaScript value of a node, aliases and merge keys followed. */
export function plainValue(node: SyntaxNode | undefined): unknown {
  if (node?.kind === 'object') {
    return Object.fromEntries(node.children.map((child) => [String(child.key?.value), plainValue(child)]));
  }
  return node?.kind === 'array' ? node.children.map(plainValue) : node?.value;
}

/** What the contract of the tree promises of any text. */
export function expectSound(tree: SyntaxTree): void {
  const inText = ({ offset, length }: { offset: number; length: number }): boolean =>
    offset >= 0 && length >= 0 && offset + length <= tree.text.length;
  expect(tree.problems.filter((problem) => !inText(problem))).toEqual([]);
  const visit = (node: SyntaxNode): void => {
    if (!inText(node) || (node.key && !inText(node.key)))
      expect.fail(`outside the text: ${showNode(node, '')}`);
    if (node.aliasOf || node.merged) return;
    for (const child of node.children) {
      const isOwn = child.merged || child.parent === node;
      if (!isOwn || (child.key && !child.merged && child.key.parent !== node)) {
        expect.fail(`wrong parent: ${showNode(child, '')}`);
      }
      if (node.kind === 'object' && !child.key) expect.fail(`no key: ${showNode(child, '')}`);
      visit(child);
    }
  };
  for (const root of tree.roots) {
    if (root.parent !== undefined) expect.fail('a root with a parent');
    visit(root);
  }
}
