import { commands } from 'vscode';
import { localized } from '../../../../common/src/localized.ts';
import {
  inconsistencyDocument,
  inconsistencyText,
  inconsistencyTitle,
} from '../../../../common/src/metadataApi/inconsistency/inconsistencyText.ts';
import { locateInconsistencies } from '../../../../common/src/metadataApi/inconsistency/inconsistentLocations.ts';
import type { InconsistentObject } from '../../../../common/src/metadataApi/inconsistency/inconsistentObjects.ts';
import type { ServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import { locationsRequest } from '../../../../common/src/protocol.ts';
import { display, withIcon } from '../../ui/displayText.ts';
import { type Action, tell } from '../../ui/messages.ts';
import { type Entry, pick } from '../../ui/quickPick.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import type { Connection } from '../connection/connection.ts';

/** The command: what the endpoint holds for inconsistent, at the definitions it is about; the rest in a list. */
export async function showInconsistentMetadata(context: CommandContext): Promise<void> {
  const connection = await connect(context);
  const state = await connection?.readState(() => showInconsistentMetadata(context));
  if (connection === undefined || state === undefined) return;
  const { host } = connection;
  if (state.inconsistent.length === 0) {
    context.inconsistent.set(host, []);
    tell('information', display`All metadata on ${host} is consistent.`);
    return;
  }
  const { placed, unplaced } = await markInconsistent(context, connection, state);
  if (placed > 0) await showProblems();
  if (unplaced.length === 0) return;
  if (placed === 0) await pickInconsistency(context, host, unplaced);
  else {
    const message =
      unplaced.length === 1
        ? localized`One object on ${host} is in no file of this project.`
        : localized`${unplaced.length} objects on ${host} are in no file of this project.`;
    tell('warning', display(message), listAction(context, host, unplaced));
  }
}

/** Tells what is inconsistent after something was done, with buttons that show it; `done` says what was done. */
export async function tellInconsistent(
  context: CommandContext,
  connection: Connection,
  state: ServerState,
  done: string,
): Promise<void> {
  const { host } = connection;
  const count = state.inconsistent.length;
  const { placed, unplaced } = await markInconsistent(context, connection, state);
  if (count === 0) {
    tell('information', display`${done} All metadata on ${host} is consistent.`);
    return;
  }
  const [first] = state.inconsistent;
  tell(
    'warning',
    count === 1 && first !== undefined
      ? display`${done} One object there is inconsistent: ${inconsistencyText(first)}`
      : display`${done} ${count} objects there are inconsistent.`,
    ...(placed > 0 ? [showInProblems] : []),
    ...(unplaced.length > 0 ? [listAction(context, host, unplaced)] : []),
  );
}

/** Puts it into Problems where it is written; without the language server nobody knows where that is. */
async function markInconsistent(
  { server, inconsistent }: CommandContext,
  { host, project }: Connection,
  state: ServerState,
): Promise<{ readonly placed: number; readonly unplaced: readonly InconsistentObject[] }> {
  const files = await server.ask(locationsRequest, { uri: project.folder.toString() }).catch(() => undefined);
  const { problems, unplaced } = locateInconsistencies(state, files ?? []);
  inconsistent.set(host, problems);
  return { placed: problems.length, unplaced };
}

function showProblems(): Thenable<unknown> {
  return commands.executeCommand('workbench.actions.view.problems');
}

const showInProblems: Action = { title: display`Show in Problems`, run: showProblems };

function listAction(context: CommandContext, host: string, objects: readonly InconsistentObject[]): Action {
  return { title: display`Show List`, run: () => pickInconsistency(context, host, objects) };
}

interface Item extends Entry {
  readonly object: InconsistentObject;
}

/** A list that can be searched; what is chosen is opened with all that the server says of it. */
async function pickInconsistency(
  { texts }: CommandContext,
  host: string,
  objects: readonly InconsistentObject[],
): Promise<void> {
  const items = objects.map((object): Item => {
    return {
      label: withIcon('warning', display(inconsistencyTitle(object))),
      detail: display(inconsistencyText(object)),
      object,
    };
  });
  const chosen = await pick(items, {
    title: display`Inconsistent on ${host}, and in no file of this project`,
    placeHolder: display`Choose one to read everything the server says about it.`,
    matchOnDetail: true,
  });
  if (chosen === undefined) return;
  const { object } = chosen;
  const path = [host, 'inconsistent', `${inconsistencyTitle(object)}.json`];
  await texts.show(path, `${JSON.stringify(inconsistencyDocument(object), null, 2)}\n`, 'here');
}
