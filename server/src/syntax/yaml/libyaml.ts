import { lineContentStart, lineEnd, lineStart } from '../lines.ts';
import { below, startOf } from '../nodes.ts';
import { lastIndexAt } from '../textChange.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';

/** So many tabs are told: the CLI stops at the first. */
const mostTabs = 20;

/**
 * Where tabs stand that the YAML library passes over, and the Hasura CLI does not: on lines that are blank else, and
 * behind dashes. libyaml, by which it reads, takes a tab for white space only where no key can begin.
 */
export function wrongTabs({ text, roots }: SyntaxTree): readonly number[] {
  const tabs: number[] = [];
  const isBlank = blanksIn(text);
  for (let tab = text.indexOf('\t'); tab !== -1; tab = text.indexOf('\t', lineEnd(text, tab))) {
    const start = lineStart(text, tab);
    const before = text.slice(start, tab).split(' ');
    const isFirst = before.every((word) => word === '' || word === '-');
    if (isFirst && isIndentation(text, roots, start, tab, isBlank)) tabs.push(tab);
    if (tabs.length === mostTabs) break;
  }
  return tabs;
}

/** Whether a text is blank between two offsets: what was looked at last is not looked at again. */
function blanksIn(text: string): (start: number, end: number) => boolean {
  let known = { start: -1, end: -1, blank: false };
  return (start, end) => {
    const isLonger = known.start === start && end >= known.end;
    if (isLonger && !known.blank) return false;
    known = { start, end, blank: text.slice(isLonger ? known.end : start, end).trim() === '' };
    return known.blank;
  };
}

/** Whether the tab at `offset`, in the line that begins at `start`, stands where an entry could begin. */
function isIndentation(
  text: string,
  roots: readonly SyntaxNode[],
  start: number,
  offset: number,
  isBlank: (start: number, end: number) => boolean,
): boolean {
  const before = roots[lastIndexAt(roots, offset, startOf)];
  // Comments above the first entry are read, tabs before them or not, if another one stands above.
  if (before === undefined)
    return (
      !/^[ \t]*#/.test(text.slice(offset, lineEnd(text, offset))) && roots.some(({ length }) => length > 0)
    );
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
  const dash = text.slice(start, offset).lastIndexOf('-');
  // The dash may be part of a scalar.
  if (offset < end || (dash !== -1 && start + dash < end)) return false;
  if (dash !== -1) return !isInFlow;
  // It could be a line more of the scalar before it.
  const isOpen = node.style === 'block-scalar' || (node.style === 'plain' && node.length > 0);
  return isOpen && isBlank(end, start) ? offset - start <= column : !isInFlow;
}

/**
 * Colons that libyaml takes for a part of a plain key in a flow collection, because a bracket or comma follows at once:
 * `{a:[b]}` is wrong then, and `{a:, b}` has the key `a:`.
 */
export function keyColons({ text, roots }: SyntaxTree): readonly number[] {
  if (!touchedColon.test(text)) return [];
  const colons: number[] = [];
  for (const root of roots) {
    for (const { key, parent } of below(root)) {
      if (key?.style !== 'plain' || parent?.style !== 'flow') continue;
      const end = key.offset + key.length;
      if (touchedColon.test(text.slice(end - 1, end + 3))) colons.push(end);
    }
  }
  return colons;
}

/** Not before a placeholder: what stands for it is not known. */
const touchedColon = /[^"'\s]:(?:[[\]},]|\{(?!\{))/;
