import { WorkspaceEdit, workspace } from 'vscode';
import {
  identityText,
  type RelationshipIdentity,
} from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { type DeleteItem, planDelete } from '../../../../common/src/metadataApi/plan/deletePlan.ts';
import type { Execution } from '../../../../common/src/metadataApi/plan/executePlan.ts';
import {
  brokenText,
  failureBeforehand,
  outcomeText,
} from '../../../../common/src/metadataApi/plan/outcome.ts';
import type { Plan } from '../../../../common/src/metadataApi/plan/plan.ts';
import type { ServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import { relationshipsRequest } from '../../../../common/src/protocol.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display } from '../../ui/displayText.ts';
import { type Action, tell } from '../../ui/messages.ts';
import { type Connection, connect } from '../connection/connection.ts';
import { type Located, locate, openDefinition, rangeOf } from '../connection/located.ts';
import { mayWrite, write } from '../connection/writing.ts';
import type { Services } from '../services.ts';
import type { Tools } from '../tools.ts';
import { ask } from '../ui/ask.ts';
import { showLog, tellFailure } from '../ui/messages.ts';

/** A relationship that goes: by what makes it that one, and where it is written, if it is. */
interface Doomed {
  readonly identity: RelationshipIdentity;
  readonly located: Located | undefined;
}

/** The command: the endpoint has a relationship no more. What is written here stays, unless that is asked for, too. */
export async function deleteRelationship(services: Services, tools: Tools, argument: unknown): Promise<void> {
  const located = await locate(services, argument);
  if (located === undefined) return;
  const { identity, obstacle } = located.payload;
  if (identity === null) {
    tell(
      'error',
      display`It is not known which relationship this is. ${obstacle ?? ''}`,
      definitionAction(located),
    );
    return;
  }
  const connection = await connect(services, located.uri);
  if (connection === undefined || !mayWrite(connection.endpoint)) return;
  tools.problems.clear(located);
  await deleteUntilSettled(services, connection, tools, { identity, located }, () =>
    deleteRelationship(services, tools, argument),
  );
}

/** Deletes one that is written in no file of the project. */
export async function deleteFromServer(
  services: Services,
  tools: Tools,
  project: HasuraProject,
  identity: RelationshipIdentity,
): Promise<void> {
  const connection = await connect(services, project);
  if (connection === undefined || !mayWrite(connection.endpoint)) return;
  await deleteUntilSettled(services, connection, tools, { identity, located: undefined }, () =>
    deleteFromServer(services, tools, project, identity),
  );
}

async function deleteUntilSettled(
  services: Services,
  connection: Connection,
  tools: Tools,
  { identity, located }: Doomed,
  again: () => unknown,
): Promise<void> {
  const { host } = connection;
  let conflict = false;
  for (;;) {
    const state = await connection.readState(again);
    if (state === undefined) return;
    const plan = planDelete([identity], state);
    const [item] = plan.items;
    if (item === undefined) return;
    if (item.action === 'absent') {
      tell('information', display`${host} has no ${identityText(identity, state.document.kindOf)}.`);
      return;
    }
    if (item.action === 'blocked') {
      tell('error', display`"${identity.name}" is not deleted. ${item.block.message}`, showLog);
      return;
    }
    if (!(await confirmDelete(connection, item, state, { conflict, written: located !== undefined }))) return;
    const outcome = await write(connection, tools.journal, 'delete', plan, state);
    if (outcome.outcome === 'done') {
      tellOutcome(services, connection, located, plan, outcome, state, again);
      return;
    }
    conflict = true;
  }
}

function confirmDelete(
  { endpoint }: Connection,
  { identity, consistency, warnings, now }: Extract<DeleteItem, { action: 'delete' }>,
  { document }: ServerState,
  { conflict, written }: { readonly conflict: boolean; readonly written: boolean },
): Promise<boolean> {
  const { host } = endpoint;
  return ask(endpoint, {
    verb: 'Delete',
    message: `Delete ${identityText(identity, document.kindOf)} on ${host}?`,
    details: [
      ...(conflict ? [`The metadata on ${host} was changed by someone else in the meantime.`] : []),
      ...(consistency.state === 'inconsistent'
        ? [`It is inconsistent there: ${consistency.reasons.join('; ')}.`]
        : []),
      ...warnings.map(({ message }) => message),
      `It is defined there as ${JSON.stringify(now.definition)}.`,
      written ? 'The text in the file stays.' : 'No file of the project has it.',
    ],
  });
}

function tellOutcome(
  services: Services,
  { host }: Connection,
  located: Located | undefined,
  plan: Plan<DeleteItem>,
  { verdicts, result, afterwards, broken }: Extract<Execution, { outcome: 'done' }>,
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
  const { document } = afterwards ?? state;
  const { severity, message } = outcomeText(verdict, result, host, document.kindOf);
  const removable = verdict.outcome === 'deleted' && located?.payload.removal ? located : undefined;
  const actions = [
    ...(removable ? [removeAction(services, removable)] : []),
    ...(severity === 'information' ? [] : [showLog]),
  ];
  tell(severity, display(message), ...actions);
  const others = brokenText(broken, host);
  if (others !== undefined) tell('warning', display(others), showLog);
}

/** Takes the relationship out of its file, where it stands by then; undone like any edit. */
function removeAction({ server }: Services, { uri, payload }: Located): Action {
  return {
    title: display`Remove from File`,
    run: async () => {
      const { identity } = payload;
      const found = (await server.ask(relationshipsRequest, { uri: uri.toString() }))?.find(
        (each) => JSON.stringify(each.identity) === JSON.stringify(identity),
      );
      if (!found?.removal) return;
      const edit = new WorkspaceEdit();
      for (const { range, newText } of found.removal) edit.replace(uri, rangeOf(range), newText);
      await workspace.applyEdit(edit);
    },
  };
}

function definitionAction(located: Located): Action {
  return { title: display`Open Definition`, run: () => openDefinition(located) };
}
