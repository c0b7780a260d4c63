import { trimmedEnd } from '../build.ts';
import { startOf } from '../nodes.ts';
import { nodeRange, type TextRange, type TextReplacement } from '../textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';
import { breakBefore, columnAt, indentationAt, layoutOf, lineEndAt, startsLine } from './layout.ts';
import {
  blockLines,
  type EditValue,
  indented,
  inlineText,
  isList,
  isNonEmptyCollection,
  isScalar,
  jsonText,
  pairLines,
} from './renderValue.ts';
import { quoteScalar, type ScalarValue } from './scalarText.ts';

/** Writes a scalar where a value stands, or is missing; a string keeps the quotes that are there. */
export function replaceScalar(tree: SyntaxTree, node: SyntaxNode, value: ScalarValue): TextReplacement[] {
  const text = quoteScalar(value, node.style, tree.language, isInFlow(node));
  return [node.length === 0 ? fillMissing(tree, node, text) : { ...nodeRange(node), text }];
}

/** Writes any value where one stands, or is missing; what was there goes, with its comments. */
export function replaceValue(tree: SyntaxTree, node: SyntaxNode, value: EditValue): TextReplacement[] {
  if (isScalar(value) && node.style !== 'block' && !node.tag) return replaceScalar(tree, node, value);
  if (isInFlow(node)) {
    const isMultiLine = tree.language !== 'yaml' && isSpread(tree, node.parent);
    const indentation = indentationAt(tree, node.offset);
    const text = isMultiLine
      ? jsonText(value, indentation, layoutOf(tree, node))
      : inlineText(value, tree.language, true);
    return [
      node.length === 0 && !node.tag ? fillMissing(tree, node, text) : { ...taggedRange(tree, node), text },
    ];
  }
  if (!node.parent) {
    const text = isBlockTree(tree, node)
      ? blockText(tree, node, value, columnAt(tree, node.offset))
      : inlineText(value, tree.language);
    return [{ ...taggedRange(tree, node), text: text.trimStart() }];
  }
  const offset = behindIndicator(tree, node);
  return [{ offset, length: node.offset + node.length - offset, text: blockValue(tree, node, value) }];
}

/** Gives a key (or the key of a value) another name; its quotes stay. */
export function renameKey(tree: SyntaxTree, node: SyntaxNode, name: string): TextReplacement[] {
  const key = node.key ?? node;
  return [
    { ...nodeRange(key), text: quoteScalar(name, key.style, tree.language, key.parent?.style === 'flow') },
  ];
}

/**
 * Adds items behind the last one of an array, strings in the quotes of that one; also to a missing value, which becomes
 * an array. `undefined` for anything else, and for what stands elsewhere: an alias, a merged property.
 */
export function appendItems(
  tree: SyntaxTree,
  array: SyntaxNode,
  values: readonly EditValue[],
): TextReplacement[] | undefined {
  if (array.aliasOf !== undefined || array.merged || array.unresolved) return undefined;
  if (array.kind === 'null') return replaceValue(tree, array, values);
  if (array.kind !== 'array') return undefined;
  const style = array.children.at(-1)?.style ?? 'plain';
  if (array.style === 'block') {
    const layout = layoutOf(tree, array);
    const lines = values.flatMap((value) =>
      isScalar(value) ? [`- ${quoteScalar(value, style, 'yaml')}`] : blockLines([value], layout),
    );
    return [blockInsertion(tree, array, lines)];
  }
  return flowInsertion(
    tree,
    array,
    values.map(
      (value) => (write) => (isScalar(value) ? quoteScalar(value, style, tree.language, true) : write(value)),
    ),
  );
}

/**
 * Adds an item to an array that has some, before the one at an index.
 * `undefined` for what stands elsewhere: an alias, a merged property.
 */
export function insertItem(
  tree: SyntaxTree,
  array: SyntaxNode,
  value: EditValue,
  index: number,
): TextReplacement[] | undefined {
  const next = array.children[index];
  if (next === undefined) return appendItems(tree, array, [value]);
  if (array.kind !== 'array' || array.aliasOf !== undefined || array.merged || array.unresolved)
    return undefined;
  if (array.style !== 'block') return [flowInsertionBefore(tree, array, next, (write) => write(value))];
  return [insertionBefore(tree, array, index, blockLines([value], layoutOf(tree, array)))];
}

