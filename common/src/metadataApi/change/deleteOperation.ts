import { localized } from '../../localized.ts';
import { identityText, ownerText, type RelationshipIdentity } from '../document/relationshipIdentity.ts';
import { shownDefinition } from '../plan/applyPlan.ts';
import { type DeleteItem, planDelete } from '../plan/deletePlan.ts';
import { absentText, conflictText, outcomeText } from '../plan/outcome.ts';
import type { Question } from '../plan/question.ts';
import type { ServerState } from '../plan/serverState.ts';
import { blocked, type Operation } from './operation.ts';

/** The server has a relationship no more. `written`: a file of the project has it, and keeps it. */
export function deleteOperation(
  identity: RelationshipIdentity,
  { written }: { readonly written: boolean },
): Operation<DeleteItem> {
  return {
    verb: 'delete',
    async next(state, seen, { endpoint: { host } }) {
      const plan = planDelete([identity], state);
      const [item] = plan.items;
      if (item?.action === 'blocked') {
        return blocked(localized`"${identity.name}" is not deleted. ${item.block.message}`);
      }
      if (item?.action !== 'delete') {
        return { outcome: 'nothing-to-do', report: absentText(identity, host, state.document.kindOf) };
      }
      const notes = seen === undefined ? [] : [conflictText(host)];
      return {
        outcome: 'send',
        plan,
        question: questionOf(item, host, state, notes, written),
        report: async ({ verdicts, result, afterwards }) => {
          const { kindOf } = (afterwards ?? state).document;
          const [told] = verdicts.map((verdict) => outcomeText(verdict, result, host, kindOf));
          return told ?? absentText(identity, host, kindOf);
        },
      };
    },
  };
}

function questionOf(
  { identity, consistency, warnings, now }: Extract<DeleteItem, { action: 'delete' }>,
  host: string,
  state: ServerState,
  notes: readonly string[],
  written: boolean,
): Question {
  return {
    verb: localized`Delete`,
    message: localized`Delete ${identityText(identity, state.document.kindOf)} on ${host}?`,
    details: [
      ...notes,
      ...(consistency.state === 'inconsistent'
        ? [localized`It is inconsistent there: ${consistency.reasons.join('; ')}.`]
        : []),
      ...warnings.map(({ message }) => message),
      written ? localized`The text in the file stays.` : localized`No file of the project has it.`,
    ],
    changes: [
      {
        name: identity.name,
        owner: ownerText(identity, state.document.kindOf),
        now: shownDefinition(now.definition, state),
        after: undefined,
      },
    ],
  };
}
