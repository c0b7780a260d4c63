import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { type Message, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import { launchBrowser } from '../../scripts/vscode/browser.ts';
import { until } from './channel.ts';
import type { Desk } from './desk.ts';
import { describeEditor, type Editor, type Finding, type Place } from './editor.ts';

/** CodeMirror's client, in a browser. Fixes and other files are left to whoever makes a page with it. */
class CodeMirror implements Editor {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async start(desk: Desk): Promise<CodeMirror> {
    const bundled = build({
      entryPoints: [fileURLToPath(new URL('codeMirrorPage.js', import.meta.url))],
      bundle: true,
      write: false,
    });
    const browser = await launchBrowser();
    const page = await browser.newPage();
    const server = desk.start(path.join(desk.home, 'bin/remote-relationships'), ['--stdio']);
    if (!server.stdin || !server.stdout) throw new Error('The server has no pipes.');
    const writer = new StreamMessageWriter(server.stdin);
    await page.exposeFunction('send', (message: string) => writer.write(JSON.parse(message) as Message));
    await page.setContent('<!doctype html><style>.cm-scroller { height: 500px; overflow: auto }</style>');
    await page.addScriptTag({ content: (await bundled).outputFiles[0]?.text ?? '' });
    new StreamMessageReader(server.stdout).listen((message) => {
      page.evaluate(`receive(${JSON.stringify(JSON.stringify(message))})`).catch(() => {});
    });
    const editor = new CodeMirror(browser, page);
    await editor.#drive('connect', pathToFileURL(desk.samples).href);
    return editor;
  }

  #drive<T>(name: string, ...args: readonly unknown[]): Promise<T> {
    return this.#page.evaluate(`drive(${JSON.stringify(name)}, ${JSON.stringify(args)})`);
  }

  async open(file: string): Promise<void> {
    await this.#drive('open', pathToFileURL(file).href, readFileSync(file, 'utf8'));
  }

  findings = (): Promise<readonly Finding[]> => this.#drive('findings');

  async go({ line, character }: Place): Promise<void> {
    await this.#drive('go', line, character);
  }

  async hover(): Promise<void> {
    const { x, y } = await this.#drive<{ x: number; y: number }>('point');
    await this.#page.mouse.move(x, y);
    await this.#page.mouse.move(x + 1, y);
  }

  hovered = (): Promise<string> => this.#drive('hovered');

  definition = (): Promise<void> => Promise.reject(new Error('It opens no other files.'));

  place = (): Promise<never> => Promise.reject(new Error('It opens no other files.'));

  fix = (): Promise<void> => Promise.reject(new Error('It has no fixes.'));

  text = (): Promise<string> => this.#drive('text');

  async type(text: string): Promise<void> {
    await this.#drive('toEnd');
    await this.#page.keyboard.type(text);
    await until(async () => ((await this.text()).endsWith(text) ? true : undefined), 'it is typed');
    await this.#drive('ask');
  }

  offered = (): Promise<readonly string[]> => this.#drive('offered');

  async choose(label: string): Promise<void> {
    // It takes nothing in the moment the list appears.
    await until(async () => (await this.#drive<boolean>('choose', label)) || undefined, 'it is chosen');
  }

  async end(): Promise<void> {
    await this.#browser.close();
  }
}

describeEditor('CodeMirror', undefined, (desk) => CodeMirror.start(desk), {
  messagesOnly: true,
  without: ['fix', 'definition'],
});
