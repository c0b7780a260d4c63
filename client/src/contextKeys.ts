import { commands, Disposable } from 'vscode';
import type { EndpointChoices } from './endpointChoices.ts';
import type { LanguageServerClient } from './languageServerClient.ts';

/**
 * What the conditions of commands in `package.json` ask for: `active`, whether something of Hasura's has been seen in this
 * window; `endpointChosen`, whether an endpoint was chosen for some project. The active file and the view set their own.
 */
export function setContextKeys(server: LanguageServerClient, choices: EndpointChoices): Disposable {
  const update = () => {
    const active = server.state.kind !== 'notNeeded';
    void commands.executeCommand('setContext', 'remoteRelationships.active', active);
    void commands.executeCommand('setContext', 'remoteRelationships.endpointChosen', choices.any);
  };
  update();
  return Disposable.from(server.onDidChange(update), choices.onDidChange(update));
}
