import { Uri, window } from 'vscode';
import { relationshipsRequest } from '../../../../common/src/protocol.ts';
import { display } from '../../ui/displayText.ts';
import { tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { tellServerDown } from '../ui/messages.ts';
import { apply } from './apply.ts';

/** The command: the endpoint gets all relationships of a file: the one chosen in the explorer, or the active one. */
export async function applyFile(context: CommandContext, argument: unknown): Promise<void> {
  const uri = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
  if (uri === undefined) {
    tell('information', display`Open a file with remote relationships first.`);
    return;
  }
  const payloads = await context.server.ask(relationshipsRequest, { uri: uri.toString() });
  if (payloads === undefined) tellServerDown();
  else if (payloads.length === 0) tell('information', display`This file has no remote relationships.`);
  else {
    const located = payloads.map((payload) => ({ uri, payload }));
    await apply(context, located, () => applyFile(context, uri));
  }
}
