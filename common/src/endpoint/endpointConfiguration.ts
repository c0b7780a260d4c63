import { localized } from '../localized.ts';
import type { Api } from '../metadataApi/document/commands.ts';
import { type Json, type JsonObject, member } from '../metadataApi/document/json.ts';
import { withoutTrailing } from '../trailing.ts';
import { readConfigYaml } from './configYaml.ts';
import { type DotEnvValue, readDotEnv } from './dotEnv.ts';
import { urlBelow } from './endpointUrl.ts';
import { Secret } from './secret.ts';

/** What is read for the endpoint of a Hasura CLI project. */
export interface EndpointSources {
  /** Text of `config.yaml`; `null`: it is there and can't be read; `undefined`: there is none. */
  readonly configYaml?: string | null | undefined;
  /** Text of `.env`; `undefined`: there is none. */
  readonly dotEnv?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where a setting stands; the first that has it counts. */
export type SettingOrigin = 'environment' | '.env' | 'config.yaml' | 'default';

/** An endpoint. It holds no secret that could be printed: `adminSecret` gives one, wrapped. */
export interface EndpointConfiguration {
  /** Base URL without a slash at the end. May be no URL at all, as written: `obstacle` says so. */
  readonly url: string;
  /** `HASURA_GRAPHQL_ENDPOINT in .env`, `endpoint in config.yaml`, `the default`: kept with what was chosen, so in English. */
  readonly urlFrom: string;
  readonly urlPlace: SettingOrigin;
  /** Only those that are set. */
  readonly paths: Partial<Record<Api, string>>;
  /** Path of a certificate as written; relative to the project. */
  readonly certificateAuthority: string | undefined;
  readonly skipTlsVerification: boolean;
  /** `config.yaml` can't be read: nothing is sent from the project, to whichever endpoint. */
  readonly unreadable: boolean;
  /** Why nothing is sent to this endpoint, in the user's words, without values. */
  readonly obstacle: string | undefined;
  /** What is left out and why, in the user's words, without values. */
  readonly problems: readonly string[];
  /** Where the secret stands; `undefined` when none is set. */
  readonly secretPlace: Exclude<SettingOrigin, 'default'> | undefined;
  /** The secret with where it comes from; `undefined` when none is set. */
  adminSecret(): Secret | undefined;
}

/**
 * Reads the endpoint as the Hasura CLI does (spec section 9): each key from the environment, else from `.env`, else from
 * `config.yaml`, else its default. An empty value counts as none. `undefined` when nothing at all names an endpoint or a
 * project: no `config.yaml`, and no `HASURA_GRAPHQL_ENDPOINT`.
 */
export function readEndpoint(sources: EndpointSources): EndpointConfiguration | undefined {
  const config = configOf(sources.configYaml);
  if ('unreadable' in config) return unusable(config.unreadable);
  const settings = new Settings(sources, config.settings);
  const url = settings.value('endpoint');
  if (sources.configYaml === undefined && url === undefined) return undefined;
  const endpoint = withoutTrailing((url?.text ?? 'http://localhost:8080').trim(), '/');
  const urlFrom = url?.from ?? 'the default';
  const paths = pathsOf(settings);
  const secret = secretOf(settings, url);
  return {
    url: endpoint,
    urlFrom,
    urlPlace: url?.place ?? 'default',
    paths,
    certificateAuthority: settings.value('certificate_authority')?.text,
    skipTlsVerification: /^(?:1|t|true)$/i.test(settings.value('insecure_skip_tls_verify')?.text ?? ''),
    unreadable: false,
    obstacle: settings.obstacle ?? urlObstacle(endpoint, urlFrom) ?? pathObstacle(endpoint, settings),
    problems: settings.problems,
    secretPlace: secret?.place,
    adminSecret: () => secret?.secret,
  };
}

function configOf(
  text: EndpointSources['configYaml'],
): { readonly settings: JsonObject } | { readonly unreadable: string } {
  if (text === null) return { unreadable: localized`config.yaml can't be read.` };
  const config = readConfigYaml(text ?? '');
  return config.outcome === 'read' ? config : { unreadable: config.problem };
}

/** No address, no secret: there is nothing in it that could be used by mistake. */
function unusable(problem: string): EndpointConfiguration {
  return {
    url: '',
    urlFrom: 'config.yaml',
    urlPlace: 'config.yaml',
    paths: {},
    certificateAuthority: undefined,
    skipTlsVerification: false,
    unreadable: true,
    obstacle: localized`${problem} Correct it first: nothing is sent until then.`,
    problems: [],
    secretPlace: undefined,
    adminSecret: () => undefined,
  };
}

interface Setting {
  readonly text: string;
  readonly from: string;
  readonly place: Exclude<SettingOrigin, 'default'>;
}

class Settings {
  readonly problems: string[] = [];
  /** Why the endpoint can't be known. */
  obstacle: string | undefined;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #dotEnv: ReadonlyMap<string, DotEnvValue>;
  readonly #config: JsonObject;

