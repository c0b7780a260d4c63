import { workspace } from 'vscode';
import { display } from '../../ui/displayText.ts';
import { tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { chosenEndpoint } from '../connection/chosenEndpoint.ts';
import { pickEndpoint, takeEndpoint } from '../connection/pickEndpoint.ts';
import { endpointsOf, findProject } from '../connection/project.ts';
import { tellObstacle, tellUntrusted } from '../ui/messages.ts';
import type { Subject } from '../view/viewNode.ts';

/** The command: lets the endpoint of a project be chosen, or takes the one it was called on. */
export async function chooseEndpoint(context: CommandContext, subject?: Partial<Subject>): Promise<void> {
  if (!workspace.isTrusted) {
    tellUntrusted();
    return;
  }
  const project = await findProject(context, subject?.project);
  if (project === undefined) {
    tell('warning', display`Open the folder of a Hasura project first.`);
    return;
  }
  const list = await endpointsOf(project);
  if (list.obstacle !== undefined) {
    tellObstacle(list.obstacle, project);
    return;
  }
  // As it is now: what was shown may be older.
  const called = list.endpoints.find(({ name }) => name === subject?.endpoint?.name);
  const chosen = chosenEndpoint(context.choices.get(project.folder), called ? [called] : []);
  const isNew = called !== undefined && chosen === undefined;
  if (isNew) await takeEndpoint(context, project, called, { seen: false });
  else await pickEndpoint(context, project, list);
}
