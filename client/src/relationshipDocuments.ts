import { Disposable, TabInputCustom, TabInputText, type TextDocument, Uri, window, workspace } from 'vscode';
import { localized } from '../../common/src/localized.ts';
import {
  publishedSchemaRequest,
  type RelationshipsParams,
  rolesTableRequest,
  type TextPosition,
} from '../../common/src/protocol.ts';
import type { LanguageServerClient } from './languageServerClient.ts';
import { display } from './ui/displayText.ts';
import { tell } from './ui/messages.ts';
import { ShownTexts } from './ui/shownTexts.ts';

type Server = Pick<LanguageServerClient, 'ask' | 'onDidChange'>;

/** What can be shown about relationships: by the end of its title, what asks for it. */
const kinds = {
  published: {
    title: (name: string) => localized`${name} published`,
    ending: 'graphql',
    ask: async (server: Server, params: RelationshipsParams) => {
      const found = await server.ask(publishedSchemaRequest, params);
      return found && (found.map(({ text }) => text).join('\n') || undefined);
    },
  },
  roles: {
    title: (name: string) => localized`${name} roles`,
    ending: 'md',
    ask: async (server: Server, params: RelationshipsParams) =>
      (await server.ask(rolesTableRequest, params)) ?? undefined,
  },
} as const;

type Kind = keyof typeof kinds;

interface Shown {
  readonly kind: Kind;
  readonly source: Uri;
  readonly path: readonly string[];
  /** Where the relationship is that is shown; the cursor moves it. */
  position: TextPosition | undefined;
}

/** From the last edit, or move of the cursor, to what is shown of it. */
const delay = 200;

/** Read-only documents beside a file that say something about its relationships, and follow its edits and the cursor. */
export class RelationshipDocuments implements Disposable {
  readonly #server: Server;
  readonly #texts = new ShownTexts('hasura-preview');
  /** By their addresses. */
  readonly #shown = new Map<string, Shown>();
  readonly #subscriptions: Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(server: Server) {
    this.#server = server;
    this.#subscriptions = Disposable.from(
      this.#texts,
      server.onDidChange(() => this.#later()),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#about(document).length > 0) this.#later();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor: { document }, selections }) => {
        const about = this.#about(document);
        for (const shown of about) shown.position = positionOf(selections[0]?.active);
        if (about.length > 0) this.#later();
      }),
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed)
          if (input instanceof TabInputText || input instanceof TabInputCustom)
            this.#shown.delete(input.uri.toString());
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  /** `argument`: what a lens or the view gives; else it is about the relationship at the cursor, or all of the file. */
  async show(kind: Kind, argument?: unknown): Promise<void> {
    const editor = window.activeTextEditor;
    const given = isPlace(argument) ? argument : undefined;
    const source = given ? Uri.parse(given.uri) : editor?.document.uri;
    if (source === undefined) {
      tell('information', display`Open a file with remote relationships first.`);
      return;
    }
    const parts = source.path.split('/').filter((part) => part !== '');
    const name = (parts.pop() ?? '').replace(/\.\w+$/, '');
    const { title, ending } = kinds[kind];
    const shown: Shown = {
      kind,
      source,
      path: [...parts, `${title(name)}.${ending}`],
      position: given?.position ?? positionOf(editor?.selection.active),
    };
    const text = await this.#textOf(shown);
    if (text === undefined) {
      tell(
        'information',
        display`This file has no remote relationships, or the language server does not run.`,
      );
      return;
    }
    this.#shown.set(this.#texts.uri(shown.path, text).toString(), shown);
    if (ending === 'md') await this.#texts.showMarkdown(shown.path, text);
    else await this.#texts.show(shown.path, text, 'beside');
  }

  /** Of the relationship at the cursor; where it is in none, of all. */
  async #textOf({ kind, source, position }: Shown): Promise<string | undefined> {
    const { ask } = kinds[kind];
    const uri = source.toString();
    if (position === undefined || kind !== 'published') return ask(this.#server, { uri });
    return (await ask(this.#server, { uri, position })) ?? ask(this.#server, { uri });
  }

  #about({ uri }: TextDocument): readonly Shown[] {
    if (this.#shown.size === 0) return [];
    return [...this.#shown.values()].filter(({ source }) => source.toString() === uri.toString());
  }

  #later(): void {
    clearTimeout(this.#timer);
    if (this.#shown.size > 0) this.#timer = setTimeout(() => void this.#update(), delay);
  }

  /** What can't be asked for just now stays as it is. */
  async #update(): Promise<void> {
    for (const [address, shown] of this.#shown) {
      const text = await this.#textOf(shown).catch(() => undefined);
      if (text !== undefined && this.#shown.has(address)) this.#texts.uri(shown.path, text);
    }
  }
}

function positionOf(position: TextPosition | undefined): TextPosition | undefined {
  return position && { line: position.line, character: position.character };
}

function isPlace(value: unknown): value is { readonly uri: string; readonly position: TextPosition } {
  return typeof value === 'object' && value !== null && 'uri' in value && 'position' in value;
}
