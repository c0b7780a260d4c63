import {
  type ChangeAnnotation,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type CodeLens,
  type CompletionList,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentLink,
  type DocumentSymbol,
  type FileRename,
  type Hover,
  type InlayHint,
  InlayHintKind,
  type Location,
  type LocationLink,
  LSPErrorCodes,
  type Position,
  type PrepareRenameResult,
  type Range,
  ResponseError,
  SemanticTokenModifiers,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  type SymbolInformation,
  SymbolKind,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { boundedName } from '../../../common/src/boundedText.ts';
import { quoted, visible } from '../../../common/src/foreignText.ts';
import type {
  JoiningRelationship,
  JoiningRelationshipsParams,
  ProjectRewriteAnswer,
  RewriteProjectParams,
} from '../../../common/src/protocol.ts';
import { inlayHints } from '../features/annotations/inlayHints.ts';
import { semanticTokens } from '../features/annotations/semanticTokens.ts';
import { requestedRelationships } from '../features/clientRequests/requestText.ts';
import { type CompletionOptions, complete } from '../features/completion/completion.ts';
import { completePath } from '../features/completion/pathCompletion.ts';
import { type HoverOptions, hover } from '../features/hover/hover.ts';
import { definition } from '../features/navigation/definition.ts';
import { documentLinks } from '../features/navigation/documentLinks.ts';
import { type LensParts, lenses } from '../features/navigation/lenses.ts';
import { highlights, joiningRelationships, references } from '../features/navigation/references.ts';
import { type DocumentSymbolEntry, symbols } from '../features/navigation/symbols.ts';
import { UseIndex } from '../features/navigation/useIndex.ts';
import { type WorkspaceSymbolEntry, WorkspaceSymbols } from '../features/navigation/workspaceSymbols.ts';
import { codeActions, fixAll } from '../features/refactoring/codeActions.ts';
import type { FileChange } from '../features/refactoring/fileChange.ts';
import { prepareRename, type Refusal, rename } from '../features/refactoring/rename.ts';
import { editsForRenamedFiles } from '../features/refactoring/renamedFiles.ts';
import { fileRewriteKinds } from '../features/refactoring/rewriteKinds.ts';
import { rewriteFile, rewriteProject, rewritesIn } from '../features/refactoring/rewrites.ts';
import { unknownPartAt } from '../features/refactoring/schemaFiles.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Documents } from '../project/documents.ts';
import { configurableCodes } from '../project/knownSchemas.ts';
import type { Workspace } from '../project/workspace.ts';
import type { TextReplacement } from '../syntax/textRange.ts';
import type { Client, Support } from './client.ts';
import type { ClientRequests } from './clientRequests.ts';
import { diagnosticOf } from './diagnosticOf.ts';

const symbolKinds: Readonly<Record<(DocumentSymbolEntry | WorkspaceSymbolEntry)['kind'], SymbolKind>> = {
  source: SymbolKind.Namespace,
  table: SymbolKind.Struct,
  'remote-schema': SymbolKind.Module,
  type: SymbolKind.Class,
  relationship: SymbolKind.Field,
};

function workspaceEditOf({ uri, exists, edits }: FileChange): WorkspaceEdit {
  if (exists) return { changes: { [uri]: [...edits] } };
  return {
    documentChanges: [
      { kind: 'create', uri, options: { ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits: [...edits] },
    ],
  };
}

/** Says why not, in place of an answer. */
function refuseIf<T>(answer: T | Refusal): T {
  if (typeof answer === 'object' && answer !== null && 'refusal' in answer) {
    throw new ResponseError(LSPErrorCodes.RequestFailed, answer.refusal);
  }
  return answer as T;
}

/** Commands of the client's that code lenses run. */
type LensCommands = Pick<Client, 'showReferencesCommand' | 'addRelationshipCommand'>;

/** The features in the protocol's terms. All answer `null` for a document that is none of Hasura's. */
export class Features {
  readonly #workspace: Workspace;
  readonly #documents: Documents;
  readonly #requests: ClientRequests;
  readonly #uses: UseIndex;
  readonly #symbols: WorkspaceSymbols;

  constructor(workspace: Workspace, requests: ClientRequests) {
    this.#workspace = workspace;
    this.#requests = requests;
    this.#uses = new UseIndex(workspace);
    this.#symbols = new WorkspaceSymbols(workspace);
    this.#documents = workspace.documents;
  }

  complete(
    uri: string,
    position: Position,
    support: Omit<CompletionOptions, 'positionAt' | 'reading'>,
  ): CompletionList | null {
    const offset = this.#documents.offsetAt(uri, position);
    const positionAt = (at: number): Position => this.#documents.range(uri, at, 0).start;
    const paths = completePath(this.#workspace, uri, offset, { ...support, positionAt });
    if (paths !== undefined) return paths;
    const context = support.trigger === '/' ? undefined : this.#context(uri);
    if (context === undefined) return null;
    return complete(context.withPermittedSchemas, offset, {
      ...support,
      reading: this.#workspace.reading(this.#workspace.key(uri)),
      positionAt,
    });
  }

  hover(uri: string, position: Position, support: Pick<HoverOptions, 'markdown'>): Hover | null {
    const context = this.#context(uri);
    if (context === undefined) return null;
    return hover(context.withPermittedSchemas, this.#documents.offsetAt(uri, position), {
      ...support,
      positionAt: (offset) => this.#documents.range(uri, offset, 0).start,
    });
  }

  symbols(uri: string): DocumentSymbol[] | null {
    const context = this.#context(uri);
    return context === undefined ? null : symbols(context).map((symbol) => this.#symbol(uri, symbol));
  }

  #symbol(uri: string, { name, kind, node, selection, children }: DocumentSymbolEntry): DocumentSymbol {
    return {
      name,
      kind: symbolKinds[kind],
      range: this.#documents.range(uri, node.offset, node.length),
      selectionRange: this.#documents.range(uri, selection.offset, selection.length),
      children: children.map((child) => this.#symbol(uri, child)),
    };
  }

  definition(uri: string, position: Position): LocationLink[] | null {
    const context = this.#context(uri);
    if (context === undefined) return null;
    return definition(context.withPermittedSchemas, this.#documents.offsetAt(uri, position)).map(
      ({ offset, length, target }) => {
        const range = this.#documents.range(target.uri, target.offset, target.length);
        return {
          originSelectionRange: this.#documents.range(uri, offset, length),
          targetUri: target.uri,
          targetRange: range,
          targetSelectionRange: range,
        };
      },
    );
  }

  /** Of a file of metadata, a request, the configuration, a schema file, a snapshot or a migration. */
  async references(uri: string, position: Position, includeDeclaration: boolean): Promise<Location[] | null> {
    const offset = this.#documents.offsetAt(uri, position);
    const found = await references(this.#workspace, this.#uses, uri, offset);
    if (found.length === 0) return null;
    return found
      .filter(({ declares }) => includeDeclaration || !declares)
      .map((place) => ({
        uri: place.uri,
        range: this.#documents.range(place.uri, place.offset, place.length),
      }));
  }

  /** The relationships that a code lens counts. */
  async joiningRelationships({
    uri,
    position,
  }: JoiningRelationshipsParams): Promise<readonly JoiningRelationship[]> {
    const offset = this.#documents.offsetAt(uri, position);
    const found = await joiningRelationships(this.#workspace, this.#uses, uri, offset);
    return found.map((place) => ({
      uri: place.uri,
      range: this.#documents.range(place.uri, place.offset, place.length),
    }));
  }

  async workspaceSymbols(
    query: string,
    { structSymbols }: Pick<Support, 'structSymbols'>,
  ): Promise<SymbolInformation[]> {
    return (await this.#symbols.find(query)).map(({ name, container, kind, uri, offset, length }) => ({
      name,
      kind: kind === 'table' && !structSymbols ? SymbolKind.Class : symbolKinds[kind],
      location: { uri, range: this.#documents.range(uri, offset, length) },
      ...(container === undefined ? {} : { containerName: container }),
    }));
  }

  /**
   * What the client does to show references, and to add a relationship, with a document and a position: without the first
   * there is the text alone, without the second no such lens.
   */
  async codeLenses(
    uri: string,
    parts: LensParts,
    { showReferencesCommand, addRelationshipCommand }: LensCommands,
  ): Promise<CodeLens[] | null> {
    const project = this.#workspace.projectOf(this.#workspace.key(uri));
    if (this.#context(uri) !== undefined) await this.#uses.prepare(project);
    const context = this.#context(uri);
    if (context === undefined) return null;
    const wanted = { ...parts, actions: parts.actions && addRelationshipCommand !== undefined };
    const found = lenses(context, this.#uses.of(context), this.#uses.joined(project), wanted);
    return found.map(({ place, title, name, adds }) => {
      const command = adds ? addRelationshipCommand : showReferencesCommand;
      const { start } = this.#documents.range(uri, name.offset, name.length);
      return {
        range: this.#documents.range(uri, place.offset, place.length),
        command: {
          title,
          command: command ?? '',
          ...(command === undefined ? {} : { arguments: adds ? [{ uri, position: start }] : [uri, start] }),
        },
      };
    });
  }

  /** Of the whole document, or of a part of it. */
  semanticTokens(
    uri: string,
    { tokenTypes, tokenModifiers }: SemanticTokensLegend,
    range?: Range,
  ): SemanticTokens | null {
    const context = this.#context(uri);
    if (context === undefined) return null;
    const start = range === undefined ? 0 : this.#documents.offsetAt(uri, range.start);
    const end = range === undefined ? Infinity : this.#documents.offsetAt(uri, range.end);
    const builder = new SemanticTokensBuilder();
    const deprecatedBit = tokenModifiers.includes(SemanticTokenModifiers.deprecated)
      ? 1 << tokenModifiers.indexOf(SemanticTokenModifiers.deprecated)
      : 0;
    for (const { offset, length, type, deprecated } of semanticTokens(context)) {
      const typeIndex = tokenTypes.indexOf(type);
      if (typeIndex === -1 || offset + length <= start || offset >= end) continue;
      const place = this.#documents.range(uri, offset, length);
      const { line, character } = place.start;
      builder.push(
        line,
        character,
        place.end.character - character,
        typeIndex,
        deprecated ? deprecatedBit : 0,
      );
    }
    return builder.build();
  }

  inlayHints(uri: string, range: Range): InlayHint[] | null {
    const context = this.#context(uri);
    if (context === undefined) return null;
    const offset = this.#documents.offsetAt(uri, range.start);
    const length = this.#documents.offsetAt(uri, range.end) - offset;
    return inlayHints(context.withPermittedSchemas, { offset, length }).map((hint) => ({
      position: this.#documents.range(uri, hint.offset, 0).start,
      label: hint.label,
      kind: InlayHintKind.Type,
      paddingLeft: true,
    }));
  }

  documentLinks(uri: string): DocumentLink[] | null {
    const links = documentLinks(this.#workspace, uri);
    return (
      links?.map(({ offset, length, uri: target }) => ({
        range: this.#documents.range(uri, offset, length),
        target,
      })) ?? null
    );
  }

  highlights(uri: string, position: Position): DocumentHighlight[] | null {
    const context = this.#context(uri);
    if (context === undefined) return null;
    return highlights(this.#uses, context, this.#documents.offsetAt(uri, position)).map(
      ({ offset, length, declares }) => ({
        range: this.#documents.range(uri, offset, length),
        kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }),
    );
  }

  prepareRename(uri: string, position: Position): PrepareRenameResult | null {
    const offset = this.#documents.offsetAt(uri, position);
    const start = refuseIf(prepareRename(this.#workspace, this.#uses, uri, offset));
    if (start === undefined) return null;
    const { range, name } = start;
    return { range: this.#documents.range(uri, range.offset, range.length), placeholder: name };
  }

  async rename(
    uri: string,
    position: Position,
    newName: string,
    support: Pick<Support, 'documentChanges' | 'changeAnnotations'>,
  ): Promise<WorkspaceEdit | null> {
    const offset = this.#documents.offsetAt(uri, position);
    const renamed = refuseIf(await rename(this.#workspace, this.#uses, { uri, offset, newName }));
    if (renamed === undefined) return null;
    const { title, outside, files } = renamed;
    // What needs a confirmation is not ticked in the preview of VS Code: its button would apply nothing.
    return this.#edit(files, support, 'rename', { label: title, description: outside });
  }

  renamedFiles(
    files: readonly FileRename[],
    support: Pick<Support, 'documentChanges' | 'changeAnnotations'>,
  ): WorkspaceEdit | null {
    const renamed = files.map(({ oldUri, newUri }) => ({
      from: this.#workspace.key(oldUri),
      to: this.#workspace.key(newUri),
    }));
    const edits = editsForRenamedFiles(this.#workspace, renamed);
    return edits.length === 0 ? null : this.#edit(edits, support);
  }

  rewriteProject(
    { uri, form }: RewriteProjectParams,
    support: Pick<Support, 'documentChanges' | 'changeAnnotations'>,
  ): ProjectRewriteAnswer | null {
    const project = this.#workspace.projectAt(this.#workspace.key(uri));
    if (project === undefined || (form !== 'unified' && form !== 'legacy')) return null;
    const { title, files, left } = rewriteProject(this.#workspace, project, form);
    return {
      edit: files.length === 0 ? null : this.#edit(files, support, 'rewrite', { label: title }),
      files: files.length,
      left: left.map(({ node, ...others }) => ({
        ...others,
        range: this.#documents.range(others.uri, node.offset, node.length),
      })),
    };
  }

  /** Edits of several files, explained where the client can show that. */
  #edit(
    files: readonly { readonly uri: string; readonly edits: readonly TextReplacement[] }[],
    { documentChanges, changeAnnotations }: Pick<Support, 'documentChanges' | 'changeAnnotations'>,
    annotationId?: string,
    annotation?: ChangeAnnotation,
  ): WorkspaceEdit {
    const explained = changeAnnotations && annotationId !== undefined && annotation !== undefined;
    const changed = files.map(({ uri, edits }) => ({
      uri,
      edits: edits.map(({ offset, length, text }) => ({
        range: this.#documents.range(uri, offset, length),
        newText: text,
        ...(explained ? { annotationId } : {}),
      })),
    }));
    if (!documentChanges)
      return { changes: Object.fromEntries(changed.map(({ uri, edits }) => [uri, edits])) };
    return {
      documentChanges: changed.map(({ uri, edits }) => {
        const version = this.#documents.version(this.#workspace.key(uri)) ?? null;
        return { textDocument: { uri, version }, edits };
      }),
      ...(explained ? { changeAnnotations: { [annotationId]: annotation } } : {}),
    };
  }

  /** All that is offered at a place; `null` where there is no metadata. */
  async allCodeActions(
    params: CodeActionParams,
    support: Pick<Support, 'diagnostics' | 'createsFiles'>,
  ): Promise<CodeAction[] | null> {
    const own = this.codeActions(params, support);
    const named = await this.schemaFileActions(params, support);
    return own === null ? null : [...own, ...this.metadataActions(params), ...named];
  }

  codeActions(
    { textDocument: { uri }, range, context: { only } }: CodeActionParams,
    { diagnostics, createsFiles }: Pick<Support, 'diagnostics' | 'createsFiles'>,
  ): CodeAction[] | null {
    const context = this.#context(uri);
    if (context === undefined) return null;
    const wanted = (kind: string): boolean =>
      only === undefined
        ? kind === CodeActionKind.QuickFix || kind === CodeActionKind.RefactorRewrite
        : only.some((each) => kind === each || kind.startsWith(`${each}.`));
    const { findings } = this.#workspace.findings(this.#workspace.key(uri));
    const offsets = {
      start: this.#documents.offsetAt(uri, range.start),
      end: this.#documents.offsetAt(uri, range.end),
    };
    const turnOff = (code: string): FileChange | undefined => {
      if (!configurableCodes.includes(code)) return undefined;
      const edit = this.#requests.configure({ uri, entries: [{ keys: ['rules', code], value: 'off' }] });
      return edit === null || 'obstacle' in edit || !(edit.exists || createsFiles) ? undefined : edit;
    };
    const list = () => this.#requests.listFile(uri);
    const whole = [
      wanted(CodeActionKind.SourceFixAll) ? fixAll(findings) : undefined,
      wanted(fileRewriteKinds.unified) ? rewriteFile(context, 'unified') : undefined,
      wanted(fileRewriteKinds.legacy) ? rewriteFile(context, 'legacy') : undefined,
    ];
    return [
      ...(wanted(CodeActionKind.QuickFix) ? codeActions(context, findings, offsets, turnOff, list) : []),
      ...(wanted(CodeActionKind.RefactorRewrite) ? rewritesIn(context, offsets) : []),
      ...whole.filter((action) => action !== undefined),
    ].map(({ title, kind, preferred, edits, elsewhere, finding }) => ({
      title,
      kind,
      ...(preferred ? { isPreferred: true } : {}),
      ...(finding === undefined
        ? {}
        : { diagnostics: [diagnosticOf(finding, uri, this.#documents, diagnostics)] }),
      edit:
        elsewhere === undefined
          ? {
              changes: {
                [uri]: edits.map(({ offset, length, text }) => ({
                  range: this.#documents.range(uri, offset, length),
                  newText: text,
                })),
              },
            }
          : workspaceEditOf(elsewhere),
    }));
  }

  /** What requests say, written into the metadata files of the project. */
  metadataActions({ textDocument: { uri }, range, context: { only } }: CodeActionParams): CodeAction[] {
    const kind = CodeActionKind.RefactorRewrite;
    const context = this.#context(uri);
    const wanted = only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`));
    if (context === undefined || !wanted) return [];
    const offset = this.#documents.offsetAt(uri, range.start);
    return requestedRelationships(context, offset).flatMap(({ identity, definition }) => {
      const edit = this.#requests.writeDefinition({ uri, identity, definition });
      if (edit === null || 'obstacle' in edit || edit.edits.length === 0) return [];
      const title = `Write ${quoted(identity.name)} into the metadata`;
      return [{ title, kind, edit: { changes: { [edit.uri]: [...edit.edits] } } }];
    });
  }

  /** Files of the workspace for the remote schema or the source at the place, where nothing is known of it. */
  async schemaFileActions(
    { textDocument: { uri }, range, context: { only } }: CodeActionParams,
    { createsFiles }: Pick<Support, 'createsFiles'>,
  ): Promise<CodeAction[]> {
    const context = this.#context(uri);
    if (context === undefined || only?.includes(CodeActionKind.QuickFix) === false) return [];
    const wanted = unknownPartAt(context, this.#documents.offsetAt(uri, range.start));
    if (wanted === undefined) return [];
    const { what, name } = wanted;
    const answers = await this.#requests.schemaCandidates({ uri });
    const candidates = answers.find(({ part }) => part.what === what && part.name === name)?.candidates ?? [];
    return candidates.flatMap(({ text, entry }) => {
      const edit = this.#requests.configure({ uri, entries: [entry] });
      if (edit === null || 'obstacle' in edit || !(edit.exists || createsFiles)) return [];
      const title = `Use ${visible(boundedName(text))} for ${visible(boundedName(name))}`;
      return [{ title, kind: CodeActionKind.QuickFix, edit: workspaceEditOf(edit) }];
    });
  }

  #context(uri: string): DocumentContext | undefined {
    return this.#workspace.context(this.#workspace.key(uri));
  }
}
