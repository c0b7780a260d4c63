import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { packedExtension } from '../../scripts/package.ts';
import { root } from '../../scripts/run.ts';
import { launchBrowser } from '../../scripts/vscode/browser.ts';
import { startVsCodeServer, type VsCodeServer } from '../../scripts/vscode/server.ts';
import { Workbench } from './window/workbench.ts';
import { sampleProject } from './workspaces.ts';

/** What a person sees. The README's pictures are taken here, into `docs/pictures` when that is asked for. */
const { REMOTE_RELATIONSHIPS_PICTURES: asked = 'test-results/pictures' } = process.env;
const pictures = path.join(root, asked);

let home: string;
let server: VsCodeServer;
let browser: Browser;
let workbench: Workbench;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'remote-relationships-window-'));
  server = await startVsCodeServer({
    extensions: [await packedExtension()],
    workspace: await sampleProject(home),
    settings: {
      'workbench.colorTheme': 'Default Light Modern',
      'editor.minimap.enabled': false,
      'editor.fontSize': 14,
      'editor.stickyScroll.enabled': false,
      'breadcrumbs.enabled': false,
    },
  });
  browser = await launchBrowser();
  const page: Page = await browser.newPage({ viewport: { width: 1100, height: 700 } });
  workbench = await Workbench.open(page, server.address);
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
  if (home) await rm(home, { recursive: true, force: true });
});

describe('in the window', () => {
  it('a mistake is underlined and its message shown where the mouse points', async () => {
    await workbench.openFile('public_invoice.yaml');
    await workbench.squiggle();
    await workbench.goTo(30, 1);
    await workbench.hover('reciepts', 'has no query field "reciepts"', 'Quick Fix');
    await workbench.picture(path.join(pictures, 'diagnostic.png'));
    await workbench.leaveHover();
  });

  it('the mistakes are listed among the problems', async () => {
    await workbench.problems('has no query field "reciepts"');
    await workbench.picture(path.join(pictures, 'problems.png'));
    await workbench.closePanel();
  });

  it('the remote fields are offered while typing, and one is inserted with its arguments', async () => {
    await workbench.select('reciepts');
    await workbench.press('Backspace');
    await workbench.suggestions('receipts', 'wallet', 'payments');
    await workbench.picture(path.join(pictures, 'completion.png'));
    await workbench.accept('receipts', 'receipts:');
  });

  it('no request failed on the way', async ({ expect }) => {
    expect(await workbench.complaints()).toEqual([]);
  });
});
