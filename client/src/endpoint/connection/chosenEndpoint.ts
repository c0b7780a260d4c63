import { plainHttpWarning } from '../../../../common/src/endpoint/endpointConfiguration.ts';
import { endpointAddress, endpointName } from '../../../../common/src/endpoint/endpointText.ts';
import { localized } from '../../../../common/src/localized.ts';
import type { Api } from '../../../../common/src/metadataApi/document/commands.ts';
import { standardPaths } from '../../../../common/src/metadataApi/http/http.ts';
import type { EndpointChoice } from '../../endpointChoice.ts';
import { describeEndpoint, type Endpoint } from './endpoints.ts';

export function choiceOf(endpoint: Endpoint): EndpointChoice {
  const { name, url, paths, readOnly, secretSource = null } = endpoint;
  return { name, url, paths, protected: endpoint.protected, readOnly, secretSource };
}

/** The endpoint that was chosen; `undefined` when none was, or it is another one now. */
export function chosenEndpoint(
  choice: EndpointChoice | undefined,
  endpoints: readonly Endpoint[],
): Endpoint | undefined {
  return endpoints.find((each) => each.name === choice?.name && changesSince(choice, each).length === 0);
}

/** What is different since it was chosen, old → new, in the user's words. A secret that is gone is sent nowhere. */
export function changesSince(choice: EndpointChoice, endpoint: Endpoint): readonly string[] {
  const apis = Object.keys(standardPaths) as Api[];
  const values: readonly (readonly [what: string, before: string, after: string])[] = [
    [localized`address`, ...addresses(choice, endpoint)],
    ...apis.map(
      (api) =>
        [
          localized`path of ${standardPaths[api]}`,
          choice.paths[api] ?? standardPaths[api],
          endpoint.paths[api] ?? standardPaths[api],
        ] as const,
    ),
    [localized`asks before every change`, yesOrNo(choice.protected), yesOrNo(endpoint.protected)],
    [localized`read-only`, yesOrNo(choice.readOnly), yesOrNo(endpoint.readOnly)],
    [
      localized`admin secret`,
      choice.secretSource ?? localized`none`,
      endpoint.secretSource ?? choice.secretSource ?? localized`none`,
    ],
  ];
  return values
    .filter(([, before, after]) => before !== after)
    .map(([what, before, after]) => `${what}: ${before} → ${after}`);
}

/** As they are reached; as they are written where only that differs. */
function addresses(choice: EndpointChoice, endpoint: Endpoint): readonly [before: string, after: string] {
  const [before, after] = [endpointAddress(choice.url), endpointAddress(endpoint.url)];
  return before === after ? [choice.url, endpoint.url] : [before, after];
}

function yesOrNo(value: boolean): string {
  return value ? localized`yes` : localized`no`;
}

/** Why what was chosen counts no more, in a sentence; `undefined` when nothing was, or it counts. */
export function lapse(
  choice: EndpointChoice | undefined,
  endpoints: readonly Endpoint[],
): string | undefined {
  if (choice === undefined || chosenEndpoint(choice, endpoints) !== undefined) return undefined;
  const now = endpoints.find(({ name }) => name === choice.name);
  return now === undefined
    ? localized`The endpoint ${endpointName(choice)} that was chosen is no longer named.`
    : localized`The endpoint ${endpointName(choice)} has changed since it was chosen: ${changesSince(choice, now).join('; ')}.`;
}

export interface ChoiceQuestion {
  readonly message: string;
  readonly details: readonly string[];
  readonly button: string;
}

/**
 * What is asked before an endpoint is chosen; `undefined`: nothing. `seen`: what there is to know of it was shown where it
 * was chosen.
 */
export function questionBefore(
  endpoint: Endpoint,
  before: EndpointChoice | undefined,
  seen: boolean,
): ChoiceQuestion | undefined {
  const { name, host, url, foreignVariable, secretSource } = endpoint;
  const changes = before?.name === name ? changesSince(before, endpoint) : undefined;
  if (changes?.length === 0) return undefined;
  const warning = plainHttpWarning(url);
  const concerns = [
    ...(changes === undefined
      ? []
      : [localized`The endpoint ${endpointName(endpoint)} has changed since it was chosen.`]),
    ...(warning === undefined ? [] : [warning]),
    ...(foreignVariable === undefined
      ? []
      : [
          localized`The admin secret is read from the environment variable ${foreignVariable} and sent to ${host}.`,
        ]),
  ];
  const [message = localized`The admin secret of ${secretSource ?? ''} is sent to ${host}.`, ...others] =
    concerns;
  if (concerns.length === 0 && (seen || secretSource === undefined)) return undefined;
  return {
    message,
    details: [...(changes ?? []), ...others, endpointAddress(url), describeEndpoint(endpoint)],
    button: concerns.length === 0 ? localized`Choose` : localized`Choose Anyway`,
  };
}
