import { ConfigurationTarget, env, workspace } from 'vscode';
import { endpointAddress } from '../../../../common/src/endpoint/endpointText.ts';
import { errorMessage } from '../../../../common/src/errorMessage.ts';
import { localized } from '../../../../common/src/localized.ts';
import { isJsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import { describeFailure } from '../../../../common/src/metadataApi/http/httpResult.ts';
import { writeConfiguration } from '../../configurationFile.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display, inLines, withIcon } from '../../ui/displayText.ts';
import { enterText } from '../../ui/inputBox.ts';
import { confirm, tell } from '../../ui/messages.ts';
import { type Entry, pick } from '../../ui/quickPick.ts';
import type { CommandContext } from '../commandContext.ts';
import { choiceOf, questionBefore } from './chosenEndpoint.ts';
import { Connection } from './connection.ts';
import { cliName, type Endpoint, type EndpointList } from './endpoints.ts';
import {
  baseUrl,
  endpointToTry,
  entryOf,
  type Guard,
  type Keeping,
  type NewEndpoint,
  nameFor,
  nameProblem,
  placesFor,
  urlProblem,
  usualGuard,
} from './newEndpoint.ts';
import { endpointsOf } from './project.ts';
import { loopbackHint, loopbackMeaning } from './remoteMachine.ts';

/**
 * Asks for an endpoint step by step, tries it, keeps it where it belongs, and chooses it; `undefined` when it was given up.
 * The admin secret is asked for where the endpoint wants one, and goes to the secret storage alone.
 */
export async function nameEndpoint(
  context: CommandContext,
  project: HasuraProject,
  { endpoints }: Pick<EndpointList, 'endpoints'>,
): Promise<Endpoint | undefined> {
  const entered = await enter(endpoints);
  if (entered === undefined) return undefined;
  if (!(await tried(context, project, entered))) return undefined;
  const place = await choosePlace(entered);
  if (place === undefined || !(await keep(context, project, entered, place))) return undefined;
  const { endpoints: now } = await endpointsOf(project);
  const kept = now.find(({ name, url }) => name === entered.name && url === entered.url);
  if (kept === undefined) {
    tell('warning', display`The endpoint ${entered.name} was kept, but other settings hide it.`);
    return undefined;
  }
  await context.choices.set(project.folder, choiceOf(kept));
  tell(
    'information',
    display`${entered.name} (${endpointAddress(kept.url)}) is the endpoint of ${project.name}.`,
  );
  return kept;
}

async function enter(endpoints: readonly Endpoint[]): Promise<NewEndpoint | undefined> {
  const taken = endpoints.map(({ name }) => name);
  const address = await enterText({
    title: display`Name an endpoint (1/4): address`,
    prompt: display`The URL of the Hasura server, without /v1/metadata. Nothing is sent yet. ${loopbackMeaning('http://localhost', env.remoteName) ?? ''}`,
    value: endpoints.find(({ name }) => name === cliName)?.url ?? 'http://localhost:8080',
    validate: (text) => {
      const problem = urlProblem(text);
      return problem === undefined ? undefined : display(problem);
    },
  });
  if (address === undefined) return undefined;
  const url = baseUrl(address);
  const name = await enterText({
    title: display`Name an endpoint (2/4): name`,
    prompt: display`A name for ${endpointAddress(url)}.`,
    value: nameFor(url, taken),
    validate: (text) => {
      const problem = nameProblem(text, taken);
      return problem === undefined ? undefined : display(problem);
    },
  });
  if (name === undefined) return undefined;
  const guard = await chooseGuard(url);
  return guard && { name: name.trim(), url, guard };
}

async function chooseGuard(url: string): Promise<Guard | undefined> {
  const guards: readonly (Entry & { readonly guard: Guard })[] = [
    {
      guard: 'ask',
      label: withIcon('warning', display`Protected`),
      detail: display`A dialog that names the host asks before every change. Best for production.`,
    },
    {
      guard: 'change',
      label: withIcon('check', display`Not protected`),
      detail: display`Changes are shown and confirmed in the editor. Best for a server of your own.`,
    },
    {
      guard: 'read-only',
      label: withIcon('circle-slash', display`Read only`),
      detail: display`Every change is refused.`,
    },
  ];
  const usual = usualGuard(url);
  const ordered = [...guards].sort((a, b) => Number(b.guard === usual) - Number(a.guard === usual));
  const title = display`Name an endpoint (3/4): what is allowed at ${endpointAddress(url)}`;
  return (await pick(ordered, { title, ignoreFocusOut: true }))?.guard;
}

/** Whether it is to be kept: it answers, or it is to be kept all the same. */
async function tried(
  context: CommandContext,
  project: HasuraProject,
  entered: NewEndpoint,
): Promise<boolean> {
  const endpoint = endpointToTry(entered);
  if (endpoint === undefined) return false;
  const question = questionBefore(endpoint, undefined, true);
  if (question !== undefined) {
    const { message, details } = question;
    if (!(await confirm('warning', display(message), inLines(details), display`Continue`))) return false;
  }
  const connection = await Connection.open(context, project, endpoint);
  const result = await connection.tryRead();
  if (result.outcome === 'read') return true;
  const { failure } = result;
  const reason =
    failure.outcome === 'cancelled'
      ? localized`The attempt was cancelled.`
      : `${describeFailure(failure, endpoint.host)}${loopbackHint(failure, endpoint.host, env.remoteName)}`;
  return confirm('warning', display`Keep ${entered.name} anyway?`, display(reason), display`Keep`);
}

async function choosePlace(entered: NewEndpoint): Promise<Keeping | undefined> {
  const hasWorkspace = workspace.workspaceFolders !== undefined;
  const entries: Readonly<Record<Keeping, Entry>> = {
    user: {
      label: withIcon('gear', display`My settings`),
      detail: display`Only for you, in every window.`,
    },
    workspace: {
      label: withIcon('root-folder', display`Settings of this workspace`),
      detail: display`For this folder, in .vscode/settings.json; shared with everyone, if that file is committed.`,
    },
    configuration: {
      label: withIcon('versions', display`The project’s configuration file`),
      detail: display`For everyone who works in the repository, in every editor and on the command line.`,
    },
  };
  const places = placesFor(entered, hasWorkspace).map((place) => ({ ...entries[place], place }));
  const title = display`Name an endpoint (4/4): where to keep it. The admin secret is never written there.`;
  return (await pick(places, { title, ignoreFocusOut: true }))?.place;
}

/** False: it could not be kept, and it was told why. */
async function keep(
  { server }: CommandContext,
  project: HasuraProject,
  entered: NewEndpoint,
  place: Keeping,
): Promise<boolean> {
  const entry = entryOf(entered);
  if (place === 'configuration') {
    const entries = [{ keys: ['endpoints', entered.name], value: entry }];
    return (await writeConfiguration(server, project.folder, entries)) !== undefined;
  }
  const settings = workspace.getConfiguration('remoteRelationships', project.folder);
  const { globalValue, workspaceValue } = settings.inspect<unknown>('endpoints') ?? {};
  const before = place === 'user' ? globalValue : workspaceValue;
  const target = place === 'user' ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  const value = { ...(isJsonObject(before) ? before : {}), [entered.name]: entry };
  try {
    await settings.update('endpoints', value, target);
    return true;
  } catch (error) {
    tell('error', display`The endpoint could not be kept: ${errorMessage(error)}`);
    return false;
  }
}
