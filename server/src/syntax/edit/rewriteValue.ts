import { property } from '../nodes.ts';
import { parse } from '../parse.ts';
import type { TextReplacement } from '../textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';
import { appendItems, renameKey, replaceValue, setProperty } from './edits.ts';
import { removeItem, removeProperty } from './removals.ts';
import { type EditValue, isList, isScalar } from './renderValue.ts';

/** Keys and indexes from a root down to a value. */
type Path = readonly (string | number)[];

export interface RewriteOptions {
  /** Whether the list below a key is a set: its order says nothing. */
  isSet(key: string): boolean;
}

/** A part of it at a time, so that every edit is made in a text that is known. */
const mostSteps = 500;
/** What is inserted that often without a difference is not read as what it was meant to be. */
const mostTries = 3;

/**
 * The text in which a value means `wanted`. What means that already is left as it is written: order, comments, quotes.
 * `undefined` where that can't be done without changing the meaning of something else, such as below an anchor.
 */
export function rewriteValue(
  tree: SyntaxTree,
  node: SyntaxNode,
  wanted: EditValue,
  options: RewriteOptions,
): string | undefined {
  const place = nodePathOf(tree, node);
  if (place === undefined) return undefined;
  const isSound = (text: string): boolean => {
    const after = parse(text, tree.language);
    const now = nodeAtPath(after, place);
    return (
      now !== undefined &&
      nextEdits(after, now, wanted, options) === undefined &&
      sameElsewhere(tree, node, after, now)
    );
  };
  const gentle = stepByStep(tree, place, wanted, options);
  if (gentle !== undefined && isSound(gentle)) return gentle;
  const whole = applied(tree.text, replaceValue(tree, node, wanted));
  return isSound(whole) ? whole : undefined;
}

/** The same, as the tree of the text and the value in it. */
export function rewrittenNode(
  tree: SyntaxTree,
  node: SyntaxNode,
  wanted: EditValue,
  options: RewriteOptions,
): { readonly tree: SyntaxTree; readonly node: SyntaxNode } | undefined {
  const place = nodePathOf(tree, node);
  const text = rewriteValue(tree, node, wanted, options);
  if (place === undefined || text === undefined) return undefined;
  const after = parse(text, tree.language);
  const now = nodeAtPath(after, place);
  return now && { tree: after, node: now };
}

/** The text after edits below a node, if nothing but that node has another meaning; else `undefined`. */
export function rewriteBelow(
  tree: SyntaxTree,
  node: SyntaxNode,
  edits: readonly TextReplacement[],
): string | undefined {
  const place = nodePathOf(tree, node);
  const text = applied(tree.text, edits);
  const after = parse(text, tree.language);
  const now = place && nodeAtPath(after, place);
  return now !== undefined && sameElsewhere(tree, node, after, now) ? text : undefined;
}

function stepByStep(
  tree: SyntaxTree,
  place: NodePath,
  wanted: EditValue,
  options: RewriteOptions,
): string | undefined {
  let current = tree;
  let inserted = '';
  let tries = 0;
  for (let step = 0; step < mostSteps; step++) {
    const node = nodeAtPath(current, place);
    const edits = node && nextEdits(current, node, wanted, options);
    if (node === undefined) return undefined;
    if (edits === undefined) return current.text;
    const text = applied(current.text, edits);
    if (text === current.text) return undefined;
    const insertion = edits.every(({ length }) => length === 0) ? edits.map((edit) => edit.text).join() : '';
    tries = insertion !== '' && insertion === inserted ? tries + 1 : 1;
    if (tries > mostTries) return undefined;
    inserted = insertion;
    current = parse(text, tree.language);
  }
  return undefined;
}

/** Edits for the first thing that differs; `undefined` when nothing does. */
function nextEdits(
  tree: SyntaxTree,
  node: SyntaxNode,
  wanted: EditValue,
  options: RewriteOptions,
): TextReplacement[] | undefined {
  if (isScalar(wanted)) {
    const same = node.value === wanted && node.kind !== 'object' && node.kind !== 'array';
    return same ? undefined : replaceValue(tree, node, wanted);
  }
  const empty = node.children.length === 0 || Object.keys(wanted).length === 0;
  const alike = node.kind === (isList(wanted) ? 'array' : 'object');
  if (alike && node.children.length === Object.keys(wanted).length && empty) return undefined;
  const differs =
    !alike || empty
      ? replaceValue(tree, node, wanted)
      : isList(wanted)
        ? nextOfList(tree, node, wanted, options)
        : nextOfObject(tree, node, wanted, options);
  // What an alias stands for is written elsewhere, and for others too.
  return differs !== undefined && node.aliasOf !== undefined ? replaceValue(tree, node, wanted) : differs;
}

