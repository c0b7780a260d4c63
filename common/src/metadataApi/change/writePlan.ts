import { describeFailure, type FailedResult } from '../http/httpResult.ts';
import { type Execution, executePlan, mayHaveChanged } from '../plan/executePlan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Question } from '../plan/question.ts';
import type { ServerState } from '../plan/serverState.ts';
import { type UndoEntry, undoEntry } from '../plan/undo.ts';
import type { ChangeEnvironment } from './environment.ts';

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
  const execution = await environment.during(`Changing ${host}`, (signal) =>
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
    verb: 'Replace',
    message: `Replace all metadata on ${host} by itself with this one change?`,
    details: [
      `The command for it was refused (${describeFailure(refusal, host)}), because the server does not find what is inconsistent. All else is sent back as it was read; if someone changes the metadata in between, nothing happens.`,
    ],
  };
}
