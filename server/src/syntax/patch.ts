import { patchJson } from './json/patchJson.ts';
import { parse } from './parse.ts';
import { type AppliedChange, coverOf, narrowed } from './textChange.ts';
import type { SyntaxTree } from './tree.ts';
import { patchYaml } from './yaml/patchYaml.ts';

/**
 * The tree `parse` would give for `newText`, made from the tree of an earlier text: where the change lies within an entry
 * that can be read alone, only that is read. `changes` led from that text to the new one, where that is known. The old
 * tree is used up: its nodes may be changed and reused.
 */
export function patch(
  tree: SyntaxTree,
  newText: string,
  changes: readonly AppliedChange[] = [everything(tree.text, newText)],
): SyntaxTree {
  if (tree.text === newText) return tree;
  const [cover] = coverOf(changes);
  const patched = cover && patchOnce(tree, cover);
  return (
    patched ?? (changes.length > 1 ? patchEach(tree, changes) : undefined) ?? parse(newText, tree.language)
  );
}

/** In places far from each other, as with several cursors: one by one. */
function patchEach(tree: SyntaxTree, changes: readonly AppliedChange[]): SyntaxTree | undefined {
  let patched: SyntaxTree | undefined = tree;
  for (const change of changes) patched = patched && patchOnce(patched, change);
  return patched;
}

function patchOnce(tree: SyntaxTree, { text, ...applied }: AppliedChange): SyntaxTree | undefined {
  const change = narrowed(applied, tree.text, text);
  if (tree.language === 'json') return patchJson(tree, text, change);
  return tree.language === 'yaml' ? patchYaml(tree, text, change) : undefined;
}

function everything(oldText: string, newText: string): AppliedChange {
  return { start: 0, oldEnd: oldText.length, newEnd: newText.length, text: newText };
}
