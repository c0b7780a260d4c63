import { lineStart } from '../lines.ts';
import type { TextReplacement } from '../textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';

/**
 * Writes `key` with a value (JSON text, which YAML reads too) as the first key of an object, or makes the object where
 * nothing is written yet. `undefined` for what stands elsewhere (alias) or is something else.
 */
export function insertKey(
  tree: SyntaxTree,
  node: SyntaxNode,
  key: string,
  value: string,
): TextReplacement | undefined {
  if (node.aliasOf !== undefined || node.merged) return undefined;
  const json = tree.language !== 'yaml';
  const pair = `${json ? `"${key}"` : key}: ${json ? value : value.replace(/^"(\w+)"$/, '$1')}`;
  if (node.kind === 'null') {
    const object = json ? `{${pair}}` : `{ ${pair} }`;
    const blank = node.length === 0 && tree.text.charAt(node.offset - 1) === ':' ? ' ' : '';
    return { offset: node.offset, length: node.length, text: blank + object };
  }
  if (node.kind !== 'object') return undefined;
  const first = node.children[0];
  if (first === undefined) {
    return { offset: node.offset, length: node.length, text: json ? `{${pair}}` : `{ ${pair} }` };
  }
  if (first.key === undefined || first.merged) return undefined;
  const lineBreak = breakBefore(tree.text, first.key.offset);
  if (node.style !== 'flow' && !json) {
    const column = first.key.offset - lineStart(tree.text, first.key.offset);
    const newline = tree.text.includes('\r\n') ? '\r\n' : '\n';
    return { offset: first.key.offset, length: 0, text: pair + newline + ' '.repeat(column) };
  }
  return { offset: first.key.offset, length: 0, text: `${pair},${lineBreak ?? ' '}` };
}

/** The line break and blanks right before an offset; `undefined` when something else is on its line. */
export function breakBefore(text: string, offset: number): string | undefined {
  return /\r?\n[ \t]*$/.exec(text.slice(Math.max(0, offset - 400), offset))?.[0];
}
