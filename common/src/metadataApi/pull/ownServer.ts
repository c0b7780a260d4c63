import { isLoopback, urlObstacle } from '../../endpoint/endpointConfiguration.ts';
import { Secret } from '../../endpoint/secret.ts';
import { localized } from '../../localized.ts';
import { createHttpClient, type HttpClientOptions } from '../http/http.ts';
import { introspectUrl } from './introspectUrl.ts';
import type { PartResult } from './pullAll.ts';

/** Where a remote schema is, as metadata has it: values may be in environment variables. */
export interface RemoteSchemaAddress {
  readonly url: WrittenValue;
  readonly headers: readonly (readonly [name: string, value: WrittenValue])[];
}

/** A text, in which `{{NAME}}` stands for a variable where it is a URL; or the name of a variable. */
export type WrittenValue = { readonly text: string } | { readonly variable: string };

/**
 * The server behind a remote schema. Its URL, its headers and the variables whose values they take are what a repository
 * says: who is to agree sees `host` and `variables`.
 */
export interface OwnServer {
  readonly url: string;
  readonly origin: string;
  /** With the port, where the URL has one. */
  readonly host: string;
  readonly headers: ReadonlyMap<string, Secret | string>;
  /** Those whose values go there, sorted. */
  readonly variables: readonly string[];
  /** What anyone on the way could read, in a sentence. */
  readonly plainHttpWarning: string | undefined;
}

/** The server at an address, with the values that its variables have now; else why there is none, without values. */
export function ownServer(
  address: RemoteSchemaAddress | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): OwnServer | { readonly problem: string } {
  if (address === undefined)
    return { problem: localized`The metadata does not say where it is, or not in a way that can be read.` };
  const variables = new Set<string>();
  const missing = new Set<string>();
  const take = (variable: string): string => {
    const found = environment[variable];
    variables.add(variable);
    if (found === undefined || found === '') missing.add(variable);
    return found ?? '';
  };
  const url =
    'variable' in address.url
      ? take(address.url.variable)
      : address.url.text.replaceAll(/\{\{(\w+)\}\}/g, (_, variable: string) => take(variable));
  const headers = new Map(
    address.headers.map(([name, value]): [string, Secret | string] => [
      name,
      'variable' in value ? new Secret(take(value.variable), value.variable) : value.text,
    ]),
  );
  if (missing.size > 0)
    return { problem: localized`The environment has no ${[...missing].sort().join(', ')}.` };
  // What is wrong is said without the URL, which may have come from a variable.
  if (urlObstacle(url, localized`its URL`) !== undefined)
    return { problem: localized`Its URL can't be used: it is http or https, without a password.` };
  const { host, origin, protocol } = new URL(url);
  const isReadable = protocol === 'http:' && headers.size > 0 && !isLoopback(url);
  const plainHttpWarning = isReadable
    ? localized`${host} is reached over plain http: its headers can be read by anyone on the way. Use https.`
    : undefined;
  return { url, origin, host, headers, variables: [...variables].sort(), plainHttpWarning };
}

/** Asks it for its schema. Redirects are not followed. Never rejects. */
export function introspectOwnServer(
  { url, headers }: OwnServer,
  options: Pick<HttpClientOptions, 'fetch' | 'timeout' | 'log'>,
  signal: AbortSignal | undefined,
): Promise<PartResult> {
  return introspectUrl(createHttpClient({ ...options, endpoint: url, headers }), signal);
}
