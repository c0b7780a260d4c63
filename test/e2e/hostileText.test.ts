import path from 'node:path';
import { afterAll, describe, type ExpectStatic, it } from 'vitest';
import { root } from '../../scripts/run.ts';
import { hostileProject, relationship, sprung, trapped } from './window/hostileProject.ts';
import { HostileServer, page, redirect, refusal } from './window/hostileServer.ts';
import { type TestWindow, testWindow } from './window/testWindow.ts';

/** Names, descriptions and a server's words that would be links, commands, pictures and icons, wherever they are shown. */
const customer = 'customer.yaml';

/** Waits for a text in a part of the window, and looks for what became of the traps in all of it. */
function looking(window: TestWindow) {
  return async (expect: ExpectStatic, selector: string, text: string): Promise<void> => {
    await window.workbench.shows(selector, text);
    await window.workbench.picture(
      path.join(root, `test-results/hostile-${text.replaceAll(/\W+/g, '-')}.png`),
    );
    expect.soft(await window.workbench.elements(sprung)).toEqual([]);
  };
}

const list = '.quick-input-widget';
const notification = '.notification-list-item';
const press = '[press]';

describe('in Restricted Mode', () => {
  const window = testWindow('hostile-restricted', async (home) => ({
    workspace: await hostileProject(home, 'http://127.0.0.1:1'),
    trusted: false,
    webviews: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never', 'editor.minimap.enabled': false },
  }));
  const look = looking(window);

  it('the language status item', async ({ expect }) => {
    await window.workbench.openFile(customer);
    await window.workbench.squiggle();
    await window.workbench.click('[id="status.languageStatus"] a');
    await look(expect, '.hover-language-status', 'unknown: shop');
    await window.workbench.press('Escape');
  });

  it('the list of what is in use', async ({ expect }) => {
    await window.workbench.command('Hasura: Show What Is in Use');
    await look(expect, list, 'ghosts');
    await window.workbench.leaveBox();
  });

  it('hovers and problems', async ({ expect }) => {
    await window.workbench.hover('person', press, 'www.hostile.example');
    await look(expect, '.monaco-hover', 'person(id: ID!)');
    await window.workbench.leaveHover();
    await window.workbench.problems('cards [press]');
    await look(expect, '.markers-panel', 'cards [press]');
    await window.workbench.closePanel();
  });

  it('completion', async ({ expect }) => {
    await window.workbench.select('person');
    await window.workbench.press('Backspace');
    await window.workbench.suggestions('person');
    await window.workbench.press('Control+Space');
    await look(expect, '.suggest-details', 'www.hostile.example');
    await window.workbench.press('Escape');
  });

  it('the roles, in the page that VS Code makes of them', async ({ expect }) => {
    await window.workbench.command('Hasura: Show Roles of Relationships');
    const page = window.workbench.webview();
    const reason = page.getByRole('cell', { name: 'has no permission on remote schema' }).first();
    await reason.filter({ hasText: press }).waitFor();
    await look(expect, '.tab', 'customer roles');
    expect.soft(await page.locator('body').locator('a, img, iframe, .katex, [onclick]').count()).toBe(0);
    await window.workbench.closeEditor('customer roles');
  });

  it('the graph, in its page too', async ({ expect }) => {
    await window.workbench.command('Hasura: Show Graph of Relationships');
    const page = window.workbench.webview();
    await page.getByRole('button', { name: 'relationship cards [press]' }).waitFor();
    await look(expect, '.tab', 'Graph of Relationships');
    expect
      .soft(await page.locator('body').locator('a, img, iframe, [href], [onclick], .codicon').count())
      .toBe(0);
  });
});

describe('in a trusted workspace', () => {
  let server: HostileServer;
  const window = testWindow('hostile', async (home) => {
    server = await HostileServer.start();
    return {
      workspace: await hostileProject(home, server.url),
      settings: { 'editor.minimap.enabled': false },
    };
  });
  const look = looking(window);
  afterAll(() => server?.close());

  it('the endpoint picker shows addresses normalised, and hosts in place of names that look like some', async ({
    expect,
  }) => {
    await window.workbench.openFile(customer);
    await window.workbench.lens('Apply to Hasura');
    await window.workbench.command('Hasura: Choose Endpoint');
    await look(expect, list, `localhost:${new URL(server.url).port} ("prod.example.com")`);
    await look(expect, list, 'broken');
    await window.workbench.pick('Hasura endpoint of hostile', 'server');
    await look(expect, '.statusbar-item', 'server');
  });

  it('the Hasura view', async ({ expect }) => {
    await window.workbench.openView('Hasura');
    await window.workbench.row('relationship cards [press]');
    await look(expect, '.sidebar', 'server');
    await (await window.workbench.row('Compare with Server')).click();
    await window.workbench.message('compared');
    await window.workbench.rowHover('remote schema remote [press]', 'reason');
    await look(expect, '.monaco-hover', 'reason');
  });

  it('the box for the admin secret', async ({ expect }) => {
    server.answers = { get_inconsistent_metadata: refusal(401, trapped('unauthorized')) };
    await window.workbench.command('Hasura: Enter Admin Secret');
    await window.workbench.enter('Admin secret of', 'wrong');
    await look(expect, list, 'unauthorized');
    await window.workbench.leaveBox();
  });

  it.for([
    ['redirect', redirect, 'redirects to'],
    ['page', page, 'login'],
    ['refusal', refusal(400, trapped('refused')), 'refused'],
  ] as const)('a notification about a %s', async ([, answer, text], { expect }) => {
    server.answers = { export_metadata: answer };
    await window.workbench.command('Hasura: Show Inconsistent Metadata');
    await look(expect, notification, text);
    await window.workbench.message(text);
  });

  it('progress', async ({ expect }) => {
    server.answers = { introspect_remote_schema: { ...refusal(400, 'no'), delay: 6000 } };
    await window.workbench.command('Hasura: Pull Schema Snapshots');
    await window.workbench.acceptList('Pull schema snapshots from');
    await look(expect, notification, 'remote');
    await window.workbench.message('Snapshots from');
  });

  it('a list of what the server says', async ({ expect }) => {
    server.answers = {};
    await window.workbench.command('Hasura: Show Inconsistent Metadata');
    await look(expect, list, 'reason');
    await window.workbench.leaveBox();
  });

  it('the title of a box, and what is wrong with what is typed', async ({ expect }) => {
    await window.workbench.goTo(14, 8);
    await window.workbench.command('Hasura: Rename This Relationship on Hasura');
    await look(expect, list, 'New name of cards');
    await window.workbench.type('taken');
    await look(expect, list, 'column "column');
    await window.workbench.leaveBox();
  });

  it('a dialog about errors', async ({ expect }) => {
    await window.workbench.goTo(14, 8);
    await window.workbench.command('Hasura: Apply This Relationship to Hasura');
    await window.workbench.dialogShown(relationship.slice(0, 10));
    await look(expect, '.monaco-dialog-box', 'cards [press]');
    await window.workbench.press('Escape');
  });
});
