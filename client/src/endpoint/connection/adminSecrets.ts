import type { SecretStorage } from 'vscode';
import { Secret } from '../../../../common/src/endpoint/secret.ts';
import { localized } from '../../../../common/src/localized.ts';
import { getInconsistentMetadata } from '../../../../common/src/metadataApi/document/commands.ts';
import type { HttpClient } from '../../../../common/src/metadataApi/http/http.ts';
import { describeFailure } from '../../../../common/src/metadataApi/http/httpResult.ts';

/** Admin secrets as they were entered, kept by VS Code for one origin each: scheme, host and port. */
export class AdminSecrets {
  readonly #storage: Pick<SecretStorage, 'get' | 'store' | 'delete'>;

  constructor(storage: Pick<SecretStorage, 'get' | 'store' | 'delete'>) {
    this.#storage = storage;
  }

  async get(origin: string): Promise<Secret | undefined> {
    const text = await this.#storage.get(keyOf(origin));
    return text === undefined || text === ''
      ? undefined
      : new Secret(text, localized`the secret storage of VS Code`);
  }

  async keep(origin: string, secret: Secret): Promise<void> {
    await this.#storage.store(keyOf(origin), secret.reveal());
  }

  async forget(origin: string): Promise<void> {
    await this.#storage.delete(keyOf(origin));
  }
}

function keyOf(origin: string): string {
  return `adminSecret ${origin}`;
}

/** `wrong`: the endpoint does not take the secret; `failed`: it could not be asked. */
export type SecretCheck =
  | { readonly outcome: 'right' }
  | { readonly outcome: 'wrong' | 'failed'; readonly reason: string };

/** Asks the endpoint whether it takes the secret the client has. */
export async function checkSecret(client: HttpClient, signal?: AbortSignal): Promise<SecretCheck> {
  const result = await client.send(getInconsistentMetadata, signal);
  if (result.outcome === 'answered') return { outcome: 'right' };
  const reason = describeFailure(result, client.host);
  return { outcome: result.outcome === 'unauthorized' ? 'wrong' : 'failed', reason };
}
