import type {
  CodeActionParams,
  Diagnostic,
  FileEvent,
  Position,
  Range,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type DefinitionParams,
  type KeysParams,
  keysRequest,
  locationsRequest,
  type NewNameParams,
  newNameRequest,
  type ProjectParams,
  projectRequest,
  projectsRequest,
  type RelationshipsParams,
  relationshipsRequest,
  requestsRequest,
  type SnapshotTargetsParams,
  type StatusParams,
  snapshotTargetsRequest,
  statusRequest,
  writeDefinitionRequest,
} from '../../common/src/protocol.ts';
import { cappedFindings } from '../../server/src/lsp/cappedFindings.ts';
import { supportOf } from '../../server/src/lsp/client.ts';
import { diagnosticOf } from '../../server/src/lsp/diagnosticOf.ts';
import {
  ClientRequests,
  createWorkspace,
  Features,
  fileStatus,
  filesChanged,
} from '../../server/src/lsp/engine.ts';
import { OpenTexts } from '../../server/src/project/openTexts.ts';
import type { Workspace } from '../../server/src/project/workspace.ts';
import { pulling } from '../protocol/capabilities.ts';

const support = supportOf({
  capabilities: pulling,
  asksAgain: false,
  offersWords: false,
  indentsInserts: undefined,
});

/** A language service as an editor sees it. */
export interface LanguageService {
  setFolders(paths: readonly string[]): Promise<void>;
  setSettings(value: unknown): Promise<void>;
  open(document: TextDocument): Promise<void>;
  change(uri: string, version: number, changes: readonly TextChange[]): Promise<void>;
  close(uri: string): Promise<void>;
  filesChanged(events: readonly FileEvent[]): Promise<void>;
  /** What is found, by URI; of files in which nothing is wrong, nothing. Everything that changed is taken up. */
  diagnostics(): Promise<ReadonlyMap<string, readonly Diagnostic[]>>;
  ask(question: Question): Promise<unknown>;
  /** What should not have happened since it was last asked. */
  faults(): readonly string[];
}

export interface TextChange {
  readonly range: Range;
  readonly text: string;
}

/** A request of the protocol. */
export interface Question {
  readonly method: string;
  readonly params: unknown;
}

interface At {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

/** The language service in this process, without the wire. */
export class LanguageServiceHere implements LanguageService {
  readonly #workspace: Workspace;
  readonly #features: Features;
  readonly #requests: ClientRequests;
  readonly #found: string[] = [];
  #folders: readonly string[] = [];
  #settings: unknown;
  #unread = false;

  constructor() {
    const report = (message: string): void => void this.#found.push(message);
    this.#workspace = createWorkspace(
      { reportYamlSyntax: true, trusted: false, cacheFolder: undefined },
      new OpenTexts(),
      false,
      report,
      () => undefined,
    );
    checkRanges(this.#workspace, report);
    this.#requests = new ClientRequests(this.#workspace);
    this.#features = new Features(this.#workspace, this.#requests);
  }

