/** What the extension tells and asks, caught on its way to the window, so that tests can read it and answer. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { QuickPickItem, QuickPickOptions } from 'vscode';
import { eventually, extension } from './support.ts';

export interface Shown {
  readonly kind: 'information' | 'warning' | 'error' | 'pick' | 'input';
  readonly text: string;
  /** What stands below it in a dialog. */
  readonly detail: string;
  /** Buttons of a message, items of a list. */
  readonly choices: readonly string[];
  /** What stands beside the items of a list. */
  readonly descriptions?: readonly string[];
}

/** A button, the beginning of an item, or what is typed; `undefined` closes it. */
type Answer = (shown: Shown) => string | undefined;

/** Every message, list and input box since it was made. */
export class Dialogs {
  /** Answers what is asked; nothing is pressed unless a test says so. */
  answer: Answer = () => undefined;
  #shown: Shown[] = [];

  /** To be made before the extension's first command: VS Code gives every extension a `vscode` of its own. */
  constructor() {
    const require = createRequire(path.join(extension().extensionPath, 'dist', 'client.cjs'));
    const { window } = require('vscode') as { window: Record<string, unknown> };
    const message =
      (kind: Shown['kind']) =>
      (text: string, ...rest: unknown[]) =>
        this.#ask({
          kind,
          text,
          detail: rest.map((item) => (item as { detail?: string }).detail ?? '').join(''),
          choices: rest.filter((item) => typeof item === 'string'),
        });
    Object.assign(window, {
      showInformationMessage: message('information'),
      showWarningMessage: message('warning'),
      showErrorMessage: message('error'),
      showQuickPick: async (items: readonly (QuickPickItem | string)[], options: QuickPickOptions) => {
        const labels = items.map((item) => (typeof item === 'string' ? item : item.label));
        const descriptions = items.map((item) => (typeof item === 'string' ? '' : (item.description ?? '')));
        const detail = items.map((item) => (typeof item === 'string' ? '' : (item.detail ?? ''))).join('\n');
        const text = options.title ?? '';
        const chosen = await this.#ask({ kind: 'pick', text, detail, choices: labels, descriptions });
        if (chosen === undefined) return undefined;
        const item = items[labels.findIndex((label) => label.includes(chosen))];
        return options.canPickMany === true ? [item] : item;
      },
      showInputBox: (options: { title: string; prompt: string }) =>
        this.#ask({ kind: 'input', text: `${options.title}: ${options.prompt}`, detail: '', choices: [] }),
    });
  }

  get shown(): readonly Shown[] {
    return this.#shown;
  }

  forget(): void {
    this.#shown = [];
  }

  /** Waits for something whose text matches. */
  async appears(text: RegExp): Promise<Shown> {
    const all = () => this.#shown.map((each) => each.text).join('\n');
    return eventually(
      () => `${text} is among\n${all()}`,
      () => this.#shown.find((each) => text.test(each.text)),
      15,
    );
  }

  #ask(shown: Shown): Promise<string | undefined> {
    this.#shown.push(shown);
    return Promise.resolve(this.answer(shown));
  }
}
