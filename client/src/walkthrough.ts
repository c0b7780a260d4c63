import { commands, type Disposable } from 'vscode';

/** The walkthrough that the manifest has, by command; `id`: that of the extension. */
export function offerWalkthrough(id: string): Disposable {
  const open = () => commands.executeCommand('workbench.action.openWalkthrough', `${id}#start`, false);
  // `npm start` asks for it.
  if (process.env['REMOTE_RELATIONSHIPS_WALKTHROUGH'] === 'open') void open();
  return commands.registerCommand('remoteRelationships.openWalkthrough', open);
}
