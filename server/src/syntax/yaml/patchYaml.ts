import { createNode, endOfChildren, sortProblems } from '../build.ts';
import { lineContentStart } from '../lines.ts';
import { startOf } from '../nodes.ts';
import { lastIndexAt, shiftChildren, shiftNode, shiftPlaces, type TextChange } from '../textChange.ts';
import type { SyntaxNode, SyntaxProblem, SyntaxTree } from '../tree.ts';
import { createFindings, isTied, tiedTrees } from './parseYaml.ts';
import { BlockReader } from './yamlBlocks.ts';
import { joinedEntries, readByLibrary, reportDuplicateKeys } from './yamlLibrary.ts';
import { LineCursor } from './yamlLines.ts';
import { glanceAtKey } from './yamlScalars.ts';

/** An entry of a block: a pair of a mapping or an item of a sequence. */
interface Entry {
  readonly block: SyntaxNode;
  readonly index: number;
  /** Where its key or dash stands. */
  readonly start: number;
}

/** The same with the text that is read for it. */
interface Region extends Entry {
  readonly column: number;
  /** Start of the first line with content that is not the entry's. */
  readonly end: number;
}

/**
 * Rereads the smallest entry around the change that begins as it did, at the same column, and still ends where the
 * line behind it begins: blocks are read entry by entry, so the others stay what they are. `undefined` when there is none.
 */
export function patchYaml(tree: SyntaxTree, newText: string, change: TextChange): SyntaxTree | undefined {
  if (tiedTrees.has(tree) || newText.slice(change.start, change.newEnd).includes('\uFEFF')) return undefined;
  const rootIndex = lastIndexAt(tree.roots, change.start, (root) => root.offset);
  const chain = enclosing(tree.text, tree.roots[rootIndex], change.start);
  const delta = change.newEnd - change.oldEnd;
  const { open = [] } = tree;
  for (let depth = chain.length - 1; depth >= 0; depth--) {
    const entry = chain[depth];
    const region = entry && regionOf(tree.text, entry);
    if (!region || change.oldEnd > region.end) continue;
    if (region.end - region.start > tree.text.length / 2) return undefined;
    // What is changed may close it.
    if (open.some((place) => place < region.start)) continue;
    const findings = createFindings();
    const entries = readRegion(newText, region, region.end + delta, depth, findings);
    if (!entries) continue;
    const { block, index } = region;
    const problems = problemsOutside(tree, region, delta);
    let last = lastIndexAt(block.children, region.end - 1, startOf);
    while (endsRegion(block.children[last + 1], region)) last++;
    shiftChildren(block, last + 1, delta);
    block.children = [...block.children.slice(0, index), ...entries, ...block.children.slice(last + 1)];
    block.length = endOfChildren(block) - block.offset;
    for (let level = depth - 1; level >= 0; level--) extend(chain[level], delta);
    for (const root of tree.roots.slice(rootIndex + 1)) shiftNode(root, delta);
    if (block.kind === 'object') reportDuplicateKeys(block, problems);
    for (const problem of findings.problems) problems.push(problem);
    const behind = open.filter((place) => place >= region.end).map((place) => place + delta);
    return {
      ...tree,
      text: newText,
      problems: sortProblems(problems),
      open: [...findings.open, ...behind],
    };
  }
  return undefined;
}

/** The entries around an offset, outermost first; only of blocks that were read entry by entry. */
function enclosing(text: string, root: SyntaxNode | undefined, offset: number): Entry[] {
  const chain: Entry[] = [];
  for (let block = root; block && isReadByEntry(block) && block.offset <= offset; ) {
    let index = lastIndexAt(block.children, offset, startOf);
    // An item's value may stand far behind its dash.
    if (block.kind === 'array' && entryStart(text, block, index + 1) <= offset) index++;
    while (index > 0 && isJoined(block.children[index])) index--;
    chain.push({ block, index, start: entryStart(text, block, index) });
    block = block.children[index];
  }
  return chain;
}

function isReadByEntry(node: SyntaxNode): boolean {
  return node.style === 'block' && node.children.length > 0 && !readByLibrary.has(node);
}

function isJoined(node: SyntaxNode | undefined): boolean {
  return node !== undefined && joinedEntries.has(node);
}

