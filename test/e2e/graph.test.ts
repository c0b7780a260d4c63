import { describe, it } from 'vitest';
import { pictureFile, pictureSettings, testWindow } from './window/testWindow.ts';
import { sampleProject } from './workspaces.ts';

/** The graph of relationships as a person uses it, who may have no mouse. */
const window = testWindow(
  'graph',
  async (home) => ({ workspace: await sampleProject(home), settings: pictureSettings, webviews: true }),
  { width: 1300, height: 760 },
);

describe('the graph of relationships', () => {
  it('shows the relationship at the cursor, and what is wrong', async ({ expect }) => {
    const { workbench } = window;
    await workbench.openFile('public_invoice.yaml');
    await workbench.squiggle();
    // Room for the graph.
    await workbench.press('Control+B');
    await workbench.goTo(29, 12);
    await workbench.command('Hasura: Show Graph of Relationships');
    const page = workbench.webview();
    await page.locator('[aria-current=true][aria-label^="relationship receipts"]').waitFor();
    expect(await page.locator('.edge.error').count()).toBeGreaterThan(2);
    await page.getByRole('status').filter({ hasText: 'with errors' }).waitFor();
    // The legend has a line for each kind of line that is drawn.
    const kinds = ['checked', 'error', 'unknown', 'different'];
    for (const kind of kinds) expect(await page.locator(`footer .line.${kind}`).count()).toBe(1);
    // What it leads from and to can be read.
    const seen = await page.locator('svg[role=group]').boundingBox();
    for (const end of ['table invoice', 'remote schema payments']) {
      const box = await page.locator(`.node[aria-label^="${end}"] rect`).boundingBox();
      if (seen === null || box === null) return expect.fail('nothing is drawn');
      expect(box.x).toBeGreaterThan(seen.x);
      expect(box.x + box.width).toBeLessThan(seen.x + seen.width);
      expect(box.height).toBeGreaterThan(30);
    }
    await workbench.picture(pictureFile('graph'));
    await workbench.goTo(20, 12);
    await page.locator('[aria-current=true][aria-label^="relationship payer"]').waitFor();
  });

  it('is searched, and followed by keys to a definition', async ({ expect }) => {
    const { workbench } = window;
    const page = workbench.webview();
    await page.getByRole('searchbox').fill('ticket');
    await page
      .getByRole('status')
      .filter({ hasText: /^\d of \d+ found$/ })
      .waitFor();
    expect(await page.locator('.item.dimmed').count()).toBeGreaterThan(5);
    // An arrowhead takes the color of its line, but not its opacity; a label hides the line below it.
    const styleOf = (selector: string, property: string): Promise<unknown> => {
      const element = `document.querySelector(${JSON.stringify(selector)})`;
      return page.locator('body').evaluate(`getComputedStyle(${element}).${property}`);
    };
    expect(await styleOf('.edge.checked.dimmed path', 'stroke')).not.toBe(
      await styleOf('.edge.checked:not(.dimmed) path', 'stroke'),
    );
    expect(await styleOf('.edge.checked.dimmed path', 'strokeOpacity')).toBe('1');
    const label = '.edge.dimmed[aria-current] rect';
    expect(await styleOf(label, 'fill')).toBe(await styleOf('body', 'backgroundColor'));
    expect(await styleOf(label, 'fillOpacity')).toBe('1');
    await workbench.press('Enter');
    await page.locator('.node:focus[aria-label^="table ticket"]').waitFor();
    // Along the relationship to the customer, whose file that is.
    await workbench.press('ArrowRight');
    await page.locator('.edge:focus[aria-label^="relationship customer from table ticket"]').waitFor();
    await workbench.press('ArrowRight');
    await page.locator('.node:focus[aria-label^="table customer"]').waitFor();
    await workbench.press('Enter');
    await workbench.tab('public_customer.yaml');
    await page.getByRole('searchbox').waitFor();
  });

  it('is there again after the window was loaded again', async ({ expect }) => {
    const { workbench } = window;
    const page = workbench.webview();
    await page.locator('body').evaluate("document.body.className = 'before'");
    await workbench.command('Developer: Reload Window');
    await page.locator('body:not(.before) .node[aria-label^="table ticket"]').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('ticket');
  });

  it('is filtered, and opens as a chart', async ({ expect }) => {
    const { workbench } = window;
    const page = workbench.webview();
    await page.getByRole('searchbox').fill('');
    const before = await page.locator('.node').count();
    await page.getByRole('combobox').selectOption('remote schema people');
    await page.locator('.node[aria-label^="table invoice"]').waitFor({ state: 'detached' });
    expect(await page.locator('.node').count()).toBeLessThan(before);
    await page.getByRole('button', { name: 'Open as Mermaid' }).click();
    await workbench.line('flowchart LR');
  });
});
