import type { Json, JsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import { isJsonArray, isJsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import { relationshipAround } from '../../join/surroundings.ts';
import { takenNames } from '../../join/takenNames.ts';
import { lhsFieldsKeys } from '../../metadata/metadataSchema.ts';
import { freeName } from '../../metadata/relationshipName.ts';
import type { Finding, Fix } from '../../rules/rule.ts';
import { breakBefore, columnAt, layoutOf, lineBreakOf, startsLine } from '../../syntax/edit/layout.ts';
import type { EditValue } from '../../syntax/edit/renderValue.ts';
import { rewrittenNode } from '../../syntax/edit/rewriteValue.ts';
import { startOf } from '../../syntax/nodes.ts';
import { contentRange, type TextRange, touches } from '../../syntax/textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../../syntax/tree.ts';
import { jsonOf } from '../clientRequests/relationshipPayloads.ts';

/** Keys and indexes from one value down to another. */
type Path = readonly string[];

/**
 * The fix of a level with several remote fields: a relationship for each, with the fields to join on that it uses. The first
 * keeps the name.
 */
export function splitFix(context: DocumentContext, { offset }: Finding): Fix | undefined {
  const fields = context.model.shapeProblems.find(({ kind, node }) => {
    const second = node.children[1];
    return (
      kind === 'remote-field-count' &&
      second !== undefined &&
      contentRange(second.key ?? second).offset === offset
    );
  })?.node;
  if (fields === undefined || fields.aliasOf !== undefined) return undefined;
  const relationship = relationshipAround(context, fields);
  const { node, request, name } = relationship ?? {};
  if (relationship === undefined || node === undefined || name?.state !== 'present') return undefined;
  // A request is split as a whole.
  const item = request === undefined ? node : node.parent;
  const path = item && pathBetween(item, fields);
  const whole = item && jsonOf(item);
  if (item !== undefined && context.tree.problems.some(({ offset: at }) => touches(item, at)))
    return undefined;
  const names = fields.children.map(({ key }) => String(key?.value));
  if (item === undefined || path === undefined || !isJsonObject(whole)) return undefined;
  if (new Set(names).size !== names.length || names.length > mostFields) return undefined;
  const isTaken = takenNames(context.catalogue, relationship, context.model.relationships);
  const chosen = new Set<string>();
  const newName = (wanted: string): string => {
    const free = freeName(wanted, (each) => chosen.has(each) || isTaken(each));
    chosen.add(free);
    return free;
  };
  const wanted = names.map((field, index) =>
    partOf(whole, path, field, index === 0, index === 0 ? name.value : newName(`${name.value}_${field}`)),
  );
  const isAlone = request !== undefined && item.parent === undefined && context.tree.language !== 'yaml';
  if (!isListed(item) && !isAlone) return undefined;
  const pieces = piecesOf(context, item, wanted);
  if (pieces === undefined) return undefined;
  const text = isListed(item)
    ? pieces.texts.join(separatorBefore(context.tree, item))
    : bulkText(context, item, pieces.texts);
  const title = 'Make it a relationship for each field';
  return { title, edits: [{ ...pieces.range, text }], preferred: false };
}

const mostFields = 20;

function isListed(item: SyntaxNode): boolean {
  return item.parent?.kind === 'array' && item.aliasOf === undefined;
}

function pathBetween(outer: SyntaxNode, inner: SyntaxNode): Path | undefined {
  const path: string[] = [];
  for (let at = inner; at !== outer; at = at.parent) {
    if (at.key === undefined || at.parent === undefined || at.merged) return undefined;
    path.unshift(String(at.key.value));
  }
  return path;
}

/** The item with one of the fields alone, by a name, and only what it uses of the fields to join on. */
function partOf(item: JsonObject, path: Path, field: string, isFirst: boolean, name: string): JsonObject {
  const only = (value: Json, depth: number): Json => {
    if (!isJsonObject(value)) return value;
    if (depth === path.length) return { [field]: value[field] ?? null };
    return mapped(value, (key, below) => (key === path[depth] ? only(below, depth + 1) : below));
  };
  const part = only(item, 0);
  const used = variablesIn(part);
  const usedByAny = variablesIn(item);
  const keeps = (listed: Json) => used.has(String(listed)) || (isFirst && !usedByAny.has(String(listed)));
  const joined = (value: Json, depth: number): Json => {
    if (!isJsonObject(value)) return value;
    return mapped(value, (key, below) =>
      isFieldList(key) && isJsonArray(below)
        ? below.filter(keeps)
        : key === path[depth]
          ? joined(below, depth + 1)
          : below,
    );
  };
  const written = joined(part, 0);
  return isJsonObject(written) ? named(written, name) : item;
}

function mapped(object: JsonObject, change: (key: string, value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]));
}

