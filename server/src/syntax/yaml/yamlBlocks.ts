import { deepestNesting } from '../../../../common/src/nesting.ts';
import { createMissing, createNode, endOfChildren, fitChildren, TOO_DEEP, trimmedEnd } from '../build.ts';
import type { SyntaxNode } from '../tree.ts';
import { FlowReader } from './yamlFlow.ts';
import {
  type Findings,
  joinedEntries,
  readScalarWithLibrary,
  readWithLibrary,
  reportDuplicateKeys,
} from './yamlLibrary.ts';
import { endOfQuoted, LineCursor } from './yamlLines.ts';
import {
  type Glance,
  glanceAtKey,
  glanceAtScalar,
  isLineEnd,
  isSeparator,
  kindOfValue,
  resolvePlain,
  restIsBlank,
  skipSpaces,
} from './yamlScalars.ts';

const MISALIGNED_KEY = 'All mapping items must start at the same column';

/**
 * Reads block mappings and sequences line by line. A block is the row of its entries: an entry begins at the block's column
 * and goes on while lines are deeper. Each entry is read for itself, by the YAML library unless it is simple,
 * so that an error stays in its entry and an entry can be reread alone.
 */
export class BlockReader {
  readonly cursor: LineCursor;
  /** True after an entry without a key (`: value`): what it means depends on what stands before it. */
  gaveUp = false;
  readonly #text: string;
  readonly #end: number;
  readonly #findings: Findings;

  constructor(text: string, end: number, findings: Findings) {
    this.#text = text;
    this.#end = end;
    this.#findings = findings;
    this.cursor = new LineCursor(text, end);
  }

  /**
   * The block whose first entry the cursor is at; its lines are those deeper than `floor`.
   * `undefined`, with the cursor unmoved, when it is something else than a mapping or sequence with a simple beginning.
   */
  readBlock(
    parent: SyntaxNode | undefined,
    key: SyntaxNode | undefined,
    floor: number,
    depth: number,
  ): SyntaxNode | undefined {
    const { cursor } = this;
    const isSequence = cursor.atDash();
    if (!isSequence && !this.#isMapping()) return undefined;
    // The list of a key may stand at the key's own column.
    const column = cursor.column;
    const atKeyColumn = isSequence && column === floor;
    if (depth >= deepestNesting) return this.#skipBlock(parent, key, floor, atKeyColumn);
    const node = createNode(
      isSequence ? 'array' : 'object',
      'block',
      cursor.position,
      0,
      parent,
      key,
      undefined,
    );
    this.readEntries(node, column, atKeyColumn ? floor - 1 : floor, atKeyColumn, depth);
    fitChildren(node);
    if (!isSequence) reportDuplicateKeys(node, this.#findings.problems);
    node.length = endOfChildren(node) - node.offset;
    return node;
  }

  /** True at a key, or at a word, the colon not typed yet, right above a key. */
  #isMapping(): boolean {
    const { cursor } = this;
    const text = this.#text;
    const end = this.#end;
    if (glanceAtKey(text, cursor.position, end)) return true;
    if (glanceAtScalar(text, cursor.position, end)?.style !== 'plain') return false;
    const below = new LineCursor(text, end);
    below.advance(cursor.position);
    return below.column === cursor.column && glanceAtKey(text, below.position, end) !== undefined;
  }

  /** Adds the entries from the cursor on, while they are deeper than `floor`, to a block at `column`. */
  readEntries(node: SyntaxNode, column: number, floor: number, atKeyColumn: boolean, depth: number): void {
    const { cursor } = this;
    const isMapping = node.kind === 'object';
    while (cursor.column > floor) {
      if (atKeyColumn && !cursor.atDash()) return;
      const aligned = cursor.column === column;
      if (isMapping) this.#readPair(node, aligned, depth);
      else this.#readItem(node, aligned, depth);
    }
  }

  #skipBlock(
    parent: SyntaxNode | undefined,
    key: SyntaxNode | undefined,
    floor: number,
    atKeyColumn: boolean,
  ): SyntaxNode {
    const { cursor } = this;
    const offset = cursor.position;
    this.#report(TOO_DEEP, offset, 1);
    cursor.advance();
    while (cursor.column > floor || (atKeyColumn && cursor.column === floor && cursor.atDash()))
      cursor.advance();
    return createMissing(offset, parent, key);
  }

