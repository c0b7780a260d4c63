import { localized } from '../../localized.ts';
import { identityText, type RelationshipIdentity } from '../document/relationshipIdentity.ts';
import { absentText, conflictText, renameText } from '../plan/outcome.ts';
import { blockedItems } from '../plan/plan.ts';
import type { Question } from '../plan/question.ts';
import { planRename, type RenameItem } from '../plan/renamePlan.ts';
import type { ServerState } from '../plan/serverState.ts';
import { blocked, type Operation } from './operation.ts';

/** A new name that is asked for. */
export interface NameQuestion {
  readonly title: string;
  /** To begin with. */
  readonly value: string;
  /** Why this server does not take a name, as far as can be known. */
  obstacle(name: string): string | undefined;
}

/** A relationship has another name on the server. `enterName`: `undefined` when it is to keep the one it has. */
export function renameOperation(
  identity: RelationshipIdentity,
  enterName: (question: NameQuestion) => Promise<string | undefined>,
): Operation<RenameItem> {
  let newName: string | undefined;
  return {
    verb: 'rename',
    async next(state, seen, { endpoint: { host } }) {
      const { kindOf } = state.document;
      if (state.document.find(identity) === undefined) {
        return { outcome: 'nothing-to-do', report: absentText(identity, host, kindOf) };
      }
      newName ??= (await enterName(nameQuestion(identity, state, host)))?.trim();
      if (newName === undefined) return { outcome: 'given-up' };
      const plan = planRename(identity, newName, state);
      const [item] = plan.items;
      const [obstacle] = blockedItems(plan);
      if (item?.action !== 'rename' || plan.attempts.length === 0) {
        const why =
          obstacle?.block.message ?? localized`The server does not find it, because it is inconsistent.`;
        return blocked(localized`"${identity.name}" is not renamed. ${why}`);
      }
      const notes = seen === undefined ? [] : [conflictText(host)];
      return {
        outcome: 'send',
        plan,
        question: questionOf(item, host, state, notes),
        report: async ({ verdicts, result, afterwards }) =>
          renameText(item, verdicts, result, host, afterwards?.document.kindOf),
      };
    },
  };
}

function nameQuestion(identity: RelationshipIdentity, state: ServerState, host: string): NameQuestion {
  return {
    title: localized`New name of ${identityText(identity, state.document.kindOf)} on ${host}`,
    value: identity.name,
    obstacle: (name) => blockedItems(planRename(identity, name.trim(), state))[0]?.block.message,
  };
}

function questionOf(
  { identity, newName, warnings }: Extract<RenameItem, { action: 'rename' }>,
  host: string,
  { document }: ServerState,
  notes: readonly string[],
): Question {
  return {
    verb: localized`Rename`,
    message: localized`Rename ${identityText(identity, document.kindOf)} to ${newName} on ${host}?`,
    details: [
      ...notes,
      ...warnings.map(({ message }) => message),
      localized`It is deleted and created again with the definition it has there, both or neither. Queries that use the old name will fail.`,
      localized`The text in the file stays.`,
    ],
  };
}
