import type { ClientCapabilities } from 'vscode-languageserver-protocol/node';

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
    diagnostic: { relatedDocumentSupport: false, relatedInformation: true },
    completion: { completionItem: { snippetSupport: true } },
    definition: { linkSupport: true },
  },
};

export const pushing: ClientCapabilities = {
  workspace: { configuration: true, workspaceFolders: true },
  textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } },
};
