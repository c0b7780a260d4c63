import { Diagnostic, DiagnosticSeverity, Disposable, languages, workspace } from 'vscode';
import { type Located, rangeOf } from './located.ts';

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

  clear({ uri, payload }: Located): void {
    const kept = this.#collection.get(uri)?.filter(({ range }) => !range.isEqual(rangeOf(payload.nameRange)));
    this.#collection.set(uri, kept);
  }

  add({ uri, payload }: Located, severity: 'error' | 'warning', message: string, host: string): void {
    const diagnostic = new Diagnostic(
      rangeOf(payload.nameRange),
      message,
      severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    );
    diagnostic.source = `Hasura at ${host}`;
    this.#collection.set(uri, [...(this.#collection.get(uri) ?? []), diagnostic]);
  }
}
