import { isLoopback, urlObstacle } from '../../../common/src/endpoint/endpointConfiguration.ts';
import { Secret } from '../../../common/src/endpoint/secret.ts';
import { createHttpClient, type Fetch } from '../../../common/src/metadataApi/http/http.ts';
import { introspectUrl } from '../../../common/src/metadataApi/pull/introspectUrl.ts';
import type { PartResult } from '../../../common/src/metadataApi/pull/pullAll.ts';
import type { RemoteSchemaAddress, WrittenValue } from '../metadata/remoteSchemaAddress.ts';
import { CommandError } from './commandError.ts';
import type { Person } from './endpointConsent.ts';

export interface OwnIntrospectionOptions {
  /** The hosts that may be asked, with their ports where the URLs have one: who names them has said so. */
  readonly hosts: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asked before the values of variables go anywhere; `undefined`: nobody is there. */
  readonly person: Pick<Person, 'agrees'> | undefined;
  readonly timeout: number | undefined;
  readonly fetch: Fetch;
  readonly signal: AbortSignal | undefined;
  note(message: string): void;
  hide?(secret: Secret): void;
}

/**
 * Asks remote schemas at their own URLs, with their own headers. Both are what a repository says, and so are the variables whose values
 * they take: it is asked only where a host was named for this run, and where someone is there, after a question that names host and
 * variables.
 */
export class OwnIntrospection {
  readonly #options: OwnIntrospectionOptions;

  constructor(options: OwnIntrospectionOptions) {
    this.#options = options;
    for (const host of options.hosts) {
      if (/[/\\?#@\s]/.test(host) || !URL.canParse(`http://${host}`)) {
        throw new CommandError('--introspect is a host, such as "payments.example" or "localhost:4000".');
      }
    }
  }

  /** `undefined` when it is not to be asked: no host was named, or another one. */
  async of(name: string, address: RemoteSchemaAddress | undefined): Promise<PartResult | undefined> {
    const { hosts, timeout, fetch, signal, note, hide } = this.#options;
    if (hosts.length === 0) return undefined;
    if (address === undefined)
      return failed('The metadata does not say where it is, or not in a way that can be read.');
    const variables = new Set<string>();
    const missing = new Set<string>();
    const resolve = (value: WrittenValue, isUrl: boolean): string =>
      this.#resolve(value, isUrl, variables, missing);
    const url = resolve(address.url, true);
    const headers = new Map<string, Secret | string>();
    for (const [header, value] of address.headers) {
      const text = resolve(value, false);
      headers.set(header, 'variable' in value ? new Secret(text, value.variable) : text);
    }
    if (missing.size > 0) return failed(`The environment has no ${[...missing].sort().join(', ')}.`);
    // What is wrong is said without the URL, which may have come from a variable.
    if (urlObstacle(url, 'its URL') !== undefined)
      return failed("Its URL can't be used: it is http or https, without a password.");
    const { host, protocol } = new URL(url);
    if (!hosts.some((named) => new URL(`${protocol}//${named}`).host === host)) return undefined;
    if (variables.size > 0 && !isLoopback(url)) {
      const listed = [...variables].sort().join(', ');
      note(`Remote schema "${name}" is asked at ${host}, with the values of ${listed}.`);
      if (this.#options.person !== undefined) {
        const agreed = await this.#options.person.agrees(
          `Send the values of ${listed} to ${host}? (yes/no) `,
        );
        if (agreed !== true) return failed(`Nothing was sent to ${host}.`);
      }
    }
    if (protocol === 'http:' && headers.size > 0 && !isLoopback(url)) {
      note(
        `Warning: ${host} is reached over plain http: its headers can be read by anyone on the way. Use https.`,
      );
    }
    for (const value of headers.values()) if (value instanceof Secret) hide?.(value);
    const client = createHttpClient({
      endpoint: url,
      headers,
      fetch,
      ...(timeout !== undefined && { timeout }),
    });
    return introspectUrl(client, signal);
  }

  #resolve(value: WrittenValue, isUrl: boolean, variables: Set<string>, missing: Set<string>): string {
    const take = (variable: string): string => {
      const found = this.#options.environment[variable];
      variables.add(variable);
      if (found === undefined || found === '') missing.add(variable);
      return found ?? '';
    };
    if ('variable' in value) return take(value.variable);
    return isUrl
      ? value.text.replaceAll(/\{\{(\w+)\}\}/g, (_, variable: string) => take(variable))
      : value.text;
  }
}

function failed(message: string): PartResult {
  return { outcome: 'failed', message, cancelled: false };
}