  async setFolders(paths: readonly string[]): Promise<void> {
    this.#folders = paths;
    this.#workspace.setFolders(paths);
    await this.setSettings(this.#settings);
  }

  async setSettings(value: unknown): Promise<void> {
    this.#settings = value;
    for (const folder of ['', ...this.#folders]) this.#workspace.setSettings(folder, value);
    this.#unread = true;
  }

  async open(document: TextDocument): Promise<void> {
    this.#workspace.open(document.uri, document.languageId, document.version, document.getText());
  }

  async change(uri: string, version: number, changes: readonly TextChange[]): Promise<void> {
    this.#workspace.change(uri, version, changes);
  }

  async close(uri: string): Promise<void> {
    this.#workspace.close(uri);
  }

  async filesChanged(events: readonly FileEvent[]): Promise<void> {
    if (!filesChanged(this.#workspace, events)) return;
    this.#unread = true;
  }

  async diagnostics(): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
    await this.#read();
    const all = new Map<string, readonly Diagnostic[]>();
    for (const key of this.#workspace.reportableFiles().sort()) {
      const uri = this.#workspace.uri(key);
      const { findings } = this.#workspace.findings(key);
      if (findings.length > 0) {
        all.set(
          uri,
          cappedFindings(findings).map((finding) =>
            diagnosticOf(finding, uri, this.#workspace.documents, support.diagnostics),
          ),
        );
      }
    }
    return all;
  }

  /** As the server does: after something on the disk, or when an edit says that there are other projects. */
  async #read(): Promise<void> {
    if (this.#unread || this.#workspace.toDiscover) {
      this.#unread = false;
      await this.#workspace.discover();
      for (const _ of this.#workspace.load());
    }
    await this.#workspace.migrationsRead();
  }

  async ask({ method, params }: Question): Promise<unknown> {
    const answer = this.#answers[method];
    if (answer === undefined) throw new Error(`Nothing answers ${method}.`);
    return answer(params);
  }

  readonly #answers: Readonly<Record<string, (params: unknown) => unknown>> = {
    'textDocument/completion': (params) => {
      const { textDocument, position } = params as At;
      return this.#features.complete(textDocument.uri, position, support.completion);
    },
    'textDocument/hover': (params) => {
      const { textDocument, position } = params as At;
      return this.#features.hover(textDocument.uri, position, support.hover);
    },
    'textDocument/definition': (params) => {
      const { textDocument, position } = params as At;
      return this.#features.definition(textDocument.uri, position);
    },
    'textDocument/documentSymbol': (params) => this.#features.symbols((params as At).textDocument.uri),
    'textDocument/codeAction': (params) => this.#features.allCodeActions(params as CodeActionParams, support),
    [statusRequest.method]: (params) => fileStatus(this.#workspace, (params as StatusParams).uri),
    [relationshipsRequest.method]: (params) => this.#requests.relationships(params as RelationshipsParams),
    [requestsRequest.method]: (params) => this.#requests.requests(params as RelationshipsParams),
    [projectRequest.method]: (params) => this.#requests.project(params as ProjectParams),
    [locationsRequest.method]: (params) => this.#requests.locations(params as ProjectParams),
    [projectsRequest.method]: () => this.#requests.projects(),
    [snapshotTargetsRequest.method]: (params) =>
      this.#requests.snapshotTargets(params as SnapshotTargetsParams),
    [writeDefinitionRequest.method]: (params) => this.#requests.writeDefinition(params as DefinitionParams),
    [keysRequest.method]: (params) => this.#requests.keys(params as KeysParams),
    [newNameRequest.method]: (params) => this.#requests.newName(params as NewNameParams),
  };

  faults(): readonly string[] {
    return this.#found.splice(0);
  }
}

/** Positions hide an offset that lies outside of its text: it is looked at before it becomes one. */
function checkRanges(workspace: Workspace, report: (message: string) => void): void {
  const { documents } = workspace;
  const rangeOf = documents.range.bind(documents);
  documents.range = (uri, offset, length) => {
    const key = workspace.key(uri);
    const text = documents.read(key);
    const size = text.ok ? text.text.length : 0;
    const inside = offset >= 0 && length >= 0 && offset + length <= size;
    // Of a schema that is broken now, what is in use is an earlier text.
    if (!inside && !isEarlier(workspace, key)) {
      report(new Error(`${offset}+${length} lies outside of ${uri}, which has ${size} units`).stack ?? '');
    }
    return rangeOf(uri, offset, length);
  };
}

function isEarlier({ projects }: Workspace, key: string): boolean {
  return projects.some(
    ({ schemas }) =>
      schemas.files.has(key) &&
      [...schemas.sources, ...schemas.remoteSchemas].some(({ loaded, problem }) => loaded && problem),
  );
}

/** A document as an editor holds it. */
export function textDocument(uri: string, version: number, text: string): TextDocument {
  const ending = /\.([a-z]+)$/.exec(uri)?.[1] ?? 'yaml';
  const languages: Readonly<Record<string, string>> = { yml: 'yaml', graphqls: 'graphql', gql: 'graphql' };
  return TextDocument.create(uri, languages[ending] ?? ending, version, text);
}
