import type { SyntaxNode } from '../syntax/tree.ts';
import type { Place } from './catalogue.ts';

/** The place of a node. It follows the node when the tree it is in is patched by an edit. */
export function nodePlace(uri: string, node: SyntaxNode): Place {
  return {
    uri,
    get offset() {
      return node.offset;
    },
    get length() {
      return node.length;
    },
  };
}
