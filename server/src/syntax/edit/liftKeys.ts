import { startOf } from '../nodes.ts';
import type { TextReplacement } from '../textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';
import { columnAt, indentationAt, lineBreakOf } from './layout.ts';
import { endOf, type KeyNames, renamedText } from './nestKeys.ts';

/**
 * The edit that puts the keys of an object in the place of a property around it, which holds nothing else: the opposite of
 * `nestKeys`. Comments stay. `undefined` where that can't be done in place: anchors, aliases, comments between brackets
 * and keys, an object without keys.
 */
export function liftKeys(
  tree: SyntaxTree,
  outer: SyntaxNode,
  inner: SyntaxNode,
  names: KeyNames = new Map(),
): TextReplacement | undefined {
  const path = pathBetween(outer, inner);
  const first = inner.children[0];
  const last = inner.children.at(-1);
  if (path === undefined || first === undefined || last === undefined) return undefined;
  if (inner.children.some((child) => child.merged || child.key === undefined)) return undefined;
  const isBlock = tree.language === 'yaml' && outer.parent?.style === 'block';
  const from = startOf(outer);
  const to = endOf(tree.text, outer);
  const begins = startOf(first);
  const ends = endOf(tree.text, last);
  const comments = commentsIn(tree.text.slice(from, begins), path);
  const tail = tree.text.slice(ends, to);
  if (comments === undefined || !/^[\s,}]*$/.test(tail)) return undefined;
  if (comments.length > 0 && !(isBlock && inner.style === 'block')) return undefined;
  // A flow mapping that stands below a key of a block has its keys on one line: they become lines.
  if (isBlock !== (inner.style === 'block' && tree.language === 'yaml')) {
    if (!isBlock) return undefined;
    const separator = lineBreakOf(tree) + ' '.repeat(columnAt(tree, from));
    const pieces = inner.children.map((child) =>
      renamedText(tree, startOf(child), endOf(tree.text, child), [child], names),
    );
    const between = inner.children.slice(1).every((child, index) => {
      const before = inner.children[index];
      return before && /^[\s,]*$/.test(tree.text.slice(endOf(tree.text, before), startOf(child)));
    });
    const onOneLine = pieces.every((piece) => !/[\r\n]/.test(piece));
    return between && onOneLine
      ? { offset: from, length: to - from, text: pieces.join(separator) }
      : undefined;
  }
  const written = renamedText(tree, begins, ends, inner.children, names);
  const left = isBlock ? ' '.repeat(columnAt(tree, from)) : indentationAt(tree, from);
  const right = isBlock ? ' '.repeat(columnAt(tree, begins)) : indentationAt(tree, begins);
  const above = comments.map((comment) => comment + lineBreakOf(tree) + left).join('');
  return { offset: from, length: to - from, text: above + movedLeft(written, right, left) };
}

/** The keys from one property down to another, of which each holds only the next. */
function pathBetween(outer: SyntaxNode, inner: SyntaxNode): readonly string[] | undefined {
  const path: string[] = [];
  for (let at = inner; ; ) {
    if (at.key === undefined || at.merged || at.aliasOf !== undefined || at.tag !== undefined)
      return undefined;
    path.unshift(String(at.key.value));
    if (at === outer) return path;
    if (at.parent === undefined || at.parent.children.length !== 1) return undefined;
    at = at.parent;
  }
}

/** The comments in what stands before the first key, if there is nothing else but the keys of the path. */
function commentsIn(head: string, path: readonly string[]): readonly string[] | undefined {
  const comments: string[] = [];
  const rest = head.replace(/(^|\s)(#[^\r\n]*)/g, (_, before: string, comment: string) => {
    comments.push(comment.trimEnd());
    return before;
  });
  const words = rest.replace(/[\s{:"']+/g, ' ').trim();
  return words === path.join(' ') ? comments : undefined;
}

/**
 * Lines after the first as much further to the left as one indentation is from the other. Comments that stand further to
 * the left than the keys do not stay there: they would become text of a block scalar that has moved.
 */
function movedLeft(text: string, from: string, to: string): string {
  if (from === to) return text;
  return text
    .split('\n')
    .map((line, index) => {
      if (index === 0) return line;
      if (line.startsWith(from)) return to + line.slice(from.length);
      return line.startsWith(`${to} `) ? to + line.trimStart() : line;
    })
    .join('\n');
}
