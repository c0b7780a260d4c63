import { TabInputTextDiff, type Uri, window } from 'vscode';
import type { Json } from '../../../../common/src/metadataApi/document/json.ts';
import type { ShownChange } from '../../../../common/src/metadataApi/plan/question.ts';
import { type Change, showChanges, showDiff } from '../../ui/diff.ts';
import { display } from '../../ui/displayText.ts';
import type { ShownTexts } from './shownTexts.ts';

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
      isNew: change.now === undefined,
      left: this.#document(host, 'now', change, change.now),
      right: this.#document(host, 'after', change, change.after),
    }));
    if (first === undefined) return;
    if (others.length === 0) {
      await showDiff(first.left, first.right, display`${first.name} on ${host}: now ↔ after`);
      return;
    }
    const title = display`${changes.length} relationships on ${host}: now ↔ after`;
    this.#titles.add(title);
    // Without a left side it counts as added.
    const resources = [first, ...others].map(
      ({ isNew, left, right }): Change => [right, isNew ? undefined : left, right],
    );
    await showChanges(title, resources);
  }

  async close(): Promise<void> {
    const shown = window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(
        ({ input, label }) =>
          (input instanceof TabInputTextDiff && this.#texts.has(input.modified)) ||
          // VS Code says behind the title how many files they are.
          [...this.#titles].some((title) => label.startsWith(title)),
      );
    await window.tabGroups.close(shown, true);
    this.#titles.clear();
    for (const uri of this.#documents) this.#texts.forget(uri);
    this.#documents.clear();
  }

  #document(host: string, side: 'now' | 'after', { owner, name }: ShownChange, value: Json | undefined): Uri {
    const text = value === undefined ? '' : `${JSON.stringify(value, null, 2)}\n`;
    const uri = this.#texts.uri([host, owner, `${name}.json`], text, side);
    this.#documents.add(uri);
    return uri;
  }
}
