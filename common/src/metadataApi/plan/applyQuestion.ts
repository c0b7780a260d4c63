import { counted } from '../../counted.ts';
import { readDefinition } from '../document/definition.ts';
import { identityText } from '../document/relationshipIdentity.ts';
import type { ApplyItem, LocalRelationship } from './applyPlan.ts';
import { conflictLines, differencesText, firstOf, listed } from './outcome.ts';
import type { Plan } from './plan.ts';
import type { Question } from './question.ts';
import type { ServerState } from './serverState.ts';

type Changing = Extract<ApplyItem, { action: 'create' | 'update' }>;

export function isChanging(item: ApplyItem): item is Changing {
  return item.action === 'create' || item.action === 'update';
}

/** What is asked before a plan is sent; `notes` are further lines. */
export function applyQuestion(
  plan: Plan<ApplyItem>,
  host: string,
  { document }: ServerState,
  notes: readonly string[],
): Question {
  const [only, ...others] = plan.items;
  if (only !== undefined && isChanging(only) && others.length === 0) {
    const verb = only.action === 'create' ? 'Create' : 'Update';
    return {
      verb,
      message: `${verb} ${identityText(only.identity, document.kindOf)} on ${host}?`,
      details: [
        ...notes,
        ...only.warnings.map(({ message }) => message),
        ...(only.now === undefined ? [] : [differencesText(only.differences)]),
      ],
    };
  }
  const changing = plan.items.filter(isChanging);
  const countOf = (action: ApplyItem['action'], what: string): readonly string[] => {
    const names = plan.items.filter((item) => item.action === action).map(({ identity }) => identity.name);
    return names.length === 0 ? [] : [`${names.length} ${what}: ${listed(names, ', ')}.`];
  };
  const warnings = changing.flatMap(({ identity, warnings }) =>
    warnings
      // That an update replaces is what it is.
      .filter(({ code }) => code !== 'replaces')
      .map(({ message }) => `"${identity.name}": ${message}`),
  );
  return {
    verb: 'Apply',
    message: `Apply ${counted(changing.length, 'relationship', 'a relationship')} to ${host}?`,
    details: [
      ...notes,
      ...countOf('create', 'will be created'),
      ...countOf('update', 'will be updated'),
      ...countOf('in-place', 'already in place'),
      ...countOf('blocked', 'left out'),
      ...firstOf(warnings),
      'All of them are changed, or none.',
    ],
  };
}

/** What someone else has changed since `seen` was read. */
export function applyConflict(
  locals: readonly LocalRelationship[],
  host: string,
  seen: ServerState,
  now: ServerState,
): readonly string[] {
  return conflictLines(
    host,
    locals.map(({ identity, definition }) => ({
      name: identity.name,
      seen: seen.document.find(identity)?.canonical,
      now: now.document.find(identity)?.canonical,
      wanted: readDefinition(definition, now.document.kindOf),
    })),
  );
}