/** Adds a property to an object, before the first of those keys that it has, else behind the last one. */
export function addProperty(
  tree: SyntaxTree,
  object: SyntaxNode,
  key: string,
  value: EditValue,
  before: readonly string[],
): TextReplacement[] {
  const index = object.children.findIndex(
    (child) => !child.merged && before.includes(String(child.key?.value)),
  );
  const next = object.children[index];
  if (object.kind !== 'object' || next === undefined) return setProperty(tree, object, key, value);
  if (object.style === 'block') {
    return [insertionBefore(tree, object, index, pairLines(key, value, layoutOf(tree, object)))];
  }
  const name = quoteScalar(key, 'plain', tree.language, true);
  return [flowInsertionBefore(tree, object, next, (write) => `${name}: ${write(value)}`)];
}

/** Gives a property a value, or adds the property behind the last one; also to a missing value, which becomes an object. */
export function setProperty(
  tree: SyntaxTree,
  object: SyntaxNode,
  key: string,
  value: EditValue,
): TextReplacement[] {
  if (object.kind !== 'object') return replaceValue(tree, object, { [key]: value });
  const existing = object.children.findLast((child) => child.key?.value === key && !child.merged);
  if (existing) return replaceValue(tree, existing, value);
  if (object.style === 'block') {
    return [blockInsertion(tree, object, pairLines(key, value, layoutOf(tree, object)))];
  }
  const name = quoteScalar(key, 'plain', tree.language, true);
  return flowInsertion(tree, object, [(write) => `${name}: ${write(value)}`]);
}

/** New lines behind the last one of a block, at its column. */
function blockInsertion(tree: SyntaxTree, block: SyntaxNode, lines: string[]): TextReplacement {
  const { lineBreak } = layoutOf(tree, block);
  const indentation = ' '.repeat(columnAt(tree, block.offset));
  const offset = lineEndAt(tree, block.offset + block.length);
  return { offset, length: 0, text: lines.map((line) => lineBreak + indented(line, indentation)).join('') };
}

/** New lines before a child of a block, and before the comments above it. */
function insertionBefore(
  tree: SyntaxTree,
  block: SyntaxNode,
  index: number,
  lines: readonly string[],
): TextReplacement {
  const { lineBreak } = layoutOf(tree, block);
  const separator = lineBreak + ' '.repeat(columnAt(tree, block.offset));
  const above = block.children[index - 1] ?? block.key;
  const offset = above === undefined ? tree.text.length : lineEndAt(tree, above.offset + above.length);
  const written = lines.map((line) => lineBreak + indented(line, separator.slice(lineBreak.length)));
  if (offset < block.offset + block.length) return { offset, length: 0, text: written.join('') };
  // The first child stands on the line of whatever the block is in.
  return { offset: block.offset, length: 0, text: written.join('').slice(separator.length) + separator };
}

/** A new member before one between brackets: on a line of its own where that one is. */
function flowInsertionBefore(
  tree: SyntaxTree,
  collection: SyntaxNode,
  next: SyntaxNode,
  member: FlowMember,
): TextReplacement {
  const offset = startOf(next);
  const indentation = indentationAt(tree, offset);
  const text = member((value) =>
    tree.language !== 'yaml' && isSpread(tree, collection)
      ? jsonText(value, indentation, layoutOf(tree, collection))
      : inlineText(value, tree.language, true),
  );
  return { offset, length: 0, text: `${text},${breakBefore(tree, offset) ?? ' '}` };
}

/** The text of a member of a flow collection, its value written by the function given. */
type FlowMember = (write: (value: EditValue) => string) => string;

/**
 * New last members between brackets, on lines of their own where the others are: then behind the comment of the one that
 * was last. A comma that ends the collection still ends it.
 */
