import { env } from 'vscode';
import { endpointAddress, endpointName } from '../../../../common/src/endpoint/endpointText.ts';
import { localized } from '../../../../common/src/localized.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display, inLines, withIcon } from '../../ui/displayText.ts';
import { type Action, confirm } from '../../ui/messages.ts';
import { type Entry, pick } from '../../ui/quickPick.ts';
import type { CommandContext } from '../commandContext.ts';
import { changesSince, choiceOf, lapse, questionBefore } from './chosenEndpoint.ts';
import { describeEndpoint, type Endpoint, type EndpointList } from './endpoints.ts';
import { nameEndpoint } from './nameEndpoint.ts';
import { loopbackMeaning } from './remoteMachine.ts';

interface Item extends Entry {
  readonly endpoint?: Endpoint;
  readonly run?: () => Promise<Endpoint | undefined>;
}

/**
 * Lets an endpoint be chosen and remembers it, or one be named; `undefined` when none was. Sends nothing, unless one is named.
 * `instead`: what can be done without one.
 */
export async function pickEndpoint(
  context: CommandContext,
  project: HasuraProject,
  list: EndpointList,
  instead?: Action,
): Promise<Endpoint | undefined> {
  const { endpoints, problems } = list;
  if (endpoints.length + problems.length === 0 && instead === undefined)
    return nameEndpoint(context, project, list);
  const before = context.choices.get(project.folder);
  const items: Item[] = [
    ...endpoints.map((endpoint) => ({
      label: withIcon('plug', display(endpointName(endpoint))),
      description: display(endpointAddress(endpoint.url)),
      detail: display(
        [
          ...(before?.name === endpoint.name ? changesSince(before, endpoint) : []),
          describeEndpoint(endpoint),
          loopbackMeaning(endpoint.url, env.remoteName),
        ]
          .filter((part) => part !== undefined)
          .join(', '),
      ),
      endpoint,
    })),
    ...problems.map((problem) => ({
      label: withIcon('error', display`Not usable`),
      detail: display(problem),
    })),
    {
      label: withIcon('add', display`Name an endpoint…`),
      detail:
        endpoints.length === 0 ? display`Neither the project’s files nor the settings name one.` : display``,
      run: () => nameEndpoint(context, project, list),
    },
    ...(instead === undefined
      ? []
      : [
          {
            label: withIcon('globe', instead.title),
            detail: display`Without Hasura, at the URL that the metadata has.`,
            run: async () => {
              await instead.run();
              return undefined;
            },
          },
        ]),
  ];
  const chosen = await pick(items, {
    title: display`Hasura endpoint of ${project.name}`,
    placeHolder: display(
      lapse(before, endpoints) ??
        localized`Relationships are applied to it. Nothing is sent until you choose one.`,
    ),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (chosen?.run !== undefined) return chosen.run();
  return chosen?.endpoint && takeEndpoint(context, project, chosen.endpoint, { seen: true });
}

/** Remembers an endpoint, after the questions it raises. `seen`: what there is to know of it was shown. */
export async function takeEndpoint(
  { choices }: CommandContext,
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
