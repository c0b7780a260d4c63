import { type Uri, workspace } from 'vscode';
import { Secret } from '../../../../common/src/endpoint/secret.ts';
import { localized } from '../../../../common/src/localized.ts';
import {
  type Command,
  getInconsistentMetadata,
} from '../../../../common/src/metadataApi/document/commands.ts';
import type { Exchange } from '../../../../common/src/metadataApi/http/http.ts';
import { createHttpClient, type HttpClient } from '../../../../common/src/metadataApi/http/http.ts';
import type { HttpResult } from '../../../../common/src/metadataApi/http/httpResult.ts';
import { readInconsistentObjects } from '../../../../common/src/metadataApi/inconsistency/inconsistentObjects.ts';
import {
  readServerState,
  type ServerState,
  type StateResult,
} from '../../../../common/src/metadataApi/plan/serverState.ts';
import { settleUnfinished } from '../../../../common/src/metadataApi/plan/unfinished.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display } from '../../ui/displayText.ts';
import { enterText } from '../../ui/inputBox.ts';
import { type Action, tell } from '../../ui/messages.ts';
import { withProgress } from '../../ui/progress.ts';
import type { CommandContext } from '../commandContext.ts';
import { tellEarlier, tellFailure } from '../ui/messages.ts';
import { AdminSecrets, checkSecret } from './adminSecrets.ts';
import type { Endpoint } from './endpoints.ts';

type Reading<T> = (client: HttpClient, signal: AbortSignal) => Promise<StateResult<T>>;

type AnsweredOrRefused = Extract<HttpResult, { readonly outcome: 'answered' | 'refused' }>;

/** An endpoint with its secret: the only way anything is sent. */
export class Connection {
  readonly project: HasuraProject;
  readonly endpoint: Endpoint;
  /** Sends with the secret of the moment, also for who took it before one was entered. */
  readonly client: HttpClient;
  readonly #context: CommandContext;
  readonly #secrets: AdminSecrets;
  #clientWithSecret: HttpClient;

  static async open(
    context: CommandContext,
    project: HasuraProject,
    endpoint: Endpoint,
  ): Promise<Connection> {
    const secrets = new AdminSecrets(context.extension.secrets);
    const secret = (await secrets.get(endpoint.origin)) ?? endpoint.configuredSecret();
    return new Connection(context, project, endpoint, secrets, secret);
  }

  private constructor(
    context: CommandContext,
    project: HasuraProject,
    endpoint: Endpoint,
    secrets: AdminSecrets,
    secret: Secret | undefined,
  ) {
    this.#context = context;
    this.project = project;
    this.endpoint = endpoint;
    this.#secrets = secrets;
    this.#clientWithSecret = this.#clientWith(secret);
    this.client = {
      host: endpoint.host,
      send: (command, signal) => this.#clientWithSecret.send(command, signal),
    };
  }

  get host(): string {
    return this.endpoint.host;
  }

  /** Reads what the server has; asks for the secret where it is wanted. `undefined`: it was told why not. */
  async readState(again: () => unknown): Promise<ServerState | undefined> {
    const state = this.#readOrTold(await this.tryRead(), again);
    if (state !== undefined) await this.#tellUnfinished(state);
    return state;
  }

  /** The same with another way of reading. `instead`: what can be done where it fails. */
  async read<T>(
    ask: Reading<T>,
    again: () => unknown,
    instead: () => Promise<Action | undefined>,
  ): Promise<T | undefined> {
    const result = await this.#tryRead(ask);
    return this.#readOrTold(result, again, result.outcome === 'read' ? undefined : await instead());
  }

