import { type Disposable, EventEmitter, TabInputText, Uri, type ViewColumn, window, workspace } from 'vscode';

const scheme = 'hasura';

/** Texts to read, in editors that can't be written in; each is forgotten when its tab is closed. */
export class ShownTexts implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions = [
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
    }),
    window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const { input } of closed) if (input instanceof TabInputText) this.forget(input.uri);
    }),
  ];

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** The address of a text. The path's last part is its title, and its ending the language. */
  uri(path: readonly string[], text: string): Uri {
    const uri = Uri.from({ scheme, path: `/${path.map((part) => part.replaceAll('/', '∕')).join('/')}` });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  forget(uri: Uri): void {
    this.#texts.delete(uri.toString());
  }

  async show(path: readonly string[], text: string, viewColumn: ViewColumn): Promise<void> {
    const document = await workspace.openTextDocument(this.uri(path, text));
    await window.showTextDocument(document, { viewColumn, preview: true, preserveFocus: true });
  }

  /** True for the address of a text shown here. */
  has({ scheme: other }: Uri): boolean {
    return other === scheme;
  }
}
