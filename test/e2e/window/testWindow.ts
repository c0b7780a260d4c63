import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { packedExtension } from '../../../scripts/package.ts';
import { root } from '../../../scripts/run.ts';
import { launchBrowser } from '../../../scripts/vscode/browser.ts';
import { type ServerOptions, startVsCodeServer, type VsCodeServer } from '../../../scripts/vscode/server.ts';
import { serveWebviews } from './webviews.ts';
import { Workbench } from './workbench.ts';

export interface Opening extends Pick<ServerOptions, 'workspace' | 'settings' | 'env' | 'trusted'> {
  /** Pages of extensions are looked at, too. */
  readonly webviews?: boolean;
}

/** A window of VS Code with the packed extension, for all tests of a file. */
export interface TestWindow {
  readonly workbench: Workbench;
  /** Folder for what is opened, removed at the end. */
  readonly home: string;
  readonly server: VsCodeServer;
  /** What the window has written to its console. */
  readonly console: readonly string[];
}

const { REMOTE_RELATIONSHIPS_PICTURES: pictures = 'test-results/pictures' } = process.env;

/** Where a picture for the README goes: into `docs/pictures` when that is asked for. */
export function pictureFile(name: string): string {
  return path.join(root, pictures, `${name}.png`);
}

/** Settings for windows whose pictures are taken. */
export const pictureSettings: Readonly<Record<string, unknown>> = {
  'workbench.colorTheme': 'Default Light Modern',
  'editor.minimap.enabled': false,
  'editor.fontSize': 14,
  'editor.stickyScroll.enabled': false,
  'breadcrumbs.enabled': false,
};

/**
 * Opens a window before the tests of a file and closes it after them. `prepare` gets the folder for what is opened; when a
 * test fails, a picture of the window is left in `test-results`, by the `name`.
 */
export function testWindow(
  name: string,
  prepare: (home: string) => Promise<Opening>,
  viewport = { width: 1200, height: 900 },
): TestWindow {
  let home = '';
  let server: VsCodeServer;
  let browser: Browser | undefined;
  let workbench: Workbench;
  const spoken: string[] = [];

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), `remote-relationships-${name}-`));
    const { webviews = false, ...options } = await prepare(home);
    server = await startVsCodeServer({ extensions: [await packedExtension()], ...options });
    browser = await launchBrowser();
    const permissions = ['clipboard-read', 'clipboard-write'];
    const page = await browser.newPage({ viewport, permissions });
    page.on('console', (message) => spoken.push(message.text()));
    if (webviews) await serveWebviews(page, server.address);
    workbench = await Workbench.open(page, server.address);
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => workbench?.picture(path.join(root, `test-results/${name}.png`)));
  });

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
    if (home) await rm(home, { recursive: true, force: true });
  });

  return {
    console: spoken,
    get workbench() {
      return workbench;
    },
    get home() {
      return home;
    },
    get server() {
      return server;
    },
  };
}
