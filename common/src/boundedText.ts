import { localized } from './localized.ts';
/** Names longer than this are cut where they are shown. */
export const longestName = 200;
/** So is a whole message. */
const longestMessage = 2000;
const mostNames = 10;

/** A name as it is shown. */
export function boundedName(name: string): string {
  return cutText(name, longestName);
}

/** A message as it is shown, whatever the names in it: what stands in quotes is cut like a name. */
export function boundedText(text: string): string {
  if (text.length <= longestName) return text;
  const parts = text.slice(0, 50 * longestMessage).split('"');
  // What stands between quotes is every second part.
  const names = parts.map((part, index) => (index % 2 === 1 ? boundedName(part) : part));
  return cutText(names.join('"'), longestMessage);
}

/** The first of many names, each cut, and how many more there are. */
export function boundedList(names: readonly string[], separator = ', '): string {
  const shown = names.slice(0, mostNames).map(boundedName);
  const more = names.length - shown.length;
  return more === 0 ? shown.join(separator) : localized`${shown.join(separator)} and ${thousands(more)} more`;
}

/** `15,980` */
export function thousands(count: number): string {
  return count.toLocaleString('en-US');
}

/** The beginning of a longer text; never cut between the halves of a character. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const half = /[\uD800-\uDBFF]/.test(text.charAt(longest - 1));
  return `${text.slice(0, half ? longest - 1 : longest)}…`;
}
