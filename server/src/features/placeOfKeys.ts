import type { JsonPath } from '../../../common/src/metadataApi/json.ts';
import type { DocumentContext } from '../rules/rule.ts';
import { property, type TextRange } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/**
 * Where keys below a relationship lead: to the value, else to the nearest one above it that is written; what an alias
 * brings stands at its anchor. `offset` (UTF-16) is where the relationship begins; `undefined` when none begins there.
 */
export function placeOfKeys(
  { model }: DocumentContext,
  offset: number,
  keys: JsonPath,
): TextRange | undefined {
  const found = model.relationships.find(({ node }) => node.offset === offset);
  if (found === undefined) return undefined;
  let { node } = found;
  for (const key of keys) {
    const next: SyntaxNode | undefined = typeof key === 'string' ? property(node, key) : node.children[key];
    if (next === undefined) break;
    node = next;
  }
  return { offset: node.offset, length: node.length };
}