  constructor({ dotEnv, environment }: EndpointSources, config: JsonObject) {
    this.#environment = environment;
    this.#dotEnv = this.#valuesOf(dotEnv);
    this.#config = config;
  }

  /** By key of `config.yaml`, `api_paths.query` for nested ones. Numbers and booleans of YAML count as their text. */
  value(key: string): Setting | undefined {
    const variable = `HASURA_GRAPHQL_${key.toUpperCase().replaceAll('.', '_')}`;
    // A variable that is set, even to nothing, hides the one in .env.
    const own = this.#environment[variable];
    if (own !== undefined && own !== '') {
      return { text: own, from: `${variable} in the environment`, place: 'environment' };
    }
    const written = own === undefined ? this.#dotEnv.get(variable) : undefined;
    if (written?.missing !== undefined) {
      // What the CLI would make of it stands outside of the project.
      this.obstacle ??= localized`${variable} in .env refers to ${written.missing}, which .env does not set before it: environment variables are not substituted there. Set it there, or write the value in single quotes to keep the "$".`;
    } else if (written !== undefined && written.text !== '') {
      return { text: written.text, from: `${variable} in .env`, place: '.env' };
    }
    const path = key.split('.');
    const value = path.reduce<Json | undefined>((object, part) => member(object, part), this.#config);
    if (value === undefined) return undefined;
    const text = typeof value === 'object' ? '' : String(value);
    const from = `${key} in config.yaml`;
    // Without one there is a default: it is not what was meant here.
    if (text.trim() === '' && key === 'endpoint')
      this.obstacle ??= localized`The value of ${from} is empty, or not a string.`;
    return text === '' ? undefined : { text, from, place: 'config.yaml' };
  }

  #valuesOf(text: string | undefined): ReadonlyMap<string, DotEnvValue> {
    const file = readDotEnv(text ?? '');
    if (file.outcome === 'read') return file.values;
    this.problems.push(
      localized`Line ${file.line} of .env is not an assignment, so the whole file is ignored, as the Hasura CLI does.`,
    );
    return new Map();
  }
}

interface PlacedSecret {
  readonly secret: Secret;
  readonly place: Exclude<SettingOrigin, 'default'>;
}

/** `url`: who names the endpoint; where nobody does, the environment's secret is not for it. */
function secretOf(settings: Settings, url: Setting | undefined): PlacedSecret | undefined {
  const found = adminSecretOf(settings);
  if (url !== undefined || found?.place !== 'environment') return found;
  settings.problems.push(
    localized`No endpoint is named, so http://localhost:8080 is used, and the admin secret of ${found.secret.from} is not sent to it. Name the endpoint in config.yaml or HASURA_GRAPHQL_ENDPOINT.`,
  );
  return undefined;
}

/** `admin_secrets`, a text that holds a list in JSON, wins over `admin_secret`, which wins over `access_key`. */
function adminSecretOf(settings: Settings): PlacedSecret | undefined {
  const several = settings.value('admin_secrets');
  if (several !== undefined) {
    const first = firstOfList(several.text)?.trim();
    if (first !== undefined && first !== '')
      return { secret: new Secret(first, several.from), place: several.place };
    settings.problems.push(localized`The value of ${several.from} is not a list of strings in JSON.`);
  }
  const single = settings.value('admin_secret') ?? settings.value('access_key');
  // A header has no blanks at its ends.
  const text = single?.text.trim() ?? '';
  return single && text !== '' ? { secret: new Secret(text, single.from), place: single.place } : undefined;
}

function firstOfList(text: string): string | undefined {
  try {
    const list: unknown = JSON.parse(text);
    const first: unknown = Array.isArray(list) ? list[0] : undefined;
    return typeof first === 'string' && first !== '' ? first : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with the URL of an endpoint; `undefined`: nothing. */
export function urlObstacle(url: string, from: string): string | undefined {
  const parsed = urlOf(url);
  if (parsed === undefined || !isHttpUrl(url))
    return localized`The endpoint (${from}) is not an http or https URL.`;
  if (parsed.username !== '' || parsed.password !== '') {
    return localized`The URL of the endpoint (${from}) contains a user name or a password. Remove them from the URL.`;
  }
  return undefined;
}

function pathObstacle(endpoint: string, settings: Settings): string | undefined {
  for (const [, key] of pathKeys) {
    const path = settings.value(key);
    if (path !== undefined && urlBelow(new URL(endpoint), path.text) === undefined) {
      return localized`The path of ${path.from} leads out of the endpoint's address.`;
    }
  }
  return undefined;
}

const pathKeys: readonly (readonly [Api, string])[] = [
  ['metadata', 'api_paths.v1_metadata'],
  ['query', 'api_paths.v2_query'],
  ['legacy-query', 'api_paths.query'],
  ['version', 'api_paths.version'],
];

function pathsOf(settings: Settings): Partial<Record<Api, string>> {
  const paths: Partial<Record<Api, string>> = {};
  for (const [api, key] of pathKeys) {
    const path = settings.value(key);
    if (path !== undefined) paths[api] = path.text;
  }
  return paths;
}

/** The secret in a variable of the environment; `undefined` when it is not set. */
export function secretInVariable(
  variable: string,
  environment: Readonly<Record<string, string | undefined>>,
): Secret | undefined {
  const text = environment[variable];
  return text === undefined || text === '' ? undefined : new Secret(text, variableText(variable));
}

/** Where a secret in a variable comes from, in the user's words. */
export function variableText(variable: string): string {
  return `${variable} in the environment`;
}

function isHttpUrl(text: string): boolean {
  const protocol = urlOf(text)?.protocol;
  return protocol === 'http:' || protocol === 'https:';
}

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Scheme, host and port: what a secret belongs to. `undefined` when the text is not an http or https URL. */
export function originOf(url: string): string | undefined {
  return isHttpUrl(url) ? urlOf(url)?.origin : undefined;
}

/**
 * Whether an endpoint is on this machine whoever answers for names: `localhost`, 127.0.0.0/8, ::1. Names below
 * `localhost` should be, but some resolvers ask the network for them.
 */
export function isLoopback(url: string): boolean {
  const host = urlOf(url)?.hostname ?? '';
  return (
    host === 'localhost' ||
    /^127(?:\.\d{1,3}){3}$/.test(host) ||
    host === '[::1]' ||
    /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(host)
  );
}

/** A warning when the secret would travel readable for everyone on the way; `undefined` when it would not. */
export function plainHttpWarning(url: string): string | undefined {
  const parsed = urlOf(url);
  if (parsed?.protocol !== 'http:' || isLoopback(url)) return undefined;
  return localized`${parsed.host} is reached over plain http: the admin secret can be read by anyone on the way. Use https.`;
}
