import { identityText } from '../document/relationshipIdentity.ts';
import { firstOf, listed, outcomeText, type Told } from '../plan/outcome.ts';
import { blockedItems } from '../plan/plan.ts';
import { planUndo, type UndoEntry, type UndoItem } from '../plan/undo.ts';
import { blocked, type Operation } from './operation.ts';

/** The server has again what it had before the last change that the journal knows. */
export function undoOperation(): Operation<UndoItem> {
  return {
    verb: undefined,
    async next(state, _seen, { endpoint: { url, host }, journal }) {
      const kept = await journal.last(url);
      if (kept === undefined) {
        const message = `There is nothing to undo on ${host}: nothing was applied or deleted from here.`;
        return { outcome: 'nothing-to-do', report: information(message) };
      }
      const { id, entry } = kept;
      const plan = planUndo(entry, state);
      const [obstacle] = blockedItems(plan);
      if (obstacle !== undefined) {
        return blocked(`The last ${entry.verb} can’t be undone. ${obstacle.block.message}`);
      }
      if (plan.attempts.length === 0) {
        await journal.remove(id);
        const message = `${host} has what it had before the last ${entry.verb}.`;
        return { outcome: 'nothing-to-do', report: information(message) };
      }
      const names = entry.changes.map(({ identity }) => identityText(identity, state.document.kindOf));
      const message = `Undo the ${entry.verb} of ${listed(names, ', ')} on ${host}?`;
      return {
        outcome: 'send',
        plan,
        question: { verb: 'Undo', message, details: detailsOf(entry) },
        report: async ({ verdicts, result, afterwards }) => {
          const bad = verdicts.find(({ outcome }) => outcome !== 'applied' && outcome !== 'deleted');
          const undone = bad === undefined || bad.outcome === 'inconsistent' || bad.outcome === 'not-checked';
          if (undone) await journal.remove(id);
          if (bad !== undefined) return outcomeText(bad, result, host, (afterwards ?? state).document.kindOf);
          return information(`Undone: ${host} has what it had before the last ${entry.verb}.`);
        },
      };
    },
  };
}

function information(message: string): Told {
  return { severity: 'information', message, problem: false };
}

function detailsOf({ at, changes }: UndoEntry): readonly string[] {
  const each = changes.map(({ identity, before }) =>
    before === null
      ? `"${identity.name}" goes: it was not there.`
      : `"${identity.name}" becomes ${JSON.stringify(before)}.`,
  );
  return [`It was made ${new Date(at).toLocaleString()}.`, ...firstOf(each)];
}
