import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Disposable,
  type Event,
  Location,
  languages,
  type TextDocumentChangeEvent,
  Uri,
  workspace,
} from 'vscode';
import { localized } from '../../../../common/src/localized.ts';
import { inconsistencyKey } from '../../../../common/src/metadataApi/inconsistency/inconsistencyText.ts';
import type { InconsistentProblem } from '../../../../common/src/metadataApi/inconsistency/inconsistentLocations.ts';
import type { InconsistentObject } from '../../../../common/src/metadataApi/inconsistency/inconsistentObjects.ts';
import { rangeOf } from '../../ui/fileRange.ts';
import { problemsAfterEdit } from './problemsAfterEdit.ts';

/** What a server was just read to hold for inconsistent. */
export interface InconsistencyReport {
  readonly host: string;
  readonly objects: readonly InconsistentObject[];
}

/**
 * What servers hold for inconsistent, among the problems of the files it is written in: until the definition is edited,
 * the server is asked again, or any later reading shows that it is gone.
 */
export class InconsistentProblems implements Disposable {
  readonly #collection = languages.createDiagnosticCollection('remoteRelationships.inconsistent');
  /** By host; the host that was asked last is shown last. */
  readonly #shown = new Map<string, readonly InconsistentProblem[]>();
  readonly #subscriptions: Disposable;

  /** `reports`: what servers say, for whatever purpose they were asked. */
  constructor(reports: Event<InconsistencyReport>) {
    this.#subscriptions = Disposable.from(
      this.#collection,
      workspace.onDidChangeTextDocument((change) => this.#edited(change)),
      reports((report) => this.#reported(report)),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Shows these of a host, in place of what was shown of it. */
  set(host: string, problems: readonly InconsistentProblem[]): void {
    const before = this.#shown.get(host) ?? [];
    if (problems.length === 0) this.#shown.delete(host);
    else this.#shown.set(host, problems);
    for (const uri of new Set([...before, ...problems].map((each) => each.uri))) this.#show(uri);
  }

  #show(uri: string): void {
    const diagnostics = [...this.#shown].flatMap(([host, problems]) =>
      problems.filter((each) => each.uri === uri).map((problem) => diagnosticOf(problem, host)),
    );
    this.#collection.set(Uri.parse(uri), diagnostics);
  }

  #edited({ document, contentChanges }: TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    for (const [host, problems] of contentChanges.length === 0 ? [] : [...this.#shown]) {
      const here = problems.filter((each) => Uri.parse(each.uri).toString() === uri);
      if (here.length === 0) continue;
      const elsewhere = problems.filter((each) => !here.includes(each));
      const left = contentChanges.reduce<readonly InconsistentProblem[]>(problemsAfterEdit, here);
      this.set(host, [...elsewhere, ...left]);
    }
  }

  #reported({ host, objects }: InconsistencyReport): void {
    const problems = this.#shown.get(host);
    if (problems === undefined) return;
    const keys = new Set(objects.map(inconsistencyKey));
    const left = problems.filter(({ key }) => keys.has(key));
    if (left.length < problems.length) this.set(host, left);
  }
}

function diagnosticOf({ range, message, type, related }: InconsistentProblem, host: string): Diagnostic {
  const diagnostic = new Diagnostic(rangeOf(range), message, DiagnosticSeverity.Error);
  diagnostic.source = localized`Hasura at ${host}`;
  diagnostic.code = type;
  diagnostic.relatedInformation = related.map(
    (other) =>
      new DiagnosticRelatedInformation(
        new Location(Uri.parse(other.uri), rangeOf(other.range)),
        other.message,
      ),
  );
  return diagnostic;
}
