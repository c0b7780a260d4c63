import { workspace } from 'vscode';
import { deleteOperation } from '../../../../common/src/metadataApi/change/deleteOperation.ts';
import type { RelationshipIdentity } from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display } from '../../ui/displayText.ts';
import { workspaceEdit } from '../../ui/fileRange.ts';
import type { Action } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import { type Located, locateAgain, locateKnown } from '../connection/located.ts';
import { change, tellOutcome } from '../connection/writing.ts';
import { languageOfFile } from '../ui/definitionDiff.ts';
import { undoActions } from './undoLastChange.ts';

/** The command: the endpoint has a relationship no more. What is written here stays, unless that is asked for, too. */
export async function deleteRelationship(context: CommandContext, argument: unknown): Promise<void> {
  const known = await locateKnown(context, argument);
  if (known === undefined) return;
  const { located, identity } = known;
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
function removeAction(context: CommandContext, located: Located): Action {
  return {
    title: display`Remove from File`,
    run: async () => {
      const found = await locateAgain(context, located);
      if (found?.removal) await workspace.applyEdit(workspaceEdit(located.uri, found.removal));
    },
  };
}
