import { lineContentStart, lineEnd, lineStart } from '../lines.ts';
import { startOf } from '../nodes.ts';
import { lastIndexAt } from '../textChange.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';

/**
 * Where tabs stand that the YAML library passes over, and the Hasura CLI does not: on lines that are blank else, and
 * behind dashes. libyaml, by which it reads, takes a tab for white space only where no key can begin.
 */
export function wrongTabs({ text, roots }: SyntaxTree): readonly number[] {
  const tabs: number[] = [];
  for (let tab = text.indexOf('\t'); tab !== -1; tab = text.indexOf('\t', lineEnd(text, tab))) {
    const start = lineStart(text, tab);
    const before = text.slice(start, tab).split(' ');
    const isFirst = before.every((word) => word === '' || word === '-');
    if (isFirst && isIndentation(text, roots, start, tab)) tabs.push(tab);
  }
  return tabs;
}

/** Whether the tab at `offset`, in the line that begins at `start`, stands where an entry could begin. */
function isIndentation(text: string, roots: readonly SyntaxNode[], start: number, offset: number): boolean {
  const before = roots[lastIndexAt(roots, offset, startOf)];
  if (before === undefined) return roots.some(({ length }) => length > 0);
  let column = -1;
  let isInFlow = false;
  let node = before;
  while (node.kind === 'object' || node.kind === 'array') {
    if (node.style === 'block') column = node.offset - lineContentStart(text, node.offset);
    else if (offset < node.offset + node.length) isInFlow = true;
    else break;
    const child = node.children[lastIndexAt(node.children, offset, startOf)];
    // Between the dash or bracket and the item.
    if (child === undefined) return !isInFlow;
    if (child.key !== undefined && offset < child.key.offset + child.key.length) return false;
    node = child;
  }
  const end = node.offset + node.length;
  if (offset < end) return false;
  // It could be a line more of the scalar before it.
  const goesOn =
    (node.style === 'block-scalar' || (node.style === 'plain' && node.length > 0)) &&
    text.slice(end, start).trim() === '';
  return goesOn && !text.slice(start, offset).includes('-') ? offset - start <= column : !isInFlow;
}

/**
 * Colons that libyaml takes for a part of a plain key in a flow collection, because a bracket or comma follows at once:
 * `{a:[b]}` is wrong then, and `{a:, b}` has the key `a:`.
 */
export function keyColons({ text, roots }: SyntaxTree): readonly number[] {
  if (!touchedColon.test(text)) return [];
  const colons: number[] = [];
  const open = roots.toReversed();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { key } = node;
    if (key?.style === 'plain' && node.parent?.style === 'flow') {
      const end = key.offset + key.length;
      if (touchedColon.test(text.slice(end - 1, end + 3))) colons.push(end);
    }
    if (node.aliasOf === undefined) open.push(...node.children.toReversed());
  }
  return colons;
}

/** Not before a placeholder: what stands for it is not known. */
const touchedColon = /[^"'\s]:(?:[[\]},]|\{(?!\{))/;
