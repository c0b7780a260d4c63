import { WorkspaceEdit, workspace } from 'vscode';
import { deleteOperation } from '../../../../common/src/metadataApi/change/deleteOperation.ts';
import type { RelationshipIdentity } from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { relationshipsRequest } from '../../../../common/src/protocol.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display } from '../../ui/displayText.ts';
import { type Action, tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import { fileRangeOf, type Located, locate } from '../connection/located.ts';
import { change, tellOutcome } from '../connection/writing.ts';
import { languageOfFile } from '../ui/definitionDiff.ts';
import { openAction, rangeOf } from '../ui/fileRange.ts';
import { undoActions } from './undoLastChange.ts';

/** The command: the endpoint has a relationship no more. What is written here stays, unless that is asked for, too. */
export async function deleteRelationship(context: CommandContext, argument: unknown): Promise<void> {
  const located = await locate(context, argument);
  if (located === undefined) return;
  const { identity, obstacle } = located.payload;
  if (identity === null) {
    const text = `It is not known which relationship this is. ${obstacle ?? ''}`;
    tell('error', display(text), openAction(fileRangeOf(located)));
    return;
  }
  const connection = await connect(context, located.uri);
  if (connection === undefined) return;
  if (!connection.endpoint.readOnly) context.problems.clear(located);
  const again = () => deleteRelationship(context, argument);
  const operation = deleteOperation(identity, { written: true });
  const language = languageOfFile(located.uri.path);
  const outcome = await change(connection, context, operation, again, { language });
  const deleted = outcome?.outcome === 'sent' && outcome.done.verdicts[0]?.outcome === 'deleted';
  const actions = deleted && located.payload.removal ? [removeAction(context, located)] : [];
  tellOutcome(outcome, ...(await undoActions(context, connection, outcome)), ...actions);
}

/** Deletes one that is written in no file of the project. */
export async function deleteFromServer(
  context: CommandContext,
  project: HasuraProject,
  identity: RelationshipIdentity,
): Promise<void> {
  const connection = await connect(context, project);
  if (connection === undefined) return;
  const again = () => deleteFromServer(context, project, identity);
  const outcome = await change(connection, context, deleteOperation(identity, { written: false }), again);
  tellOutcome(outcome, ...(await undoActions(context, connection, outcome)));
}

/** Takes the relationship out of its file, where it stands by then; undone like any edit. */
function removeAction({ server }: CommandContext, { uri, payload }: Located): Action {
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
