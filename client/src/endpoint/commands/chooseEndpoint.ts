import { commands, workspace } from 'vscode';
import { plainHttpWarning } from '../../../../common/src/endpoint/endpointConfiguration.ts';
import { endpointAddress, endpointName } from '../../../../common/src/endpoint/endpointText.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { type DisplayText, display, withIcon } from '../../ui/displayText.ts';
import { confirm, tell } from '../../ui/messages.ts';
import { type Entry, pick } from '../../ui/quickPick.ts';
import { chosenEndpoint, type Endpoint, type EndpointList } from '../connection/endpoints.ts';
import { endpointsOf, findProject } from '../connection/project.ts';
import type { Services } from '../services.ts';
import { tellUntrusted } from '../ui/messages.ts';
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
  const { endpoint } = subject ?? {};
  const chosen = chosenEndpoint(services.choices.get(project.folder), endpoint ? [endpoint] : []);
  if (endpoint !== undefined && chosen === undefined) await take(services, project, endpoint);
  else await pickEndpoint(services, project, await endpointsOf(project));
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
  const items: Item[] = [
    ...endpoints.map((endpoint) => ({
      label: withIcon('plug', display(endpointName(endpoint))),
      description: display(endpointAddress(endpoint.url)),
      detail: detailOf(endpoint),
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
    placeHolder: display`Relationships are applied to it. Nothing is sent before it is chosen.`,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  await chosen?.run?.();
  return chosen?.endpoint && take(services, project, chosen.endpoint);
}

async function take(
  { choices }: Services,
  project: HasuraProject,
  endpoint: Endpoint,
): Promise<Endpoint | undefined> {
  const warning = plainHttpWarning(endpoint.url);
  if (
    warning !== undefined &&
    !(await confirm(
      'warning',
      display(warning),
      display(endpointAddress(endpoint.url)),
      display`Choose Anyway`,
    ))
  ) {
    return undefined;
  }
  await choices.set(project.folder, endpoint);
  return endpoint;
}

function detailOf(endpoint: Endpoint): DisplayText {
  // Whoever names an endpoint may name any variable: it is seen before it is sent.
  const secret = endpoint.configuredSecret();
  const parts = [
    endpoint.from,
    ...(secret === undefined ? [] : [`admin secret: ${secret.from}`]),
    ...(endpoint.readOnly ? ['read-only'] : endpoint.protected ? ['asks before every change'] : []),
  ];
  return display(parts.join(', '));
}
