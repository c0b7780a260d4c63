import { commands, workspace } from 'vscode';
import { endpointAddress, endpointName } from '../../../../common/src/endpoint/endpointText.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display, inLines, withIcon } from '../../ui/displayText.ts';
import { confirm, tell } from '../../ui/messages.ts';
import { type Entry, pick } from '../../ui/quickPick.ts';
import {
  changesSince,
  choiceOf,
  chosenEndpoint,
  lapse,
  questionBefore,
} from '../connection/chosenEndpoint.ts';
import { describeEndpoint, type Endpoint, type EndpointList } from '../connection/endpoints.ts';
import { endpointsOf, findProject } from '../connection/project.ts';
import type { Services } from '../services.ts';
import { tellObstacle, tellUntrusted } from '../ui/messages.ts';
import type { Subject } from '../view/viewNode.ts';

/** The command: lets the endpoint of a project be chosen, or takes the one it was called on. */
export async function chooseEndpoint(services: Services, subject?: Partial<Subject>): Promise<void> {
  if (!workspace.isTrusted) {
    tellUntrusted();
    return;
  }
  const project = await findProject(services, subject?.project);
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
  const chosen = chosenEndpoint(services.choices.get(project.folder), called ? [called] : []);
  if (called !== undefined && chosen === undefined) await take(services, project, called, { seen: false });
  else await pickEndpoint(services, project, list);
}

interface Item extends Entry {
  readonly endpoint?: Endpoint;
  readonly run?: () => unknown;
}

/** Lets an endpoint be chosen and remembers it; `undefined` when none was. Sends nothing. */
export async function pickEndpoint(
  services: Services,
  project: HasuraProject,
  { endpoints, problems }: EndpointList,
): Promise<Endpoint | undefined> {
  const before = services.choices.get(project.folder);
  const items: Item[] = [
    ...endpoints.map((endpoint) => ({
      label: withIcon('plug', display(endpointName(endpoint))),
      description: display(endpointAddress(endpoint.url)),
      detail: display(
        [
          ...(before?.name === endpoint.name ? changesSince(before, endpoint) : []),
          describeEndpoint(endpoint),
        ].join(', '),
      ),
      endpoint,
    })),
    ...problems.map((problem) => ({
      label: withIcon('error', display`Not usable`),
      detail: display(problem),
    })),
    {
      label: withIcon('gear', display`Add an endpoint in the settings`),
      detail:
        endpoints.length === 0 ? display`Neither the project’s files nor the settings name one.` : display``,
      run: () => commands.executeCommand('workbench.action.openSettings', 'remoteRelationships.endpoints'),
    },
  ];
  const chosen = await pick(items, {
    title: display`Hasura endpoint of ${project.name}`,
    placeHolder: display(
      lapse(before, endpoints) ?? 'Relationships are applied to it. Nothing is sent before it is chosen.',
    ),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  await chosen?.run?.();
  return chosen?.endpoint && take(services, project, chosen.endpoint, { seen: true });
}

async function take(
  { choices }: Services,
  project: HasuraProject,
  endpoint: Endpoint,
  { seen }: { readonly seen: boolean },
): Promise<Endpoint | undefined> {
  const question = questionBefore(endpoint, choices.get(project.folder), seen);
  if (question !== undefined) {
    const { message, details, button } = question;
    if (!(await confirm('warning', display(message), inLines(details), display(button)))) return undefined;
  }
  await choices.set(project.folder, choiceOf(endpoint));
  return endpoint;
}
