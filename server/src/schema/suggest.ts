import { distance } from 'fastest-levenshtein';
import { longestName } from '../../../common/src/boundedText.ts';

/** Names that are compared while one document is checked: thousands of mistakes may meet a schema of thousands of names. */
const mostComparisons = 5_000_000;
let comparisonsLeft = mostComparisons;
let depth = 0;

/**
 * Runs a check in which no more names are compared than is quick: the mistakes after that are told without a suggestion.
 * A check within another has comparisons of its own.
 */
export function withBoundedSuggestions<T>(check: () => T): T {
  const before = depth === 0 ? mostComparisons : comparisonsLeft;
  comparisonsLeft = mostComparisons;
  depth++;
  try {
    return check();
  } finally {
    depth--;
    comparisonsLeft = before;
  }
}

/**
 * The candidate somebody who wrote `name` most likely meant; `undefined` when none is near enough.
 * One that differs only in case and underscores always counts as near, and so does the only one that begins like `name`.
 */
export function suggest(name: string, names: Iterable<string>): string | undefined {
  if (name.length > longestName || comparisonsLeft <= 0) return undefined;
  const candidates = [...names];
  comparisonsLeft -= candidates.length;
  const plainName = plain(name);
  const limit = Math.min(4, Math.floor(name.length / 4) + 1);
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    if (plainName !== '' && plain(candidate) === plainName) return candidate;
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const found = distance(name.toLowerCase(), candidate.toLowerCase());
    if (found < bestDistance && found < Math.max(name.length, candidate.length)) {
      best = candidate;
      bestDistance = found;
    }
  }
  return best ?? onlyOneThatGoesOn(plainName, candidates);
}

/** `person` for `person_id`, when nothing else begins like that. */
function onlyOneThatGoesOn(plainName: string, candidates: readonly string[]): string | undefined {
  if (plainName.length < 3) return undefined;
  const longer = candidates.filter((candidate) => plain(candidate).startsWith(plainName));
  return longer.length === 1 ? longer[0] : undefined;
}

function plain(name: string): string {
  return name.replaceAll(/[_\-\s]/g, '').toLowerCase();
}
