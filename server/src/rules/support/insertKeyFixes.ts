import { insertKey } from '../../syntax/edit/insertKey.ts';
import type { EditValue } from '../../syntax/edit/renderValue.ts';
import type { SyntaxNode, SyntaxTree } from '../../syntax/tree.ts';
import type { Fix } from '../rule.ts';

/** The fix that adds a key with a value to an object; none where it can't be written. */
export function insertKeyFixes(
  tree: SyntaxTree,
  node: SyntaxNode,
  key: string,
  value: EditValue,
  preferred = true,
): readonly Fix[] {
  const edit = insertKey(tree, node, key, value);
  return edit === undefined
    ? []
    : [{ title: `Add "${key}": ${JSON.stringify(value)}`, edits: [edit], preferred }];
}
