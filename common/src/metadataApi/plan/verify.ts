import { sameWrittenDefinition } from '../document/definition.ts';
import { isJsonArray, type Json, stableText } from '../document/json.ts';
import type { ServerRelationship } from '../document/metadataDocument.ts';
import type { RelationshipIdentity } from '../document/relationshipIdentity.ts';
import { type HttpResult, mayHaveHappened } from '../http/httpResult.ts';
import { readBulkAnswer } from '../http/serverError.ts';
import type { InconsistentObject } from '../inconsistency/inconsistentObjects.ts';
import { type Change, consistencyIn } from './changes.ts';
import type { ServerState } from './serverState.ts';

/** What became of one change, by what the server has afterwards. */
export interface Verdict {
  readonly identity: RelationshipIdentity;
  readonly outcome: VerdictOutcome;
  /** The server's words, where there are some. */
  readonly reasons: readonly string[];
  /** What the server has. */
  readonly now: ServerRelationship | undefined;
}

/**
 * - `applied`, `deleted`: as wanted, and consistent.
 * - `inconsistent`: the server has it as wanted, and does not use it: `reasons`.
 * - `not-checked`: as wanted, but its owner is inconsistent: `reasons`.
 * - `not-carried-out`: the server has what it had before.
 * - `lost`: the server said yes and still has what it had before.
 * - `overwritten`: the server has something else: someone else was there.
 * - `unknown`: the server could not be read afterwards.
 */
export type VerdictOutcome =
  | 'applied'
  | 'deleted'
  | 'inconsistent'
  | 'not-checked'
  | 'not-carried-out'
  | 'lost'
  | 'overwritten'
  | 'unknown';

/** What is known from the answer to a write alone. */
export type Answer = 'accepted' | 'refused' | 'unclear';

/** `unclear` when the server may have done it, or a part of it: only reading it again tells. */
export function answerOf(result: HttpResult): Answer {
  if (result.outcome === 'answered') return holdsError(result.json) ? 'unclear' : 'accepted';
  return mayHaveHappened(result) ? 'unclear' : 'refused';
}

/** `bulk_keep_going` says yes although items of it were refused. */
function holdsError(answer: Json): boolean {
  return (
    readBulkAnswer(answer)?.some(
      (item) => item.outcome === 'refused' || (isJsonArray(item.answer) && holdsError(item.answer)),
    ) ?? false
  );
}

/** Compares what was wanted with what was read from the server afterwards (`undefined`: it could not be read). */
export function verify(
  changes: readonly Change[],
  answer: Answer,
  afterwards: ServerState | undefined,
): readonly Verdict[] {
  return changes.map((change) => verifyOne(change, answer, afterwards));
}

function verifyOne(change: Change, answer: Answer, state: ServerState | undefined): Verdict {
  const { identity } = change;
  if (state === undefined) {
    const outcome = answer === 'refused' ? 'not-carried-out' : 'unknown';
    return { identity, outcome, reasons: [], now: undefined };
  }
  const now = state.document.find(identity);
  const same = (definition: Json | undefined) =>
    sameWrittenDefinition(now?.definition ?? null, definition ?? null, state.document.kindOf);
  if (same(change.after)) {
    if (change.after === undefined) return { identity, outcome: 'deleted', reasons: [], now };
    const consistency = consistencyIn(state, identity);
    return consistency.state === 'consistent'
      ? { identity, outcome: 'applied', reasons: [], now }
      : { identity, outcome: consistency.state, reasons: consistency.reasons, now };
  }
  if (!same(change.before)) {
    return { identity, outcome: 'overwritten', reasons: [], now };
  }
  return { identity, outcome: answer === 'accepted' ? 'lost' : 'not-carried-out', reasons: [], now };
}

/** Inconsistent objects that were not there before: what a change, or a replacement of all metadata, has broken. */
export function newlyInconsistent(
  before: readonly InconsistentObject[],
  after: readonly InconsistentObject[],
): readonly InconsistentObject[] {
  const known = new Set(before.flatMap(({ subjects }) => subjects.map(subjectKey)));
  return after.filter(({ subjects }) => subjects.some((subject) => !known.has(subjectKey(subject))));
}

function subjectKey({ type, name, definition }: InconsistentObject['subjects'][number]): string {
  return stableText(name === undefined ? [type ?? null, definition ?? null] : [type ?? null, name]);
}
