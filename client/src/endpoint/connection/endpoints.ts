import {
  type EndpointConfiguration,
  isLoopback,
  originOf,
  secretInVariable,
  urlObstacle,
  variableText,
} from '../../../../common/src/endpoint/endpointConfiguration.ts';
import type { Secret } from '../../../../common/src/endpoint/secret.ts';
import { localized } from '../../../../common/src/localized.ts';
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
  /** Where its secret comes from, in the user's words; nothing is read for it. */
  readonly secretSource: string | undefined;
  /** The variable of the secret when the repository names it: it could be any. Read only after a question. */
  readonly foreignVariable: string | undefined;
  /** The secret from the environment or the Hasura CLI's files. */
  configuredSecret(): Secret | undefined;
}

export interface EndpointList {
  readonly endpoints: readonly Endpoint[];
  /** What can't be used and why, in the user's words, without values. */
  readonly problems: readonly string[];
  /** Why there is nothing to choose, whoever names an endpoint. */
  readonly obstacle?: string | undefined;
}

/** `endpoints` of one place. */
export interface NamedEndpoints {
  readonly value: unknown;
  /** In the user's words. */
  readonly from: string;
  /** It comes with the repository: it can add to what the user's own settings forbid, and lift nothing. */
  readonly ofRepository: boolean;
}

export interface EndpointSources {
  /** The Hasura CLI's own; `undefined` where the project has none. */
  readonly cli: EndpointConfiguration | undefined;
  /** The first that has a URL for a name decides where it leads. */
  readonly named: readonly NamedEndpoints[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Refuse changes on every endpoint. */
  readonly readOnly?: boolean;
}

/** Name of the endpoint of the Hasura CLI's files. */
export const cliName = 'Hasura CLI';

/** Every endpoint of a project, the Hasura CLI's own first. */
export function listEndpoints({ cli, named, environment, readOnly = false }: EndpointSources): EndpointList {
  if (cli?.unreadable) return { endpoints: [], problems: [], obstacle: cli.obstacle };
  const problems: string[] = [...(cli?.problems ?? [])];
  const entries = entriesOf(named, problems);
  const found = new Map<string, Endpoint>();
  if (cli?.obstacle !== undefined) problems.push(cli.obstacle);
  else if (cli !== undefined) found.set(cliName, cliEndpoint(cli, entries));
  for (const name of new Set(entries.map((entry) => entry.name))) {
    if (found.has(name)) continue;
    const own = entries.filter((entry) => entry.name === name);
    const deciding = own.find(({ origin }) => origin !== undefined);
    for (const { problem, restricts } of own.slice(0, deciding && own.indexOf(deciding))) {
      // What only restricts belongs to an endpoint that is named elsewhere.
      if (deciding === undefined || !restricts) problems.push(problem);
    }
    if (deciding !== undefined) found.set(name, namedEndpoint(deciding, entries, environment));
  }
  const endpoints = [...found.values()];
  return { endpoints: readOnly ? endpoints.map((each) => ({ ...each, readOnly })) : endpoints, problems };
}

/** What one place says of an endpoint. */
interface Entry {
  readonly name: string;
  readonly from: string;
  readonly ofRepository: boolean;
  readonly url: string;
  /** `undefined`: it has no usable URL, as `problem` says. */
  readonly origin: string | undefined;
  readonly problem: string;
  readonly adminSecretVariable: string | undefined;
  readonly protected: boolean | undefined;
  readonly readOnly: boolean;
  /** It says nothing but what is refused or asked. */
  readonly restricts: boolean;
}

function entriesOf(named: readonly NamedEndpoints[], problems: string[]): readonly Entry[] {
  return named.flatMap(({ value, from, ofRepository }) => {
    if (value === undefined || value === null) return [];
    if (!isJsonObject(value)) {
      problems.push(localized`The endpoints in ${from} are not an object.`);
      return [];
    }
    return Object.entries(value).map(([name, entry]) => entryOf(name, entry, { from, ofRepository }));
  });
}

function entryOf(name: string, entry: Json, place: Pick<Entry, 'from' | 'ofRepository'>): Entry {
  const url = withoutTrailing((textMember(entry, 'url') ?? '').trim(), '/');
  const origin = originOf(url);
  const obstacle = urlObstacle(url, localized`"${name}" in ${place.from}`);
  const isProtected = member(entry, 'protected');
  return {
    name,
    ...place,
    url,
    origin: obstacle === undefined ? origin : undefined,
    problem:
      origin !== undefined && obstacle !== undefined
        ? obstacle
        : localized`The endpoint "${name}" in ${place.from} has no http or https URL.`,
    adminSecretVariable: textMember(entry, 'adminSecretVariable') || undefined,
    protected: typeof isProtected === 'boolean' ? isProtected : undefined,
    readOnly: member(entry, 'readOnly') === true,
    restricts:
      isJsonObject(entry) && Object.keys(entry).every((key) => key === 'protected' || key === 'readOnly'),
  };
}

function cliEndpoint(cli: EndpointConfiguration, entries: readonly Entry[]): Endpoint {
  const source = cli.adminSecret()?.from;
  return {
    name: cliName,
    ...placeOf(cli.url),
    from: cli.urlFrom,
    ...restrictionsOf(cliName, cli.url, entries, entries.filter(isUsers)),
    paths: cli.paths,
    secretSource: source,
    foreignVariable: undefined,
    configuredSecret: () => cli.adminSecret(),
  };
}

function namedEndpoint(
  { name, url, from, ofRepository, adminSecretVariable: variable }: Entry,
  entries: readonly Entry[],
  environment: EndpointSources['environment'],
): Endpoint {
  return {
    name,
    ...placeOf(url),
    from,
    ...restrictionsOf(name, url, entries, ofRepository ? entries.filter(isUsers) : []),
    paths: {},
    secretSource: variable === undefined ? undefined : variableText(variable),
    foreignVariable: ofRepository ? variable : undefined,
    configuredSecret: () => (variable === undefined ? undefined : secretInVariable(variable, environment)),
  };
}

function isUsers({ ofRepository }: Entry): boolean {
  return !ofRepository;
}

/**
 * What is refused or asked at an endpoint: whatever any place says of that name, and what `others` say of that origin,
 * so that another name does not lead past them. Only the user's own settings make one elsewhere ask nothing.
 */
function restrictionsOf(
  name: string,
  url: string,
  entries: readonly Entry[],
  others: readonly Entry[],
): Pick<Endpoint, 'protected' | 'readOnly'> {
  const origin = originOf(url);
  const about = [
    ...entries.filter((entry) => entry.name === name),
    ...others.filter((entry) => entry.origin === origin),
  ];
  const lifted = entries.some(
    (entry) => isUsers(entry) && entry.name === name && entry.origin === origin && entry.protected === false,
  );
  return {
    protected: about.some((entry) => entry.protected === true) || (!isLoopback(url) && !lifted),
    readOnly: about.some((entry) => entry.readOnly),
  };
}

function placeOf(url: string): Pick<Endpoint, 'url' | 'origin' | 'host'> {
  const { origin, host } = new URL(url);
  return { url, origin, host };
}

/** What there is to know of an endpoint before it is chosen, in the user's words. */
export function describeEndpoint(endpoint: Endpoint): string {
  return [
    endpoint.from,
    // Whoever names an endpoint may name any variable: it is seen before it is sent.
    ...(endpoint.secretSource === undefined ? [] : [localized`admin secret: ${endpoint.secretSource}`]),
    ...(endpoint.readOnly
      ? [localized`read-only`]
      : endpoint.protected
        ? [localized`asks before every change`]
        : []),
  ].join(', ');
}
