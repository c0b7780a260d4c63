import { lineContentStart, lineEnd } from '../lines.ts';
import { startOf } from '../nodes.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';

/** How a file is laid out: what is written into it looks the same. */
export interface Layout {
  /** `\n` or `\r\n`. */
  readonly lineBreak: string;
  /** What one level of nesting is indented by. */
  readonly unit: string;
  /** YAML: what a list is indented by below its key; empty when it stands at the key's column. */
  readonly listUnit: string;
}

interface Units {
  unit: number | undefined;
  listUnit: number | undefined;
}

/** What a file does in general, looked up once for each tree: many edits may be made for one. */
const unitsOfTrees = new WeakMap<SyntaxTree, Units>();

/** The layout around a node. */
export function layoutOf(tree: SyntaxTree, node: SyntaxNode): Layout {
  const units: Units = { unit: undefined, listUnit: undefined };
  for (let current: SyntaxNode | undefined = node; current; current = current.parent)
    look(tree, current, units);
  const isComplete = units.unit !== undefined && (tree.language !== 'yaml' || units.listUnit !== undefined);
  const general = isComplete ? units : unitsOf(tree);
  const unit = units.unit ?? general.unit;
  const listUnit = units.listUnit ?? general.listUnit;
  return {
    lineBreak: lineBreakOf(tree),
    unit: unit === undefined ? '  ' : indentationOf(tree, unit),
    listUnit: ' '.repeat(listUnit ?? 2),
  };
}

function unitsOf(tree: SyntaxTree): Units {
  let found = unitsOfTrees.get(tree);
  if (found === undefined) {
    const units: Units = { unit: undefined, listUnit: undefined };
    walk(tree.roots, (inner) => look(tree, inner, units), 2000);
    unitsOfTrees.set(tree, units);
    found = units;
  }
  return found;
}

function look(tree: SyntaxTree, inner: SyntaxNode, units: Units): void {
  const outer = inner.parent;
  if (!outer || !isCollection(inner) || inner.aliasOf || inner.merged || units.unit !== undefined) return;
  if (tree.language !== 'yaml') {
    const first = inner.children[0];
    if (first && startsLine(tree, startOf(first)) && !startsLine(tree, inner.offset + inner.length)) {
      const width = indentationAt(tree, startOf(first)).length - indentationAt(tree, inner.offset).length;
      if (width > 0) units.unit = width;
    }
    return;
  }
  if (inner.style !== 'block' || outer.style !== 'block' || !inner.key) return;
  const width = columnAt(tree, inner.offset) - columnAt(tree, inner.key.offset);
  if (inner.kind === 'array') units.listUnit ??= width;
  else if (width > 0) units.unit = width;
}

/** The line break of a file: that of its first line. */
export function lineBreakOf(tree: SyntaxTree): string {
  return /\r?\n/.exec(tree.text)?.[0] ?? '\n';
}

function indentationOf(tree: SyntaxTree, width: number): string {
  return tree.language !== 'yaml' && /\n\t/.test(tree.text) ? '\t'.repeat(width) : ' '.repeat(width);
}

function walk(nodes: readonly SyntaxNode[], visit: (node: SyntaxNode) => void, limit: number): void {
  const queue = [...nodes];
  for (let index = 0; index < queue.length && index < limit; index++) {
    const node = queue[index];
    if (!node || node.aliasOf) continue;
    visit(node);
    for (const child of node.children.slice(0, limit)) queue.push(child);
  }
}

function isCollection(node: SyntaxNode): boolean {
  return node.kind === 'object' || node.kind === 'array';
}

/** Offset of the first character of the line. */
export function lineStartAt(tree: SyntaxTree, offset: number): number {
  return lineContentStart(tree.text, offset);
}

/** Offset of the line break, or the end of the text. */
export function lineEndAt(tree: SyntaxTree, offset: number): number {
  return lineEnd(tree.text, offset);
}

export function columnAt(tree: SyntaxTree, offset: number): number {
  return offset - lineStartAt(tree, offset);
}

/** The white space the line begins with. */
export function indentationAt(tree: SyntaxTree, offset: number): string {
  return /^[ \t]*/.exec(tree.text.slice(lineStartAt(tree, offset), lineEndAt(tree, offset)))?.[0] ?? '';
}

/** True when nothing but white space stands before an offset on its line. */
export function startsLine(tree: SyntaxTree, offset: number): boolean {
  return tree.text.slice(lineStartAt(tree, offset), offset).trim() === '';
}

/** The line break and white space right before an offset; `undefined` when something else is on its line. */
export function breakBefore(tree: SyntaxTree, offset: number): string | undefined {
  const start = lineStartAt(tree, offset);
  if (start === 0 || !startsLine(tree, offset)) return undefined;
  return lineBreakOf(tree) + tree.text.slice(start, offset);
}
