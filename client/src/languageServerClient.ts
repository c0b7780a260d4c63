import {
  type CancellationToken,
  Disposable,
  EventEmitter,
  extensions,
  type LogOutputChannel,
  type Position,
  type TextDocument,
  type Uri,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  RenameRequest,
  State,
  TransportKind,
  WillRenameFilesRequest,
} from 'vscode-languageclient/node';
import { errorMessage } from '../../common/src/errorMessage.ts';
import { localized } from '../../common/src/localized.ts';
import {
  type CustomRequest,
  type InitializationOptions,
  statusChangedNotification,
} from '../../common/src/protocol.ts';
import { documentSelector } from './relevance.ts';
import { display } from './ui/displayText.ts';
import { confirm, tell } from './ui/messages.ts';

/** How the server is doing. `notNeeded`: nothing of Hasura's has been seen yet. */
export type ServerState =
  | { readonly kind: 'notNeeded' | 'starting' | 'running' | 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string };

/** The language server, from start to stop: at most one runs, whatever is asked for in which order. */
export class LanguageServerClient implements Disposable {
  readonly #module: string;
  readonly #storage: string;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<void>();
  readonly #told: Disposable;
  #client: LanguageClient | undefined;
  #state: ServerState = { kind: 'notNeeded' };
  #lastStep: Promise<void> = Promise.resolve();

  /** `onDidChange` fires when the state, or what is in use for some file, may have changed. */
  readonly onDidChange = this.#changed.event;

  /** `module`: the server's bundle. `storage`: a folder of the extension's own. Nothing is started yet. */
  constructor(module: string, storage: string, log: LogOutputChannel) {
    this.#module = module;
    this.#storage = storage;
    this.#log = log;
    let reportedElsewhere = isYamlReportedElsewhere();
    const restartIfRunning = (): void => {
      if (this.#client) void this.restart();
    };
    this.#told = Disposable.from(
      workspace.onDidGrantWorkspaceTrust(restartIfRunning),
      extensions.onDidChange(() => {
        if (reportedElsewhere === isYamlReportedElsewhere()) return;
        reportedElsewhere = !reportedElsewhere;
        restartIfRunning();
      }),
    );
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Starts the server unless it runs already. Never rejects: a failure is told, and is the state. */
  start(): Promise<void> {
    return this.#inTurn(() => (this.#client ? Promise.resolve() : this.#start()));
  }

  restart(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  /** Asks a request of ours; undefined while the server does not run. Rejects when it is cancelled. URIs are texts. */
  async ask<Params, Answer>(
    { method }: CustomRequest<Params, Answer>,
    params: Params,
    token?: CancellationToken,
  ): Promise<Answer | undefined> {
    return this.#running?.sendRequest<Answer>(method, params, token);
  }

  /** What is to be edited before files get other names, so that includes and the configuration lead to them. */
  async editsBeforeRenaming(
    files: readonly { readonly oldUri: Uri; readonly newUri: Uri }[],
  ): Promise<WorkspaceEdit | undefined> {
    const client = this.#running;
    if (client === undefined) return undefined;
    const renamed = files.map(({ oldUri, newUri }) => ({
      oldUri: client.code2ProtocolConverter.asUri(oldUri),
      newUri: client.code2ProtocolConverter.asUri(newUri),
    }));
    const edit = await client.sendRequest(WillRenameFilesRequest.type, { files: renamed });
    return client.protocol2CodeConverter.asWorkspaceEdit(edit);
  }

  /** Of what keeps the old name, VS Code tells in a preview alone, which few ask for: it is told before. */
  async #renameEdits(
    document: TextDocument,
    position: Position,
    newName: string,
    token: CancellationToken,
  ): Promise<WorkspaceEdit | undefined> {
    const client = this.#running;
    if (client === undefined) return undefined;
    const { code2ProtocolConverter: toProtocol, protocol2CodeConverter: toCode } = client;
    const params = {
      textDocument: toProtocol.asTextDocumentIdentifier(document),
      position: toProtocol.asPosition(position),
      newName,
    };
    const edit = await client.sendRequest(RenameRequest.type, params, token);
    const annotation = Object.values(edit?.changeAnnotations ?? {})[0];
    const agreed =
      annotation?.description === undefined ||
      (await confirm('warning', display(annotation.label), display(annotation.description), display`Rename`));
    return agreed ? toCode.asWorkspaceEdit(edit, token) : new WorkspaceEdit();
  }

  get #running(): LanguageClient | undefined {
    return this.#client?.state === State.Running ? this.#client : undefined;
  }

