import { describe, it } from 'vitest';
import { pictureFile, pictureSettings, testWindow } from './window/testWindow.ts';
import { sampleProject } from './workspaces.ts';

/** What a person sees while writing. The README's pictures of it are taken here. */
const window = testWindow(
  'window',
  async (home) => ({ workspace: await sampleProject(home), settings: pictureSettings }),
  { width: 1100, height: 700 },
);

describe('in the window', () => {
  it('a mistake is underlined and its message shown where the mouse points', async () => {
    await window.workbench.openFile('public_invoice.yaml');
    await window.workbench.squiggle();
    await window.workbench.goTo(30, 1);
    await window.workbench.hover('reciepts', 'has no query field "reciepts"', 'Quick Fix');
    await window.workbench.picture(pictureFile('diagnostic'));
    await window.workbench.leaveHover();
  });

  it('the mistakes are listed among the problems', async () => {
    await window.workbench.problems('has no query field "reciepts"');
    await window.workbench.picture(pictureFile('problems'));
    await window.workbench.closePanel();
  });

  it('the remote fields are offered while typing, and one is inserted with its arguments', async () => {
    await window.workbench.select('reciepts');
    await window.workbench.press('Backspace');
    await window.workbench.suggestions('receipts', 'wallet', 'payments');
    await window.workbench.picture(pictureFile('completion'));
    await window.workbench.accept('receipts', 'receipts:');
  });

  it('no request failed on the way', async ({ expect }) => {
    expect(await window.workbench.complaints()).toEqual([]);
  });
});
