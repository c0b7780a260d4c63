import type { SyntaxNode } from './tree.ts';

/** The text from `start` to `oldEnd` became that from `start` to `newEnd`. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** A change and the whole text after it. */
export interface AppliedChange extends TextChange {
  readonly text: string;
}

/** Changes that came one after the other, as one of all that lies between them. */
export function coverOf(changes: readonly AppliedChange[]): readonly [AppliedChange] | readonly [] {
  const [first, ...later] = changes;
  if (first === undefined) return [];
  return [
    later.reduce((cover, { start, oldEnd, newEnd, text }) => {
      const end = Math.max(cover.newEnd, oldEnd);
      return {
        start: Math.min(cover.start, start),
        oldEnd: end - (cover.newEnd - cover.oldEnd),
        newEnd: end + (newEnd - oldEnd),
        text,
      };
    }, first),
  ];
}

/** The change without what is equal at both its ends. */
export function narrowed(
  { start, oldEnd, newEnd }: TextChange,
  oldText: string,
  newText: string,
): TextChange {
  const inside = changeBetween(oldText.slice(start, oldEnd), newText.slice(start, newEnd));
  return { start: start + inside.start, oldEnd: start + inside.oldEnd, newEnd: start + inside.newEnd };
}

/** Slices are compared as blocks of memory: far faster than unit by unit. */
const CHUNK = 4096;

/** The smallest span by which two texts differ. */
export function changeBetween(oldText: string, newText: string): TextChange {
  const shorter = Math.min(oldText.length, newText.length);
  let start = 0;
  while (
    start + CHUNK <= shorter &&
    oldText.slice(start, start + CHUNK) === newText.slice(start, start + CHUNK)
  )
    start += CHUNK;
  while (start < shorter && oldText.charCodeAt(start) === newText.charCodeAt(start)) start++;
  let oldEnd = oldText.length;
  let newEnd = newText.length;
  while (
    Math.min(oldEnd, newEnd) - start >= CHUNK &&
    oldText.slice(oldEnd - CHUNK, oldEnd) === newText.slice(newEnd - CHUNK, newEnd)
  ) {
    oldEnd -= CHUNK;
    newEnd -= CHUNK;
  }
  while (
    oldEnd > start &&
    newEnd > start &&
    oldText.charCodeAt(oldEnd - 1) === newText.charCodeAt(newEnd - 1)
  ) {
    oldEnd--;
    newEnd--;
  }
  return { start, oldEnd, newEnd };
}

/** Moves a value, its key and all below it. */
export function shiftNode(node: SyntaxNode, delta: number): void {
  node.offset += delta;
  if (node.key) node.key.offset += delta;
  for (const child of node.children) shiftNode(child, delta);
}

/** Moves the children from `index` on. */
export function shiftChildren(node: SyntaxNode, index: number, delta: number): void {
  if (delta === 0) return;
  for (let later = index; later < node.children.length; later++) {
    const child = node.children[later];
    if (child) shiftNode(child, delta);
  }
}

/** Places with those behind `oldEnd` moved. */
export function shiftPlaces<Place extends { readonly offset: number }>(
  places: readonly Place[],
  oldEnd: number,
  delta: number,
): Place[] {
  return places.map((place) => (place.offset >= oldEnd ? { ...place, offset: place.offset + delta } : place));
}

/** Index of the last child that begins at or before an offset, by `startOf`; -1 when all begin behind it. */
export function lastIndexAt(
  children: readonly SyntaxNode[],
  offset: number,
  startOf: (child: SyntaxNode) => number,
): number {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const child = children[middle];
    if (child && startOf(child) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
