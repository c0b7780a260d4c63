import { sortProblems } from '../build.ts';
import { lastIndexAt, shiftChildren, shiftPlaces, type TextChange } from '../textChange.ts';
import type { TextRange } from '../textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';
import { readJson, unclosed } from './parseJson.ts';

/** An object or array below the root, and where it stands. */
interface Candidate {
  node: SyntaxNode;
  parent: SyntaxNode;
  index: number;
}

/**
 * Rereads the smallest object or array around the change that is closed by its own bracket before and after: what
 * stands in it then says nothing about what stands behind it. `undefined` when there is none.
 */
export function patchJson(tree: SyntaxTree, newText: string, change: TextChange): SyntaxTree | undefined {
  const chain = enclosing(tree.roots[0], change);
  const delta = change.newEnd - change.oldEnd;
  for (let depth = chain.length; depth > 0; depth--) {
    const candidate = chain[depth - 1];
    if (!candidate || candidate.node.length > tree.text.length / 2) return undefined;
    const { node, parent, index } = candidate;
    const end = node.offset + node.length;
    if (unclosed.has(node)) continue;
    const read = readJson(newText.slice(node.offset, end + delta), node.offset, depth);
    if (!read.root || !read.closedAtEnd) continue;
    read.root.parent = parent;
    read.root.key = node.key;
    parent.children[index] = read.root;
    for (const outer of chain.slice(0, depth)) {
      shiftChildren(outer.parent, outer.index + 1, delta);
      outer.parent.length += delta;
    }
    const outside = <Place extends TextRange>(places: readonly Place[]) =>
      shiftPlaces(
        places.filter(({ offset }) => offset <= node.offset || offset >= end),
        end,
        delta,
      );
    const problems = sortProblems([...outside(tree.problems), ...read.problems]);
    const extensions = [...outside(tree.extensions ?? []), ...read.extensions].sort(
      (one, other) => one.offset - other.offset,
    );
    return { ...tree, text: newText, problems, extensions };
  }
  return undefined;
}

/** The objects and arrays with the change between their brackets, outermost first. */
function enclosing(root: SyntaxNode | undefined, change: TextChange): Candidate[] {
  const chain: Candidate[] = [];
  for (let parent = root; parent; ) {
    const index = lastIndexAt(parent.children, change.start, (child) => child.offset);
    const node: SyntaxNode | undefined = parent.children[index];
    if (node?.style !== 'flow') break;
    if (change.start <= node.offset || change.oldEnd >= node.offset + node.length) break;
    chain.push({ node, parent, index });
    parent = node;
  }
  return chain;
}
