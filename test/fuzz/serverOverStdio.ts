import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type FileEvent,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { uriOfPath } from '../../server/src/project/files.ts';
import { pulling } from '../protocol/capabilities.ts';
import type { LanguageService, Question, TextChange } from './languageService.ts';

const program = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));

/** A server whose memory grows without end ends here, and that is a fault. */
const heapLimit = 400;

export const isBuilt = existsSync(program);

/** The built server as a process of its own, spoken to as an editor does. */
export class ServerOverStdio implements LanguageService {
  readonly #child: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #found: string[] = [];
  #folders: readonly { readonly uri: string; readonly name: string }[] = [];
  #settings: unknown = null;
  #started: Promise<unknown> | undefined;

  constructor() {
    const child = spawn(process.execPath, [`--max-old-space-size=${heapLimit}`, program, '--stdio'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#found.push(text));
    child.once('exit', (code) => {
      if (code !== 0) this.#found.push(`The server ended with ${code}.`);
      this.#connection.dispose();
    });
    this.#connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.#connection.onRequest('client/registerCapability', () => null);
    this.#connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.#settings ?? null),
    );
    this.#connection.onRequest('workspace/diagnostic/refresh', () => null);
    this.#connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.#found.push(message);
    });
    this.#connection.listen();
  }

  /** The first time, the server is initialized with them. */
  async setFolders(paths: readonly string[]): Promise<void> {
    const before = this.#folders;
    this.#folders = paths.map((path) => ({ uri: uriOfPath(path), name: path }));
    if (this.#started === undefined) {
      this.#started = this.#start();
      await this.#started;
      return;
    }
    const event = { added: this.#folders, removed: before };
    await this.#tell('workspace/didChangeWorkspaceFolders', { event });
  }

  async #start(): Promise<void> {
    await this.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: this.#folders,
      capabilities: pulling,
    });
    await this.#tell('initialized', {});
  }

  async setSettings(value: unknown): Promise<void> {
    this.#settings = value;
    if (this.#started !== undefined) await this.#tell('workspace/didChangeConfiguration', { settings: null });
  }

  open(document: TextDocument): Promise<void> {
    const { uri, languageId, version } = document;
    return this.#tell('textDocument/didOpen', {
      textDocument: { uri, languageId, version, text: document.getText() },
    });
  }

  change(uri: string, version: number, contentChanges: readonly TextChange[]): Promise<void> {
    return this.#tell('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  close(uri: string): Promise<void> {
    return this.#tell('textDocument/didClose', { textDocument: { uri } });
  }

  filesChanged(changes: readonly FileEvent[]): Promise<void> {
    return this.#tell('workspace/didChangeWatchedFiles', { changes });
  }

  async diagnostics(): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
    const { items } = await this.#connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
    });
    return new Map(
      items.flatMap((report) => (report.kind === 'full' ? [[report.uri, report.items] as const] : [])),
    );
  }

  ask({ method, params }: Question): Promise<unknown> {
    return this.#connection.sendRequest(method, params);
  }

  faults(): readonly string[] {
    return this.#found.splice(0);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    await this.#connection.sendRequest('shutdown').catch(() => undefined);
    await this.#tell('exit', undefined).catch(() => undefined);
    await ended;
  }

  #tell(method: string, params: unknown): Promise<void> {
    return this.#connection.sendNotification(method, params);
  }
}
