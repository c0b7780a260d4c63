import { localized } from '../../localized.ts';
import { identityKey } from '../document/relationshipIdentity.ts';
import type { HttpClient } from '../http/http.ts';
import { type FailedResult, type HttpResult, mayHaveHappened } from '../http/httpResult.ts';
import type { InconsistentObject } from '../inconsistency/inconsistentObjects.ts';
import { relationshipOfSubject } from '../inconsistency/inconsistentSubject.ts';
import type { Attempt } from './changes.ts';
import type { Plan } from './plan.ts';
import { readServerState, type ServerState } from './serverState.ts';
import { answerOf, newlyInconsistent, type Verdict, verify } from './verify.ts';

export interface ExecutionOptions {
  readonly signal?: AbortSignal | undefined;
  /** Asked before all metadata is replaced because the gentler way was refused. */
  mayReplaceAll(refusal: FailedResult): Promise<boolean>;
}

/** What became of a plan that was sent. */
export type Execution =
  /** Someone else has changed the metadata since it was read; nothing was done. */
  | { readonly outcome: 'conflict' }
  | {
      readonly outcome: 'done';
      readonly result: HttpResult;
      /** The one that was sent last. */
      readonly attempt: Attempt;
      /** One for each change. */
      readonly verdicts: readonly Verdict[];
      /** Read after the write; `undefined` when nothing was changed or it could not be read. */
      readonly afterwards: ServerState | undefined;
      /** What else has become inconsistent. */
      readonly broken: readonly InconsistentObject[];
    };

/** A plan that was sent, and what is known of it. */
export type Done = Extract<Execution, { outcome: 'done' }>;

/**
 * Sends a plan, one attempt after another as long as the server refuses, and reads the server again: what it has then
 * decides, not what it answered. A write is never sent twice. The plan must have an attempt.
 */
export async function executePlan(
  client: HttpClient,
  plan: Plan<unknown>,
  before: ServerState,
  options: ExecutionOptions,
): Promise<Execution> {
  const sent = await sendAttempts(client, plan.attempts, options);
  if (sent === undefined) throw new Error(localized`There is nothing to send.`);
  const { attempt, result } = sent;
  if (result.outcome === 'conflict') return { outcome: 'conflict' };
  const answer = answerOf(result);
  // Also after a cancellation: what the server did of it must be known.
  const afterwards = answer === 'refused' ? undefined : await read(client, before);
  return {
    outcome: 'done',
    result,
    attempt,
    verdicts: verify(plan.changes, answer, afterwards),
    afterwards,
    broken: afterwards === undefined ? [] : brokenElsewhere(plan, before, afterwards),
  };
}

/** Whether there is, or may come to be, something to undo: a server may carry out later what nobody waits for any more. */
export function mayHaveChanged(carriedOut: Execution): boolean {
  if (carriedOut.outcome === 'conflict') return false;
  const { verdicts, result } = carriedOut;
  return verdicts.some(
    ({ outcome }) => outcome !== 'lost' && (outcome !== 'not-carried-out' || mayHaveHappened(result)),
  );
}

/** What has become inconsistent besides the relationships of the plan, whose verdicts say it. */
function brokenElsewhere(
  { changes }: Plan<unknown>,
  before: ServerState,
  { inconsistent, document }: ServerState,
): readonly InconsistentObject[] {
  const own = new Set(changes.map(({ identity }) => identityKey(identity, document.kindOf)));
  return newlyInconsistent(before.inconsistent, inconsistent).filter(
    ({ subjects }) =>
      !subjects.every((subject) => {
        const identity = relationshipOfSubject(subject);
        return identity !== undefined && own.has(identityKey(identity, document.kindOf));
      }),
  );
}

async function sendAttempts(
  client: HttpClient,
  attempts: readonly Attempt[],
  { signal, mayReplaceAll }: ExecutionOptions,
): Promise<{ readonly attempt: Attempt; readonly result: HttpResult } | undefined> {
  let last: { readonly attempt: Attempt; readonly result: HttpResult } | undefined;
  for (const attempt of attempts) {
    if (last !== undefined) {
      if (last.result.outcome !== 'refused') break;
      if (attempt.replacesAllMetadata && !(await mayReplaceAll(last.result))) break;
    }
    last = { attempt, result: await client.send(attempt.command, signal) };
  }
  return last;
}

async function read(client: HttpClient, { version }: ServerState): Promise<ServerState | undefined> {
  const result = await readServerState(client, undefined, version);
  return result.outcome === 'read' ? result.state : undefined;
}
