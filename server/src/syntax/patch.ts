import { patchJson } from './json/patchJson.ts';
import { parse } from './parse.ts';
import { changeBetween } from './textChange.ts';
import type { SyntaxTree } from './tree.ts';
import { patchYaml } from './yaml/patchYaml.ts';

/**
 * The tree `parse` would give for `newText`, made from the tree of an earlier text: where the change lies within an entry
 * that can be read alone, only that is read. The old tree is used up: its nodes may be changed and reused.
 */
export function patch(tree: SyntaxTree, newText: string): SyntaxTree {
  if (tree.text === newText) return tree;
  const change = changeBetween(tree.text, newText);
  const patched =
    tree.language === 'json'
      ? patchJson(tree, newText, change)
      : tree.language === 'yaml'
        ? patchYaml(tree, newText, change)
        : undefined;
  return patched ?? parse(newText, tree.language);
}
