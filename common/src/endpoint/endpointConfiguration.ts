import { parse as parseDotEnv } from 'dotenv';
import { parse as parseYaml } from 'yaml';
import type { Api } from '../metadataApi/document/commands.ts';
import { isJsonObject, type Json, type JsonObject, member } from '../metadataApi/document/json.ts';
import { withoutTrailing } from '../trailing.ts';
import { Secret } from './secret.ts';

/** What is read for the endpoint of a Hasura CLI project. */
export interface EndpointSources {
  /** Text of `config.yaml`; `undefined` when there is none. */
  readonly configYaml?: string | undefined;
  /** Text of `.env`; `undefined` when there is none. */
  readonly dotEnv?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** An endpoint. It holds no secret that could be printed: `adminSecret` gives one, wrapped. */
export interface EndpointConfiguration {
  /** Base URL without a slash at the end. May be no URL at all, as written: `problems` says so. */
  readonly url: string;
  /** In the user's words: `HASURA_GRAPHQL_ENDPOINT in .env`, `endpoint in config.yaml`, `the default`. */
  readonly urlFrom: string;
  /** Only those that are set. */
  readonly paths: Partial<Record<Api, string>>;
  /** Path of a certificate as written; relative to the project. */
  readonly certificateAuthority: string | undefined;
  readonly skipTlsVerification: boolean;
  /** What can't be read, in the user's words, without values. */
  readonly problems: readonly string[];
  /** The secret with where it comes from; `undefined` when none is set. */
  adminSecret(): Secret | undefined;
}

/**
 * Reads the endpoint as the Hasura CLI does (spec section 9): each key from the environment, else from `.env`, else from
 * `config.yaml`, else its default. An empty value counts as none. `undefined` when nothing at all names an endpoint or a
 * project: no `config.yaml`, and no `HASURA_GRAPHQL_ENDPOINT`.
 */
export function readEndpoint(sources: EndpointSources): EndpointConfiguration | undefined {
  const problems: string[] = [];
  const settings = new Settings(sources, problems);
  const url = settings.value('endpoint');
  if (sources.configYaml === undefined && url === undefined) return undefined;
  const endpoint = withoutTrailing((url?.text ?? 'http://localhost:8080').trim(), '/');
  if (!isHttpUrl(endpoint))
    problems.push(`The endpoint (${url?.from ?? 'the default'}) is no http or https URL.`);
  const secret = adminSecretOf(settings, problems);
  return {
    url: endpoint,
    urlFrom: url?.from ?? 'the default',
    paths: pathsOf(settings),
    certificateAuthority: settings.value('certificate_authority')?.text,
    skipTlsVerification: /^(?:1|t|true)$/i.test(settings.value('insecure_skip_tls_verify')?.text ?? ''),
    problems,
    adminSecret: () => secret,
  };
}

interface Setting {
  readonly text: string;
  readonly from: string;
}

class Settings {
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #dotEnv: Readonly<Record<string, string>>;
  readonly #config: JsonObject;

  constructor({ configYaml, dotEnv, environment }: EndpointSources, problems: string[]) {
    this.#environment = environment;
    this.#dotEnv = dotEnv === undefined ? {} : parseDotEnv(dotEnv);
    this.#config = readConfig(configYaml, problems);
  }

  /** By key of `config.yaml`, `api_paths.query` for nested ones. Numbers and booleans of YAML count as their text. */
  value(key: string): Setting | undefined {
    const variable = `HASURA_GRAPHQL_${key.toUpperCase().replaceAll('.', '_')}`;
    // A variable that is set, even to nothing, hides the one in .env.
    const own = this.#environment[variable];
    if (own !== undefined && own !== '') return { text: own, from: `${variable} in the environment` };
    const written = own === undefined ? this.#dotEnv[variable] : undefined;
    if (written !== undefined && written !== '') return { text: written, from: `${variable} in .env` };
    const path = key.split('.');
    const value = path.reduce<Json | undefined>((object, part) => member(object, part), this.#config);
    const text = typeof value === 'object' || value === undefined ? '' : String(value);
    return text === '' ? undefined : { text, from: `${key} in config.yaml` };
  }
}

/** Values are never quoted in what is reported: a line of `config.yaml` may hold the secret. */
function readConfig(text: string | undefined, problems: string[]): JsonObject {
  if (text === undefined) return {};
  try {
    const config: unknown = parseYaml(text, { logLevel: 'error' });
    if (isJsonObject(config)) return config;
    if (config !== null) problems.push('config.yaml holds no keys and values.');
  } catch {
    problems.push('config.yaml is no YAML that can be read.');
  }
  return {};
}

/** `admin_secrets`, a text that holds a list in JSON, wins over `admin_secret`, which wins over `access_key`. */
function adminSecretOf(settings: Settings, problems: string[]): Secret | undefined {
  const several = settings.value('admin_secrets');
  if (several !== undefined) {
    const first = firstOfList(several.text);
    if (first !== undefined) return new Secret(first, several.from);
    problems.push(`The value of ${several.from} is no list of texts in JSON.`);
  }
  const single = settings.value('admin_secret') ?? settings.value('access_key');
  return single && new Secret(single.text, single.from);
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

/** An endpoint that the project's own configuration or the settings name: a URL and the name of a variable. */
export interface NamedEndpoint {
  readonly name: string;
  readonly url: string;
  /** Name of the environment variable that holds the secret. */
  readonly adminSecretVariable?: string | undefined;
}

/** The secret of a named endpoint from the environment; `undefined` when the variable is not set. */
export function namedEndpointSecret(
  { adminSecretVariable }: NamedEndpoint,
  environment: Readonly<Record<string, string | undefined>>,
): Secret | undefined {
  const text = adminSecretVariable === undefined ? undefined : environment[adminSecretVariable];
  return text === undefined || text === ''
    ? undefined
    : new Secret(text, `${adminSecretVariable} in the environment`);
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

/** Scheme, host and port: what a secret belongs to. `undefined` when the text is no http or https URL. */
export function originOf(url: string): string | undefined {
  return isHttpUrl(url) ? urlOf(url)?.origin : undefined;
}

/** Whether an endpoint is on this machine: `localhost` and its subdomains, 127.0.0.0/8, ::1. */
export function isLoopback(url: string): boolean {
  const host = urlOf(url)?.hostname.replace(/\.$/, '') ?? '';
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^127(?:\.\d{1,3}){3}$/.test(host) ||
    host === '[::1]' ||
    /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(host)
  );
}

/** A warning when the secret would travel readable for everyone on the way; `undefined` when it would not. */
export function plainHttpWarning(url: string): string | undefined {
  const parsed = urlOf(url);
  if (parsed?.protocol !== 'http:' || isLoopback(url)) return undefined;
  return `${parsed.host} is reached over plain http: the admin secret can be read by anyone on the way. Use https.`;
}
