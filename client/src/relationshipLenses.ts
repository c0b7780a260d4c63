import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import type { LanguageServer } from './languageServer.ts';

/** What can be done with a relationship, above it. */
export class RelationshipLenses implements CodeLensProvider, Disposable {
  readonly #server: LanguageServer;
  readonly #changed = new EventEmitter<void>();
  readonly #serverChanges: Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(server: LanguageServer) {
    this.#server = server;
    this.#serverChanges = server.onDidChange(() => this.#changed.fire());
  }

  dispose(): void {
    this.#serverChanges.dispose();
    this.#changed.dispose();
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    const wanted = workspace.getConfiguration('remoteRelationships', document).get('codeLens', true);
    if (!wanted || !workspace.isTrusted) return [];
    const relationships = (await this.#server.relationships(document.uri)) ?? [];
    return relationships.flatMap(({ identity, form, range: { start } }) => {
      const at = new Range(start.line, start.character, start.line, start.character);
      const argument = { uri: document.uri.toString(), position: start };
      const lens = (title: string, command: string) =>
        new CodeLens(at, { title, command: `remoteRelationships.${command}`, arguments: [argument] });
      if (identity === null) return [];
      const remove = lens('Delete from Hasura', 'deleteRelationship');
      return form === 'none' ? [remove] : [lens('Apply to Hasura', 'applyRelationship'), remove];
    });
  }
}
