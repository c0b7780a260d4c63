import {
  type CancellationToken,
  type CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  type TextDocument,
  workspace,
} from 'vscode';
import {
  type PositionRange,
  relationshipsRequest,
  requestsRequest,
  type TextPosition,
} from '../../common/src/protocol.ts';
import type { LanguageServerClient } from './languageServerClient.ts';
import { codeLens } from './ui/codeLens.ts';
import { type DisplayText, display } from './ui/displayText.ts';

/** What can be done with a relationship or a request, above it. */
export class RelationshipLenses implements CodeLensProvider, Disposable {
  readonly #server: Pick<LanguageServerClient, 'ask' | 'onDidChange'>;
  readonly #changed = new EventEmitter<void>();
  readonly #serverChanges: Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(server: Pick<LanguageServerClient, 'ask' | 'onDidChange'>) {
    this.#server = server;
    this.#serverChanges = server.onDidChange(() => this.#changed.fire());
  }

  dispose(): void {
    this.#serverChanges.dispose();
    this.#changed.dispose();
  }

  async provideCodeLenses(document: TextDocument, token: CancellationToken): Promise<CodeLens[]> {
    try {
      return token.isCancellationRequested ? [] : await this.#lenses(document, token);
    } catch (error) {
      if (token.isCancellationRequested) return [];
      throw error;
    }
  }

  async #lenses(document: TextDocument, token: CancellationToken): Promise<CodeLens[]> {
    const uri = document.uri.toString();
    const wanted = workspace.getConfiguration('remoteRelationships', document).get('codeLens', true);
    if (!wanted || !workspace.isTrusted) return [];
    const lens = ({ line, character }: TextPosition, title: DisplayText, command: string) =>
      codeLens(
        { line, character },
        {
          title,
          command: `remoteRelationships.${command}`,
          arguments: [{ uri, position: { line, character } }],
        },
      );
    const [relationships = [], requests = []] = await Promise.all([
      this.#server.ask(relationshipsRequest, { uri }, token),
      this.#server.ask(requestsRequest, { uri }, token),
    ]);
    return [
      ...requests.map(({ range: { start } }) => lens(start, display`Send to Hasura`, 'sendRequest')),
      ...relationships.flatMap(({ identity, form, range: { start } }) => {
        // A request is sent as it stands: what it would change has no lens of its own.
        const isRequested = requests.some(({ range }) => isIn(start, range));
        if (identity === null || isRequested) return [];
        const remove = lens(start, display`Delete from Hasura`, 'deleteRelationship');
        if (form === 'none') return [remove];
        return [
          lens(start, display`Apply to Hasura`, 'applyRelationship'),
          remove,
          lens(start, display`Roles`, 'showRoles'),
        ];
      }),
    ];
  }
}

function isIn({ line, character }: TextPosition, { start, end }: PositionRange): boolean {
  const isAfter = line > start.line || (line === start.line && character >= start.character);
  return isAfter && (line < end.line || (line === end.line && character <= end.character));
}
