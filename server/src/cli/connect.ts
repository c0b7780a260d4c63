import {
  type EndpointConfiguration,
  originOf,
  plainHttpWarning,
  readEndpoint,
} from '../../../common/src/endpoint/endpointConfiguration.ts';
import { ReadableFiles } from '../../../common/src/files/readableFiles.ts';
import { createHttpClient, type Fetch, type HttpClient } from '../../../common/src/metadataApi/http/http.ts';
import {
  describeFailure,
  type FailedResult,
  wantsCertificate,
} from '../../../common/src/metadataApi/http/httpResult.ts';
import { joinPath } from '../project/files.ts';
import { CommandError } from './commandError.ts';

export interface ConnectOptions {
  /** As given on the command line; `undefined`: as the project says. */
  readonly endpoint: string | undefined;
  /** Folder of the project's `config.yaml`. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds; the client's own default when `undefined`. */
  readonly timeout: number | undefined;
  readonly fetch: Fetch;
  note(message: string): void;
}

export interface Connection {
  readonly client: HttpClient;
  /** For people: `http://localhost:8080 (endpoint in config.yaml)`. Holds no secret. */
  readonly text: string;
  readonly url: string;
}

/**
 * A client for the endpoint of a project. Secrets of the project's files go to the endpoint of these files only; one from
 * the environment goes wherever this run is sent.
 * @throws CommandError when there is no endpoint, or none that could be asked
 */
export function connect(options: ConnectOptions): Connection {
  const endpoint = endpointOf(options);
  for (const problem of endpoint.problems) options.note(problem);
  if (originOf(endpoint.url) === undefined)
    throw new CommandError('The endpoint must be an http or https URL.');
  const { username, password } = new URL(endpoint.url);
  if (username !== '' || password !== '') {
    throw new CommandError(
      'The URL of the endpoint holds a user name or a password. Leave them out of the URL.',
    );
  }
  const warning = plainHttpWarning(endpoint.url);
  if (warning !== undefined) options.note(`Warning: ${warning}`);
  if (endpoint.certificateAuthority !== undefined || endpoint.skipTlsVerification) {
    options.note(
      'Certificate settings of the Hasura CLI are not used here: name the certificate in NODE_EXTRA_CA_CERTS.',
    );
  }
  const client = createHttpClient({
    endpoint: endpoint.url,
    paths: endpoint.paths,
    adminSecret: endpoint.adminSecret(),
    fetch: options.fetch,
    ...(options.timeout !== undefined && { timeout: options.timeout }),
  });
  return { client, url: endpoint.url, text: `${endpoint.url} (${endpoint.urlFrom})` };
}

/** Why the endpoint could not be asked, with what mends it on a command line. */
export function failureText(failure: FailedResult, { client: { host } }: Connection): string {
  const hint = wantsCertificate(failure) ? ' Name its certificate in NODE_EXTRA_CA_CERTS.' : '';
  return `${describeFailure(failure, host)}${hint}`;
}

function endpointOf({ endpoint, root, environment }: ConnectOptions): EndpointConfiguration {
  const files = new ReadableFiles({ folders: () => [root], trusted: true });
  const configYaml = textOf(files, joinPath(root, 'config.yaml'));
  const dotEnv = textOf(files, joinPath(root, '.env'));
  const ofProject = readEndpoint({ configYaml, dotEnv, environment });
  if (endpoint === undefined) {
    if (ofProject !== undefined) return ofProject;
    throw new CommandError(
      'There is no endpoint: give one with --endpoint, in HASURA_GRAPHQL_ENDPOINT or in config.yaml.',
    );
  }
  const named = { ...environment, HASURA_GRAPHQL_ENDPOINT: endpoint };
  const sameOrigin = ofProject !== undefined && originOf(ofProject.url) === originOf(endpoint);
  const chosen = readEndpoint(
    sameOrigin ? { configYaml, dotEnv, environment: named } : { environment: named },
  );
  if (chosen === undefined) throw new CommandError('The endpoint must be an http or https URL.');
  return { ...chosen, urlFrom: '--endpoint' };
}

/** `undefined`: there is no such file. @throws CommandError when it can't be read */
function textOf(files: ReadableFiles, path: string): string | undefined {
  const result = files.read(path);
  if (result.ok) return result.text;
  if (result.problem === 'missing') return undefined;
  throw new CommandError(result.message);
}
