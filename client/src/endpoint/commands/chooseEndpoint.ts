import { workspace } from 'vscode';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display } from '../../ui/displayText.ts';
import { tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { chosenEndpoint } from '../connection/chosenEndpoint.ts';
import type { EndpointList } from '../connection/endpoints.ts';
import { nameEndpoint } from '../connection/nameEndpoint.ts';
import { pickEndpoint, takeEndpoint } from '../connection/pickEndpoint.ts';
import { endpointsOf, findProject } from '../connection/project.ts';
import { tellObstacle, tellUntrusted } from '../ui/messages.ts';
import type { Subject } from '../view/viewNode.ts';

/** The command: lets the endpoint of a project be chosen, or takes the one it was called on. */
export async function chooseEndpoint(context: CommandContext, subject?: Partial<Subject>): Promise<void> {
  const found = await endpointsFor(context, subject?.project);
  if (found === undefined) return;
  const { project, list } = found;
  // As it is now: what was shown may be older.
  const called = list.endpoints.find(({ name }) => name === subject?.endpoint?.name);
  const chosen = chosenEndpoint(context.choices.get(project.folder), called ? [called] : []);
  const isNew = called !== undefined && chosen === undefined;
  if (isNew) await takeEndpoint(context, project, called, { seen: false });
  else await pickEndpoint(context, project, list);
}

/** The command: one more endpoint gets a name, and is chosen. */
export async function addEndpoint(context: CommandContext, place?: HasuraProject): Promise<void> {
  const found = await endpointsFor(context, place);
  if (found !== undefined) await nameEndpoint(context, found.project, found.list);
}

/** The endpoints of a project; `undefined`: it was told why there are none. */
async function endpointsFor(
  context: CommandContext,
  place: HasuraProject | undefined,
): Promise<{ readonly project: HasuraProject; readonly list: EndpointList } | undefined> {
  if (!workspace.isTrusted) {
    tellUntrusted();
    return undefined;
  }
  const project = await findProject(context, place);
  if (project === undefined) {
    tell('warning', display`Open the folder of a Hasura project first.`);
    return undefined;
  }
  const list = await endpointsOf(project);
  if (list.obstacle !== undefined) {
    tellObstacle(list.obstacle, project);
    return undefined;
  }
  return { project, list };
}
