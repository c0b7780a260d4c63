import { workspace } from 'vscode';
import { endpointAddress } from '../../../../common/src/endpoint/endpointText.ts';
import { candidatesQuestion, missingParts, missingText } from '../../../../common/src/missingSchemas.ts';
import { schemaCandidatesRequest } from '../../../../common/src/protocol.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { projectOfSummary } from '../../hasuraProject.ts';
import type { Incomplete } from '../../missingSchemas.ts';
import { nameSchemaFiles, useCandidates } from '../../schemaFileNames.ts';
import { display } from '../../ui/displayText.ts';
import { type Action, tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { chosenEndpoint } from '../connection/chosenEndpoint.ts';
import type { Endpoint } from '../connection/endpoints.ts';
import { takeEndpoint } from '../connection/pickEndpoint.ts';
import { endpointsOf } from '../connection/project.ts';
import { manageTrust } from '../ui/messages.ts';
import { pullSnapshots } from './pullSnapshots.ts';

/** Says what is not known of a project, with buttons that mend it. Reads no endpoint before one is pressed. */
export async function tellMissing(context: CommandContext, status: Incomplete): Promise<void> {
  const text = missingText(status);
  if (text === undefined) return;
  const chooseFiles: Action = {
    title: display`Choose Files…`,
    run: () =>
      nameSchemaFiles(context.server, context.extension.workspaceState, status, missingParts(status)),
  };
  const notNow: Action = { title: display`Not Now`, run: () => undefined };
  const pull = workspace.isTrusted ? await pullAction(context, status) : manageTrust;
  // A server that stops in between is as good as one that found none.
  const candidates = await context.server
    .ask(schemaCandidatesRequest, { uri: status.project.uri })
    .catch(() => undefined);
  const question = candidatesQuestion(candidates ?? []);
  const message = display`Nothing is known of ${text} in ${status.project.name}, so what depends on that is not checked.${question === undefined ? '' : ` ${question}`}`;
  const useFound: Action = {
    title: candidates?.length === 1 ? display`Use This File` : display`Use These Files`,
    run: () => useCandidates(context.server, context.extension.workspaceState, status, candidates ?? []),
  };
  tell('warning', message, ...(question === undefined ? [] : [useFound]), pull, chooseFiles, notNow);
}

/** Pulls from the endpoint that was chosen, or is the only one, by name; else asks for one. */
async function pullAction(context: CommandContext, status: Incomplete): Promise<Action> {
  const project = projectOfSummary(status.project);
  const { endpoints } = await endpointsOf(project);
  const chosen = chosenEndpoint(context.choices.get(project.folder), endpoints);
  const endpoint = chosen ?? (endpoints.length === 1 ? endpoints[0] : undefined);
  return {
    title:
      endpoint === undefined
        ? display`Pull from an Endpoint…`
        : display`Pull from ${endpointAddress(endpoint.url)}`,
    run: () => pull(context, project, status, endpoint),
  };
}

async function pull(
  context: CommandContext,
  project: HasuraProject,
  status: Incomplete,
  named: Endpoint | undefined,
): Promise<void> {
  if (named !== undefined) {
    // As it is now: the message may be old.
    const { endpoints } = await endpointsOf(project);
    const endpoint = endpoints.find(({ name, url }) => name === named.name && url === named.url);
    const chosen = chosenEndpoint(context.choices.get(project.folder), endpoint ? [endpoint] : []);
    if (
      endpoint !== undefined &&
      chosen === undefined &&
      (await takeEndpoint(context, project, endpoint, { seen: false })) === undefined
    )
      return;
  }
  const parts = missingParts(status);
  await pullSnapshots(context, { uri: project.folder.toString(), parts, atOnce: true });
}
