import { Diagnostic, DiagnosticSeverity, Disposable, languages, type Uri, workspace } from 'vscode';
import { localized } from '../../../../common/src/localized.ts';
import type { PositionRange } from '../../../../common/src/protocol.ts';
import { type FileRange, rangeOf } from '../../ui/fileRange.ts';

export interface ServerProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly host: string;
  /** The server's own code of an error. */
  readonly code?: string | undefined;
}

/** What a server says of definitions, among the problems of their files: until the file is edited, or sent again. */
export class ServerProblems implements Disposable {
  readonly #collection = languages.createDiagnosticCollection('remoteRelationships.server');
  readonly #subscriptions = Disposable.from(
    this.#collection,
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) this.#collection.delete(document.uri);
    }),
  );

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Takes away what was said of a relationship or a request, wherever in it. */
  clear({ uri, payload }: { readonly uri: Uri; readonly payload: { readonly range: PositionRange } }): void {
    const whole = rangeOf(payload.range);
    const kept = this.#collection.get(uri)?.filter(({ range }) => !whole.contains(range));
    this.#collection.set(uri, kept);
  }

  add({ uri, range }: FileRange, { severity, message, host, code }: ServerProblem): void {
    const diagnostic = new Diagnostic(
      rangeOf(range),
      message,
      severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    );
    diagnostic.source = localized`Hasura at ${host}`;
    if (code !== undefined) diagnostic.code = code;
    this.#collection.set(uri, [...(this.#collection.get(uri) ?? []), diagnostic]);
  }
}
