import {
  commands,
  type Disposable,
  EventEmitter,
  extensions,
  TabInputCustom,
  TabInputText,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { display } from './displayText.ts';

/** VS Code's own for Markdown, and its editor that shows a document as a page. */
const previewExtension = 'vscode.markdown-language-features';
const previewEditor = 'vscode.markdown.preview.editor';

/** Texts to read, in editors that can't be written in; each is forgotten when its tab is closed. */
export class ShownTexts implements Disposable {
  readonly #scheme: string;
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: readonly Disposable[];

  /** `scheme`: of their addresses, and of no others'. */
  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#subscriptions = [
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
      }),
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed)
          if (input instanceof TabInputText || input instanceof TabInputCustom) this.forget(input.uri);
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** The address of a text. The path's last part is its title, and its ending the language; `side` tells two of a path apart. */
  uri(path: readonly string[], text: string, side = ''): Uri {
    const whole = path.map((part) => display(part.replaceAll('/', '∕'))).join('/');
    const uri = Uri.from({ scheme: this.#scheme, path: `/${whole}`, query: side });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  /** The same of a text that a file had, or is to have. */
  uriOfFile({ path }: Uri, text: string, side: string): Uri {
    const parts = path.split('/').filter((part) => part !== '');
    return this.uri(parts, text, side);
  }

  forget(uri: Uri): void {
    this.#texts.delete(uri.toString());
  }

  /** Beside what is there the next one takes its place; elsewhere it must not take that of a file. */
  async show(path: readonly string[], text: string, where: 'here' | 'beside'): Promise<void> {
    const document = await workspace.openTextDocument(this.uri(path, text));
    const beside = where === 'beside';
    const viewColumn = beside ? ViewColumn.Beside : ViewColumn.Active;
    await window.showTextDocument(document, { viewColumn, preview: beside, preserveFocus: beside });
  }

  /**
   * Markdown beside what is there, as a page by VS Code's own preview; as text where that is switched off. The preview makes links, pictures
   * and HTML of what looks like some: the text must have none but our own.
   */
  async showMarkdown(path: readonly string[], text: string): Promise<void> {
    const options = { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: true };
    const isShown =
      extensions.getExtension(previewExtension) !== undefined &&
      (await commands.executeCommand('vscode.openWith', this.uri(path, text), previewEditor, options).then(
        () => true,
        () => false,
      ));
    if (!isShown) await this.show(path, text, 'beside');
  }

  /** True for the address of a text shown here. */
  has({ scheme }: Uri): boolean {
    return scheme === this.#scheme;
  }
}