function isFieldList(key: string): boolean {
  return key === lhsFieldsKeys.unified || key === lhsFieldsKeys.legacy;
}

function named(item: JsonObject, name: string): JsonObject {
  const args = item['args'];
  return isJsonObject(args) ? { ...item, args: { ...args, name } } : { ...item, name };
}

function variablesIn(value: Json): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (each: Json): void => {
    if (typeof each === 'string' && each.startsWith('$')) found.add(each.slice(1));
    else if (isJsonArray(each)) each.forEach(visit);
    else if (isJsonObject(each)) Object.values(each).forEach(visit);
  };
  visit(value);
  return found;
}

interface Pieces {
  readonly range: TextRange;
  readonly texts: readonly string[];
}

/** The item once for each of the wanted ones: as it is written, with what differs. */
function piecesOf(
  { tree }: DocumentContext,
  item: SyntaxNode,
  wanted: readonly JsonObject[],
): Pieces | undefined {
  const texts = wanted.map((value) => {
    const after = rewrittenNode(tree, item, value as EditValue, { isSet: isFieldList });
    if (after === undefined) return undefined;
    const { offset, length } = writtenRange(after.tree, after.node);
    return after.tree.text.slice(offset, offset + length);
  });
  return texts.every((text) => text !== undefined) ? { range: writtenRange(tree, item), texts } : undefined;
}

/** Up to the last character of an item; in a block with the comment behind it. */
function writtenRange({ language, text }: SyntaxTree, { offset, length, parent }: SyntaxNode): TextRange {
  const written = text.slice(offset, offset + length).trimEnd().length;
  const isBlock = language === 'yaml' && parent?.style === 'block';
  const comment = isBlock ? /^[ \t]+#[^\r\n]*/.exec(text.slice(offset + written))?.[0] : undefined;
  return { offset, length: written + (comment?.length ?? 0) };
}

/** What stands between two items of the list. */
function separatorBefore(tree: SyntaxTree, { offset, parent }: SyntaxNode): string {
  if (tree.language !== 'yaml' || parent?.style === 'flow') return `,${breakBefore(tree, offset) ?? ' '}`;
  const dash = columnAt(tree, parent?.offset ?? offset);
  const blanks = ' '.repeat(Math.max(1, columnAt(tree, offset) - dash - 1));
  return `${lineBreakOf(tree)}${' '.repeat(dash)}-${blanks}`;
}

/** A request that stands alone becomes several. */
function bulkText({ tree }: DocumentContext, item: SyntaxNode, texts: readonly string[]): string {
  if (!item.children.some((child) => startsLine(tree, startOf(child)))) {
    return `{"type": "bulk", "args": [${texts.join(', ')}]}`;
  }
  const { unit, lineBreak } = layoutOf(tree, item);
  const inner = texts.map((text) => `${lineBreak}${text}`.replaceAll(/\n(?=[^\r\n])/g, `\n${unit}${unit}`));
  const [type, args] = ['"type": "bulk"', `"args": [${inner.join(',')}${lineBreak}${unit}]`];
  return `{${lineBreak}${unit}${type},${lineBreak}${unit}${args}${lineBreak}}`;
}
