import type { HasuraProject } from '../../hasuraProject.ts';
import type { CommandContext } from '../commandContext.ts';
import { chosenEndpoint } from '../connection/chosenEndpoint.ts';
import { endpointsFor } from '../connection/connect.ts';
import { nameEndpoint } from '../connection/nameEndpoint.ts';
import { pickEndpoint, takeEndpoint } from '../connection/pickEndpoint.ts';
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
