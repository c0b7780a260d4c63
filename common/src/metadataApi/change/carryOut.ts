import { quoted } from '../../foreignText.ts';
import { localized } from '../../localized.ts';
import { describeFailure, type FailedResult } from '../http/httpResult.ts';
import { type Done, type Execution, executePlan, mayHaveChanged } from '../plan/executePlan.ts';
import { brokenText, failureOf, type Told } from '../plan/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import type { Question } from '../plan/question.ts';
import type { ServerState } from '../plan/serverState.ts';
import { type UndoEntry, undoEntry } from '../plan/undo.ts';
import { settleUnfinished } from '../plan/unfinished.ts';
import { type ChangedEndpoint, type ChangeEnvironment, hostToName } from './environment.ts';
import type { Operation, Outcome, Send } from './operation.ts';

/**
 * Reads the server, asks, keeps in the journal what there was, sends and reads again: what the server has then decides.
 * Begins anew when someone else was faster. Tells nothing of the outcome: whoever calls it does.
 */
export async function carryOut<Item, Report>(
  operation: Operation<Item, Report>,
  environment: ChangeEnvironment,
): Promise<Outcome<Item, Report>> {
  const { endpoint, journal } = environment;
  if (endpoint.readOnly) return { outcome: 'read-only', told: readOnlyText(endpoint) };
  let seen: ServerState | undefined;
  for (;;) {
    const reading = await environment.read();
    if (reading.outcome === 'failed') return { outcome: 'not-read', failure: reading.failure };
    const { state } = reading;
    for (const told of await settleUnfinished(journal, endpoint, state)) environment.tell(told);
    const next = await operation.next(state, seen, environment);
    if (next.outcome !== 'send') return next;
    if (!(await environment.ask(next.question, hostToName(endpoint)))) return { outcome: 'given-up' };
    const execution = await writePlan(environment, operation.verb, next.plan, state);
    if (execution.outcome === 'done') return conclude(next, execution, endpoint);
    seen = state;
  }
}

async function conclude<Item, Report>(
  { plan, report }: Send<Item, Report>,
  done: Done,
  { host }: ChangedEndpoint,
): Promise<Outcome<Item, Report>> {
  const failure = failureOf(done);
  if (failure !== undefined) return { outcome: 'failed', failure };
  return { outcome: 'sent', plan, done, report: await report(done), broken: brokenText(done.broken, host) };
}

/** Why nothing is changed on an endpoint that is only to be read. */
export function readOnlyText({ name, host }: Pick<ChangedEndpoint, 'name' | 'host'>): Told {
  const message = localized`${quoted(name)} (${host}) is set to read-only: nothing is changed there.`;
  return { severity: 'warning', message, problem: false };
}

/**
 * Sends a plan with a way to cancel. What the server had is in the journal before anything is sent; the entry goes when
 * nothing came of it.
 */
export async function writePlan(
  environment: ChangeEnvironment,
  verb: UndoEntry['verb'] | undefined,
  plan: Plan<unknown>,
  before: ServerState,
): Promise<Execution> {
  const { endpoint, client, journal } = environment;
  const { url, host } = endpoint;
  const id = verb && (await journal.add(undoEntry(verb, url, new Date().toISOString(), plan.changes)));
  const execution = await environment.during(localized`Changing ${host}`, (signal) =>
    executePlan(client, plan, before, {
      signal,
      mayReplaceAll: (refusal) => environment.ask(replacementQuestion(refusal, host), host),
    }),
  );
  if (execution.outcome === 'done' && execution.afterwards !== undefined) {
    environment.wasRead(execution.afterwards);
  }
  if (id === undefined) return execution;
  if (!mayHaveChanged(execution)) await journal.remove(id);
  else if (isKnown(execution)) await journal.settle(id);
  else await journal.leaveOpen(id);
  return execution;
}

function isKnown(execution: Execution): boolean {
  return execution.outcome === 'done' && execution.verdicts.every(({ outcome }) => outcome !== 'unknown');
}

function replacementQuestion(refusal: FailedResult, host: string): Question {
  return {
    verb: localized`Replace`,
    exceptional: true,
    message: localized`Replace all metadata on ${host} by a copy with this one change?`,
    details: [
      localized`The command for it was refused (${describeFailure(refusal, host)}), because the server does not find inconsistent objects. Everything else is sent back as it was read; if someone changes the metadata in between, nothing happens.`,
    ],
  };
}
