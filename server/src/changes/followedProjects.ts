import type { CheckedRelationship } from './checkedRelationships.ts';

type Relationships = ReadonlyMap<string, CheckedRelationship>;

/**
 * The relationships of the state before by the keys they have in the state after, where their project lies in another
 * folder then. Of several projects that may be the one, it is that which has most in common, then that whose path ends alike.
 */
export function followed(was: Relationships, is: Relationships): Relationships {
  const projects = { was: projectsOf(was), is: projectsOf(is) };
  const gone = leftOf(was, is);
  const come = leftOf(is, was);
  const moves = [...gone.keys()].flatMap((from) =>
    [...come.keys()]
      // Between two projects that stay, nothing moves.
      .filter((to) => !(projects.is.has(from) && projects.was.has(to)))
      .map((to) => ({ from, to, common: common(gone.get(from), come.get(to)) })),
  );
  moves.sort((a, b) => b.common - a.common || sameEnd(b.from, b.to) - sameEnd(a.from, a.to));
  const keys = new Map<string, string>();
  for (const { from, to } of moves) {
    const [left, found] = [gone.get(from), come.get(to)];
    for (const [name, key] of left ?? []) {
      const now = found?.get(name);
      if (now === undefined) continue;
      keys.set(key, now);
      left?.delete(name);
      found?.delete(name);
    }
  }
  return new Map([...was].map(([key, each]) => [keys.get(key) ?? key, each]));
}

function projectsOf(relationships: Relationships): ReadonlySet<string> {
  return new Set([...relationships.values()].map(({ document }) => document.project));
}

/** What the other state does not have: by project the keys, by owner and name. */
function leftOf(relationships: Relationships, others: Relationships): Map<string, Map<string, string>> {
  const left = new Map<string, Map<string, string>>();
  for (const [key, { owner, name, document }] of relationships) {
    if (others.has(key)) continue;
    const names = left.get(document.project) ?? new Map<string, string>();
    left.set(document.project, names);
    names.set(JSON.stringify([owner.key, name]), key);
  }
  return left;
}

function common(some: ReadonlyMap<string, string> = new Map(), others: typeof some = new Map()): number {
  return [...some.keys()].filter((name) => others.has(name)).length;
}

/** How many folders are called the same, from the last one up. */
function sameEnd(path: string, other: string): number {
  const [parts, others] = [path.split('/').reverse(), other.split('/').reverse()];
  const at = parts.findIndex((part, index) => part !== others[index]);
  return at < 0 ? parts.length : at;
}
