import {
  CodeActionKind,
  type Connection,
  ErrorCodes,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { version } from '../../../package.json';
import { clientOf, supportOf } from './client.ts';
import { LanguageServer } from './languageServer.ts';

const codeActionKinds = [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll];
const diagnosticProvider = {
  identifier: 'remote-relationships',
  interFileDependencies: true,
  workspaceDiagnostics: true,
};

/** Includes and the configuration may lead to any of them, and folders hold some. */
const renamedFiles = [
  {
    scheme: 'file',
    pattern: { glob: '**/*.{yaml,yml,json,graphql,graphqls,gql,sql}', matches: 'file' as const },
  },
  { scheme: 'file', pattern: { glob: '**/*', matches: 'folder' as const } },
];

/**
 * Answers `initialize` with as little as possible loaded; the rest of the program is loaded, and the projects are
 * read, after that.
 */
export function startServer(connection: Connection): void {
  let server: LanguageServer | undefined;
  // Whatever else is asked before `initialize` has no handler yet, and what has none afterwards never will.
  connection.onRequest((method: string) =>
    server === undefined
      ? new ResponseError(ErrorCodes.ServerNotInitialized, `"${method}" was asked before "initialize".`)
      : new ResponseError(ErrorCodes.MethodNotFound, `There is no request "${method}".`),
  );
  connection.onInitialize((params): InitializeResult | ResponseError<never> => {
    if (server !== undefined) {
      return new ResponseError(ErrorCodes.InvalidRequest, 'The server was initialized before.');
    }
    const client = clientOf(params);
    server = new LanguageServer(connection, client);
    const support = supportOf(client);
    return {
      serverInfo: { name: 'remote-relationships', version },
      capabilities: {
        ...(client.positionEncoding === 'utf-16' ? {} : { positionEncoding: client.positionEncoding }),
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        completionProvider: { triggerCharacters: ['$', ' ', '"', "'", '/'] },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        documentSymbolProvider: true,
        workspaceSymbolProvider: true,
        documentLinkProvider: {},
        renameProvider: support.prepareRename ? { prepareProvider: true } : true,
        ...(support.codeActions ? { codeActionProvider: { codeActionKinds } } : {}),
        ...(support.codeLenses ? { codeLensProvider: {} } : {}),
        ...(support.semanticTokens === undefined
          ? {}
          : { semanticTokensProvider: { legend: support.semanticTokens, full: true, range: true } }),
        ...(support.inlayHints ? { inlayHintProvider: true } : {}),
        ...(support.pullsDiagnostics ? { diagnosticProvider } : {}),
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          ...(support.willRenameFiles ? { fileOperations: { willRename: { filters: renamedFiles } } } : {}),
        },
      },
    };
  });
  connection.onInitialized(() => void server?.start());
  connection.onShutdown(() => server?.stop());
}
