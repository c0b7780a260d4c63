import type { Outcome } from '../../../../common/src/metadataApi/change/operation.ts';
import { undoOperation } from '../../../../common/src/metadataApi/change/undoOperation.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display } from '../../ui/displayText.ts';
import { type Action, tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import type { Connection } from '../connection/connection.ts';
import { change, tellOutcome } from '../connection/writing.ts';

/** The command: the endpoint gets back what it had before the last change from here. */
export async function undoLastChange(context: CommandContext): Promise<void> {
  const connection = await connect(context);
  if (connection === undefined) return;
  const again = () => undoLastChange(context);
  tellOutcome(await change(connection, context, undoOperation(), again));
}

const changing: ReadonlySet<string> = new Set(['applied', 'deleted', 'inconsistent', 'not-checked']);

/** The button that undoes what has just been done, as long as nothing was done after it; none where nothing was. */
export async function undoActions(
  context: CommandContext,
  { endpoint, project }: Connection,
  outcome: Outcome<unknown, unknown> | undefined,
): Promise<readonly Action[]> {
  const done =
    outcome?.outcome === 'sent' && outcome.done.verdicts.some((each) => changing.has(each.outcome));
  const kept = done ? await context.journal.last(endpoint.url) : undefined;
  if (kept === undefined) return [];
  const run = () => undoThis(context, project, endpoint.url, kept.entry.at);
  return [{ title: display`Undo`, run }];
}

async function undoThis(
  context: CommandContext,
  project: HasuraProject,
  url: string,
  at: string,
): Promise<void> {
  const connection = await connect(context, project);
  if (connection === undefined) return;
  if (connection.endpoint.url !== url) {
    tell('warning', display`Another endpoint has been chosen since: nothing was undone.`);
    return;
  }
  const again = () => undoThis(context, project, url, at);
  // Whoever has just pressed the button for it is asked again only where every change is asked about.
  tellOutcome(await change(connection, context, undoOperation(at), again, { sure: true }));
}
