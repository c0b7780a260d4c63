import {
  type EndpointConfiguration,
  isLoopback,
  namedEndpointSecret,
  originOf,
} from '../../../../common/src/endpoint/endpointConfiguration.ts';
import type { Secret } from '../../../../common/src/endpoint/secret.ts';
import type { Api } from '../../../../common/src/metadataApi/document/commands.ts';
import {
  isJsonObject,
  type Json,
  member,
  textMember,
} from '../../../../common/src/metadataApi/document/json.ts';
import { withoutTrailing } from '../../../../common/src/trailing.ts';

/** A Hasura server that a project can be sent to. Holds no secret that could be printed. */
export interface Endpoint {
  readonly name: string;
  /** Base URL without a slash at the end. */
  readonly url: string;
  /** Scheme, host and port: what a stored secret belongs to. */
  readonly origin: string;
  readonly host: string;
  /** Who names it, in the user's words. */
  readonly from: string;
  /** A write asks with a dialog that names the host. */
  readonly protected: boolean;
  readonly readOnly: boolean;
  readonly paths: Partial<Record<Api, string>>;
  /** The secret from the environment or the Hasura CLI's files. */
  configuredSecret(): Secret | undefined;
}

export interface EndpointList {
  readonly endpoints: readonly Endpoint[];
  /** What can't be used and why, in the user's words, without values. */
  readonly problems: readonly string[];
}

export interface EndpointSources {
  /** The Hasura CLI's own; `undefined` where the project has none. */
  readonly cli: EndpointConfiguration | undefined;
  /** `endpoints` of the project's configuration file and of the settings; the first wins. */
  readonly named: readonly { readonly value: unknown; readonly from: string }[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Refuse changes on every endpoint. */
  readonly readOnly?: boolean;
}

/** Name of the endpoint of the Hasura CLI's files. */
export const cliName = 'Hasura CLI';

/** Every endpoint of a project, the Hasura CLI's own first. */
export function listEndpoints({ cli, named, environment, readOnly = false }: EndpointSources): EndpointList {
  const problems: string[] = [...(cli?.problems ?? [])];
  const found = new Map<string, Endpoint>();
  const own = cli && cliEndpoint(cli);
  if (own !== undefined) found.set(own.name, own);
  for (const { value, from } of named) {
    if (value === undefined || value === null) continue;
    if (!isJsonObject(value)) {
      problems.push(`The endpoints in ${from} are no object.`);
      continue;
    }
    for (const [name, entry] of Object.entries(value)) {
      if (found.has(name)) continue;
      const endpoint = namedEndpoint(name, entry, from, environment);
      if (typeof endpoint === 'string') problems.push(endpoint);
      else found.set(name, endpoint);
    }
  }
  const endpoints = [...found.values()];
  return { endpoints: readOnly ? endpoints.map((each) => ({ ...each, readOnly })) : endpoints, problems };
}

function cliEndpoint(cli: EndpointConfiguration): Endpoint | undefined {
  const place = placeOf(cli.url);
  // The configuration itself says what is wrong with its URL.
  if (place === undefined) return undefined;
  return {
    name: cliName,
    url: cli.url,
    ...place,
    from: cli.urlFrom,
    protected: !isLoopback(cli.url),
    readOnly: false,
    paths: cli.paths,
    configuredSecret: () => cli.adminSecret(),
  };
}

/** The endpoint, or what is wrong with it. */
function namedEndpoint(
  name: string,
  entry: Json,
  from: string,
  environment: EndpointSources['environment'],
): Endpoint | string {
  const url = withoutTrailing((textMember(entry, 'url') ?? '').trim(), '/');
  const place = placeOf(url);
  if (place === undefined) return `The endpoint "${name}" in ${from} has no http or https URL.`;
  const adminSecretVariable = textMember(entry, 'adminSecretVariable');
  const isProtected = member(entry, 'protected');
  return {
    name,
    url,
    ...place,
    from,
    protected: typeof isProtected === 'boolean' ? isProtected : !isLoopback(url),
    readOnly: member(entry, 'readOnly') === true,
    paths: {},
    configuredSecret: () => namedEndpointSecret({ name, url, adminSecretVariable }, environment),
  };
}

function placeOf(url: string): Pick<Endpoint, 'origin' | 'host'> | undefined {
  const origin = originOf(url);
  return origin === undefined ? undefined : { origin, host: new URL(url).host };
}

/** What is remembered of a choice. The address belongs to it: another one behind the same name is not chosen yet. */
export interface EndpointChoice {
  readonly name: string;
  readonly url: string;
}

/** The endpoint that was chosen; `undefined` when none was, or it has another address now. */
export function chosenEndpoint(
  choice: EndpointChoice | undefined,
  endpoints: readonly Endpoint[],
): Endpoint | undefined {
  return endpoints.find(({ name, url }) => name === choice?.name && url === choice.url);
}