function flowInsertion(
  tree: SyntaxTree,
  collection: SyntaxNode,
  members: readonly FlowMember[],
): TextReplacement[] {
  const last = collection.children.findLast((child) => !child.merged);
  const end = collection.offset + collection.length;
  const spread = isSpread(tree, collection);
  const layout = layoutOf(tree, collection);
  const indentation = indentationAt(tree, last ? startOf(last) : collection.offset);
  const texts = members.map((member) =>
    member((value) =>
      spread && tree.language !== 'yaml'
        ? jsonText(value, indentation, layout)
        : inlineText(value, tree.language, true),
    ),
  );
  if (!last) {
    const inner = tree.text.slice(collection.offset + 1, end - 1);
    const length = inner.trim() === '' ? inner.length : 0;
    return [{ offset: collection.offset + 1, length, text: texts.join(', ') }];
  }
  const behind = last.offset + last.length;
  if (!spread) return [{ offset: behind, length: 0, text: `, ${texts.join(', ')}` }];
  const rest = tree.text.slice(behind, Math.min(lineEndAt(tree, behind), end - 1));
  const [kept = '', comma] = /^(?:[ \t]*(,))?(?:[ \t]*\/\/.*|[ \t]*\/\*.*?\*\/|[ \t]+#.*)?/.exec(rest) ?? [];
  const lines = texts.map((text) => layout.lineBreak + indentation + text).join(',') + (comma ?? '');
  const added = { offset: behind + kept.length, length: 0, text: lines };
  if (comma !== undefined) return [added];
  if (kept === '') return [{ ...added, text: `,${lines}` }];
  return [{ offset: behind, length: 0, text: ',' }, added];
}

/** True when the members of a flow collection stand on lines of their own. */
function isSpread(tree: SyntaxTree, collection: SyntaxNode | undefined): boolean {
  const last = collection?.children.findLast((child) => !child.merged);
  return last !== undefined && startsLine(tree, startOf(last));
}

function isInFlow(node: SyntaxNode): boolean {
  return node.parent?.style === 'flow';
}

function isBlockTree(tree: SyntaxTree, node: SyntaxNode): boolean {
  return tree.language === 'yaml' && node.style !== 'flow';
}

/** The range of a value and the tag before it. */
function taggedRange(tree: SyntaxTree, node: SyntaxNode): TextRange {
  if (!node.tag || node.aliasOf) return nodeRange(node);
  const offset = tree.text.lastIndexOf(node.tag, node.offset);
  return { offset, length: node.offset + node.length - offset };
}

/** Text where a value is missing, with the colon and space that are missing too. */
function fillMissing(tree: SyntaxTree, node: SyntaxNode, text: string): TextReplacement {
  const before = tree.text[node.offset - 1] ?? '';
  const needsColon = node.key !== undefined && before !== ':';
  const [blanks = ''] =
    /^[ \t]*(?=\r?\n|$)/.exec(tree.text.slice(node.offset, lineEndAt(tree, node.offset))) ?? [];
  const separator = node.parent ? (needsColon ? ': ' : ' ') : '';
  return { offset: node.offset, length: blanks.length, text: separator + text };
}

/** Offset right behind the colon or dash of a value in a block. */
function behindIndicator(tree: SyntaxTree, node: SyntaxNode): number {
  if (node.length === 0 && !node.tag) return node.offset;
  if (node.key) return tree.text.indexOf(':', node.key.offset + node.key.length) + 1;
  const { text } = tree;
  for (let end = node.offset; ; ) {
    const word = trimmedEnd(text, 0, end);
    let start = word;
    while (start > 0 && /\S/.test(text.charAt(start - 1))) start--;
    // An anchor or tag belongs to the value.
    if (word === end || (text[start] !== '&' && text[start] !== '!')) return word;
    end = start;
  }
}

/** What stands behind the colon or dash of an entry, the space or line break first. */
function blockValue(tree: SyntaxTree, node: SyntaxNode, value: EditValue): string {
  const colon = node.length === 0 && node.key && tree.text[node.offset - 1] !== ':' ? ':' : '';
  if (!isNonEmptyCollection(value)) return `${colon} ${inlineText(value, tree.language)}`;
  if (node.key) return colon + blockText(tree, node, value, columnAt(tree, node.key.offset));
  const dash = columnAt(tree, node.parent?.offset ?? 0);
  const { lineBreak } = layoutOf(tree, node);
  const lines = blockLines(value, layoutOf(tree, node));
  const behind = lines.slice(1).map((line) => lineBreak + indented(line, ' '.repeat(dash + 2)));
  return ` ${lines[0] ?? ''}${behind.join('')}`;
}

/** The lines of a collection below a key at `column`, each with its line break first. */
function blockText(tree: SyntaxTree, node: SyntaxNode, value: EditValue, column: number): string {
  const layout = layoutOf(tree, node);
  const unit = node.parent ? (isList(value) ? layout.listUnit : layout.unit) : '';
  const indentation = ' '.repeat(column) + unit;
  return blockLines(value, layout)
    .map((line) => layout.lineBreak + indented(line, indentation))
    .join('');
}
