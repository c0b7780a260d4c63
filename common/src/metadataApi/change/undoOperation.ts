import { localized } from '../../localized.ts';
import { identityText, ownerText } from '../document/relationshipIdentity.ts';
import { shownDefinition } from '../plan/applyPlan.ts';
import { firstOf, listed, outcomeText, type Told } from '../plan/outcome.ts';
import { blockedItems, type Plan } from '../plan/plan.ts';
import type { ShownChange } from '../plan/question.ts';
import type { ServerState } from '../plan/serverState.ts';
import { changeText, planUndo, type UndoEntry, type UndoItem } from '../plan/undo.ts';
import { blocked, type Operation } from './operation.ts';

/**
 * The server has again what it had before the last change that the journal knows. `at`: only if that was made then, and none
 * after it.
 */
export function undoOperation(at?: UndoEntry['at']): Operation<UndoItem> {
  return {
    verb: undefined,
    async next(state, _seen, { endpoint: { url, host }, journal }) {
      const kept = await journal.last(url);
      if (kept === undefined) {
        const message = localized`There is nothing left to undo on ${host}.`;
        return { outcome: 'nothing-to-do', report: information(message) };
      }
      const { id, entry } = kept;
      if (at !== undefined && entry.at !== at) {
        const message = localized`Nothing was undone on ${host}: it was undone before, or something else was changed since.`;
        return { outcome: 'nothing-to-do', report: information(message) };
      }
      const plan = planUndo(entry, state);
      const [obstacle] = blockedItems(plan);
      if (obstacle !== undefined) {
        return blocked(
          localized`The last ${changeText(entry.verb)} can’t be undone. ${obstacle.block.message}`,
        );
      }
      if (plan.attempts.length === 0) {
        await journal.remove(id);
        const message = localized`${host} has what it had before the last ${changeText(entry.verb)}.`;
        return { outcome: 'nothing-to-do', report: information(message) };
      }
      const names = entry.changes.map(({ identity }) => identityText(identity, state.document.kindOf));
      const message = localized`Undo the ${changeText(entry.verb)} of ${listed(names, ', ')} on ${host}?`;
      return {
        outcome: 'send',
        plan,
        question: {
          verb: localized`Undo`,
          message,
          details: detailsOf(entry),
          changes: shownChanges(plan, state),
        },
        report: async ({ verdicts, result, afterwards }) => {
          const bad = verdicts.find(({ outcome }) => outcome !== 'applied' && outcome !== 'deleted');
          const undone = bad === undefined || bad.outcome === 'inconsistent' || bad.outcome === 'not-checked';
          if (undone) await journal.remove(id);
          if (bad !== undefined) return outcomeText(bad, result, host, (afterwards ?? state).document.kindOf);
          return information(
            localized`Undone: ${host} has what it had before the last ${changeText(entry.verb)}.`,
          );
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
      ? localized`"${identity.name}" is deleted: it was not there.`
      : localized`"${identity.name}" is restored.`,
  );
  return [localized`It was made at ${new Date(at).toISOString()}.`, ...firstOf(each)];
}

function shownChanges({ items }: Plan<UndoItem>, state: ServerState): readonly ShownChange[] {
  return items.flatMap((item) =>
    item.action === 'restore'
      ? [
          {
            name: item.identity.name,
            owner: ownerText(item.identity, state.document.kindOf),
            now: item.now && shownDefinition(item.now.definition, state),
            after: item.definition && shownDefinition(item.definition, state),
          },
        ]
      : [],
  );
}
