import { commands, type QuickPickItem, window, workspace } from 'vscode';
import { plainHttpWarning } from '../../../../common/src/endpoint/endpointConfiguration.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { chosenEndpoint, type Endpoint, type EndpointList } from '../connection/endpoints.ts';
import { endpointsOf, findProject } from '../connection/project.ts';
import type { Services } from '../services.ts';
import { confirm, tell, tellUntrusted } from '../ui/messages.ts';
import type { Subject } from '../view/viewNode.ts';

/** The command: lets the endpoint of a project be chosen, or takes the one it was called on. */
export async function chooseEndpoint(services: Services, subject?: Partial<Subject>): Promise<void> {
  if (!workspace.isTrusted) {
    tellUntrusted();
    return;
  }
  const project = await findProject(services, subject?.project);
  if (project === undefined) {
    tell('warning', 'Open the folder of a Hasura project first.');
    return;
  }
  const { endpoint } = subject ?? {};
  const chosen = chosenEndpoint(services.choices.get(project.folder), endpoint ? [endpoint] : []);
  if (endpoint !== undefined && chosen === undefined) await take(services, project, endpoint);
  else await pickEndpoint(services, project, await endpointsOf(project));
}

interface Item extends QuickPickItem {
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
      label: `$(plug) ${endpoint.name}`,
      description: endpoint.url,
      detail: detailOf(endpoint),
      endpoint,
    })),
    ...problems.map((problem) => ({ label: '$(error) Not usable', detail: problem })),
    {
      label: '$(gear) Add an endpoint in the settings',
      detail: endpoints.length === 0 ? 'Neither the project’s files nor the settings name one.' : '',
      run: () => commands.executeCommand('workbench.action.openSettings', 'remoteRelationships.endpoints'),
    },
  ];
  const chosen = await window.showQuickPick(items, {
    title: `Hasura endpoint of ${project.name}`,
    placeHolder: 'Relationships are applied to it. Nothing is sent before it is chosen.',
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
  if (warning !== undefined && !(await confirm('warning', warning, endpoint.url, 'Choose Anyway'))) {
    return undefined;
  }
  await choices.set(project.folder, endpoint);
  return endpoint;
}

function detailOf(endpoint: Endpoint): string {
  // Whoever names an endpoint may name any variable: it is seen before it is sent.
  const secret = endpoint.configuredSecret();
  return [
    endpoint.from,
    ...(secret === undefined ? [] : [`admin secret: ${secret.from}`]),
    ...(endpoint.readOnly ? ['read-only'] : endpoint.protected ? ['asks before every change'] : []),
  ].join(', ');
}
