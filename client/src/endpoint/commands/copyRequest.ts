import { window } from 'vscode';
import { type RequestTextParams, requestTextRequest } from '../../../../common/src/protocol.ts';
import { copyText } from '../../ui/clipboard.ts';
import { display } from '../../ui/displayText.ts';
import { tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { tellServerDown } from '../ui/messages.ts';

/** The command: copies the request at the cursor, or the one that creates the relationship there. */
export async function copyRequest(
  { server }: CommandContext,
  form: RequestTextParams['form'],
): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return tellNothing();
  const { line, character } = editor.selection.active;
  const params = { uri: editor.document.uri.toString(), position: { line, character }, form };
  const answer = await server.ask(requestTextRequest, params);
  if (answer === undefined) tellServerDown();
  else if (answer === null) tellNothing();
  else if ('obstacle' in answer) tell('error', display`It can’t be copied as a request. ${answer.obstacle}`);
  else {
    await copyText(answer.text);
    tell(
      'information',
      form === 'json'
        ? display`The request is on the clipboard.`
        : display`The command is on the clipboard. It takes the endpoint and the secret from HASURA_GRAPHQL_ENDPOINT and HASURA_GRAPHQL_ADMIN_SECRET.`,
    );
  }
}

function tellNothing(): void {
  tell('information', display`Put the cursor in a remote relationship or in a request.`);
}