function nextOfObject(
  tree: SyntaxTree,
  node: SyntaxNode,
  wanted: { readonly [key: string]: EditValue },
  options: RewriteOptions,
): TextReplacement[] | undefined {
  const keys = Object.keys(wanted);
  const gone = node.children.filter(({ key }) => !keys.includes(String(key?.value)));
  const missing = keys.filter((key) => property(node, key) === undefined);
  const [goes] = gone;
  const [comes] = missing;
  if (goes?.merged === true) return replaceValue(tree, node, wanted);
  if (goes !== undefined && comes !== undefined && isRenamed(goes, wanted[comes] ?? null)) {
    return renameKey(tree, goes, comes);
  }
  if (comes !== undefined) return setProperty(tree, node, comes, wanted[comes] ?? null);
  if (goes !== undefined) return removeProperty(tree, goes);
  for (const key of keys) {
    const child = property(node, key);
    const value = wanted[key] ?? null;
    const edits = child && nextEdits(tree, child, value, options);
    if (edits !== undefined) return child?.merged ? setProperty(tree, node, key, value) : edits;
  }
  return undefined;
}

/** Whether a value is much like one below another key: then it is that one, with its comments. */
function isRenamed(node: SyntaxNode, wanted: EditValue): boolean {
  if (isScalar(wanted)) return node.value === wanted;
  return Object.keys(wanted).some((key) => property(node, key) !== undefined);
}

function nextOfList(
  tree: SyntaxTree,
  node: SyntaxNode,
  wanted: readonly EditValue[],
  options: RewriteOptions,
): TextReplacement[] | undefined {
  const { children } = node;
  const append = (values: readonly EditValue[]) =>
    appendItems(tree, node, values) ?? replaceValue(tree, node, wanted);
  if (options.isSet(String(node.key?.value)) && wanted.every(isScalar)) {
    const gone = children.find(
      ({ value }, index) =>
        !wanted.some((item) => item === value) ||
        children.slice(0, index).some((other) => other.value === value),
    );
    const comes = wanted.find((item) => !children.some(({ value }) => value === item));
    if (gone === undefined) return comes === undefined ? undefined : append([comes]);
    return comes === undefined ? removeItem(tree, gone) : replaceValue(tree, gone, comes);
  }
  for (const [index, value] of wanted.entries()) {
    const child = children[index];
    const edits = child === undefined ? append(wanted.slice(index)) : nextEdits(tree, child, value, options);
    if (edits !== undefined) return edits;
  }
  const surplus = children[wanted.length];
  return surplus && removeItem(tree, surplus);
}

// ---- places --------------------------------------------------------------------------------------------------

/** Where a value stands, by indexes: the same ones before and after a change of the value. */
interface NodePath {
  readonly root: number;
  readonly path: Path;
}

function nodePathOf({ roots }: SyntaxTree, node: SyntaxNode): NodePath | undefined {
  const path: (string | number)[] = [];
  let current = node;
  for (; current.parent !== undefined; current = current.parent) {
    path.push(
      current.key === undefined ? current.parent.children.indexOf(current) : String(current.key.value),
    );
  }
  const root = roots.indexOf(current);
  return root < 0 ? undefined : { root, path: path.reverse() };
}

function nodeAtPath({ roots }: SyntaxTree, { root, path }: NodePath): SyntaxNode | undefined {
  let node = roots[root];
  for (const key of path) {
    node = node && (typeof key === 'number' ? node.children[key] : property(node, key));
  }
  return node;
}

// ---- what must stay ------------------------------------------------------------------------------------------

/** Whether two trees say the same, but for what stands at one place, and the second has no mistake that is new. */
function sameElsewhere(before: SyntaxTree, node: SyntaxNode, after: SyntaxTree, now: SyntaxNode): boolean {
  return (
    after.problems.length <= before.problems.length &&
    before.roots.length === after.roots.length &&
    meaningOf(before.roots, node) === meaningOf(after.roots, now)
  );
}

function meaningOf(roots: readonly SyntaxNode[], leftOut: SyntaxNode): string {
  const write = (node: SyntaxNode): unknown => {
    if (node === leftOut) return ['left out'];
    const { kind, tag = '', value = null, children, unresolved } = node;
    const inner = children.map((child) => [child.key?.value ?? null, write(child)]);
    return [kind, tag, value, unresolved, inner];
  };
  return JSON.stringify(roots.map(write));
}

/** The text after edits that do not overlap. */
function applied(text: string, edits: readonly TextReplacement[]): string {
  return [...edits]
    .sort((a, b) => b.offset - a.offset)
    .reduce(
      (rest, { offset, length, text: inserted }) =>
        rest.slice(0, offset) + inserted + rest.slice(offset + length),
      text,
    );
}
