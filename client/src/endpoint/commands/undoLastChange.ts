import { identityText } from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import {
  brokenText,
  failureBeforehand,
  firstOf,
  listed,
  outcomeText,
} from '../../../../common/src/metadataApi/plan/outcome.ts';
import { blockedItems } from '../../../../common/src/metadataApi/plan/plan.ts';
import { planUndo, type UndoEntry } from '../../../../common/src/metadataApi/plan/undo.ts';
import { display } from '../../ui/displayText.ts';
import { tell } from '../../ui/messages.ts';
import { connect } from '../connection/connection.ts';
import { mayWrite, write } from '../connection/writing.ts';
import type { Services } from '../services.ts';
import type { Tools } from '../tools.ts';
import { ask } from '../ui/ask.ts';
import { showLog, tellFailure } from '../ui/messages.ts';

/** The command: the endpoint gets back what it had before the last change from here. */
export async function undoLastChange(services: Services, tools: Tools): Promise<void> {
  const connection = await connect(services);
  if (connection === undefined || !mayWrite(connection.endpoint)) return;
  const { endpoint, host } = connection;
  const again = () => undoLastChange(services, tools);
  for (;;) {
    // Reading says what came of changes that were not seen to their end: before, there may be less to undo.
    const state = await connection.readState(again);
    if (state === undefined) return;
    const kept = await tools.journal.last(endpoint.url);
    if (kept === undefined) {
      tell(
        'information',
        display`There is nothing to undo on ${host}: nothing was applied or deleted from here.`,
      );
      return;
    }
    const plan = planUndo(kept.entry, state);
    const { kindOf } = state.document;
    const [blocked] = blockedItems(plan);
    if (blocked !== undefined) {
      tell('error', display`The last ${kept.entry.verb} can’t be undone. ${blocked.block.message}`, showLog);
      return;
    }
    if (plan.attempts.length === 0) {
      await tools.journal.remove(kept.id);
      tell('information', display`${host} has what it had before the last ${kept.entry.verb}.`);
      return;
    }
    const names = kept.entry.changes.map(({ identity }) => identityText(identity, kindOf));
    const question = {
      verb: 'Undo',
      message: `Undo the ${kept.entry.verb} of ${listed(names, ', ')} on ${host}?`,
      details: detailsOf(kept.entry),
    };
    if (!(await ask(endpoint, question))) return;
    const outcome = await write(connection, tools.journal, undefined, plan, state);
    if (outcome.outcome === 'conflict') continue;
    const { verdicts, result, afterwards, broken } = outcome;
    const bad = verdicts.find(({ outcome: each }) => each !== 'applied' && each !== 'deleted');
    if (bad === undefined || bad.outcome === 'inconsistent' || bad.outcome === 'not-checked') {
      await tools.journal.remove(kept.id);
    }
    const failure = bad && failureBeforehand(bad, result);
    if (bad === undefined) {
      tell('information', display`Undone: ${host} has what it had before the last ${kept.entry.verb}.`);
    } else if (failure !== undefined) {
      tellFailure(failure, host, again);
    } else {
      const { severity, message } = outcomeText(bad, result, host, (afterwards ?? state).document.kindOf);
      tell(severity, display(message), showLog);
    }
    const others = brokenText(broken, host);
    if (others !== undefined) tell('warning', display(others), showLog);
    return;
  }
}

function detailsOf({ at, changes }: UndoEntry): readonly string[] {
  const each = changes.map(({ identity, before }) =>
    before === null
      ? `"${identity.name}" goes: it was not there.`
      : `"${identity.name}" becomes ${JSON.stringify(before)}.`,
  );
  return [`It was made ${new Date(at).toLocaleString()}.`, ...firstOf(each)];
}
