import { workspace } from 'vscode';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display } from '../../ui/displayText.ts';
import { type Action, tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { tellObstacle, tellUntrusted } from '../ui/messages.ts';
import { chosenEndpoint } from './chosenEndpoint.ts';
import { Connection } from './connection.ts';
import type { EndpointList } from './endpoints.ts';
import { pickEndpoint } from './pickEndpoint.ts';
import { endpointsOf, findProject } from './project.ts';

/**
 * The endpoint chosen for a project. Asks for the choice when there is none yet; `undefined` when there still is none,
 * or the workspace is not trusted: the person was told why. `instead`: what can be done without one.
 */
export async function connect(
  context: CommandContext,
  place?: Parameters<typeof findProject>[1],
  instead?: (project: HasuraProject) => Promise<Action | undefined>,
): Promise<Connection | undefined> {
  const found = await endpointsFor(context, place);
  if (found === undefined) return undefined;
  const { project, list } = found;
  const endpoint =
    chosenEndpoint(context.choices.get(project.folder), list.endpoints) ??
    (await pickEndpoint(context, project, list, await instead?.(project)));
  return endpoint && Connection.open(context, project, endpoint);
}

/** The endpoints of a project; `undefined`: it was told why there are none. */
export async function endpointsFor(
  context: CommandContext,
  place?: Parameters<typeof findProject>[1],
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
