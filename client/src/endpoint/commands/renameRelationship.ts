import { WorkspaceEdit, workspace } from 'vscode';
import {
  identityText,
  type RelationshipIdentity,
} from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import type { Execution } from '../../../../common/src/metadataApi/plan/executePlan.ts';
import {
  brokenText,
  failureBeforehand,
  renameText,
} from '../../../../common/src/metadataApi/plan/outcome.ts';
import type { Plan } from '../../../../common/src/metadataApi/plan/plan.ts';
import { blockedItems } from '../../../../common/src/metadataApi/plan/plan.ts';
import { planRename, type RenameItem } from '../../../../common/src/metadataApi/plan/renamePlan.ts';
import type { ServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import { newNameRequest, relationshipsRequest } from '../../../../common/src/protocol.ts';
import { display } from '../../ui/displayText.ts';
import { enterText } from '../../ui/inputBox.ts';
import { type Action, tell } from '../../ui/messages.ts';
import { type Connection, connect } from '../connection/connection.ts';
import { fileRangeOf, type Located, locate, openAction, rangeOf } from '../connection/located.ts';
import { mayWrite, write } from '../connection/writing.ts';
import type { Services } from '../services.ts';
import type { Tools } from '../tools.ts';
import { ask } from '../ui/ask.ts';
import { showLog, tellFailure } from '../ui/messages.ts';

/** The command: the relationship has another name on the endpoint. What is written here stays, unless that is asked for, too. */
export async function renameRelationship(services: Services, tools: Tools, argument: unknown): Promise<void> {
  const located = await locate(services, argument);
  if (located === undefined) return;
  const { identity, obstacle } = located.payload;
  if (identity === null) {
    const text = `It is not known which relationship this is. ${obstacle ?? ''}`;
    tell('error', display(text), openAction(fileRangeOf(located)));
    return;
  }
  const connection = await connect(services, located.uri);
  if (connection === undefined || !mayWrite(connection.endpoint)) return;
  const again = () => renameRelationship(services, tools, argument);
  await renameUntilSettled(services, connection, tools, located, identity, again);
}

/** Reads, asks for the name and sends; asks once more when someone else was faster. */
async function renameUntilSettled(
  services: Services,
  connection: Connection,
  tools: Tools,
  located: Located,
  identity: RelationshipIdentity,
  again: () => unknown,
): Promise<void> {
  const { host } = connection;
  let newName: string | undefined;
  for (;;) {
    const state = await connection.readState(again);
    if (state === undefined) return;
    if (state.document.find(identity) === undefined) {
      tell('information', display`${host} has no ${identityText(identity, state.document.kindOf)}.`);
      return;
    }
    const conflict = newName !== undefined;
    newName ??= await enterName(identity, state, host);
    if (newName === undefined) return;
    const plan = planRename(identity, newName, state);
    const [item] = plan.items;
    const [blocked] = blockedItems(plan);
    if (blocked !== undefined || plan.attempts.length === 0) {
      const why = blocked?.block.message ?? 'The server does not find it, because it is inconsistent.';
      tell('error', display`"${identity.name}" is not renamed. ${why}`, showLog);
      return;
    }
    if (item?.action !== 'rename' || !(await confirmRename(connection, item, state, conflict))) return;
    const outcome = await write(connection, tools.journal, 'rename', plan, state);
    if (outcome.outcome === 'done') {
      tellOutcome(services, connection, located, plan, item, outcome, again);
      return;
    }
  }
}

/** A name that this server takes, as far as can be known. */
function enterName(
  identity: RelationshipIdentity,
  state: ServerState,
  host: string,
): Promise<string | undefined> {
  return Promise.resolve(
    enterText({
      title: display`New name of ${identityText(identity, state.document.kindOf)} on ${host}`,
      value: identity.name,
      validate: (text) => {
        const [blocked] = blockedItems(planRename(identity, text.trim(), state));
        return blocked && display(blocked.block.message);
      },
    }),
  ).then((text) => text?.trim());
}

function confirmRename(
  { endpoint }: Connection,
  { identity, newName, warnings }: Extract<RenameItem, { action: 'rename' }>,
  { document }: ServerState,
  conflict: boolean,
): Promise<boolean> {
  const { host } = endpoint;
  return ask(endpoint, {
    verb: 'Rename',
    message: `Rename ${identityText(identity, document.kindOf)} to ${newName} on ${host}?`,
    details: [
      ...(conflict ? [`The metadata on ${host} was changed by someone else in the meantime.`] : []),
      ...warnings.map(({ message }) => message),
      'It is deleted and created with the definition it has there, both or none. Whoever asks for the old name gets an error then.',
      'The text in the file stays.',
    ],
  });
}

function tellOutcome(
  services: Services,
  { host }: Connection,
  located: Located,
  plan: Plan<RenameItem>,
  item: Extract<RenameItem, { action: 'rename' }>,
  { verdicts, result, broken, afterwards }: Extract<Execution, { outcome: 'done' }>,
  again: () => unknown,
): void {
  const [first] = verdicts;
  const failure = first && failureBeforehand(first, result);
  if (failure !== undefined) {
    tellFailure(failure, host, again);
    return;
  }
  const { severity, message } = renameText(item, verdicts, result, host, afterwards?.document.kindOf);
  const renamed = verdicts.length === plan.changes.length && verdicts[0]?.outcome === 'deleted';
  const actions = [
    ...(renamed ? [renameAction(services, located, item.newName)] : []),
    ...(severity === 'information' ? [] : [showLog]),
  ];
  tell(severity, display(message), ...actions);
  const others = brokenText(broken, host);
  if (others !== undefined) tell('warning', display(others), showLog);
}

/** Gives the relationship its new name in the file, where it stands by then; undone like any edit. */
function renameAction({ server }: Services, { uri, payload }: Located, newName: string): Action {
  return {
    title: display`Rename in File`,
    run: async () => {
      const { identity } = payload;
      const found = (await server.ask(relationshipsRequest, { uri: uri.toString() }))?.find(
        (each) => JSON.stringify(each.identity) === JSON.stringify(identity),
      );
      const edits =
        found &&
        (await server.ask(newNameRequest, {
          uri: uri.toString(),
          position: found.range.start,
          name: newName,
        }));
      if (!edits) {
        tell(
          'information',
          display`The file has no "${payload.name}" any more whose name could be changed alone.`,
        );
        return;
      }
      const edit = new WorkspaceEdit();
      for (const { range, newText } of edits) edit.replace(uri, rangeOf(range), newText);
      await workspace.applyEdit(edit);
    },
  };
}
