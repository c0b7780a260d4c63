import {
  type EndpointConfiguration,
  isLoopback,
  originOf,
  plainHttpWarning,
  readEndpoint,
  urlObstacle,
} from '../../../common/src/endpoint/endpointConfiguration.ts';
import { endpointAddress } from '../../../common/src/endpoint/endpointText.ts';
import type { Secret } from '../../../common/src/endpoint/secret.ts';
import { ReadableFiles } from '../../../common/src/files/readableFiles.ts';
import { createHttpClient, type Fetch, type HttpClient } from '../../../common/src/metadataApi/http/http.ts';
import {
  describeFailure,
  type FailedResult,
  wantsCertificate,
} from '../../../common/src/metadataApi/http/httpResult.ts';
import { joinPath } from '../project/files.ts';
import { CommandError } from './commandError.ts';
import type { EndpointConsent } from './endpointConsent.ts';

export interface ConnectOptions {
  /** As given on the command line; `undefined`: as the project says. */
  readonly endpoint: string | undefined;
  /** The only host that may be asked, with its port where the URL has one; `undefined`: any. */
  readonly onlyEndpoint?: string | undefined;
  /** The host that a change is agreed to on. */
  readonly protectedHost?: string | undefined;
  /** Folder of the project's `config.yaml`. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds; the client's own default when `undefined`. */
  readonly timeout: number | undefined;
  readonly fetch: Fetch;
  readonly consent: Pick<EndpointConsent, 'of'>;
  /** Told what is worth knowing besides. */
  note(message: string): void;
  /** Is told of the secret before it is used: it is not to be printed. */
  hide?(secret: Secret): void;
}

/** Nothing names an endpoint. */
export class NoEndpoint extends CommandError {}

export interface Connection {
  readonly client: HttpClient;
  /** As it was named. */
  readonly url: string;
  /** For people: `http://localhost:8080 (endpoint in config.yaml)`. Holds no secret. */
  readonly text: string;
  /** As it is reached: the host in ASCII. */
  readonly address: string;
  readonly sendsSecret: boolean;
}

/**
 * A client for the endpoint of a project. Secrets of the project's files go to the endpoint of these files only; one from
 * the environment goes wherever this run is sent; before it goes where the project's files lead, that is said, and asked.
 * @throws CommandError when there is no endpoint, or none that may be asked
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const endpoint = endpointOf(options);
  if (endpoint.obstacle !== undefined) throw new CommandError(endpoint.obstacle);
  for (const problem of endpoint.problems) options.note(problem);
  requireHost(endpoint, options);
  await requireConsent(endpoint, options);
  const warning = plainHttpWarning(endpoint.url);
  if (warning !== undefined) options.note(`Warning: ${warning}`);
  if (endpoint.certificateAuthority !== undefined || endpoint.skipTlsVerification) {
    options.note(
      'Certificate settings of the Hasura CLI are not used here: name the certificate in NODE_EXTRA_CA_CERTS.',
    );
  }
  const adminSecret = endpoint.adminSecret();
  if (adminSecret !== undefined) options.hide?.(adminSecret);
  const client = createHttpClient({
    endpoint: endpoint.url,
    paths: endpoint.paths,
    adminSecret,
    fetch: options.fetch,
    ...(options.timeout !== undefined && { timeout: options.timeout }),
  });
  const address = endpointAddress(endpoint.url);
  const text = `${address} (${endpoint.urlFrom})`;
  return { client, url: endpoint.url, address, text, sendsSecret: adminSecret !== undefined };
}

/** Why the endpoint could not be asked, with what mends it on a command line. */
export function failureText(failure: FailedResult, { client: { host }, sendsSecret }: Connection): string {
  const certificate = wantsCertificate(failure) ? ' Name its certificate in NODE_EXTRA_CA_CERTS.' : '';
  const secret =
    failure.outcome === 'unauthorized' && !sendsSecret
      ? ' Set HASURA_GRAPHQL_ADMIN_SECRET. One in config.yaml or .env goes only to the endpoint that these name.'
      : '';
  return `${describeFailure(failure, host)}${certificate}${secret}`;
}