  async dispose(): Promise<void> {
    this.#told.dispose();
    await this.#inTurn(() => this.#stop());
    this.#changed.dispose();
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    this.#lastStep = this.#lastStep.then(step);
    return this.#lastStep;
  }

  async #start(): Promise<void> {
    const client = new LanguageClient(
      'remoteRelationships',
      'Remote Relationships',
      { module: this.#module, transport: TransportKind.ipc },
      this.#clientOptions(),
    );
    this.#client = client;
    client.onDidChangeState(({ newState }) => {
      if (this.#client === client) this.#setState(stateOf(newState));
    });
    client.onNotification(statusChangedNotification, () => this.#changed.fire());
    try {
      await client.start();
    } catch (error) {
      const reason = errorMessage(error);
      this.#client = undefined;
      this.#setState({ kind: 'failed', reason });
      this.#tellFailure(reason);
      await client
        .dispose()
        .catch((why: unknown) => this.#log.debug(`After the failed start: ${String(why)}`));
    }
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A server that crashed, or does not answer, is as good as stopped.
    await client
      ?.dispose()
      .catch((error: unknown) => this.#log.warn(`Stopping the server: ${String(error)}`));
    this.#setState({ kind: 'stopped' });
  }

  #setState(state: ServerState): void {
    this.#state = state;
    this.#changed.fire();
  }

  #tellFailure(reason: string): void {
    this.#log.error(`The language server did not start: ${reason}`);
    const message = display`The Remote Relationships language server did not start: ${reason}`;
    const tryAgain = { title: display`Try Again`, run: () => this.restart() };
    tell('error', message, tryAgain, { title: display`Show Log`, run: () => this.#log.show() });
  }

  #clientOptions(): LanguageClientOptions {
    const initializationOptions: InitializationOptions = {
      reportYamlSyntax: !isYamlReportedElsewhere(),
      trusted: workspace.isTrusted,
      asksAgain: true,
      indentsInserts: false,
      offersWords: true,
      statusChanges: true,
      showReferencesCommand: 'remoteRelationships.showReferences',
      addRelationshipCommand: 'remoteRelationships.addRelationship',
      cacheFolder: this.#storage,
    };
    return {
      // What is typed into a migration counts before it is saved.
      documentSelector: [...documentSelector, { scheme: 'file', language: 'sql' }],
      initializationOptions,
      middleware: {
        provideCodeLenses: neutralLenses,
        provideRenameEdits: (document, position, newName, token) =>
          this.#renameEdits(document, position, newName, token),
      },
      synchronize: { configurationSection: 'remoteRelationships' },
      outputChannel: this.#log,
      traceOutputChannel: this.#log,
    };
  }
}

/** Names of tables and remote fields are no icons above a line either. */
const neutralLenses: NonNullable<Middleware['provideCodeLenses']> = async (document, token, next) => {
  const lenses = await next(document, token);
  for (const { command } of lenses ?? []) if (command) command.title = display(command.title);
  return lenses;
};

function stateOf(state: State): ServerState {
  switch (state) {
    case State.Starting:
      return { kind: 'starting' };
    case State.Running:
      return { kind: 'running' };
    default:
      // A stop that was asked for is not seen here; the client restarts a crashed server some times before giving up.
      return { kind: 'failed', reason: localized`it ended unexpectedly; its log may say why` };
  }
}

/** Extensions that report YAML syntax errors in every YAML file. */
const yamlExtensions = ['redhat.vscode-yaml'];

function isYamlReportedElsewhere(): boolean {
  return yamlExtensions.some((id) => extensions.getExtension(id));
}
