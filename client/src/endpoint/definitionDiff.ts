import { commands, TabInputTextDiff, type Uri, window } from 'vscode';
import type { Json } from '../../../common/src/metadataApi/json.ts';
import type { ShownTexts } from './shownTexts.ts';

/** A definition that a server has, and the one it will have; `undefined`: not there. */
export interface ShownChange {
  readonly name: string;
  /** Whose relationship it is: names alone may be the same. */
  readonly owner: string;
  readonly now: Json | undefined;
  readonly after: Json | undefined;
}

/** Definitions side by side in a diff editor: what a server has now, and what it will have. */
export class DefinitionDiff {
  readonly #texts: ShownTexts;
  /** Titles of editors for several changes: VS Code doesn't say what is in them. */
  readonly #titles = new Set<string>();
  readonly #documents = new Set<Uri>();

  constructor(texts: ShownTexts) {
    this.#texts = texts;
  }

  /** One beside the other, or a list of them. The editor that has the focus keeps it. */
  async show(host: string, changes: readonly ShownChange[]): Promise<void> {
    const [first, ...others] = changes.map((change) => ({
      name: change.name,
      left: this.#document(host, 'now', change, change.now),
      right: this.#document(host, 'after', change, change.after),
    }));
    if (first === undefined) return;
    if (others.length === 0) {
      const title = `${first.name} on ${host}: now ↔ after`;
      const options = { preview: true, preserveFocus: true };
      await commands.executeCommand('vscode.diff', first.left, first.right, title, options);
      return;
    }
    const title = `${changes.length} relationships on ${host}: now ↔ after`;
    this.#titles.add(title);
    const resources = [first, ...others].map(({ left, right }) => [right, left, right]);
    await commands.executeCommand('vscode.changes', title, resources);
  }

  async close(): Promise<void> {
    const shown = window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(
        ({ input, label }) =>
          (input instanceof TabInputTextDiff && this.#texts.has(input.modified)) || this.#titles.has(label),
      );
    await window.tabGroups.close(shown, true);
    this.#titles.clear();
    for (const uri of this.#documents) this.#texts.forget(uri);
    this.#documents.clear();
  }

  #document(host: string, side: string, { owner, name }: ShownChange, value: Json | undefined): Uri {
    const text = value === undefined ? '' : `${JSON.stringify(value, null, 2)}\n`;
    const uri = this.#texts.uri([host, side, owner, `${name}.json`], text);
    this.#documents.add(uri);
    return uri;
  }
}
