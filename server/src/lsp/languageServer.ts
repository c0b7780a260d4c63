import {
  type CancellationToken,
  CodeLensRefreshRequest,
  type Connection,
  type DocumentSymbol,
  InlayHintRefreshRequest,
  type Location,
  type LocationLink,
  type Range,
  ReferencesRequest,
  type SemanticTokens,
  SemanticTokensRefreshRequest,
  type SymbolInformation,
} from 'vscode-languageserver/node';
import { nextTurn } from '../../../common/src/nextTurn.ts';
import {
  agentToolRequest,
  type CustomRequest,
  configureRequest,
  coverageRequest,
  graphRequest,
  graphTextRequest,
  joiningRelationshipsRequest,
  keysRequest,
  locationsRequest,
  newNameRequest,
  newRelationshipRequest,
  projectRequest,
  projectsRequest,
  publishedSchemaRequest,
  type RewriteProjectParams,
  relationshipsRequest,
  requestsRequest,
  requestTextRequest,
  rewriteProjectCommand,
  rewriteProjectRequest,
  rolesTableRequest,
  roleVisibilityRequest,
  schemaCandidatesRequest,
  snapshotTargetsRequest,
  statusChangedNotification,
  statusRequest,
  writeDefinitionRequest,
} from '../../../common/src/protocol.ts';
import type { LensParts } from '../features/navigation/lenses.ts';
import { type DocumentKey, isInside, isPath, keyOfUri, uriOfPath } from '../project/files.ts';
import { OpenTexts } from '../project/openTexts.ts';
import type { Workspace } from '../project/workspace.ts';
import type { Announcements } from './announcements.ts';
import { type Client, type Support, supportOf } from './client.ts';
import type { ClientRequests } from './clientRequests.ts';
import { Diagnostics } from './diagnostics.ts';
import type { DiskWatch } from './diskWatch.ts';
import type { Features } from './features.ts';
import { describeError, RequestRunner } from './requests.ts';
import { lensPartsOf, Settings, wantsInlayHints } from './settings.ts';

type Engine = typeof import('./engine.ts');

/** What there is once the rest of the program is loaded. */
interface Running {
  readonly workspace: Workspace;
  readonly features: Features;
  readonly clientRequests: ClientRequests;
  readonly modules: Engine;
}

/** Longest that others wait while projects are read. */
const slice = 20;
/** From the last change of a burst, on disk or in a text that decides which projects there are, to reading it. */
const readDebounce = 50;
/** A client that does not answer about its settings holds nothing up for longer. */
const settingsPatience = 1000;

/** What names the same things as metadata, in languages that editors do not bring to this server. */
const schemaDocuments = [{ pattern: '**/*.{graphql,graphqls,gql}' }];

/** The server of one client: its handlers, and what happens when. */
export class LanguageServer {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #support: Support;
  readonly #openTexts: OpenTexts;
  readonly #settings: Settings;
  readonly #requests: RequestRunner;
  #engine: Running | undefined;
  #diagnostics: Diagnostics | undefined;
  /** Where the client does not tell of all that changes on disk. */
  #disk: DiskWatch | undefined;
  /** For clients that show no status. */
  #announcements: Announcements | undefined;
  #folders: readonly string[];
  /** By the path of a folder. */
  readonly #lensParts = new Map<string, LensParts>();
  /** Paths of folders. */
  readonly #hinted = new Set<string>();
  #readTimer: NodeJS.Timeout | undefined;
  #settleReady: () => void = () => undefined;
  /** Settles when the project around a file that was opened is read. */
  #arriving: Promise<void> = Promise.resolve();
  /** Reading takes turns: two readings of the disk at once would get in each other's way. */
  #reading: Promise<void> = Promise.resolve();

