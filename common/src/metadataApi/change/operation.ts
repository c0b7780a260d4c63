import type { FailedResult } from '../http/httpResult.ts';
import type { Done } from '../plan/executePlan.ts';
import type { Told } from '../plan/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import type { Question } from '../plan/question.ts';
import type { ServerState } from '../plan/serverState.ts';
import type { UndoEntry } from '../plan/undo.ts';
import type { ChangeEnvironment } from './environment.ts';

/** One way to change a server: what it sends, asks and says. `carryOut` does the rest, the same for all. */
export interface Operation<Item, Report = Told> {
  /** How the journal calls it; `undefined`: it is not kept. */
  readonly verb: UndoEntry['verb'] | undefined;
  /** What is next, by what the server has. `seen`: what it had before, when someone else was faster. */
  next(
    state: ServerState,
    seen: ServerState | undefined,
    environment: ChangeEnvironment,
  ): Promise<Send<Item, Report> | NotSent<Report>>;
}

/** To be sent, if the person agrees. */
export interface Send<Item, Report = Told> {
  readonly outcome: 'send';
  readonly plan: Plan<Item>;
  readonly question: Question;
  /** What came of it. */
  report(done: Done): Promise<Report>;
}

/** Why nothing is sent. */
export type NotSent<Report> =
  /** The server has what is wanted, or not what it takes. */
  | { readonly outcome: 'nothing-to-do'; readonly report: Report }
  /** `index`: which of those that were asked for stands in the way. */
  | { readonly outcome: 'blocked'; readonly told: Told; readonly index: number }
  /** The person does not want it any more. */
  | { readonly outcome: 'given-up' };

/** What stands in the way of sending anything. */
export function blocked(message: string, index = 0): Extract<NotSent<never>, { outcome: 'blocked' }> {
  return { outcome: 'blocked', told: { severity: 'error', message, problem: false }, index };
}

/** What an operation has come to. */
export type Outcome<Item, Report = Told> =
  | { readonly outcome: 'read-only'; readonly told: Told }
  | { readonly outcome: 'not-read'; readonly failure: FailedResult }
  | NotSent<Report>
  /** It was sent, and did not get as far as to be looked at. */
  | { readonly outcome: 'failed'; readonly failure: FailedResult }
  | {
      readonly outcome: 'sent';
      readonly plan: Plan<Item>;
      readonly done: Done;
      readonly report: Report;
      /** What else has become inconsistent by it. */
      readonly broken: Told | undefined;
    };
