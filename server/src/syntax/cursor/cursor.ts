import { httpBodyStart } from '../http/httpBody.ts';
import { parse } from '../parse.ts';
import type { SyntaxLanguage, SyntaxNode, SyntaxTree } from '../tree.ts';
import { jsonPlace } from './cursorJson.ts';
import { yamlPlace } from './cursorYaml.ts';
import { type Excerpt, placeholder, type WordContext, type WritingPosition } from './writingPosition.ts';

/**
 * The place one types at, also in half-written text. The part of the text around the offset is completed with a
 * placeholder where the word is (and with the colons, commas and brackets that are not typed yet), so that it parses;
 * completion then reads that excerpt with the same model and walk as everything else.
 */

export interface Cursor extends WritingPosition {
  /** The excerpt as a tree; offsets in it are not those of the document. */
  readonly tree: SyntaxTree;
  /** The placeholder: a key node or a scalar. */
  readonly node: SyntaxNode;
  /** Offset in the document of an offset in the excerpt; `undefined` for text that is not in the document. */
  toDocument(offset: number): number | undefined;
}

/**
 * `undefined` where nothing can be completed: in comments, block scalars, running text. `inItem`: as part of
 * the item whose dash stands above, where there is one: editors leave the cursor there.
 */
export function cursorAt(
  text: string,
  language: SyntaxLanguage,
  offset: number,
  inItem = false,
): Cursor | undefined {
  const place = placeAt(text, language, offset, inItem);
  if (place === undefined) return undefined;
  const excerptLanguage = language === 'http' ? 'json' : language;
  const { excerpt, writing } = place;
  const tree = parse(excerptText(text, excerpt), excerptLanguage);
  for (const root of tree.roots) {
    const node = findPlaceholder(root);
    if (node !== undefined) {
      return {
        ...writing,
        role: isKeyNode(node) ? 'key' : 'value',
        tree,
        node,
        toDocument: (at) => toDocument(excerpt, at),
      };
    }
  }
  return undefined;
}

function placeAt(
  text: string,
  language: SyntaxLanguage,
  offset: number,
  inItem: boolean,
): WordContext | undefined {
  if (language === 'yaml') return yamlPlace(text, offset, inItem);
  if (language === 'json') return jsonPlace(text, 0, text.length, offset);
  const body = httpBodyStart(text, offset);
  return body === undefined ? undefined : jsonPlace(text, body.start, body.end, offset);
}

function excerptText(text: string, excerpt: Excerpt): string {
  let result = excerpt.before;
  let at = excerpt.start;
  for (const splice of excerpt.splices) {
    result += text.slice(at, splice.at) + splice.inserted;
    at = splice.at + splice.removed;
  }
  return result + text.slice(at, excerpt.end) + excerpt.after;
}

function toDocument(excerpt: Excerpt, offset: number): number | undefined {
  let rest = offset - excerpt.before.length;
  if (rest < 0) return undefined;
  let at = excerpt.start;
  for (const splice of excerpt.splices) {
    const kept = splice.at - at;
    if (rest <= kept) return at + rest;
    rest -= kept;
    if (rest < splice.inserted.length) return splice.at;
    rest -= splice.inserted.length;
    at = splice.at + splice.removed;
  }
  return at + rest <= excerpt.end ? at + rest : undefined;
}

function findPlaceholder(node: SyntaxNode): SyntaxNode | undefined {
  if (node.key?.value === placeholder && !node.merged) return node.key;
  if (node.value === placeholder && node.aliasOf === undefined) return node;
  if (node.aliasOf !== undefined) return undefined;
  for (const child of node.children) {
    const found = findPlaceholder(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether this node is the key of an entry (its parent is then the object). */
export function isKeyNode(node: SyntaxNode): boolean {
  return node.key === undefined && node.parent?.kind === 'object';
}
