import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { commands, window, workspace } from 'vscode';
import { diagnosticAppears, eventually, extension, fileUri, open, sample, status } from './support.ts';

describe('the extension', () => {
  it('is active in a workspace with a Hasura project', async () => {
    await eventually('it is active', () => extension().isActive);
  });

  it('has its commands', async () => {
    const all = await commands.getCommands(true);
    for (const name of ['restartServer', 'showLog', 'showStatus', 'reportProblem']) {
      ok(all.includes(`remoteRelationships.${name}`), name);
    }
  });

  it('says what is in use for a file', async () => {
    const { project, sources, remoteSchemas, problems } = await status((await open(sample.invoice)).uri);
    equal(project?.uri, fileUri('').toString().replace(/\/$/, ''));
    equal(project?.configurationUri, fileUri('remote-relationships.config.json').toString());
    const shop = sources.find(({ name }) => name === 'shop');
    deepEqual([shop?.state, shop?.origin], ['loaded', 'configuration']);
    equal(shop?.uri, fileUri('schema/shop.tables.json').toString());
    ok((shop?.since ?? 0) > 0);
    const people = remoteSchemas.find(({ name }) => name === 'people');
    deepEqual([people?.state, people?.origin], ['loaded', 'convention']);
    deepEqual(problems, [], 'the settings VS Code sends are understood');
  });

  it('says that another file is not Hasura’s', async () => {
    await status((await open(sample.invoice)).uri);
    const answer = await extension().exports.fileStatus((await open('pipeline.yaml')).uri);
    equal(answer?.recognised, false);
  });

  it('begins the text of an issue', async () => {
    await status((await open(sample.invoice)).uri);
    await commands.executeCommand('remoteRelationships.reportProblem');
    const document = window.activeTextEditor?.document;
    deepEqual([document?.languageId, document?.isUntitled], ['markdown', true]);
    const text = document?.getText() ?? '';
    for (const known of [
      `Remote Relationships for Hasura: ${extension().packageJSON.version}`,
      'language server: running',
      'source "shop": loaded, configuration, shop.tables.json',
      '[info] Starting the language server:',
    ]) {
      ok(text.includes(known), known);
    }
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('restarts the server on demand', async () => {
    const document = await open(sample.invoice);
    await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
    await commands.executeCommand('remoteRelationships.restartServer');
    await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
    ok(await status(document.uri));
  });

  it('follows a rule’s severity in the settings', async () => {
    const document = await open(sample.invoice);
    await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
    const settings = workspace.getConfiguration('remoteRelationships', document.uri);
    await settings.update('rules', { 'unknown-remote-field': 'hint' });
    try {
      await eventually('the severity changes', async () => {
        const diagnostic = await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
        return diagnostic.severity === 3;
      });
    } finally {
      await settings.update('rules', undefined);
    }
  });
});