  constructor(connection: Connection, client: Client) {
    this.#connection = connection;
    this.#client = client;
    this.#support = supportOf(client);
    this.#openTexts = new OpenTexts(client.positionEncoding);
    this.#folders = client.folders;
    this.#settings = new Settings(connection, client.capabilities.workspace?.configuration === true);
    const ready = new Promise<void>((resolve) => {
      this.#settleReady = resolve;
    });
    this.#requests = new RequestRunner(
      ready,
      (message) => this.#log(message),
      async () => {
        await this.#arriving;
        await this.#disk?.look();
      },
    );
    this.#handleDocuments();
    this.#handleRequests();
  }

  /** After `initialized`: loads the rest of the program, reads the projects, then answers what waits. */
  async start(): Promise<void> {
    try {
      const modules = await import('./engine.ts');
      const { watches } = this.#support;
      const workspace = modules.createWorkspace(
        this.#client,
        this.#openTexts,
        watches !== 'all',
        (message) => this.#log(message),
        () => {
          this.#diagnostics?.update();
          this.#announce();
        },
      );
      const clientRequests = new modules.ClientRequests(workspace);
      const features = new modules.Features(workspace, clientRequests);
      this.#engine = { workspace, features, clientRequests, modules };
      const { textDocument, workspace: abilities } = this.#client.capabilities;
      const failed = (error: unknown) => this.#log(describeError(error));
      const outside = watches === 'all' ? new modules.OutsideWatchers(this.#connection) : undefined;
      const diagnostics = new Diagnostics(
        this.#connection,
        workspace,
        {
          pull: this.#support.pullsDiagnostics,
          refresh: this.#support.diagnosticRefresh,
          ...this.#support.diagnostics,
        },
        () => {
          outside?.watch(workspace.unwatchedFiles()).catch(failed);
          this.#refreshShown();
          if (!this.#client.statusChanges) return;
          this.#connection.sendNotification(statusChangedNotification).catch(failed);
        },
        failed,
      );
      this.#handleChanges(modules);
      if (watches !== 'nothing') {
        modules.watchFiles(this.#connection).catch(failed);
      }
      if (textDocument?.references?.dynamicRegistration === true) {
        this.#connection.client
          .register(ReferencesRequest.type, { documentSelector: schemaDocuments })
          .catch(failed);
      }
      if (abilities?.didChangeConfiguration?.dynamicRegistration === true) {
        this.#settings.watch().catch(failed);
      }
      await this.#read(async () => {
        for (const key of this.#openTexts.keys()) this.#lookAround(modules, key);
        workspace.setFolders(modules.pathsOf(this.#folders));
        await this.#readSettings();
      });
      // What is opened meanwhile is only checked once its project is known.
      this.#diagnostics = diagnostics;
      for (const key of this.#openTexts.keys()) diagnostics.documentChanged(workspace.uri(key));
      diagnostics.update();
      if (watches !== 'all') {
        this.#disk = new modules.DiskWatch(workspace, watches === 'nothing', () => this.#read(), failed);
        await this.#disk.look();
      }
      if (!this.#client.statusChanges) {
        this.#announcements = new modules.Announcements(this.#connection, workspace, this.#client.quiet);
        this.#announce();
      }
    } catch (error) {
      this.#log(describeError(error));
    } finally {
      this.#settleReady();
    }
  }

  /** Nothing is answered from here on. */
  stop(): void {
    this.#requests.stop();
    clearTimeout(this.#readTimer);
    this.#diagnostics?.dispose();
    this.#disk?.dispose();
  }

  // ---- notifications -------------------------------------------------------------------------------------------

  #handleDocuments(): void {
    const connection = this.#connection;
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
      if (!isEdited(uri)) return;
      this.#documents.open(uri, languageId, version, text);
      this.#lookAtDisk();
      this.#workInFolderOf(uri);
      this.#announce();
      this.#diagnostics?.documentChanged(uri);
      this.#readSoonIfDiscovering();
    });
    connection.onDidSaveTextDocument(() => this.#lookAtDisk());
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      if (!isEdited(uri)) return;
      this.#documents.change(uri, version, contentChanges);
      this.#diagnostics?.documentChanged(uri);
      this.#readSoonIfDiscovering();
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      if (!isEdited(uri)) return;
      this.#documents.close(uri);
      this.#diagnostics?.documentClosed(uri);
      this.#readSoonIfDiscovering();
    });
  }

  /** Tells the workspace of what is open, or keeps it until there is one. */
  get #documents(): Workspace | OpenTexts {
    return this.#engine?.workspace ?? this.#openTexts;
  }

  #handleChanges(modules: Engine): void {
    const connection = this.#connection;
    connection.onDidChangeWatchedFiles(({ changes }) => {
      if (this.#engine === undefined || !modules.filesChanged(this.#engine.workspace, changes)) return;
      this.#readSoon();
    });
    connection.onDidChangeConfiguration(({ settings }) => {
      this.#settings.changed(settings);
      void this.#read(() => this.#readSettings());
    });
    if (this.#client.capabilities.workspace?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        // An editor need not spell a folder as it did before.
        const gone = new Set(removed.map(({ uri }) => keyOfUri(uri)));
        const kept = this.#folders.filter((uri) => !gone.has(keyOfUri(uri)));
        const here = new Set(kept.map(keyOfUri));
        this.#folders = [...kept, ...added.map(({ uri }) => uri).filter((uri) => !here.has(keyOfUri(uri)))];
        void this.#read(async () => {
          this.#engine?.workspace.setFolders(modules.pathsOf(this.#folders));
          await this.#readSettings();
        });
      });
    }
  }

  #workInFolderOf(uri: string): void {
    const engine = this.#engine;
    if (engine === undefined || !this.#lookAround(engine.modules, keyOfUri(uri))) return;
    this.#arriving = this.#read(async () => {
      engine.workspace.setFolders(engine.modules.pathsOf(this.#folders));
      await this.#readSettings();
    });
  }

  /** Takes the folder of the project around a file for one of the workspace; false when it is, or there is none. */
  #lookAround({ rootAround, pathsOf }: Engine, key: DocumentKey): boolean {
    if (!this.#client.looksAround || !isPath(key)) return false;
    if (pathsOf(this.#folders).some((folder) => isInside(key, folder))) return false;
    const root = rootAround(key);
    if (root === undefined || pathsOf(this.#folders).includes(root)) return false;
    this.#folders = [...this.#folders, uriOfPath(root)];
    return true;
  }

  #announce(): void {
    // Once the project around the file is read.
    this.#arriving
      .then(() => this.#announcements?.say())
      .catch((error: unknown) => this.#log(describeError(error)));
  }

  #lookAtDisk(): void {
    this.#disk?.look(true).catch((error: unknown) => this.#log(describeError(error)));
  }

  /** An edit, too, can say that there are other projects. */
  #readSoonIfDiscovering(): void {
    if (this.#engine?.workspace.toDiscover === true) this.#readSoon();
  }

  #readSoon(): void {
    clearTimeout(this.#readTimer);
    this.#readTimer = setTimeout(() => void this.#readNow(), readDebounce);
  }

  /** Settles when all that was told so far is read, without waiting for the end of a burst. */
  #readNow(): Promise<void> {
    if (this.#readTimer === undefined) return this.#reading;
    clearTimeout(this.#readTimer);
    this.#readTimer = undefined;
    return this.#read();
  }

  /** After `before`: finds and reads projects in slices, then says what changed. Failures are logged. */
  #read(before: () => Promise<void> = async () => undefined): Promise<void> {
    this.#reading = this.#reading.then(async () => {
      try {
        await before();
        const engine = this.#engine;
        if (engine === undefined) return;
        await engine.workspace.discover();
        let since = performance.now();
        for (const _ of engine.workspace.load()) {
          if (performance.now() - since < slice) continue;
          await nextTurn();
          since = performance.now();
        }
        this.#diagnostics?.update();
      } catch (error) {
        this.#log(describeError(error));
      }
    });
    return this.#reading;
  }

  async #readSettings(): Promise<void> {
    const engine = this.#engine;
    if (engine === undefined) return;
    const scopes: [string, string | undefined][] = [
      ['', undefined],
      ...this.#folders.map((uri): [string, string] => [engine.modules.pathsOf([uri])[0] ?? '', uri]),
    ];
    await Promise.all(
      scopes.map(async ([folder, uri]) => {
        const answer = this.#settings.get(uri).then((value) => {
          engine.workspace.setSettings(folder, value);
          this.#lensParts.set(folder, lensPartsOf(value));
          if (wantsInlayHints(value) !== this.#hinted.has(folder)) this.#toggleHints(folder);
        });
        await Promise.race([answer, pause(settingsPatience)]);
      }),
    );
  }

  #toggleHints(folder: string): void {
    if (!this.#hinted.delete(folder)) this.#hinted.add(folder);
    if (this.#support.inlayHintRefresh) this.#refresh(InlayHintRefreshRequest.type);
  }

  /** What is shown in a document and depends on others. */
  #refreshShown(): void {
    if (this.#support.codeLensRefresh) this.#refresh(CodeLensRefreshRequest.type);
    if (this.#support.semanticTokensRefresh) this.#refresh(SemanticTokensRefreshRequest.type);
    if (this.#support.inlayHintRefresh) this.#refresh(InlayHintRefreshRequest.type);
  }

  #refresh(type: typeof CodeLensRefreshRequest.type): void {
    this.#connection.sendRequest(type).catch((error: unknown) => this.#log(describeError(error)));
  }

  // ---- requests ------------------------------------------------------------------------------------------------

  #handleRequests(): void {
    const connection = this.#connection;
    const requests = this.#requests;
    connection.languages.diagnostics.on(({ textDocument: { uri }, previousResultId }, token) =>
      requests.run(
        token,
        { kind: 'full' as const, items: [] },
        () => this.#diagnostics?.document(uri, previousResultId) ?? { kind: 'full' as const, items: [] },
      ),
    );
    // A client that takes partial results keeps asking.
    connection.languages.diagnostics.onWorkspace((params, token, _, partialResults) =>
      requests.run(token, { items: [] }, async () => ({
        items: (await this.#diagnostics?.all(params, partialResults !== undefined, token)) ?? [],
      })),
    );
    connection.onCompletion(({ textDocument: { uri }, position, context }, token) =>
      requests.run(
        token,
        null,
        () =>
          this.#engine?.features.complete(uri, position, {
            ...this.#support.completion,
            trigger: context?.triggerCharacter,
          }) ?? null,
      ),
    );
    connection.onHover(({ textDocument: { uri }, position }, token) =>
      requests.run(
        token,
        null,
        () => this.#engine?.features.hover(uri, position, this.#support.hover) ?? null,
      ),
    );
    connection.onDefinition(({ textDocument: { uri }, position }, token) =>
      requests.run<LocationLink[] | Location[] | null>(token, null, () => {
        const links = this.#engine?.features.definition(uri, position) ?? null;
        return this.#support.definitionLinks ? links : (links?.map(locationOf) ?? null);
      }),
    );
    connection.onReferences(({ textDocument: { uri }, position, context }, token) =>
      requests.run(
        token,
        null,
        () => this.#engine?.features.references(uri, position, context.includeDeclaration) ?? null,
      ),
    );
    connection.onWorkspaceSymbol(({ query }, token) =>
      requests.run(token, null, () => this.#engine?.features.workspaceSymbols(query, this.#support) ?? null),
    );
    connection.onPrepareRename(({ textDocument: { uri }, position }, token) =>
      requests.run(token, null, () => this.#engine?.features.prepareRename(uri, position) ?? null),
    );
    connection.onRenameRequest(({ textDocument: { uri }, position, newName }, token) =>
      requests.run(
        token,
        null,
        () => this.#engine?.features.rename(uri, position, newName, this.#support) ?? null,
      ),
    );
    connection.workspace.onWillRenameFiles(({ files }, token) =>
      requests.run(token, null, async () => {
        await this.#readNow();
        return this.#engine?.features.renamedFiles(files, this.#support) ?? null;
      }),
    );
    connection.onCodeLens(({ textDocument: { uri } }, token) =>
      requests.run(token, null, () => {
        const { workspace, features } = this.#engine ?? {};
        if (workspace === undefined || features === undefined) return null;
        const parts = this.#lensParts.get(this.#folderOf(workspace, uri)) ?? lensPartsOf(undefined);
        return features.codeLenses(uri, parts, this.#client);
      }),
    );
    connection.languages.semanticTokens.on(({ textDocument: { uri } }, token) =>
      requests.run(token, noTokens, () => this.#semanticTokens(uri)),
    );
    connection.languages.semanticTokens.onRange(({ textDocument: { uri }, range }, token) =>
      requests.run(token, noTokens, () => this.#semanticTokens(uri, range)),
    );
    connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) =>
      requests.run(token, null, () => {
        const { workspace, features } = this.#engine ?? {};
        if (workspace === undefined || features === undefined) return null;
        return this.#hinted.has(this.#folderOf(workspace, uri)) ? features.inlayHints(uri, range) : null;
      }),
    );
    connection.onDocumentLinks(({ textDocument: { uri } }, token) =>
      requests.run(token, null, () => this.#engine?.features.documentLinks(uri) ?? null),
    );
    connection.onDocumentHighlight(({ textDocument: { uri }, position }, token) =>
      requests.run(token, null, () => this.#engine?.features.highlights(uri, position) ?? null),
    );
    connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
      requests.run<DocumentSymbol[] | SymbolInformation[] | null>(token, null, () => {
        const symbols = this.#engine?.features.symbols(uri) ?? null;
        return this.#support.hierarchicalSymbols ? symbols : symbols && listed(symbols, uri);
      }),
    );
    connection.onCodeAction((params, token) =>
      requests.run(
        token,
        null,
        async () => (await this.#engine?.features.allCodeActions(params, this.#support)) ?? null,
      ),
    );
    connection.onExecuteCommand(({ command, arguments: given = [] }, token) =>
      requests.run(token, null, async () => {
        const params = given[0] as RewriteProjectParams | undefined;
        if (command !== rewriteProjectCommand || typeof params?.uri !== 'string') return null;
        await this.#readNow();
        const answer = this.#engine?.features.rewriteProject(params, this.#support) ?? null;
        if (answer?.edit) await connection.workspace.applyEdit({ edit: answer.edit });
        return answer && { files: answer.files, left: answer.left };
      }),
    );
    this.#answer(statusRequest, null, ({ modules, workspace }, { uri }) =>
      modules.fileStatus(workspace, uri),
    );
    this.#answer(
      agentToolRequest,
      { problem: 'The language server is starting.' },
      ({ clientRequests }, params) => clientRequests.agentTool(params),
    );
    this.#answer(coverageRequest, [], ({ clientRequests }, params) => clientRequests.coverage(params));
    this.#answer(relationshipsRequest, [], ({ clientRequests }, params) =>
      clientRequests.relationships(params),
    );
    this.#answer(roleVisibilityRequest, [], ({ clientRequests }, params) =>
      clientRequests.roleVisibility(params),
    );
    this.#answer(joiningRelationshipsRequest, [], ({ features }, params) =>
      features.joiningRelationships(params),
    );
    this.#answer(rolesTableRequest, null, ({ clientRequests }, params) => clientRequests.rolesTable(params));
    this.#answer(publishedSchemaRequest, [], ({ clientRequests }, params) =>
      clientRequests.publishedSchema(params),
    );
    this.#answer(requestsRequest, [], ({ clientRequests }, params) => clientRequests.requests(params));
    this.#answer(requestTextRequest, null, ({ clientRequests }, params) =>
      clientRequests.requestText(params),
    );
    this.#answer(projectsRequest, [], ({ clientRequests }) => clientRequests.projects());
    this.#answer(projectRequest, null, ({ clientRequests }, params) => clientRequests.project(params));
    this.#answer(graphRequest, null, ({ clientRequests }, params) => clientRequests.graph(params));
    this.#answer(graphTextRequest, null, ({ clientRequests }, params) => clientRequests.graphText(params));
    this.#answer(locationsRequest, null, ({ clientRequests }, params) => clientRequests.locations(params));
    this.#answer(keysRequest, null, ({ clientRequests }, params) => clientRequests.keys(params));
    this.#answer(newNameRequest, null, ({ clientRequests }, params) => clientRequests.newName(params));
    this.#answer(newRelationshipRequest, null, ({ clientRequests }, params) =>
      clientRequests.newRelationship(params),
    );
    this.#answer(writeDefinitionRequest, null, ({ clientRequests }, params) =>
      clientRequests.writeDefinition(params),
    );
    this.#answer(rewriteProjectRequest, null, ({ features }, params) =>
      features.rewriteProject(params, this.#support),
    );
    this.#answer(configureRequest, null, ({ clientRequests }, params) => clientRequests.configure(params));
    this.#answer(schemaCandidatesRequest, [], ({ clientRequests }, params) =>
      clientRequests.schemaCandidates(params),
    );
    this.#answer(snapshotTargetsRequest, null, ({ clientRequests }, params) =>
      clientRequests.snapshotTargets(params),
    );
  }

  #semanticTokens(uri: string, range?: Range): SemanticTokens {
    const { semanticTokens: legend } = this.#support;
    if (legend === undefined) return noTokens;
    return this.#engine?.features.semanticTokens(uri, legend, range) ?? noTokens;
  }

  /** Path of the folder whose settings count for a document. */
  #folderOf(workspace: Workspace, uri: string): string {
    return workspace.projectOf(workspace.key(uri)).location.folder;
  }

  /** Answers a request of our own: with `empty` where the server is not up yet, or fails. */
  #answer<Params, Answer>(
    { method }: CustomRequest<Params, Answer>,
    empty: Answer,
    work: (engine: Running, params: Params) => Answer | Promise<Answer>,
  ): void {
    // The token comes last: without parameters it is all that comes.
    this.#connection.onRequest<unknown, never>(method, (...received: [Params, CancellationToken]) => {
      const token = received.at(-1) as CancellationToken;
      return this.#requests.run(token, empty, async () => {
        // What is answered decides what is written to an endpoint.
        await this.#readNow();
        return this.#engine === undefined ? empty : work(this.#engine, received[0]);
      });
    });
  }

  #log(message: string): void {
    this.#connection.console.error(message);
  }
}

const noTokens: SemanticTokens = { data: [] };

function locationOf({ targetUri, targetSelectionRange }: LocationLink): Location {
  return { uri: targetUri, range: targetSelectionRange };
}

/** An outline as a list, for clients that know no levels. */
function listed(
  symbols: readonly DocumentSymbol[],
  uri: string,
  containerName?: string,
): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children }) => [
    { name, kind, location: { uri, range }, ...(containerName === undefined ? {} : { containerName }) },
    ...listed(children ?? [], uri, name),
  ]);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

/** What a person writes, in a file or not yet: not an earlier state of a file, nor a side of a difference or of a merge. */
function isEdited(uri: string): boolean {
  return editedSchemes.has(uri.slice(0, uri.indexOf(':')).toLowerCase());
}

/** The last one is what editors in web pages use. */
const editedSchemes = new Set(['file', 'untitled', 'inmemory']);
