import { counted } from '../../counted.ts';
import { localized } from '../../localized.ts';
import { readDefinition } from '../document/definition.ts';
import { identityText, ownerText } from '../document/relationshipIdentity.ts';
import { type ApplyItem, type LocalRelationship, planApply, shownDefinition } from '../plan/applyPlan.ts';
import { type ApplyReport, reportOf } from '../plan/applyReport.ts';
import { conflictLines, differencesText, firstOf, listed } from '../plan/outcome.ts';
import { blockedItems, type Plan } from '../plan/plan.ts';
import type { Question, ShownChange } from '../plan/question.ts';
import type { ServerState } from '../plan/serverState.ts';
import type { ChangeEnvironment } from './environment.ts';
import { blocked, type NotSent, type Operation } from './operation.ts';
import { leaveOutQuestion, noneLeftText, rowText, type Sendable } from './selectToApply.ts';

/**
 * The server has relationships as they are written here, all or none, whether it has some of those names or not. Reports a
 * line for each. `notes`: further lines of the question.
 */
export function applyOperation(
  sendable: readonly Sendable[],
  notes: readonly string[],
): Operation<ApplyItem, ApplyReport> {
  const locals = sendable.map(({ local }) => local);
  return {
    verb: 'apply',
    async next(state, seen, environment) {
      const { host } = environment.endpoint;
      const plan = await planSendable(sendable, state, environment);
      if ('outcome' in plan) return plan;
      const { kindOf } = state.document;
      if (plan.attempts.length === 0) {
        return {
          outcome: 'nothing-to-do',
          report: { lines: reportOf(plan, host, kindOf, undefined), kindOf },
        };
      }
      const conflict = seen === undefined ? [] : applyConflict(locals, host, seen, state);
      const question = applyQuestion(plan, host, state, [...conflict, ...notes]);
      return {
        outcome: 'send',
        plan,
        question: { ...question, changes: shownChanges(plan, state) },
        report: async (done) => {
          const { kindOf } = (done.afterwards ?? state).document;
          return { lines: reportOf(plan, host, kindOf, done), kindOf };
        },
      };
    },
  };
}

/** Without those that this server can't take, when the person agrees. */
async function planSendable(
  sendable: readonly Sendable[],
  state: ServerState,
  environment: ChangeEnvironment,
): Promise<Plan<ApplyItem> | NotSent<never>> {
  const locals = sendable.map(({ local }) => local);
  const plan = planApply(locals, state);
  const obstacles = blockedItems(plan);
  const [first] = obstacles;
  if (first === undefined) return plan;
  const index = plan.items.indexOf(first);
  if (plan.items.length === 1) {
    return blocked(localized`"${first.identity.name}" is not sent. ${first.block.message}`, index);
  }
  const rows = obstacles.map((item) =>
    rowText(item.identity, sendable[plan.items.indexOf(item)]?.where ?? '', item.block.message),
  );
  if (rows.length === plan.items.length) return blocked(noneLeftText(rows), index);
  if (!(await environment.ask(leaveOutQuestion(rows), undefined))) return { outcome: 'given-up' };
  return planApply(locals, state, { leaveOutBlocked: true });
}

function shownChanges(plan: Plan<ApplyItem>, state: ServerState): readonly ShownChange[] {
  return plan.items.filter(isChanging).map(({ identity, now, definition }) => ({
    name: identity.name,
    owner: ownerText(identity, state.document.kindOf),
    now: now && shownDefinition(now.definition, state),
    after: shownDefinition(definition, state),
  }));
}

type Changing = Extract<ApplyItem, { action: 'create' | 'update' }>;

function isChanging(item: ApplyItem): item is Changing {
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
    const verb = only.action === 'create' ? localized`Create` : localized`Update`;
    return {
      verb,
      message: localized`${verb} ${identityText(only.identity, document.kindOf)} on ${host}?`,
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
    verb: localized`Apply`,
    message: localized`Apply ${counted(changing.length, 'relationship', 'a relationship')} to ${host}?`,
    details: [
      ...notes,
      ...countOf('create', localized`will be created`),
      ...countOf('update', localized`will be updated`),
      ...countOf('in-place', localized`already in place`),
      ...countOf('blocked', localized`left out`),
      ...firstOf(warnings),
      localized`All of them are changed, or none.`,
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
