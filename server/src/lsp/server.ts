import {
  CodeActionKind,
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { version } from '../../../package.json';
import { clientOf } from './client.ts';
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
