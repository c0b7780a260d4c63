import { commands } from 'vscode';
import {
  type ApplyItem,
  type LocalRelationship,
  planApply,
  shownDefinition,
} from '../../../common/src/metadataApi/applyPlan.ts';
import { readDefinition } from '../../../common/src/metadataApi/definition.ts';
import type { Plan } from '../../../common/src/metadataApi/plan.ts';
import { identityText } from '../../../common/src/metadataApi/relationshipIdentity.ts';
import type { ServerState } from '../../../common/src/metadataApi/serverState.ts';
import type { CarriedOut } from './carryOut.ts';
import { type Connection, connect } from './connection.ts';
import { type Located, locate, openDefinition } from './located.ts';
import { type Action, confirm, showLog, tell, tellFailure } from './messages.ts';
import { brokenText, conflictText, differencesText, failureBeforehand, outcomeText } from './outcome.ts';
import { ask } from './question.ts';
import type { Services } from './services.ts';
import type { Tools } from './tools.ts';
import { mayWrite, write } from './writing.ts';

/** The command: the endpoint gets a relationship as it is written here, whether it has one of that name or not. */
export async function applyRelationship(services: Services, tools: Tools, argument: unknown): Promise<void> {
  const located = await locate(services, argument);
  const local = located && sendable(located);
  if (located === undefined || local === undefined || !(await withoutErrors(located))) return;
  const connection = await connect(services, located.uri);
  if (connection === undefined || !mayWrite(connection.endpoint)) return;
  tools.problems.clear(located);
  try {
    await applyUntilSettled(connection, tools, located, local, () =>
      applyRelationship(services, tools, argument),
    );
  } finally {
    await tools.diff.close();
  }
}

function sendable(located: Located): LocalRelationship | undefined {
  const { payload } = located;
  const { identity, definition, form, obstacle, name } = payload;
  if (form === 'none') {
    tell('information', 'This is a request to delete: choose Delete Relationship for it.');
    return undefined;
  }
  if (identity === null || obstacle !== null) {
    const which = name === '' ? 'This relationship' : `"${name}"`;
    tell('error', `${which} can’t be sent. ${obstacle ?? ''}`, definitionAction(located));
    return undefined;
  }
  return { identity, definition };
}

/** Errors found here stop it, unless the person knows better. */
async function withoutErrors({ payload: { name, errors } }: Located): Promise<boolean> {
  if (errors.length === 0) return true;
  const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
  const sure = await confirm('warning', `"${name}" has ${count}.`, errors.join('\n'), 'Apply Anyway');
  if (!sure) void commands.executeCommand('workbench.actions.view.problems');
  return sure;
}

/** Reads, asks and sends; begins again when someone else was faster. */
async function applyUntilSettled(
  connection: Connection,
  tools: Tools,
  located: Located,
  local: LocalRelationship,
  again: () => unknown,
): Promise<void> {
  let seen: ServerState | undefined;
  for (;;) {
    const state = await connection.readState(again);
    if (state === undefined) return;
    const plan = planApply([local], state);
    const [item] = plan.items;
    if (item === undefined) return;
    if (item.action === 'blocked') {
      tell('error', `"${local.identity.name}" is not sent. ${item.block.message}`, definitionAction(located));
      return;
    }
    if (item.action === 'in-place') {
      tellInPlace(connection, tools, located, item);
      return;
    }
    const { name } = local.identity;
    await tools.diff.show(
      name,
      connection.host,
      item.now && shownDefinition(item.now.definition, state),
      shownDefinition(item.definition, state),
    );
    const conflict = seen && conflictOf(local, connection.host, seen, state);
    if (!(await confirmApply(connection, item, state, conflict))) return;
    const outcome = await write(connection, tools.journal, 'apply', plan, state);
    if (outcome.outcome === 'done') {
      tellOutcome(connection, tools, located, plan, outcome, state, again);
      return;
    }
    seen = state;
  }
}

function tellInPlace(
  { host }: Connection,
  { problems }: Tools,
  located: Located,
  { consistency, identity }: Extract<ApplyItem, { action: 'in-place' }>,
): void {
  const text = `"${identity.name}" is already in place on ${host}`;
  if (consistency.state === 'consistent') {
    tell('information', `${text}.`);
    return;
  }
  const reasons = consistency.reasons.join('; ');
  const how = consistency.state === 'inconsistent' ? 'is inconsistent' : 'is not checked';
  problems.add(located, 'warning', `${how} there: ${reasons}`, host);
  tell('warning', `${text}, but ${how}: ${reasons}`, showLog, definitionAction(located));
}

function conflictOf(local: LocalRelationship, host: string, seen: ServerState, now: ServerState): string {
  return conflictText(local.identity.name, host, {
    seen: seen.document.find(local.identity)?.canonical,
    now: now.document.find(local.identity)?.canonical,
    wanted: readDefinition(local.definition, now.document.kindOf),
  });
}

function confirmApply(
  { endpoint }: Connection,
  item: Extract<ApplyItem, { action: 'create' | 'update' }>,
  { document }: ServerState,
  conflict: string | undefined,
): Promise<boolean> {
  const verb = item.action === 'create' ? 'Create' : 'Update';
  const what = identityText(item.identity, document.kindOf);
  return ask(endpoint, {
    verb,
    message: `${verb} ${what} on ${endpoint.host}?`,
    details: [
      ...(conflict === undefined ? [] : [conflict]),
      ...item.warnings.map(({ message }) => message),
      ...(item.now === undefined ? [] : [differencesText(item.differences)]),
    ],
  });
}

function tellOutcome(
  { host }: Connection,
  { problems }: Tools,
  located: Located,
  plan: Plan<ApplyItem>,
  { verdicts, result, afterwards, broken }: Extract<CarriedOut, { outcome: 'done' }>,
  state: ServerState,
  again: () => unknown,
): void {
  const [verdict] = verdicts;
  if (verdict === undefined || plan.changes.length === 0) return;
  const failure = failureBeforehand(verdict, result);
  if (failure !== undefined) {
    tellFailure(failure, host, again);
    return;
  }
  const { severity, message, problem } = outcomeText(
    verdict,
    result,
    host,
    (afterwards ?? state).document.kindOf,
  );
  if (problem && severity !== 'information') problems.add(located, severity, message, host);
  const actions = severity === 'information' ? [] : [showLog, definitionAction(located)];
  tell(severity, message, ...actions);
  const others = brokenText(broken, host);
  if (others !== undefined) tell('warning', others, showLog);
}

function definitionAction(located: Located): Action {
  return { title: 'Open Definition', run: () => openDefinition(located) };
}
