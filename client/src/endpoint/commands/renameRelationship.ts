import { workspace } from 'vscode';
import {
  type NameQuestion,
  renameOperation,
} from '../../../../common/src/metadataApi/change/renameOperation.ts';
import { newNameRequest } from '../../../../common/src/protocol.ts';
import { display } from '../../ui/displayText.ts';
import { workspaceEdit } from '../../ui/fileRange.ts';
import { enterText } from '../../ui/inputBox.ts';
import { type Action, tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import { type Located, locateAgain, locateKnown } from '../connection/located.ts';
import { change, tellOutcome } from '../connection/writing.ts';
import { undoActions } from './undoLastChange.ts';

/** The command: the relationship has another name on the endpoint. What is written here stays, unless that is asked for, too. */
export async function renameRelationship(context: CommandContext, argument: unknown): Promise<void> {
  const known = await locateKnown(context, argument);
  if (known === undefined) return;
  const { located, identity } = known;
  const connection = await connect(context, located.uri);
  if (connection === undefined) return;
  const again = () => renameRelationship(context, argument);
  const outcome = await change(connection, context, renameOperation(identity, enterName), again);
  const [item] = outcome?.outcome === 'sent' ? outcome.plan.items : [];
  const renamed = outcome?.outcome === 'sent' && outcome.done.verdicts[0]?.outcome === 'deleted';
  const actions = renamed && item?.action === 'rename' ? [renameAction(context, located, item.newName)] : [];
  tellOutcome(outcome, ...(await undoActions(context, connection, outcome)), ...actions);
}

async function enterName({ title, value, obstacle }: NameQuestion): Promise<string | undefined> {
  return enterText({
    title: display(title),
    value,
    validate: (name) => {
      const text = obstacle(name);
      return text === undefined ? undefined : display(text);
    },
  });
}

/** Gives the relationship its new name in the file, where it stands by then; undone like any edit. */
function renameAction(context: CommandContext, located: Located, newName: string): Action {
  const { uri, payload } = located;
  return {
    title: display`Rename in File`,
    run: async () => {
      const found = await locateAgain(context, located);
      const edits =
        found &&
        (await context.server.ask(newNameRequest, {
          uri: uri.toString(),
          position: found.range.start,
          name: newName,
        }));
      if (!edits) {
        tell(
          'information',
          display`The file has no "${payload.name}" whose name could still be changed alone.`,
        );
        return;
      }
      await workspace.applyEdit(workspaceEdit(uri, edits));
    },
  };
}
