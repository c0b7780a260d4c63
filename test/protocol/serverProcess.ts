import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import {
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  ErrorCodes,
  FileChangeType,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import type { TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { pulling } from './capabilities.ts';

export const commandLine = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));
/** Copies the command line and the server, without what they load later, to where its program is in a folder; answers that place. */
export function copyCommandLine(folder: TemporaryFolder, program = 'cli.cjs'): string {
  for (const name of ['cli.cjs', 'commandLine.cjs', 'server.cjs']) {
    const copy = path.posix.join(path.posix.dirname(program), name);
    folder.write(copy, readFileSync(path.join(path.dirname(commandLine), name), 'utf8'));
  }
  return folder.file(program);
}

const serverModule = fileURLToPath(new URL('../../dist/server.cjs', import.meta.url));

export interface ServerOptions {
  readonly folders?: readonly TemporaryFolder[];
  readonly capabilities?: ClientCapabilities;
  /** The value of our section of the settings. */
  settings?: unknown;
  readonly initializationOptions?: object;
  /** The client answers with an error when it is asked to refresh, or to register anything. */
  readonly refuses?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** The program to run: the command line by default. */
  readonly program?: string;
}

/** The built server as a child process, spoken to like an editor does. */
export class ServerProcess {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  /** Everything that was pushed, oldest first. */
  readonly pushed: PublishDiagnosticsParams[] = [];
  readonly logged: string[] = [];
  /** Messages that were to be shown. */
  readonly shown: string[] = [];
  readonly watched: string[] = [];
  /** What is registered now, by id. */
  readonly registered = new Map<string, unknown>();
  refreshes = 0;
  statusChanges = 0;
  initialized: InitializeResult = { capabilities: {} };
  readonly #options: ServerOptions;
  #wake: (() => void)[] = [];

  private constructor(options: ServerOptions) {
    this.#options = options;
    const program = options.program ?? commandLine;
    const child = spawn(process.execPath, [program, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...options.env },
    });
    this.process = child;
    const { connection } = {
      connection: createProtocolConnection(
        new StreamMessageReader(child.stdout),
        new StreamMessageWriter(child.stdin),
      ),
    };
    this.connection = connection;
    connection.onRequest('client/registerCapability', ({ registrations }) => {
      for (const { id, method, registerOptions } of registrations) {
        this.watched.push(method);
        this.registered.set(id, registerOptions);
      }
      this.#woken();
      return options.refuses === true ? new ResponseError(ErrorCodes.InternalError, 'Not here.') : null;
    });
    connection.onRequest('client/unregisterCapability', ({ unregisterations }) => {
      for (const { id } of unregisterations) this.registered.delete(id);
      return null;
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.#options.settings ?? null),
    );
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      this.#woken();
      return options.refuses === true ? new ResponseError(ErrorCodes.InternalError, 'Not now.') : null;
    });
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.pushed.push(params);
      this.#woken();
    });
    connection.onNotification('remoteRelationships/statusChanged', () => {
      this.statusChanges++;
      this.#woken();
    });
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.shown.push(message);
      this.#woken();
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.logged.push(message);
    });
    connection.listen();
  }

  /** A process that was told nothing yet. */
  static launch(options: ServerOptions = {}): ServerProcess {
    const server = new ServerProcess(options);
    onTestFinished(() => server.stop());
    return server;
  }

  static async start(options: ServerOptions = {}): Promise<ServerProcess> {
    const server = ServerProcess.launch(options);
    const folders = (options.folders ?? []).map((folder) => ({ uri: folder.uri(''), name: folder.path }));
    server.initialized = await server.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folders[0]?.uri ?? null,
      workspaceFolders: folders,
      capabilities: options.capabilities ?? pulling,
      initializationOptions: { statusChanges: true, ...(options.initializationOptions ?? {}) },
    });
    await server.connection.sendNotification('initialized', {});
    return server;
  }

  static get module(): string {
    return serverModule;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    await this.connection.sendRequest('shutdown').catch(() => undefined);
    await this.connection.sendNotification('exit').catch(() => undefined);
    await ended;
    this.connection.dispose();
  }

  async open(uri: string, text: string, languageId = 'yaml'): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async change(uri: string, version: number, ...contentChanges: unknown[]): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  async changedOnDisk(uri: string, type: FileChangeType = FileChangeType.Changed): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
  }

  /** Several changes told of at once. */
  async changes(folder: TemporaryFolder, ...changes: readonly [string, FileChangeType][]): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: changes.map(([name, type]) => ({ uri: folder.uri(name), type })),
    });
  }

  async changeSettings(settings: unknown): Promise<void> {
    this.#options.settings = settings;
    await this.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(uri);
    return report.kind === 'full' ? report.items : [];
  }

  async codes(uri: string): Promise<unknown[]> {
    return (await this.diagnostics(uri)).map(({ code }) => code);
  }

  workspaceDiagnostics(
    previousResultIds: { uri: string; value: string }[] = [],
  ): Promise<WorkspaceDiagnosticReport> {
    return this.connection.sendRequest('workspace/diagnostic', { previousResultIds });
  }

  async complete(uri: string, line: number, character: number): Promise<readonly CompletionItem[]> {
    const list = await this.connection.sendRequest<CompletionList | null>('textDocument/completion', {
      textDocument: { uri },
      position: { line, character },
    });
    return list?.items ?? [];
  }

  /** Waits until the condition holds; looks whenever the server says something. The test's own time limit ends it. */
  async until(condition: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await condition())) {
      await Promise.race([
        new Promise<void>((resolve) => this.#wake.push(resolve)),
        new Promise((resolve) => setTimeout(resolve, 50)),
      ]);
    }
  }

  /** What was last pushed for a file. */
  lastPushed(uri: string): PublishDiagnosticsParams | undefined {
    return this.pushed.findLast((params) => params.uri === uri);
  }

  #woken(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
