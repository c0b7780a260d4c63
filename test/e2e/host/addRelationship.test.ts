import { equal, match } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import { commands, Position, Selection, window } from 'vscode';
import { revert, undo } from './editing.ts';
import { eventually, open, status } from './support.ts';

const file = 'metadata/databases/shop/tables/public_region.yaml';

describe('a relationship that is added', () => {
  afterEach(async () => revert(await open(file)));

  it('takes what is proposed with Enter alone, and is taken back by one Undo', async () => {
    const document = await open(file);
    await status(document.uri);
    const before = document.getText();
    const start = new Position(1, 0);
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(start, start);
    const added = commands.executeCommand('remoteRelationships.addRelationship');
    await eventually(
      () => `a relationship is added to\n${document.getText()}`,
      async () => {
        if (document.getText() !== before) return true;
        // Enter in a list or a box, where there is one; agreed to what is shown, where something is.
        await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        await commands.executeCommand('remoteRelationships.applyShownChange');
        await delay(300);
        return undefined;
      },
    );
    await added;
    match(document.getText(), /^remote_relationships:\n {2}- definition:\n {6}to_remote_schema:\n/m);
    await window.showTextDocument(document);
    await undo();
    await eventually('one Undo takes it back', () => document.getText() === before || undefined);
    equal(document.getText(), before);
  });
});
