import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { rewriteProjectCommand } from '../../../common/src/protocol.ts';
import { fileRewriteKinds } from '../features/refactoring/rewriteKinds.ts';
import type { Client, Support } from './client.ts';

const codeActionKinds = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorRewrite,
  CodeActionKind.SourceFixAll,
  ...Object.values(fileRewriteKinds),
];
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

/** What the server offers to a client that can do this. */
export function capabilitiesFor(
  { positionEncoding }: Pick<Client, 'positionEncoding'>,
  support: Support,
): ServerCapabilities<never> {
  return {
    ...(positionEncoding === 'utf-16' ? {} : { positionEncoding }),
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
    ...(support.appliesEdits ? { executeCommandProvider: { commands: [rewriteProjectCommand] } } : {}),
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
  };
}
