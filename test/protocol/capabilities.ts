import {
  type ClientCapabilities,
  DiagnosticTag,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver-protocol/node';

/** A client that pulls diagnostics and can do everything the server makes use of. */
export const pulling: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
  },
  textDocument: {
    diagnostic: {
      relatedDocumentSupport: false,
      relatedInformation: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [DiagnosticTag.Unnecessary, DiagnosticTag.Deprecated] },
    },
    completion: {
      completionItem: {
        snippetSupport: true,
        documentationFormat: [MarkupKind.Markdown],
        insertTextModeSupport: { valueSet: [InsertTextMode.asIs] },
      },
    },
    hover: { contentFormat: [MarkupKind.Markdown] },
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
};

export const pushing: ClientCapabilities = {
  workspace: { configuration: true, workspaceFolders: true },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
  },
};

/** A client that says nothing of what it can do. */
export const poor: ClientCapabilities = {};

/** As `client`, but it watches no files. */
export function withoutWatching({ workspace, ...client }: ClientCapabilities): ClientCapabilities {
  const { didChangeWatchedFiles, ...others } = workspace ?? {};
  return { ...client, workspace: others };
}
