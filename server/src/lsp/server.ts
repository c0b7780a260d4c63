import {
  type ClientCapabilities,
  CodeActionKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import type { InitializationOptions } from '../../../common/src/protocol.ts';
import { version } from '../../../package.json';
import { LanguageServer } from './languageServer.ts';

/**
 * Answers `initialize` with as little as possible loaded; the rest of the program is loaded, and the projects are
 * read, after that.
 */
export function startServer(connection: Connection): void {
  let server: LanguageServer | undefined;
  connection.onInitialize((params): InitializeResult => {
    server = new LanguageServer(connection, clientOf(params));
    return {
      serverInfo: { name: 'remote-relationships', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        completionProvider: { triggerCharacters: ['$', ':', ' ', '"', "'", '[', '{', ','] },
        hoverProvider: true,
        definitionProvider: true,
        documentSymbolProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
        diagnosticProvider: {
          identifier: 'remote-relationships',
          interFileDependencies: true,
          workspaceDiagnostics: true,
        },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });
  connection.onInitialized(() => void server?.start());
  connection.onShutdown(() => server?.stop());
}

/** What the client can do and where it works. */
export interface Client {
  readonly capabilities: ClientCapabilities;
  /** URIs. */
  readonly folders: readonly string[];
  readonly reportYamlSyntax: boolean;
  /** The workspace is trusted: schema files that a configuration names may lie outside of it. */
  readonly trusted: boolean;
  /** The client knows VS Code's command that asks for completions again. */
  readonly asksAgain: boolean;
}

function clientOf(params: InitializeParams): Client {
  const options: InitializationOptions = params.initializationOptions ?? {};
  const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
  return {
    capabilities: params.capabilities,
    folders,
    reportYamlSyntax: options.reportYamlSyntax !== false,
    trusted: options.trusted === true,
    asksAgain: options.asksAgain === true,
  };
}