/** @throws CommandError when the endpoint is at another host than those that were named for this run */
function requireHost(
  { url, urlFrom }: EndpointConfiguration,
  { onlyEndpoint, protectedHost }: ConnectOptions,
): void {
  const { host } = new URL(url);
  const named = [
    ['--only-endpoint', onlyEndpoint, (only: string) => `--only-endpoint allows only ${only}`],
    ['--protected', protectedHost, (agreed: string) => `--protected names ${agreed}`],
  ] as const;
  for (const [option, written, words] of named) {
    const other = written === undefined ? host : hostNamed(written, option, url);
    if (other === host) continue;
    throw new CommandError(`The endpoint is at ${host} (${urlFrom}), and ${words(other)}. Nothing was sent.`);
  }
}

/** As in the URL of an endpoint. @throws CommandError when it is no host */
function hostNamed(written: string, option: string, url: string): string {
  const named = `${new URL(url).protocol}//${written}`;
  if (/[/\\?#@\s]/.test(written) || originOf(named) === undefined) {
    throw new CommandError(`${option} is a host, such as "hasura.example" or "localhost:8080".`);
  }
  return new URL(named).host;
}

/** @throws CommandError when the secret of the environment is not to go where the project's files lead */
async function requireConsent(
  endpoint: EndpointConfiguration,
  { onlyEndpoint, consent, note }: ConnectOptions,
): Promise<void> {
  const { url, urlFrom, urlPlace, secretPlace } = endpoint;
  const ofRepository = urlPlace === '.env' || urlPlace === 'config.yaml';
  if (!ofRepository || secretPlace !== 'environment' || isLoopback(url)) return;
  const { origin } = new URL(url);
  note(`The admin secret of ${endpoint.adminSecret()?.from} goes to ${origin} (${urlFrom}).`);
  // Who names the host has answered.
  if (onlyEndpoint !== undefined) return;
  const { given, keptIn } = await consent.of(origin);
  if (given) return;
  const remembered = keptIn === undefined ? '' : ` The answer is kept in ${keptIn}.`;
  throw new CommandError(
    `Nothing was sent to ${origin}.${remembered} With --only-endpoint ${new URL(url).host} it is sent without asking.`,
  );
}

function endpointOf({ endpoint, root, environment }: ConnectOptions): EndpointConfiguration {
  const files = new ReadableFiles({ folders: () => [root], trusted: true });
  const configYaml = textOf(files, joinPath(root, 'config.yaml'));
  const dotEnv = textOf(files, joinPath(root, '.env'));
  const ofProject = readEndpoint({ configYaml, dotEnv, environment });
  // Whichever endpoint is named: what the project is, stands there.
  if (ofProject?.unreadable) return ofProject;
  if (endpoint === undefined) {
    if (ofProject !== undefined) return ofProject;
    throw new NoEndpoint(
      'There is no endpoint: give one with --endpoint, in HASURA_GRAPHQL_ENDPOINT or in config.yaml.',
    );
  }
  const obstacle = urlObstacle(endpoint, '--endpoint');
  if (obstacle !== undefined) throw new CommandError(obstacle);
  const named = { ...environment, HASURA_GRAPHQL_ENDPOINT: endpoint };
  const sameOrigin = ofProject !== undefined && originOf(ofProject.url) === originOf(endpoint);
  const chosen = readEndpoint(
    sameOrigin ? { configYaml, dotEnv, environment: named } : { environment: named },
  );
  if (chosen === undefined) throw new CommandError('There is no endpoint.');
  return { ...chosen, urlFrom: '--endpoint' };
}

/** `undefined`: there is no such file. @throws CommandError when it can't be read */
function textOf(files: ReadableFiles, path: string): string | undefined {
  const result = files.read(path);
  if (result.ok) return result.text;
  if (result.problem === 'missing') return undefined;
  throw new CommandError(result.message);
}
