import {
  Disposable,
  EventEmitter,
  extensions,
  type LogOutputChannel,
  type Position,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { LanguageClient, type LanguageClientOptions, State, TransportKind } from 'vscode-languageclient/node';
import type { JsonPath } from '../../common/src/metadataApi/json.ts';
import type { PullPart } from '../../common/src/metadataApi/pullAll.ts';
import {
  type DefinitionEdit,
  type DefinitionParams,
  type FilePlaces,
  type FileStatus,
  type InitializationOptions,
  type KeysParams,
  keysRequest,
  type NewNameParams,
  newNameRequest,
  type PayloadEdit,
  type ProjectContent,
  type ProjectParams,
  type ProjectSummary,
  placesRequest,
  projectRequest,
  projectsRequest,
  type RelationshipPayload,
  type RelationshipsParams,
  type RequestPayload,
  type RequestsParams,
  relationshipsRequest,
  requestsRequest,
  type SnapshotTargetsAnswer,
  type SnapshotTargetsParams,
  type StatusParams,
  snapshotTargetsRequest,
  statusChangedNotification,
  statusRequest,
  type TextPosition,
  type TextRange,
  writeDefinitionRequest,
} from '../../common/src/protocol.ts';
import { documentSelector } from './relevance.ts';

/** How the server is doing. `notNeeded`: nothing of Hasura's has been seen yet. */
export type ServerState =
  | { readonly kind: 'notNeeded' | 'starting' | 'running' | 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string };

/** The language server, from start to stop: at most one runs, whatever is asked for in which order. */
export class LanguageServer implements Disposable {
  readonly #module: string;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<void>();
  readonly #told: Disposable;
  #client: LanguageClient | undefined;
  #state: ServerState = { kind: 'notNeeded' };
  #lastStep: Promise<void> = Promise.resolve();

  /** `onDidChange` fires when the state, or what is in use for some file, may have changed. */
  readonly onDidChange = this.#changed.event;

  /** `module`: the server's bundle. Nothing is started yet. */
  constructor(module: string, log: LogOutputChannel) {
    this.#module = module;
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

  /** What is in use for a file; undefined while the server does not run. */
  async fileStatus(uri: Uri): Promise<FileStatus | undefined> {
    const client = this.#client;
    if (client?.state !== State.Running) return undefined;
    const params: StatusParams = { uri: client.code2ProtocolConverter.asUri(uri) };
    return client.sendRequest<FileStatus>(statusRequest, params);
  }

  /** The relationships of a file, or those around a place in it; undefined while the server does not run. */
  async relationships(uri: Uri, position?: Position): Promise<readonly RelationshipPayload[] | undefined> {
    return this.#payloads<RelationshipPayload>(relationshipsRequest, uri, position);
  }

  /** The requests of a file, or the one around a place in it; undefined while the server does not run. */
  async requests(uri: Uri, position?: Position): Promise<readonly RequestPayload[] | undefined> {
    return this.#payloads<RequestPayload>(requestsRequest, uri, position);
  }

  async #payloads<Payload>(
    request: string,
    uri: Uri,
    position: Position | undefined,
  ): Promise<readonly Payload[] | undefined> {
    const client = this.#client;
    if (client?.state !== State.Running) return undefined;
    const params: RelationshipsParams | RequestsParams = {
      uri: client.code2ProtocolConverter.asUri(uri),
      ...(position && { position: client.code2ProtocolConverter.asPosition(position) }),
    };
    return client.sendRequest<readonly Payload[]>(request, params);
  }

  /** What the metadata files of a file's or folder's project say; undefined while the server does not run. */
  async project(uri: Uri): Promise<ProjectContent | null | undefined> {
    const client = this.#client;
    if (client?.state !== State.Running) return undefined;
    const params: ProjectParams = { uri: client.code2ProtocolConverter.asUri(uri) };
    return client.sendRequest<ProjectContent | null>(projectRequest, params);
  }

  /** Where every object of the metadata is written; undefined while the server does not run. */
  async places(uri: Uri): Promise<readonly FilePlaces[] | null | undefined> {
    const client = this.#client;
    if (client?.state !== State.Running) return undefined;
    const params: ProjectParams = { uri: client.code2ProtocolConverter.asUri(uri) };
    return client.sendRequest<readonly FilePlaces[] | null>(placesRequest, params);
  }

  /** The projects of the workspace; undefined while the server does not run. */
  async projects(): Promise<readonly ProjectSummary[] | undefined> {
    const client = this.#client;
    if (client?.state !== State.Running) return undefined;
    return client.sendRequest<readonly ProjectSummary[]>(projectsRequest);
  }

  /** How a definition is written into the files of a project; undefined while the server does not run. */
  async writeDefinition(
    project: Uri,
    { identity, definition }: Omit<DefinitionParams, 'uri'>,
  ): Promise<DefinitionEdit | null | undefined> {
    const client = this.#client;
    if (client?.state !== State.Running) return undefined;
    const params: DefinitionParams = {
      uri: client.code2ProtocolConverter.asUri(project),
      identity,
      definition,
    };
    return client.sendRequest<DefinitionEdit | null>(writeDefinitionRequest, params);
  }

  /** Where keys below what begins at a position (a relationship, a request) stand; undefined while the server does not run. */
  async rangeOfKeys(uri: Uri, position: TextPosition, keys: JsonPath): Promise<TextRange | null | undefined> {
    const client = this.#client;
    if (client?.state !== State.Running) return undefined;
    const params: KeysParams = { uri: client.code2ProtocolConverter.asUri(uri), position, keys };
    return client.sendRequest<TextRange | null>(keysRequest, params);
  }

  /** Where the snapshots of a file's or folder's project go; undefined while the server does not run. */
  async snapshotTargets(
    uri: Uri,
    parts: readonly PullPart[],
  ): Promise<SnapshotTargetsAnswer | null | undefined> {
    const client = this.#client;
    if (client?.state !== State.Running) return undefined;
    const params: SnapshotTargetsParams = { uri: client.code2ProtocolConverter.asUri(uri), parts };
    return client.sendRequest<SnapshotTargetsAnswer | null>(snapshotTargetsRequest, params);
  }

  /** Edits that give the relationship that begins at a position another name; undefined while the server does not run. */
  async newName(
    uri: Uri,
    position: TextPosition,
    name: string,
  ): Promise<readonly PayloadEdit[] | null | undefined> {
    const client = this.#client;
    if (client?.state !== State.Running) return undefined;
    const params: NewNameParams = { uri: client.code2ProtocolConverter.asUri(uri), position, name };
    return client.sendRequest<readonly PayloadEdit[] | null>(newNameRequest, params);
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
      const reason = error instanceof Error ? error.message : String(error);
      this.#client = undefined;
      this.#setState({ kind: 'failed', reason });
      void this.#tellFailure(reason);
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

  async #tellFailure(reason: string): Promise<void> {
    this.#log.error(`The language server did not start: ${reason}`);
    const [tryAgain, showLog] = ['Try Again', 'Show Log'];
    const answer = await window.showErrorMessage(
      `The Remote Relationships language server did not start: ${reason}`,
      tryAgain,
      showLog,
    );
    if (answer === tryAgain) await this.restart();
    if (answer === showLog) this.#log.show();
  }

  #clientOptions(): LanguageClientOptions {
    const initializationOptions: InitializationOptions = {
      reportYamlSyntax: !isYamlReportedElsewhere(),
      trusted: workspace.isTrusted,
      asksAgain: true,
    };
    return {
      documentSelector,
      initializationOptions,
      synchronize: { configurationSection: 'remoteRelationships' },
      outputChannel: this.#log,
      traceOutputChannel: this.#log,
    };
  }
}

function stateOf(state: State): ServerState {
  switch (state) {
    case State.Starting:
      return { kind: 'starting' };
    case State.Running:
      return { kind: 'running' };
    default:
      // A stop that was asked for is not seen here; the client restarts a crashed server some times before giving up.
      return { kind: 'failed', reason: 'it ended unexpectedly; its log may say why' };
  }
}

/** Extensions that report YAML syntax errors in every YAML file. */
const yamlExtensions = ['redhat.vscode-yaml'];

function isYamlReportedElsewhere(): boolean {
  return yamlExtensions.some((id) => extensions.getExtension(id));
}
