import { boundedList } from '../../../../common/src/boundedText.ts';
import { groupBy } from '../../../../common/src/groupBy.ts';
import type { ServerVersion } from '../../../../common/src/serverVersion.ts';
import { contentRange, covers, headRange, type TextRange } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';

/** What the server says of names that come more than once (R3). */
export function multipleDeclarations(what: string, names: readonly string[], version: ServerVersion): string {
  const start = `multiple declarations exist for the following ${what}`;
  if (version.atLeast(2, 2)) return `${start}: ${boundedList(names)}`;
  return `${start} : [${boundedList(
    names.map((name) => JSON.stringify(name)),
    ',',
  )}]`;
}

/** Items that share a name, in the order written: one list for each name that comes more than once. */
export function duplicates<T>(items: Iterable<T>, nameOf: (item: T) => string | undefined): [T, T, ...T[]][] {
  return [...groupBy(items, nameOf).values()].flatMap(([first, second, ...rest]) =>
    first === undefined || second === undefined ? [] : [[first, second, ...rest] satisfies [T, T, ...T[]]],
  );
}

/** Where an item has its name: its own, or, where that comes from an anchor, the item as it stands in the list. */
export function placeOfName(item: SyntaxNode, name: SyntaxNode): TextRange {
  const isOwn = item.aliasOf === undefined && covers(item, name.offset);
  return isOwn ? contentRange(name) : headRange(item);
}
