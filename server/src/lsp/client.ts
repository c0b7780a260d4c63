import { isAbsolute } from 'node:path';
import {
  type ClientCapabilities,
  type InitializeParams,
  InsertTextMode,
  MarkupKind,
  ResourceOperationKind,
  SemanticTokenModifiers,
  type SemanticTokensClientCapabilities,
  type SemanticTokensLegend,
  SymbolKind,
  TokenFormat,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { InitializationOptions } from '../../../common/src/protocol.ts';
import type { TokenType } from '../features/annotations/semanticTokens.ts';
import type { CompletionOptions } from '../features/completion/completion.ts';
import type { HoverOptions } from '../features/hover/hover.ts';
import type { PositionEncoding } from '../project/positions.ts';
import type { DiagnosticSupport } from './diagnosticOf.ts';

/** What the client can do and where it works. */
export interface Client {
  readonly capabilities: ClientCapabilities;
  /** What positions count: the first of what the client prefers, as far as it is known here. */
  readonly positionEncoding: PositionEncoding;
  /** URIs. */
  readonly folders: readonly string[];
  /** The client works in no folder, and not in what it does not trust: projects are looked for around opened files. */
  readonly looksAround: boolean;
  readonly reportYamlSyntax: boolean;
  /** The workspace is trusted: more than its folders may be read. */
  readonly trusted: boolean;
  /** The client knows VS Code's command that asks for completions again. */
  readonly asksAgain: boolean;
  /** The client offers words of open files where it is offered nothing. */
  readonly offersWords: boolean;
  /** What the client says of lines it inserts: whether it indents them. */
  readonly indentsInserts: boolean | undefined;
  /** The client wants to be told when what `statusRequest` answers may have changed. */
  readonly statusChanges: boolean;
  /** What is missing goes to the log alone. */
  readonly quiet: boolean;
  /** The client's command that shows the references of what stands at a position of a document. */
  readonly showReferencesCommand: string | undefined;
  /** The client's command that adds a relationship to the table at a position of a document. */
  readonly addRelationshipCommand: string | undefined;
  /** Where what was read may be kept for the next start. */
  readonly cacheFolder: string | undefined;
}

/** Reads what the client says of itself in `initialize`. */
export function clientOf(params: InitializeParams): Client {
  const options: InitializationOptions = params.initializationOptions ?? {};
  const root = params.rootUri ?? (params.rootPath ? URI.file(params.rootPath).toString() : undefined);
  const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (root ? [root] : []);
  return {
    capabilities: params.capabilities,
    positionEncoding: params.capabilities.general?.positionEncodings?.find(isKnownEncoding) ?? 'utf-16',
    folders,
    looksAround: folders.length === 0 && options.trusted !== false,
    reportYamlSyntax: options.reportYamlSyntax !== false,
    trusted: options.trusted === true,
    asksAgain: options.asksAgain === true,
    offersWords: options.offersWords === true,
    indentsInserts: options.indentsInserts,
    statusChanges: options.statusChanges === true,
    quiet: options.quiet === true,
    showReferencesCommand: textOf(options.showReferencesCommand),
    addRelationshipCommand: textOf(options.addRelationshipCommand),
    cacheFolder: absoluteFolder(options.cacheFolder),
  };
}

function textOf(option: unknown): string | undefined {
  return typeof option === 'string' ? option : undefined;
}

function absoluteFolder(path: unknown): string | undefined {
  return typeof path === 'string' && isAbsolute(path) ? path : undefined;
}

function isKnownEncoding(encoding: string): encoding is PositionEncoding {
  return encoding === 'utf-16' || encoding === 'utf-8';
}

/** What of the protocol the client understands. */
export interface Support {
  readonly diagnostics: DiagnosticSupport;
  /** The client asks for diagnostics; else it is sent them. */
  readonly pullsDiagnostics: boolean;
  /** It asks for them again when it is told to. */
  readonly diagnosticRefresh: boolean;
  readonly completion: Pick<
    CompletionOptions,
    'snippets' | 'asksAgain' | 'offersWords' | 'indents' | 'insertTextMode' | 'markdown'
  >;
  readonly hover: Pick<HoverOptions, 'markdown'>;
  /** Which changes on disk the client tells of: of all, of those in the folders of the workspace, of none. */
  readonly watches: 'all' | 'folders' | 'nothing';
  /** Definitions with the range they start from; else places alone. */
  readonly definitionLinks: boolean;
  /** An outline with levels; else a list. */
  readonly hierarchicalSymbols: boolean;
  /** Kinds of symbols beyond those of the protocol's first version, in what is found in the workspace. */
  readonly structSymbols: boolean;
  /** Lines above a place. */
  readonly codeLenses: boolean;
  /** The client asks for those lines again when it is told to. */
  readonly codeLensRefresh: boolean;
  /** What the client knows of names in a text and asks for; `undefined`: nothing. */
  readonly semanticTokens: SemanticTokensLegend | undefined;
  /** The client asks for those again when it is told to. */
  readonly semanticTokensRefresh: boolean;
  /** Words in a line that are no part of it. */
  readonly inlayHints: boolean;
  /** The client asks for those again when it is told to. */
  readonly inlayHintRefresh: boolean;
  /** Code actions that carry their edits; there is no other kind of them here. */
  readonly codeActions: boolean;
  /** The client asks whether a name can be renamed before it asks for another one. */
  readonly prepareRename: boolean;
  /** Edits say of which version of a document they are. */
  readonly documentChanges: boolean;
  /** Edits can be explained, and confirmed, before they are made. */
  readonly changeAnnotations: boolean;
  /** The client makes edits that the server asks for. */
  readonly appliesEdits: boolean;
  /** The client asks what to edit before it renames files. */
  readonly willRenameFiles: boolean;
  /** Edits may create files. */
  readonly createsFiles: boolean;
}

export function supportOf({
  capabilities,
  asksAgain,
  offersWords,
  indentsInserts,
}: Pick<Client, 'capabilities' | 'asksAgain' | 'offersWords' | 'indentsInserts'>): Support {
  const {
    diagnostic,
    publishDiagnostics,
    completion,
    hover,
    definition,
    documentSymbol,
    codeAction,
    codeLens,
  } = capabilities.textDocument ?? {};
  // Some editors call the ability by another name.
  const workspace = capabilities.workspace as
    | (ClientCapabilities['workspace'] & { readonly diagnostic?: { readonly refreshSupport?: boolean } })
    | undefined;
  const refresh = (workspace?.diagnostics ?? workspace?.diagnostic)?.refreshSupport === true;
  // Who can't be told to ask again would keep what other files have changed; some say that they ask, and never do.
  const pulls = diagnostic !== undefined && (refresh || publishDiagnostics === undefined);
  const shown = pulls ? diagnostic : publishDiagnostics;
  const watched = workspace?.didChangeWatchedFiles;
  const item = completion?.completionItem;
  const snippets = item?.snippetSupport === true;
  const modes = item?.insertTextModeSupport?.valueSet ?? [];
  // Who expands a snippet indents its lines, also some who say that they leave them alone. Of texts, some put in the first
  // line alone, or all lines as one.
  const indents = indentsInserts ?? (snippets || undefined);
  const mode = indents === false ? InsertTextMode.asIs : InsertTextMode.adjustIndentation;
  return {
    diagnostics: {
      relatedInformation: shown?.relatedInformation === true,
      codeDescription: shown?.codeDescriptionSupport === true,
      data: shown?.dataSupport === true,
      tags: shown?.tagSupport !== undefined,
    },
    pullsDiagnostics: pulls,
    diagnosticRefresh: refresh,
    completion: {
      snippets,
      asksAgain,
      offersWords,
      indents,
      insertTextMode: modes.includes(mode) ? mode : undefined,
      markdown: item?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    },
    hover: { markdown: hover?.contentFormat?.includes(MarkupKind.Markdown) === true },
    watches:
      watched?.dynamicRegistration !== true
        ? 'nothing'
        : watched.relativePatternSupport === true
          ? 'all'
          : 'folders',
    definitionLinks: definition?.linkSupport === true,
    hierarchicalSymbols: documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    structSymbols: workspace?.symbol?.symbolKind?.valueSet?.includes(SymbolKind.Struct) === true,
    codeLenses: codeLens !== undefined,
    codeLensRefresh: workspace?.codeLens?.refreshSupport === true,
    semanticTokens: semanticTokensLegend(capabilities.textDocument?.semanticTokens),
    semanticTokensRefresh: workspace?.semanticTokens?.refreshSupport === true,
    inlayHints: capabilities.textDocument?.inlayHint !== undefined,
    inlayHintRefresh: workspace?.inlayHint?.refreshSupport === true,
    codeActions: codeAction?.codeActionLiteralSupport !== undefined,
    prepareRename: capabilities.textDocument?.rename?.prepareSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    changeAnnotations:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.changeAnnotationSupport !== undefined,
    appliesEdits: workspace?.applyEdit === true,
    willRenameFiles: workspace?.fileOperations?.willRename === true,
    createsFiles:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.resourceOperations?.includes(ResourceOperationKind.Create) === true,
  };
}

const tokenTypes: readonly TokenType[] = ['variable', 'property', 'parameter', 'class'];
const tokenModifiers: readonly string[] = [SemanticTokenModifiers.deprecated];

/** Of what there is here, what the client knows; `undefined` for one that knows nothing of it, or asks in no way there is here. */
function semanticTokensLegend(
  client: SemanticTokensClientCapabilities | undefined,
): SemanticTokensLegend | undefined {
  if (client === undefined) return undefined;
  const { requests, formats, tokenTypes: types, tokenModifiers: modifiers } = client;
  const asks = [requests?.full, requests?.range].some((each) => each !== undefined && each !== false);
  const known = tokenTypes.filter((type) => types?.includes(type));
  if (!asks || known.length === 0 || formats?.includes(TokenFormat.Relative) === false) return undefined;
  return {
    tokenTypes: known,
    tokenModifiers: tokenModifiers.filter((modifier) => modifiers?.includes(modifier)),
  };
}
