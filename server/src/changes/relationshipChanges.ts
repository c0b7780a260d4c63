import { type Catalogue, knownValue, unknown } from '../catalogue/catalogue.ts';
import { walkRelationship } from '../join/documentContext.ts';
import type { Join } from '../join/joinPath.ts';
import type { Finding } from '../rules/rule.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { type CheckedRelationship, findingsOf, relationshipsOf, type State } from './checkedRelationships.ts';
import { followed } from './followedProjects.ts';
import type { LockedRelationship } from './lock.ts';
import { textOfLocked } from './relationshipOwner.ts';
import { ReliedUpon } from './reliedUpon.ts';
import { schemaChanges } from './schemaPart.ts';
import { changedSides, type Side } from './sides.ts';

/**
 * What a change does to a relationship. `breaks`: the server would refuse it, or leave it out. `weakens`: it stays, and
 * gives another type, is warned of, or can't be checked any more. `new` and `removed` have no other side.
 */
export type Verdict = 'breaks' | 'weakens' | 'untouched' | 'new' | 'removed';

export interface RelationshipChange {
  readonly verdict: Verdict;
  readonly name: string;
  /** `table "customer" of source "shop"` */
  readonly owner: string;
  /** Why, in sentences; empty of what is untouched, new or removed. */
  readonly reasons: readonly string[];
  /** Where it stands: in the state after, unless it is removed. */
  readonly place: { readonly uri: string; readonly node: SyntaxNode };
}

/** The metadata of now, beside the tables and remote schemas that a lock has. */
export interface LockedState extends State {
  readonly locked: readonly LockedRelationship[];
}

/**
 * What becomes of each relationship when one state takes the place of the other, in the order of the state after. The
 * state before may be what a lock says, with the metadata of the state after.
 */
export function relationshipChanges(
  before: State | LockedState,
  after: State,
): readonly RelationshipChange[] {
  const is = relationshipsOf(after);
  const was = followed(relationshipsOf(before), is);
  const entries =
    'locked' in before
      ? new Map(before.locked.map((entry) => [keyInLock(entry.owner, entry.name), entry]))
      : undefined;
  const left = new Map(entries);
  const changes = [...is].map(([key, now]): RelationshipChange => {
    const then = was.get(key);
    const keyOfEntry = keyInLock(now.owner.locked, now.name);
    const entry = entries?.get(keyOfEntry);
    left.delete(keyOfEntry);
    if (then === undefined || (entries !== undefined && entry === undefined)) return changeOf(now, 'new', []);
    const { breaks, weakens } = differences({ ...then, found: entry?.found }, now, before);
    const verdict = breaks.length > 0 ? 'breaks' : weakens.length > 0 ? 'weakens' : 'untouched';
    return changeOf(now, verdict, [...new Set([...breaks, ...weakens])]);
  });
  const removed = [...was].filter(([key]) => !is.has(key));
  const catalogue = after.documents[0]?.context.catalogue;
  return [
    ...changes,
    ...removed.map(([, then]) => changeOf(then, 'removed', [])),
    ...[...left.values()].map(
      ({ name, owner, place }): RelationshipChange => ({
        verdict: 'removed',
        name,
        owner: textOfLocked(owner, (source) => knownValue(catalogue?.source(source) ?? unknown)?.kind),
        reasons: [],
        place,
      }),
    ),
  ];
}

function keyInLock(owner: string, name: string): string {
  return JSON.stringify([owner, name]);
}

function changeOf(
  { name, owner, document, relationship: { node } }: CheckedRelationship,
  verdict: Verdict,
  reasons: readonly string[],
): RelationshipChange {
  return { verdict, name, owner: owner.text, reasons, place: { uri: document.context.uri, node } };
}

interface EarlierRelationship extends CheckedRelationship {
  /** What a lock says was found in it; `undefined` where there is none. */
  readonly found: ReadonlySet<string> | undefined;
}

interface Differences {
  readonly breaks: readonly string[];
  readonly weakens: readonly string[];
}

function differences(then: EarlierRelationship, now: CheckedRelationship, before: State): Differences {
  const findings = newFindings(then, now);
  const isWrong = findings.some(({ severity }) => severity === 'error');
  const breaks: string[] = [];
  const weakens: string[] = [];
  for (const { was, side } of changedSides(then.join, now.join)) {
    if (side.state === 'unknown' && was === 'known')
      weakens.push(`It can't be checked any more: ${side.text} is not known.`);
    if (wasMissing(then, was, side)) continue;
    if (side.state === 'absent') breaks.push(`There is no ${side.text}.`);
    else if (side.state === 'inconsistent')
      breaks.push(`The server leaves out ${side.text}: ${side.reason ?? ''}`);
  }
  // The same definition in both states: what it says itself is no change of what it relies on.
  const catalogue = before.catalogueFor(now.document);
  const earlier = catalogue && walkRelationship(now.relationship, catalogue);
  if (earlier !== undefined && now.join !== undefined) {
    const words = reliedChanges(earlier, now.join, now.document.context.catalogue);
    (isWrong || breaks.length > 0 ? breaks : weakens).push(...words);
  }
  for (const finding of findings) {
    if (finding.severity === 'error') breaks.push(finding.message);
    else if (weighs(finding)) weakens.push(finding.message);
  }
  return { breaks, weakens };
}

/** Whether a side was of no use to the relationship before. */
function wasMissing({ found }: EarlierRelationship, was: Side['state'] | undefined, side: Side): boolean {
  if (found === undefined) return was === 'absent' || was === 'inconsistent';
  return ['absent', 'inconsistent'].some((state) =>
    [side.text, ...side.otherTexts].some((text) => found.has(`${state} ${text}`)),
  );
}

function newFindings(then: EarlierRelationship, now: CheckedRelationship): readonly Finding[] {
  const before = then.found ?? new Set(findingsOf(then).keys());
  return [...findingsOf(now)].flatMap(([words, finding]) => (before.has(words) ? [] : [finding]));
}

/** Whether a relationship is broken or weakened by it. */
function weighs({ severity, tags }: Finding): boolean {
  return severity === 'error' || severity === 'warning' || tags.includes('deprecated');
}

/** What differs of what a definition relies on, in sentences. */
function reliedChanges(then: Join, now: Join, catalogue: Catalogue): readonly string[] {
  const [before, after] = [ReliedUpon.of([then]), ReliedUpon.of([now])];
  const ofSchemas = [...before.remoteSchemas].flatMap(([name, part]) => {
    const schema = knownValue(knownValue(catalogue.remoteSchema(name))?.schema ?? unknown);
    return schema === undefined ? [] : schemaChanges(part, schema).map((words) => `${words} (${name})`);
  });
  const current = after.columns;
  const ofColumns = [...before.columns].flatMap(([key, was]) => {
    const is = current.get(key);
    if (was.type === undefined || is?.type === undefined || was.type === is.type) return [];
    return [`The ${is.text} is of type ${is.type}, and was of type ${was.type}.`];
  });
  return [...ofSchemas, ...ofColumns];
}
