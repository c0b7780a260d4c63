import { quoted } from '../../../../common/src/foreignText.ts';
import type { FailedResult } from '../../../../common/src/metadataApi/http/httpResult.ts';
import { describeFailure } from '../../../../common/src/metadataApi/http/httpResult.ts';
import {
  type Execution,
  executePlan,
  mayHaveChanged,
} from '../../../../common/src/metadataApi/plan/executePlan.ts';
import type { Plan } from '../../../../common/src/metadataApi/plan/plan.ts';
import type { ServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import { type UndoEntry, undoEntry } from '../../../../common/src/metadataApi/plan/undo.ts';
import { display } from '../../ui/displayText.ts';
import { confirm, tell } from '../../ui/messages.ts';
import { withProgress } from '../../ui/progress.ts';
import { chooseEndpoint } from '../ui/messages.ts';
import type { Connection } from './connection.ts';
import type { Endpoint } from './endpoints.ts';
import type { Journal } from './journal.ts';

/** False, and told, when the endpoint is only to be read. */
export function mayWrite({ name, host, readOnly }: Endpoint): boolean {
  if (readOnly) {
    tell(
      'warning',
      display`${quoted(name)} (${host}) is set to be read only: nothing is changed there.`,
      chooseEndpoint,
    );
  }
  return !readOnly;
}

/**
 * Sends a plan with a way to cancel. What the server had is in the journal before anything is sent; the entry goes when
 * nothing came of it.
 */
export async function write(
  connection: Connection,
  journal: Journal,
  verb: UndoEntry['verb'] | undefined,
  plan: Plan<unknown>,
  before: ServerState,
): Promise<Execution> {
  const { endpoint, host } = connection;
  const id =
    verb && (await journal.add(undoEntry(verb, endpoint.url, new Date().toISOString(), plan.changes)));
  const outcome = await withProgress(display`Changing ${host}`, (signal) =>
    executePlan(connection.client, plan, before, {
      signal,
      mayReplaceAll: (refusal) => confirmReplacement(refusal, host),
    }),
  );
  if (outcome.outcome === 'done' && outcome.afterwards !== undefined) {
    connection.tellRead({ outcome: 'read', state: outcome.afterwards });
  }
  if (id === undefined) return outcome;
  if (!mayHaveChanged(outcome)) await journal.remove(id);
  else if (isKnown(outcome)) await journal.settle(id);
  else await journal.leaveOpen(id);
  return outcome;
}

function isKnown(carriedOut: Execution): boolean {
  return carriedOut.outcome === 'done' && carriedOut.verdicts.every(({ outcome }) => outcome !== 'unknown');
}

function confirmReplacement(refusal: FailedResult, host: string): Promise<boolean> {
  return confirm(
    'warning',
    display`Replace all metadata on ${host} by itself with this one change?`,
    display`The command for it was refused (${describeFailure(refusal, host)}), because the server does not find what is inconsistent. All else is sent back as it was read; if someone changes the metadata in between, nothing happens.`,
    display`Replace on ${host}`,
  );
}
