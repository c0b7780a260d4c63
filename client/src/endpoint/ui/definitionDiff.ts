import { type Tab, TabInputTextDiff, type Uri, window } from 'vscode';
import { stringify } from 'yaml';
import type { Json } from '../../../../common/src/metadataApi/document/json.ts';
import type { ShownChange } from '../../../../common/src/metadataApi/plan/question.ts';
import { type Change, showChanges, showDiff } from '../../ui/diff.ts';
import { display } from '../../ui/displayText.ts';
import type { ShownTexts } from '../../ui/shownTexts.ts';

/** What files that define relationships are written in. */
export type FileLanguage = 'yaml' | 'json';

/** The language of a file, by its name. */
export function languageOfFile(path: string): FileLanguage {
  return /\.ya?ml$/i.test(path) ? 'yaml' : 'json';
}

/** A definition as a file of that language would have it. */
export function definitionText(value: Json | undefined, language: FileLanguage): string {
  if (value === undefined) return '';
  return language === 'yaml' ? stringify(value, { lineWidth: 0 }) : `${JSON.stringify(value, null, 2)}\n`;
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
  async show(host: string, changes: readonly ShownChange[], language: FileLanguage): Promise<void> {
    const [first, ...others] = changes.map((change) => ({
      name: change.name,
      isNew: change.now === undefined,
      left: this.#document(host, 'now', change, change.now, language),
      right: this.#document(host, 'after', change, change.after, language),
    }));
    if (first === undefined) return;
    if (others.length === 0) {
      const title = display`${first.name} on ${host}: now ↔ after`;
      await showDiff(first.left, first.right, title, { stays: true });
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

  /** Whether something is still shown. */
  get isOpen(): boolean {
    return this.#tabs().length > 0;
  }

  async close(): Promise<void> {
    await window.tabGroups.close(this.#tabs(), true);
    this.#titles.clear();
    for (const uri of this.#documents) this.#texts.forget(uri);
    this.#documents.clear();
  }

  #tabs(): readonly Tab[] {
    return window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(
        ({ input, label }) =>
          (input instanceof TabInputTextDiff && this.#texts.has(input.modified)) ||
          // VS Code says behind the title how many files they are.
          [...this.#titles].some((title) => label.startsWith(title)),
      );
  }

  #document(
    host: string,
    side: 'now' | 'after',
    { owner, name }: ShownChange,
    value: Json | undefined,
    language: FileLanguage,
  ): Uri {
    const text = definitionText(value, language);
    const uri = this.#texts.uri([host, owner, `${name}.${language}`], text, side);
    this.#documents.add(uri);
    return uri;
  }
}