/** Whether a value was read together with those of the region: a key that nobody wrote may stand at its very end. */
function endsRegion(node: SyntaxNode | undefined, { end }: Region): boolean {
  return node !== undefined && isJoined(node) && startOf(node) <= end;
}

/** Where the key or dash of an entry stands; infinite when that is not found, or there is no such entry. */
function entryStart(text: string, block: SyntaxNode, index: number): number {
  const child = block.children[index];
  if (!child) return Number.POSITIVE_INFINITY;
  if (index === 0) return block.offset;
  if (block.kind === 'object') return startOf(child);
  const column = columnOf(text, block.offset);
  const before = block.children[index - 1] ?? block;
  const end = before.offset + before.length;
  for (let line = lineContentStart(text, child.offset); line > end; line = lineContentStart(text, line - 1)) {
    if (text[line + column] === '-' && isIndented(text, line, line + column)) return line + column;
  }
  return Number.POSITIVE_INFINITY;
}

function columnOf(text: string, offset: number): number {
  return offset - lineContentStart(text, offset);
}

function isIndented(text: string, start: number, end: number): boolean {
  for (let position = start; position < end; position++) if (text[position] !== ' ') return false;
  return true;
}

function regionOf(text: string, entry: Entry): Region | undefined {
  const { block, index, start } = entry;
  const column = columnOf(text, block.offset);
  const isMapping = block.kind === 'object';
  if (start >= text.length || columnOf(text, start) !== column) return undefined;
  if (index > 0 && !isIndented(text, start - column, start)) return undefined;
  if (isMapping && !glanceAtKey(text, start, text.length)) return undefined;
  const cursor = new LineCursor(text, text.length);
  const child = block.children[index];
  const last = child === undefined ? start : child.offset + child.length;
  cursor.advance(start);
  while (cursor.continues(column, isMapping)) cursor.advance();
  // Lines of what is quoted or in brackets may stand further left.
  while (cursor.lineStart < last) {
    cursor.advance(last);
    while (cursor.continues(column, isMapping)) cursor.advance();
  }
  return { ...entry, column, end: cursor.lineStart };
}

/** The entries that stand in the region of `text` up to `end`; `undefined` when they do not fill it exactly. */
function readRegion(
  text: string,
  region: Region,
  end: number,
  depth: number,
  findings: ReturnType<typeof createFindings>,
): SyntaxNode[] | undefined {
  const { block, start, column } = region;
  // Nothing of it may be left: what stands there is the next one.
  if (end <= start || (end < text.length && text[end - 1] !== '\n')) return undefined;
  const reader = new BlockReader(text, end, findings);
  const { cursor } = reader;
  cursor.lineStart = start - column;
  cursor.position = start;
  cursor.column = column;
  const isMapping = block.kind === 'object';
  if (isMapping ? !glanceAtKey(text, start, end) : !cursor.atDash()) return undefined;
  const atKeyColumn = !isMapping && block.key !== undefined && columnOf(text, block.key.offset) === column;
  const read = createNode(block.kind, 'block', start, 0, undefined, undefined, undefined);
  reader.readEntries(read, column, column - 1, atKeyColumn, depth);
  if (cursor.position !== end || reader.gaveUp || isTied(findings)) return undefined;
  for (const child of read.children) {
    child.parent = block;
    if (child.key) child.key.parent = block;
  }
  return read.children;
}

/** The problems that stay: neither in the region nor about a duplicate key of its block. */
function problemsOutside(tree: SyntaxTree, region: Region, delta: number): SyntaxProblem[] {
  const end = region.end === tree.text.length ? Number.POSITIVE_INFINITY : region.end;
  const keys = new Set(region.block.children.map(({ key }) => key?.offset));
  const outside = tree.problems.filter(
    ({ code, offset }) =>
      (offset < region.start || offset >= end) && (code !== 'yaml-duplicate-key' || !keys.has(offset)),
  );
  return shiftPlaces(outside, region.end, delta);
}

/** Moves what stands behind a changed entry of a block and gives the block its new length. */
function extend(entry: Entry | undefined, delta: number): void {
  if (!entry) return;
  const { block, index } = entry;
  shiftChildren(block, index + 1, delta);
  block.length = endOfChildren(block) - block.offset;
}
