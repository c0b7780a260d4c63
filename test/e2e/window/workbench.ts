/** VS Code's window, by what a person does in it. Every step waits until what it leads to can be seen. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';

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
    // The list of files opened before is there first: what is typed must have had its effect.
    await this.#page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
    await this.#page.keyboard.press('Enter');
    await this.tab(name);
    await this.#page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** Line and column from 1. */
  async goTo(line: number, column: number): Promise<void> {
    // What was chosen last may be closing still.
    await this.#quickInput().waitFor({ state: 'hidden' });
    await this.#page.keyboard.press('Control+G');
    await this.#quickInput().waitFor();
    await this.#page.keyboard.type(`${line}:${column}`);
    await this.#page
      .locator('.quick-input-list .monaco-list-row', { hasText: `line ${line}` })
      .first()
      .waitFor();
    await this.#page.keyboard.press('Enter');
    await this.#quickInput().waitFor({ state: 'hidden' });
  }

  /** Closes the list or box that is open. A hover of one of its rows takes the first Escape. */
  async leaveBox(): Promise<void> {
    const box = this.#quickInput();
    for (let tries = 0; tries < 8; tries++) {
      if (await succeeds(box.locator('input:visible').first().press('Escape', { timeout: 5_000 }))) {
        if (await succeeds(box.waitFor({ state: 'hidden', timeout: 2_000 }))) return;
      }
    }
    await box.waitFor({ state: 'hidden' });
  }

  async squiggle(): Promise<void> {
    await this.#page.locator('.squiggly-error').first().waitFor();
  }

  /** Points at a word of the editor and waits for a hover with these texts. */
  async hover(word: string, ...texts: readonly string[]): Promise<void> {
    const hover = this.#page.locator('.monaco-hover:visible');
    const shown = (timeout: number): Promise<unknown> =>
      Promise.all(texts.map((text) => hover.filter({ hasText: text }).first().waitFor({ timeout })));
    // Code lenses that come in meanwhile move the line away from below the pointer: it is pointed at anew.
    for (let tries = 0; tries < 8; tries++) {
      await this.#word(word).hover();
      if (await succeeds(shown(4_000))) return;
      await this.#page.mouse.move(0, 0);
    }
    await this.#word(word).hover();
    await shown(30_000);
  }

  /** What the messages on the screen say that have this in them. */
  messages(says: string): Promise<readonly string[]> {
    return this.#page.locator('.notification-list-item', { hasText: says }).allInnerTexts();
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

  /** Opens the list of problems, which must be closed, and waits for one with this text. */
  async problems(text: string): Promise<void> {
    await this.#page.keyboard.press('Control+Shift+M');
    await this.problemShown(text);
  }

  /** The same where there are so many that not all are on the screen. */
  async problemAmongMany(text: string): Promise<void> {
    await this.#page.keyboard.press('Control+Shift+M');
    const filter = this.#page
      .locator('.markers-panel-action-filter-container input, .viewpane-filter input')
      .first();
    await filter.fill(text);
    await this.#page.locator('.markers-panel .monaco-list-row', { hasText: text }).first().waitFor();
    await filter.fill('');
  }

  /** Waits until the list of problems is open and shows this. */
  async problemShown(text: string): Promise<void> {
    await this.#page.locator('.markers-panel .monaco-list-row', { hasText: text }).first().waitFor();
  }

  async closePanel(): Promise<void> {
    await this.#page.keyboard.press('Control+J');
    await this.#page.locator('.markers-panel').waitFor({ state: 'hidden' });
  }

  async select(word: string): Promise<void> {
    const selected = this.#page.locator('.editor-instance .selected-text').first();
    // While the window is laid out anew the word moves away from the mouse.
    for (let tries = 0; ; tries++) {
      await this.#word(word).dblclick();
      if (await succeeds(selected.waitFor({ timeout: 5_000 }))) return;
      if (tries === 6) throw new Error(`"${word}" is not selected.`);
    }
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** One key after the other, with a pause of so many milliseconds. */
  async typeSlowly(text: string, delay: number): Promise<void> {
    await this.#page.keyboard.type(text, { delay });
  }

  /** In an empty file: waits until brackets that are opened are closed, which a language needs some time for. */
  async bracketsClose(): Promise<void> {
    const closed = this.#page.locator('.editor-instance .view-line', { hasText: '{}' });
    const open = this.#page.locator('.editor-instance .view-line', { hasText: '{' });
    for (let isClosed = false; !isClosed; ) {
      await this.#page.keyboard.type('{');
      await open.first().waitFor();
      isClosed = (await closed.count()) > 0;
      await this.#page.keyboard.press('Backspace');
      await open.first().waitFor({ state: 'detached' });
    }
  }

  async noSuggestions(): Promise<void> {
    await this.#page.locator('.suggest-widget.visible').waitFor({ state: 'detached' });
  }

  /** Waits until no editor has unsaved changes. */
  async saved(): Promise<void> {
    await this.#page.locator('.tab.dirty').waitFor({ state: 'detached' });
  }

  async press(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  /** Begins a line. A bracket is only closed by the editor once it has drawn the lines before. */
  async breakLine(): Promise<void> {
    await this.#page.keyboard.press('Enter');
    await this.#page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    );
  }

  /** Asks for the completion list and waits until it has these entries. */
  async suggestions(...labels: readonly string[]): Promise<void> {
    await this.#page.keyboard.press('Control+Space');
    for (const label of labels) await this.#suggestion(label).waitFor();
  }

  /** Waits until a list that opened by itself has this entry. */
  async suggested(label: string): Promise<void> {
    await this.#suggestion(label).waitFor();
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

  /** Runs a command by its title in the palette. */
  async command(title: string): Promise<void> {
    const row = this.#page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    // It has what can be done at the moment it opens: what comes a moment later is in the next one.
    for (let opened = 1; ; opened++) {
      await this.#page.keyboard.press('F1');
      await this.#quickInput().waitFor();
      await this.#page.keyboard.type(title);
      if (await succeeds(row.waitFor({ timeout: 15_000 }))) break;
      if (opened === 4) throw new Error(`The palette has no command "${title}".`);
      await this.#page.keyboard.press('Escape');
    }
    await this.#page.keyboard.press('Enter');
  }

  /** Chooses an entry of a list that a command shows under this title. */
  async pick(title: string, label: string | RegExp): Promise<void> {
    await this.#quickInput().filter({ hasText: title }).waitFor();
    // Where it rests, a row tells its detail in a hover over the next one.
    await this.#page.mouse.move(0, 0);
    await this.#page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
  }

  /** Takes what is selected in a list of which several entries can be chosen. */
  async acceptList(title: string): Promise<void> {
    const list = this.#quickInput().filter({ hasText: title });
    await list.waitFor();
    await list.locator('.monaco-list-row').first().waitFor();
    await this.#page.keyboard.press('Enter');
    await list.waitFor({ state: 'hidden' });
  }

  /** Answers a box that says this. */
  async enter(says: string, text: string): Promise<void> {
    const box = this.#quickInput().filter({ hasText: says });
    await box.waitFor();
    const input = box.locator('input').first();
    // A box is used again for the next question, which empties it once more.
    do {
      await input.fill(text);
      await this.#page.waitForTimeout(200);
    } while ((await input.inputValue()) !== text);
    await this.#page.keyboard.press('Enter');
  }

  /** The kind of input of the box that says this: `password` where the text is not to be read. */
  inputType(says: string): Promise<string | null> {
    return this.#quickInput().filter({ hasText: says }).locator('input:visible').first().getAttribute('type');
  }

  /** Waits until a message that says this is on the screen. */
  async messageShown(says: string): Promise<void> {
    await this.#page.locator('.notification-list-item:visible', { hasText: says }).first().waitFor();
  }

  /** Chooses a file by its path in a dialog for that. */
  async chooseFile(title: string, file: string): Promise<void> {
    const dialog = this.#quickInput().filter({ hasText: title });
    await dialog.waitFor();
    // As long as it reads a folder it takes no answer.
    for (let tries = 0; tries < 20; tries++) {
      await dialog
        .locator('input')
        .first()
        .fill(file, { timeout: 5_000 })
        .catch(() => undefined);
      await this.#page.keyboard.press('Enter');
      if (await succeeds(dialog.waitFor({ state: 'hidden', timeout: 5_000 }))) return;
    }
    throw new Error(`The dialog takes no ${file}.`);
  }

  /** Waits for a message, on the screen or behind the bell; presses its button, or else puts it away. */
  async message(says: string, button?: string): Promise<void> {
    const message = this.#page.locator('.notification-list-item:visible', { hasText: says }).first();
    const answer = () =>
      button === undefined
        ? // It is drawn only where the mouse is.
          message.locator('.codicon-notifications-clear').dispatchEvent('click', {}, { timeout: 5000 })
        : message.locator('.monaco-button', { hasText: button }).first().click({ timeout: 5000 });
    // It hides itself after a while, at any moment.
    for (let tries = 0; ; tries++) {
      const isShown = await succeeds(message.waitFor({ timeout: 5000 }));
      if (isShown && (await succeeds(answer()))) break;
      if (tries === 12) throw new Error(`No message says "${says}", or it has no button "${button}".`);
      if (!isShown) await this.#page.locator('[id="status.notifications"] a').click();
    }
    await message.waitFor({ state: 'hidden' });
  }

  /** Waits for a dialog that says this. */
  async dialogShown(says: string): Promise<void> {
    await this.#page.locator('.monaco-dialog-box', { hasText: says }).waitFor();
  }

  /** Presses a button of a dialog that says this. */
  async dialog(says: string, button: string): Promise<void> {
    const dialog = this.#page.locator('.monaco-dialog-box', { hasText: says });
    await dialog.waitFor();
    await dialog.locator('.monaco-button', { hasText: button }).first().click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Waits until the walkthrough is open, with this step, and the picture beside it. */
  async walkthrough(step: string): Promise<void> {
    await this.#page.locator('.gettingStartedContainer', { hasText: step }).waitFor();
    await this.#page.locator('.gettingStartedContainer .getting-started-media img').first().waitFor();
  }

  /** Lists the places of the name at the cursor, and waits until these files are among them. */
  async references(...files: readonly string[]): Promise<void> {
    await this.#page.keyboard.press('Shift+F12');
    const list = this.#page.locator('.reference-zone-widget .ref-tree');
    for (const file of files) await list.locator('.monaco-list-row', { hasText: file }).first().waitFor();
    await this.#page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
  }

  /** What stands above the list of places that is open, which is closed. */
  async listed(): Promise<string> {
    const meta = this.#page.locator('.reference-zone-widget .peekview-title .meta');
    await meta.filter({ hasText: /\d/ }).waitFor();
    const text = await meta.innerText();
    await this.#page.keyboard.press('Escape');
    await meta.waitFor({ state: 'hidden' });
    return text;
  }

  /** Gives the name at the cursor another one, agrees to what the dialog says, looks at the preview, and applies it. */
  async renameWithPreview(from: string, to: string, says: string): Promise<void> {
    await this.#page.keyboard.press('F2');
    const box = this.#page.locator('.rename-box input');
    await box.fill(to);
    await box.press('Control+Enter');
    await this.dialog(says, 'Rename');
    const preview = this.#page.locator('.bulk-edit-panel');
    await preview.locator('.monaco-list-row', { hasText: from }).first().waitFor();
    await preview.locator('.monaco-button', { hasText: 'Apply' }).first().click();
    await preview.waitFor({ state: 'hidden' });
    await this.line(to);
  }

  /** Waits until a list with this title has entries. */
  async listShown(title: string): Promise<void> {
    const list = this.#quickInput().filter({ hasText: title });
    await list.locator('.monaco-list-row').first().waitFor();
  }

  /** Answers a list or box with this title by keys alone: types, and takes what is selected with Enter. */
  async typeIn(title: string, text: string): Promise<void> {
    const input = this.#quickInput().filter({ hasText: title });
    await input.waitFor();
    await this.#page.keyboard.type(text);
    if (text !== '') await input.locator('.monaco-list-row.focused', { hasText: text }).first().waitFor();
    await this.#page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Waits until two texts are shown side by side. */
  async diff(title: string): Promise<void> {
    await this.#page.locator('.tab', { hasText: title }).waitFor();
  }

  /** Presses a button in the title of the editor in front. */
  async editorAction(title: string): Promise<void> {
    const button = this.#page.locator('.editor-group-container.active .editor-actions .action-label', {
      hasText: title,
    });
    await button.first().click();
  }

  /** Waits until a line of an editor has this text. */
  async line(text: string): Promise<void> {
    await this.#page.locator('.editor-instance .view-line', { hasText: text }).first().waitFor();
  }

  /** Waits until an editor of this title is in front. */
  async tab(title: string): Promise<void> {
    await this.#page.locator('.tab.active', { hasText: title }).waitFor();
  }

  /** Waits until an editor of this title is shown, whichever is in front. */
  async tabBeside(title: string): Promise<void> {
    await this.#page.locator('.tab', { hasText: title }).waitFor();
  }

  async closeEditor(title: string): Promise<void> {
    const tab = this.#page.locator('.tab', { hasText: title });
    await tab.locator('.tab-actions a').click();
    await tab.waitFor({ state: 'detached' });
  }

  async closedTab(title: string): Promise<void> {
    await this.#page.locator('.tab', { hasText: title }).waitFor({ state: 'detached' });
  }

  async statusBar(text: string): Promise<void> {
    await this.#page.locator('.statusbar-item', { hasText: text }).first().waitFor();
  }

  async noStatusBar(text: string): Promise<void> {
    await this.#page.locator('.statusbar-item', { hasText: text }).first().waitFor({ state: 'detached' });
  }

  async lens(title: string): Promise<void> {
    await this.#page.locator('.codelens-decoration a', { hasText: title }).first().waitFor();
  }

  async pressLens(title: string, occurrence: number): Promise<void> {
    await this.#page.locator('.codelens-decoration a', { hasText: title }).nth(occurrence).click();
  }

  /** Opens the view of an icon of the activity bar. */
  async openView(title: string): Promise<void> {
    await this.#page
      .locator('.activitybar .action-item a', { hasText: '' })
      .and(this.#page.getByLabel(title))
      .first()
      .click();
    await this.#page.locator('.sidebar .composite.title', { hasText: title }).waitFor();
  }

  /** Presses a button of a view that has nothing else to show. */
  async pressWelcome(says: string, button: string): Promise<void> {
    const welcome = this.#page.locator('.sidebar .welcome-view:visible', { hasText: says });
    await welcome.locator('.monaco-button', { hasText: button }).click();
  }

  /** Waits for a row of the view in the side bar, by what a screen reader says of it. */
  async row(spoken: string): Promise<Locator> {
    const row = this.#page.locator(`.sidebar .monaco-list-row[aria-label^="${spoken}"]`).first();
    await row.waitFor();
    return row;
  }

  /** What a screen reader says of the rows of the view in the side bar. */
  rows(): Promise<readonly string[]> {
    return this.#page
      .locator('.sidebar .monaco-list-row')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  }

  async noRow(spoken: string): Promise<void> {
    await this.#page
      .locator(`.sidebar .monaco-list-row[aria-label^="${spoken}"]`)
      .first()
      .waitFor({ state: 'detached' });
  }

  /** Chooses from the context menu of a row. */
  async rowMenu(spoken: string, title: string): Promise<void> {
    await (await this.row(spoken)).click({ button: 'right' });
    const item = this.#page.locator('.monaco-menu .action-item', { hasText: title }).first();
    // A menu that has just opened takes no click yet; a key it does.
    await item.hover();
    await this.#page.keyboard.press('Enter');
    await item.waitFor({ state: 'hidden' });
  }

  async titleAction(title: string): Promise<void> {
    await this.#page.locator(`.sidebar .title-actions a[aria-label="${title}"]`).first().click();
  }

  /** The number on an icon of the activity bar. */
  async badge(title: string, text: string): Promise<void> {
    const item = this.#page.locator('.activitybar .action-item', { has: this.#page.getByLabel(title) });
    await item.locator('.badge-content', { hasText: text }).first().waitFor();
  }

  /** Waits until no message is on the screen. */
  async quiet(): Promise<void> {
    await this.#page.locator('.notification-toast:visible').first().waitFor({ state: 'hidden' });
  }

  /** Waits until a part of the window, by its selector, shows a text. */
  async shows(selector: string, text: string): Promise<void> {
    await this.#page.locator(`${selector}:visible`, { hasText: text }).first().waitFor();
  }

  async click(selector: string): Promise<void> {
    await this.#page.locator(`${selector}:visible`).first().click();
  }

  /** Points at a row of the view in the side bar, and waits for the hover with this text. */
  async rowHover(spoken: string, text: string): Promise<void> {
    await (await this.row(spoken)).hover();
    await this.shows('.monaco-hover', text);
  }

  /** The elements that one of the selectors finds, as HTML. */
  elements(selectors: readonly string[]): Promise<readonly string[]> {
    return this.#page.locator(selectors.join()).evaluateAll((found) => found.map((each) => each.outerHTML));
  }

  /** What the page of an extension in front has. */
  webview(): FrameLocator {
    return this.#page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  async picture(file: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    await this.#page.screenshot({ path: file });
  }

  /** A picture of the last part of the window that a selector finds: of its upper end, so many pixels high at most. */
  async pictureOf(selector: string, file: string, height = Number.POSITIVE_INFINITY): Promise<void> {
    const box = await this.#page.locator(`${selector}:visible`).last().boundingBox();
    if (box === null) throw new Error(`Nothing is shown for ${selector}.`);
    await mkdir(path.dirname(file), { recursive: true });
    await this.#page.screenshot({ path: file, clip: { ...box, height: Math.min(box.height, height) } });
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

function succeeds(step: Promise<unknown>): Promise<boolean> {
  return step.then(
    () => true,
    () => false,
  );
}