  #readPair(node: SyntaxNode, aligned: boolean, depth: number): void {
    const { cursor } = this;
    const text = this.#text;
    const end = this.#end;
    const { position: start, column } = cursor;
    const known = this.#findings.problems.length;
    const glance = glanceAtKey(text, start, end);
    if (glance) {
      const key = createNode(
        'string',
        glance.style,
        start,
        glance.end - start,
        node,
        undefined,
        glance.value,
      );
      const value = this.#readValue(node, key, glance.end + 1, column, depth);
      if (value && !cursor.continues(column, true)) {
        node.children.push(value);
        if (glance.value === '<<' && glance.style === 'plain') this.#findings.merging.add(node);
        if (!aligned) this.#report(MISALIGNED_KEY, start, key.length);
        return;
      }
      this.#noteOpen(value);
    }
    this.#findings.problems.length = known;
    if (!aligned) this.#report(MISALIGNED_KEY, start, 1);
    this.#adoptPairs(this.#readEntry(start, column, true, depth), node, start);
  }

  #readItem(node: SyntaxNode, aligned: boolean, depth: number): void {
    const { cursor } = this;
    const { position: start, column } = cursor;
    const known = this.#findings.problems.length;
    if (aligned && cursor.atDash()) {
      const item = this.#readValue(node, undefined, start + 1, column, depth);
      if (item && !cursor.continues(column, false)) {
        node.children.push(item);
        return;
      }
      this.#noteOpen(item);
    }
    const isItem = cursor.text[start] === '-' && isSeparator(this.#text, start + 1, this.#end);
    this.#findings.problems.length = known;
    if (!isItem) this.#report('Sequence item without - indicator', start, this.#firstLineEnd(start) - start);
    else if (!aligned) this.#report('All sequence items must start at the same column', start, 1);
    this.#adoptItems(this.#readEntry(start, column, false, depth), node, start);
  }

  /**
   * The value behind the `:` or `-` of an entry at `column`, and the cursor behind it; `undefined` when the library has to read the
   * entry.
   */
  #readValue(
    parent: SyntaxNode,
    key: SyntaxNode | undefined,
    behind: number,
    column: number,
    depth: number,
  ): SyntaxNode | undefined {
    const { cursor } = this;
    const text = this.#text;
    const end = this.#end;
    if (restIsBlank(text, behind, end)) {
      cursor.advance(behind);
      const isDeeper = cursor.column > column || (key && cursor.column === column && cursor.atDash());
      if (!isDeeper) return createMissing(behind, parent, key);
      return this.readBlock(parent, key, column, depth + 1) ?? this.#readBelow(parent, key, depth);
    }
    const position = skipSpaces(text, behind, end);
    if (!key) {
      cursor.column += position - cursor.position;
      cursor.position = position;
      const block = this.readBlock(parent, undefined, column, depth + 1);
      if (block) return block;
    }
    const value = this.#readInline(position, parent, key, depth);
    cursor.advance(value === undefined ? position : value.offset + value.length);
    return value;
  }

  /** A scalar on the rest of the line, or what may have several, behind which nothing stands. */
  #readInline(
    position: number,
    parent: SyntaxNode,
    key: SyntaxNode | undefined,
    depth: number,
  ): SyntaxNode | undefined {
    const glance = glanceAtScalar(this.#text, position, this.#end);
    if (glance !== undefined) return scalarNode(glance, position, parent, key);
    return this.readOverLines(position, parent, key, depth + 1);
  }

  /** A flow collection or quoted scalar that begins on a line of its own. */
  #readBelow(parent: SyntaxNode, key: SyntaxNode | undefined, depth: number): SyntaxNode | undefined {
    const { cursor } = this;
    const node = this.readOverLines(cursor.position, parent, key, depth + 1);
    if (node !== undefined) cursor.advance(node.offset + node.length);
    return node;
  }

  /** What may have several lines wherever they stand, and nothing behind it; `undefined` when the library has to read it. */
  readOverLines(
    position: number,
    parent: SyntaxNode | undefined,
    key: SyntaxNode | undefined,
    depth: number,
  ): SyntaxNode | undefined {
    const text = this.#text;
    const findings = this.#findings;
    const known = findings.problems.length;
    const node = this.#readFlow(position, parent, key, depth) ?? this.#readQuoted(position, parent, key);
    if (node === undefined) return undefined;
    const end = node.offset + node.length;
    if (isLast(text, end)) {
      // What is read anew is not all of the entry.
      if (end > this.#end) this.gaveUp = true;
      return node;
    }
    if (text.slice(position, end).includes('\n')) findings.open.push(position);
    findings.problems.length = known;
    return undefined;
  }

  /** A value that the lines behind it keep from being read: it may be once they are others. */
  #noteOpen(value: SyntaxNode | undefined): void {
    if (value === undefined) return;
    const isOverLines = this.#text.slice(value.offset, value.offset + value.length).includes('\n');
    if (isOverLines) this.#findings.open.push(value.offset);
  }

  /** The flow collection that begins at `position`; `undefined` when there is none, or the library has to read it. */
  #readFlow(
    position: number,
    parent: SyntaxNode | undefined,
    key: SyntaxNode | undefined,
    depth: number,
  ): SyntaxNode | undefined {
    if (this.#text[position] !== '{' && this.#text[position] !== '[') return undefined;
    return new FlowReader(this.#text, this.#findings).read(position, parent, key, depth);
  }

  #readQuoted(
    position: number,
    parent: SyntaxNode | undefined,
    key: SyntaxNode | undefined,
  ): SyntaxNode | undefined {
    const text = this.#text;
    const quote = text[position];
    if (quote !== '"' && quote !== "'") return undefined;
    const end = endOfQuoted(text, position);
    if (end === undefined) {
      this.#findings.open.push(position);
      return undefined;
    }
    const style = quote === '"' ? 'double-quoted' : 'single-quoted';
    const scalar = readScalarWithLibrary({ text, start: position, end }, style, parent, this.#findings);
    if (scalar !== undefined) scalar.key = key;
    return scalar;
  }

  /** Lets the library read the entry that begins at `start`. */
  #readEntry(start: number, column: number, inMapping: boolean, depth: number): SyntaxNode | undefined {
    const { cursor } = this;
    const text = this.#text;
    const findings = this.#findings;
    const explicit = text[start] === '?' && isSeparator(text, start + 1, this.#end);
    if (!explicit && this.#isColon(start)) this.gaveUp = true;
    cursor.advance(start);
    while (cursor.continues(column, inMapping, explicit)) {
      if (!explicit && this.#isColon(cursor.position)) this.gaveUp = true;
      cursor.advance();
    }
    const end = cursor.lineStart;
    return readWithLibrary({ text, start, end, column, depth, isEntry: true }, undefined, findings)[0];
  }

  #isColon(position: number): boolean {
    while (this.#text[position] === '\t' || this.#text[position] === ' ') position++;
    return this.#text[position] === ':' && isSeparator(this.#text, position + 1, this.#end);
  }

  #adoptPairs(read: SyntaxNode | undefined, node: SyntaxNode, start: number): void {
    if (read?.kind === 'object' && read.style === 'block') {
      if (this.#findings.merging.delete(read)) this.#findings.merging.add(node);
      const first = read.children[0]?.key?.offset ?? start;
      if (this.#text[start] === '&' && first > this.#firstLineEnd(start))
        this.#report(MISALIGNED_KEY, start, 1);
      adopt(read, node, start);
      return;
    }
    // A key being typed, its colon still missing.
    const end = this.#firstLineEnd(start);
    const oneLine =
      read?.kind === 'string' && read.offset === start && start + read.length <= end ? read : undefined;
    const key = createNode(
      'string',
      'plain',
      start,
      end - start,
      node,
      undefined,
      this.#text.slice(start, end),
    );
    if (oneLine) {
      key.style = oneLine.style;
      key.length = oneLine.length;
      key.value = oneLine.value;
    }
    node.children.push(createMissing(start + key.length, node, key));
    this.#report('Implicit map keys need to be followed by map values', start, key.length);
  }

  #adoptItems(read: SyntaxNode | undefined, node: SyntaxNode, start: number): void {
    if (read?.kind === 'array' && read.style === 'block') {
      adopt(read, node, start);
      return;
    }
    const item = read ?? createMissing(start, node, undefined);
    item.parent = node;
    node.children.push(item);
  }

  #firstLineEnd(start: number): number {
    return trimmedEnd(this.#text, start, this.cursor.lineEnd(start));
  }

  #report(message: string, offset: number, length: number): void {
    this.#findings.problems.push({ code: 'yaml-syntax', message, offset, length });
  }
}

/** Whether nothing stands behind a value on its line; a tab there is white space. */
function isLast(text: string, position: number): boolean {
  let end = position;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return isLineEnd(text, end, text.length) || (end > position && text[end] === '#');
}

function scalarNode(
  glance: Glance,
  offset: number,
  parent: SyntaxNode,
  key: SyntaxNode | undefined,
): SyntaxNode {
  const value = glance.style === 'plain' ? resolvePlain(glance.value) : glance.value;
  return createNode(kindOfValue(value), glance.style, offset, glance.end - offset, parent, key, value);
}

/** Makes what the library read as a block of its own, from `start` on, part of the block it stands in. */
function adopt(read: SyntaxNode, node: SyntaxNode, start: number): void {
  read.children.forEach((child, index) => {
    child.parent = node;
    if (child.key) child.key.parent = node;
    if (index > 0 || (child.key ?? read).offset !== start) joinedEntries.add(child);
    node.children.push(child);
  });
}
