import { commands, type Disposable, EventEmitter, TabInputTextDiff, Uri, window, workspace } from 'vscode';
import type { Json } from '../../../common/src/metadataApi/json.ts';

const scheme = 'hasura-definition';

/** Definitions side by side in a diff editor: what a server has now, and what it will have. */
export class DefinitionDiff implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #provider = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
  });

  dispose(): void {
    this.#provider.dispose();
    this.#changed.dispose();
  }

  /** `undefined`: not there. The editor that has the focus keeps it. */
  async show(name: string, host: string, now: Json | undefined, after: Json | undefined): Promise<void> {
    const left = this.#document(host, 'now', name, now);
    const right = this.#document(host, 'after', name, after);
    const title = `${name} on ${host}: now ↔ after`;
    await commands.executeCommand('vscode.diff', left, right, title, { preview: true, preserveFocus: true });
  }

  /** One text alone, to be read. */
  async showAlone(name: string, host: string, value: Json): Promise<void> {
    await window.showTextDocument(this.#document(host, 'inconsistent', name, value), { preview: true });
  }

  async close(): Promise<void> {
    const shown = window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof TabInputTextDiff && input.modified.scheme === scheme);
    await window.tabGroups.close(shown, true);
    this.#texts.clear();
  }

  #document(host: string, side: string, name: string, value: Json | undefined): Uri {
    const uri = Uri.from({ scheme, path: `/${host}/${side}/${name}.json` });
    this.#texts.set(uri.toString(), value === undefined ? '' : `${JSON.stringify(value, null, 2)}\n`);
    this.#changed.fire(uri);
    return uri;
  }
}
