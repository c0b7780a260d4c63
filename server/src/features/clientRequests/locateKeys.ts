import type { JsonPath } from '../../../../common/src/metadataApi/document/json.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import { property } from '../../syntax/nodes.ts';
import type { TextRange } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { requestNodes } from './requestPayloads.ts';

/**
 * Where keys below a relationship or a request lead: to the value, else to the nearest one above it that is written;
 * what an alias brings stands at its anchor. `offset` (UTF-16) is where the relationship or the request begins;
 * `undefined` when none begins there.
 */
export function locateKeys(context: DocumentContext, offset: number, keys: JsonPath): TextRange | undefined {
  const relationship = context.model.relationships.find(({ node }) => node.offset === offset);
  const begin = relationship?.node ?? requestNodes(context).find((node) => node.offset === offset);
  if (begin === undefined) return undefined;
  // A flat request has the keys of the definition beside the name.
  const [first, ...others] = keys;
  const flat =
    relationship?.request !== undefined && first === 'definition' && property(begin, first) === undefined;
  let node = begin;
  for (const key of flat ? others : keys) {
    const next: SyntaxNode | undefined = typeof key === 'string' ? below(node, key) : node.children[key];
    if (next === undefined) break;
    node = next;
  }
  return { offset: node.offset, length: node.length };
}

/** The value of a key; the server leaves `definition` and its form out of the paths of what it finds wrong in there. */
function below(node: SyntaxNode, key: string): SyntaxNode | undefined {
  const own = property(node, key);
  if (own !== undefined) return own;
  const definition = property(node, 'definition') ?? node;
  const parts = [definition, property(definition, 'to_remote_schema'), property(definition, 'to_source')];
  return parts.map((part) => part && property(part, key)).find((value) => value !== undefined);
}
