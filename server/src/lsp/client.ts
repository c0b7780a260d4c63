import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver/node';
import type { InitializationOptions } from '../../../common/src/protocol.ts';

/** What the client can do and where it works. */
export interface Client {
  readonly capabilities: ClientCapabilities;
  /** URIs. */
  readonly folders: readonly string[];
  readonly reportYamlSyntax: boolean;
  /** The workspace is trusted: more than its folders may be read. */
  readonly trusted: boolean;
  /** The client knows VS Code's command that asks for completions again. */
  readonly asksAgain: boolean;
}

/** Reads what the client says of itself in `initialize`. */
export function clientOf(params: InitializeParams): Client {
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
