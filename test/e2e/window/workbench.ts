/** VS Code's window, by what a person does in it. Every step waits until what it leads to can be seen. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

const timeout = 90_000;

export class Workbench {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async open(page: Page, address: string): Promise<Workbench> {
    page.setDefaultTimeout(timeout);
    await page.goto(address);
    await page.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first().waitFor();
    return new Workbench(page);
  }

  async openFile(name: string): Promise<void> {
    await this.#page.keyboard.press('Control+P');
    await this.#quickInput().waitFor();
    await this.#page.keyboard.type(name);
    await this.#page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
    await this.#page.keyboard.press('Enter');
    await this.#page.locator('.tab.active', { hasText: name }).waitFor();
    await this.#page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** Line and column from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.#page.keyboard.press('Control+G');
    await this.#quickInput().waitFor();
    await this.#page.keyboard.type(`${line}:${column}`);
    await this.#page.keyboard.press('Enter');
    await this.#quickInput().waitFor({ state: 'hidden' });
  }

  async squiggle(): Promise<void> {
    await this.#page.locator('.squiggly-error').first().waitFor();
  }

  /** Points at a word of the editor and waits for a hover with these texts. */
  async hover(word: string, ...texts: readonly string[]): Promise<void> {
    await this.#word(word).hover();
    const hover = this.#page.locator('.monaco-hover:visible');
    for (const text of texts) await hover.filter({ hasText: text }).first().waitFor();
  }

  /** The notifications on the screen that are this extension's. */
  complaints(): Promise<readonly string[]> {
    return this.#page.locator('.notification-list-item', { hasText: 'Remote Relationships' }).allInnerTexts();
  }

  async leaveHover(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.#page.mouse.move(0, 0);
    await this.#page.locator('.monaco-hover:visible').waitFor({ state: 'hidden' });
  }

  async problems(text: string): Promise<void> {
    await this.#page.keyboard.press('Control+Shift+M');
    await this.#page.locator('.markers-panel .monaco-list-row', { hasText: text }).waitFor();
  }

  async closePanel(): Promise<void> {
    await this.#page.keyboard.press('Control+J');
    await this.#page.locator('.markers-panel').waitFor({ state: 'hidden' });
  }

  async select(word: string): Promise<void> {
    await this.#word(word).dblclick();
    await this.#page.locator('.editor-instance .selected-text').first().waitFor();
  }

  async press(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  /** Asks for the completion list and waits until it has these entries. */
  async suggestions(...labels: readonly string[]): Promise<void> {
    await this.#page.keyboard.press('Control+Space');
    for (const label of labels) await this.#suggestion(label).waitFor();
  }

  /** Chooses an entry of the completion list by typing, and waits for what it inserts. */
  async accept(label: string, inserted: string): Promise<void> {
    await this.#page.keyboard.type(label, { delay: 50 });
    await this.#page
      .locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: label })
      .waitFor();
    await this.#page.keyboard.press('Enter');
    await this.#page.locator('.editor-instance .view-line', { hasText: inserted }).waitFor();
  }

  async picture(file: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    await this.#page.screenshot({ path: file });
  }

  #quickInput(): Locator {
    return this.#page.locator('.quick-input-widget:visible');
  }

  #word(word: string): Locator {
    return this.#page.locator('.editor-instance .view-line span span', { hasText: word }).last();
  }

  #suggestion(label: string): Locator {
    return this.#page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label }).first();
  }
}
