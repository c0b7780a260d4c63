import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type CompletionItem,
  CompletionRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

const command = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));

/** The built server as an editor drives it: a child process over stdio, diagnostics pulled. */
export class BenchServer {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  #document: TextDocument | undefined;
  /** Milliseconds from spawn to the answer of `initialize`. */
  startTime = Number.NaN;

  private constructor(child: ChildProcess, connection: ProtocolConnection) {
    this.process = child;
    this.connection = connection;
  }

  static async start(folder: string): Promise<BenchServer> {
    const begin = performance.now();
    const child = spawn(process.execPath, [command, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/configuration', (parameters: { items: unknown[] }) =>
      parameters.items.map(() => null),
    );
    connection.onRequest('workspace/diagnostic/refresh', () => null);
    connection.listen();
    const server = new BenchServer(child, connection);
    const uri = pathToFileURL(folder).href;
    await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'bench' }],
      capabilities: {
        workspace: {
          configuration: true,
          workspaceFolders: true,
          diagnostics: { refreshSupport: true },
          // Else the server looks at every file itself, once a second.
          didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        },
        textDocument: {
          diagnostic: { dynamicRegistration: false },
          completion: { completionItem: { snippetSupport: true } },
        },
      },
    });
    server.startTime = performance.now() - begin;
    await connection.sendNotification(InitializedNotification.type, {});
    return server;
  }

  /** Opens a document and waits for its diagnostics; answers them and the milliseconds it took. */
  async open(
    uri: string,
    languageId: string,
    text: string,
  ): Promise<{ diagnostics: Diagnostic[]; time: number }> {
    this.#document = TextDocument.create(uri, languageId, 1, text);
    const begin = performance.now();
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
    const diagnostics = await this.diagnose();
    return { diagnostics, time: performance.now() - begin };
  }

  async close(): Promise<void> {
    if (this.#document === undefined) return;
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: this.#document.uri },
    });
    this.#document = undefined;
  }

  /** Replaces `length` UTF-16 units at `offset`, as one incremental change. */
  async edit(offset: number, length: number, text: string): Promise<void> {
    const document = this.#document;
    if (document === undefined) throw new Error('no document is open');
    const change = {
      range: { start: document.positionAt(offset), end: document.positionAt(offset + length) },
      text,
    };
    const version = document.version + 1;
    this.#document = TextDocument.update(document, [change], version);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: document.uri, version },
      contentChanges: [change],
    });
  }

  async diagnose(uri: string = this.#document?.uri ?? ''): Promise<Diagnostic[]> {
    const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
    });
    if (report.kind !== 'full') throw new Error('expected a full report');
    return report.items;
  }

  async complete(offset: number): Promise<CompletionItem[]> {
    const document = this.#document;
    if (document === undefined) throw new Error('no document is open');
    const answer = await this.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: document.uri },
      position: document.positionAt(offset),
    });
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  }

  text(): string {
    return this.#document?.getText() ?? '';
  }

  /** Peak resident memory in MiB; NaN where the system doesn't tell. */
  peakMemory(): number {
    try {
      const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
    } catch {
      return Number.NaN;
    }
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.process.once('exit', resolve));
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    await closed;
    this.connection.dispose();
  }
}
