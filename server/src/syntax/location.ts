import type { SyntaxNode } from './tree.ts';

/** Where something is written. Offset and length are UTF-16 units in the text of the file. */
export interface Location {
  readonly uri: string;
  readonly offset: number;
  readonly length: number;
}

/** The location of a node in a text that does not change: the tree it is in need not be kept for it. */
export function fixedLocation(uri: string, { offset, length }: SyntaxNode): Location {
  return { uri, offset, length };
}

/** The location of a node. It follows the node when the tree it is in is patched by an edit. */
export function nodeLocation(uri: string, node: SyntaxNode): Location {
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
