import type {
  CancellationToken,
  Connection,
  Diagnostic,
  DocumentDiagnosticReport,
  PublishDiagnosticsParams,
  WorkspaceDiagnosticParams,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { nextTurn } from '../../../common/src/nextTurn.ts';
import { noFindings, type Workspace } from '../project/workspace.ts';
import type { Finding } from '../rules/rule.ts';
import { cappedFindings } from './cappedFindings.ts';
import { type DiagnosticSupport, diagnosticOf } from './diagnosticOf.ts';
import { cancellation } from './requests.ts';

/** From the last keystroke to what is pushed. */
const debounce = 75;
/** Longest that others wait while many files are checked, in milliseconds. */
const slice = 15;

export interface DiagnosticOptions extends DiagnosticSupport {
  /** The client pulls; else findings are pushed. */
  readonly pull: boolean;
  readonly refresh: boolean;
}

/** Findings on their way to the editor: pulled by it, or pushed where it can't. */
export class Diagnostics {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  readonly #options: DiagnosticOptions;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** What was pushed: id of the findings by URI. */
  readonly #pushed = new Map<string, string>();
  #factsVersion = '';
  #wake: (() => void)[] = [];
  #pushRuns = 0;
  readonly #factsChanged: () => void;
  readonly #failed: (error: unknown) => void;

  /**
   * `factsChanged` is called when more than one document may have something new to say; `failed` when the client refuses
   * what it is told.
   */
  constructor(
    connection: Connection,
    workspace: Workspace,
    options: DiagnosticOptions,
    factsChanged: () => void,
    failed: (error: unknown) => void,
  ) {
    this.#connection = connection;
    this.#workspace = workspace;
    this.#options = options;
    this.#factsChanged = factsChanged;
    this.#failed = failed;
  }

  /** A document was opened or edited. */
  documentChanged(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.set(
      uri,
      setTimeout(() => {
        this.#timers.delete(uri);
        this.update();
        if (!this.#options.pull) this.#push(uri);
        this.#wakeAll();
      }, debounce),
    );
  }

  documentClosed(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    if (!this.update() && !this.#options.pull) void this.#pushAll();
    this.#wakeAll();
  }

  /** Passes on what changed for more than one document; false when nothing did. */
  update(): boolean {
    const { factsVersion } = this.#workspace;
    if (factsVersion === this.#factsVersion) return false;
    this.#factsVersion = factsVersion;
    if (this.#options.pull) {
      // The library says that this returns nothing; it returns the promise of the request.
      if (this.#options.refresh) {
        void Promise.resolve(this.#connection.languages.diagnostics.refresh()).catch(this.#failed);
      }
    } else {
      void this.#pushAll();
    }
    this.#wakeAll();
    this.#factsChanged();
    return true;
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#wakeAll();
  }

  // ---- pull ----------------------------------------------------------------------------------------------------

  document(uri: string, previousResultId: string | undefined): DocumentDiagnosticReport {
    const { id, findings } = this.#workspace.findings(this.#workspace.key(uri));
    if (id === previousResultId) return { kind: 'unchanged', resultId: id };
    return { kind: 'full', resultId: id, items: this.#items(uri, findings) };
  }

  /**
   * Every file of the projects and every open document. Where nothing is new and the client `mayWait`, it waits until
   * something is.
   */
  async all(
    { previousResultIds }: WorkspaceDiagnosticParams,
    mayWait: boolean,
    token: CancellationToken,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    while (true) {
      const reports: WorkspaceDocumentDiagnosticReport[] = [];
      let news = false;
      let since = performance.now();
      const left = new Set(previous.keys());
      for (const key of this.#workspace.reportableFiles()) {
        if (performance.now() - since > slice) {
          await nextTurn();
          since = performance.now();
          if (token.isCancellationRequested) return [];
        }
        const uri = this.#workspace.uri(key);
        left.delete(uri);
        const before = previous.get(uri);
        const { id, findings } = this.#workspace.findings(key);
        const version = this.#workspace.documents.version(key) ?? null;
        if (id === before) {
          reports.push({ kind: 'unchanged', uri, version, resultId: id });
        } else if (findings.length > 0 || before !== undefined) {
          news = true;
          reports.push({ kind: 'full', uri, version, resultId: id, items: this.#items(uri, findings) });
        }
      }
      for (const uri of left) {
        news = true;
        reports.push({ kind: 'full', uri, version: null, resultId: '0', items: [] });
      }
      if (news || !mayWait || previous.size === 0) return reports;
      await Promise.race([new Promise<void>((resolve) => this.#wake.push(resolve)), cancellation(token)]);
      if (token.isCancellationRequested) return [];
    }
  }

  // ---- push ----------------------------------------------------------------------------------------------------

  #push(uri: string): void {
    const key = this.#workspace.key(uri);
    const { id, findings } = this.#workspace.findings(key);
    for (const other of this.#pushed.keys()) {
      if (other === uri || this.#workspace.key(other) !== key) continue;
      // The file was called otherwise: it is reported once.
      this.#pushed.delete(other);
      this.#send({ uri: other, diagnostics: [] });
    }
    this.#pushed.set(uri, id);
    const version = this.#workspace.documents.version(key);
    this.#send({
      uri,
      diagnostics: this.#items(uri, findings),
      ...(version === undefined ? {} : { version }),
    });
  }

  /** Everything that is not what was pushed before. A later call takes over from an earlier one. */
  async #pushAll(): Promise<void> {
    const run = ++this.#pushRuns;
    const keys = this.#workspace.reportableFiles();
    const uris = new Set(keys.map((key) => this.#workspace.uri(key)));
    for (const uri of this.#pushed.keys()) {
      if (uris.has(uri)) continue;
      this.#pushed.delete(uri);
      this.#send({ uri, diagnostics: [] });
    }
    let since = performance.now();
    for (const key of keys) {
      if (performance.now() - since > slice) {
        await nextTurn();
        since = performance.now();
        if (run !== this.#pushRuns) return;
      }
      const uri = this.#workspace.uri(key);
      const { id } = this.#workspace.findings(key);
      if (id !== (this.#pushed.get(uri) ?? noFindings.id)) this.#push(uri);
    }
  }

  #send(params: PublishDiagnosticsParams): void {
    this.#connection.sendDiagnostics(params).catch(this.#failed);
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  #items(uri: string, findings: readonly Finding[]): Diagnostic[] {
    return cappedFindings(findings).map((finding) =>
      diagnosticOf(finding, uri, this.#workspace.documents, this.#options),
    );
  }
}
