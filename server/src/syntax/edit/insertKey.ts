import type { TextReplacement } from '../textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';
import { breakBefore, columnAt, lineBreakOf } from './layout.ts';
import { type EditValue, inlineText } from './renderValue.ts';
import { quoteScalar } from './scalarText.ts';

/**
 * Writes `key` with a value into an object, before the property `next` (the first one), or makes the object where nothing
 * is written yet. `undefined` for what stands elsewhere (alias) or is something else.
 */
export function insertKey(
  tree: SyntaxTree,
  node: SyntaxNode,
  key: string,
  value: EditValue,
  next = node.children[0],
): TextReplacement | undefined {
  if (node.aliasOf !== undefined || node.merged) return undefined;
  const { language } = tree;
  const inBlock = language === 'yaml' && node.style !== 'flow' && next !== undefined;
  const pair = `${quoteScalar(key, 'plain', language, !inBlock)}: ${inlineText(value, language, !inBlock)}`;
  const object = language === 'yaml' ? `{ ${pair} }` : `{${pair}}`;
  if (node.kind === 'null') {
    const blank = node.length === 0 && tree.text.charAt(node.offset - 1) === ':' ? ' ' : '';
    return { offset: node.offset, length: node.length, text: blank + object };
  }
  if (node.kind !== 'object') return undefined;
  if (next === undefined) return { offset: node.offset, length: node.length, text: object };
  if (next.key === undefined || next.merged) return undefined;
  const { offset } = next.key;
  const separator = inBlock
    ? lineBreakOf(tree) + ' '.repeat(columnAt(tree, offset))
    : `,${breakBefore(tree, offset) ?? ' '}`;
  return { offset, length: 0, text: pair + separator };
}
