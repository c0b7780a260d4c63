import { isLoopback } from '../../../common/src/endpoint/endpointConfiguration.ts';
import { Secret } from '../../../common/src/endpoint/secret.ts';
import type { Fetch } from '../../../common/src/metadataApi/http/http.ts';
import {
  introspectOwnServer,
  ownServer,
  type RemoteSchemaAddress,
} from '../../../common/src/metadataApi/pull/ownServer.ts';
import type { PartResult } from '../../../common/src/metadataApi/pull/pullAll.ts';
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
    const { hosts, environment, timeout, fetch, signal, note, hide } = this.#options;
    if (hosts.length === 0) return undefined;
    const server = ownServer(address, environment);
    if ('problem' in server) return failed(server.problem);
    const { url, host, headers, variables, plainHttpWarning } = server;
    if (!hosts.some((named) => new URL(`${new URL(url).protocol}//${named}`).host === host)) return undefined;
    if (variables.length > 0 && !isLoopback(url)) {
      const listed = variables.join(', ');
      note(`Remote schema "${name}" is asked at ${host}, with the values of ${listed}.`);
      if (this.#options.person !== undefined) {
        const agreed = await this.#options.person.agrees(
          `Send the values of ${listed} to ${host}? (yes/no) `,
        );
        if (agreed !== true) return failed(`Nothing was sent to ${host}.`);
      }
    }
    if (plainHttpWarning !== undefined) note(`Warning: ${plainHttpWarning}`);
    for (const value of headers.values()) if (value instanceof Secret) hide?.(value);
    return introspectOwnServer(server, { fetch, ...(timeout !== undefined && { timeout }) }, signal);
  }
}

function failed(message: string): PartResult {
  return { outcome: 'failed', message, cancelled: false };
}