  /** The same, telling nothing; whoever does not enter the secret has cancelled. */
  tryRead(): Promise<StateResult> {
    return this.#tryRead(async (client, signal) => {
      const result = await readServerState(client, signal);
      this.tellRead(result);
      return result;
    });
  }

  async #tryRead<T>(ask: Reading<T>): Promise<StateResult<T>> {
    for (;;) {
      const result = await withProgress(display`Reading ${this.host}`, (signal) => ask(this.client, signal));
      if (result.outcome === 'read' || result.failure.outcome !== 'unauthorized') return result;
      if (!(await this.askSecret())) return { outcome: 'failed', failure: { outcome: 'cancelled' } };
    }
  }

  #readOrTold<T>(result: StateResult<T>, again: () => unknown, instead?: Action): T | undefined {
    if (result.outcome === 'read') return result.state;
    tellFailure(result.failure, this.host, again, instead);
    return undefined;
  }

  /** Sends a request that changes nothing; asks for the secret where it is wanted. `undefined`: it was told why not. */
  async ask(command: Command, again: () => unknown): Promise<AnsweredOrRefused | undefined> {
    for (;;) {
      const result = await withProgress(display`Asking ${this.host}`, (signal) =>
        this.client.send(command, signal),
      );
      if (result.outcome === 'answered' || result.outcome === 'refused') return result;
      if (result.outcome !== 'unauthorized') {
        tellFailure(result, this.host, again);
        return undefined;
      }
      if (!(await this.askSecret())) return undefined;
    }
  }

  async #tellUnfinished(state: ServerState): Promise<void> {
    for (const told of await settleUnfinished(this.#context.journal, this.endpoint, state)) tellEarlier(told);
  }

  /** Tells whoever shows what endpoints have. */
  tellRead(result: StateResult): void {
    if (result.outcome === 'failed' && result.failure.outcome === 'cancelled') return;
    this.#context.reads.fire({ project: this.project, endpoint: this.endpoint, result });
  }

  /** Lets the secret be entered until the endpoint takes it, and keeps it then. False: given up. */
  async askSecret(): Promise<boolean> {
    let problem = '';
    for (;;) {
      const text = await enterText({
        title: display`Admin secret of ${this.host}`,
        prompt: display(
          problem ||
            localized`It is checked, then saved in the secret storage of VS Code for this host only.`,
        ),
        password: true,
      });
      if (text === undefined || text.trim() === '') return false;
      const secret = new Secret(text.trim(), localized`the secret storage of VS Code`);
      const client = this.#clientWith(secret);
      const check = await withProgress(display`Checking the secret with ${this.host}`, (signal) =>
        checkSecret(client, signal),
      );
      if (check.outcome === 'right') {
        await this.#secrets.keep(this.endpoint.origin, secret);
        this.#clientWithSecret = client;
        return true;
      }
      if (check.outcome === 'failed') {
        tell('error', display`The secret was not saved, because it could not be checked: ${check.reason}`);
        return false;
      }
      problem = localized`${check.reason} Enter another one.`;
    }
  }

  async forgetSecret(): Promise<void> {
    await this.#secrets.forget(this.endpoint.origin);
    this.#clientWithSecret = this.#clientWith(this.endpoint.configuredSecret());
  }

  #clientWith(adminSecret: Secret | undefined): HttpClient {
    const client = createHttpClient({
      endpoint: this.endpoint.url,
      paths: this.endpoint.paths,
      adminSecret,
      // VS Code's own: it knows the editor's proxy and certificates.
      fetch: (url, init) => globalThis.fetch(url, init),
      timeout: requestTimeout(this.project.folder),
      log: (exchange) => this.#log(exchange),
    });
    return {
      host: client.host,
      send: async (command, signal) => {
        const result = await client.send(command, signal);
        if (command === getInconsistentMetadata && result.outcome === 'answered') {
          const objects = readInconsistentObjects(result.json);
          this.#context.inconsistencies.fire({ host: this.host, objects });
        }
        return result;
      },
    };
  }

  #log({ method, url, request, outcome, status, detail }: Exchange): void {
    const { log } = this.#context;
    const line = `${method} ${url}: ${[status, outcome, detail].filter((part) => part !== undefined).join(', ')}`;
    const failed = outcome !== 'answered' && outcome !== 'cancelled';
    if (failed) log.error(request === undefined ? line : `${line}\n${JSON.stringify(request)}`);
    else log.info(line);
    if (!failed && request !== undefined) log.trace(JSON.stringify(request));
  }
}

/** Milliseconds, by the settings. */
export function requestTimeout(folder: Uri): number {
  const seconds = workspace.getConfiguration('remoteRelationships', folder).get('requestTimeout', 30);
  return Math.max(1, seconds) * 1000;
}
