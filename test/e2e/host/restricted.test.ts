import { deepEqual, equal, ok } from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { ConfigurationTarget, commands, workspace } from 'vscode';
import { Dialogs } from './dialogs.ts';
import { diagnosticAppears, extension, fileUri, graphOpens, open, sample, status } from './support.ts';

describe('in Restricted Mode', () => {
  let dialogs: Dialogs;

  before(() => {
    dialogs = new Dialogs();
  });

  it('the workspace is not trusted', () => {
    equal(workspace.isTrusted, false);
  });

  it('diagnostics are shown', async () => {
    await diagnosticAppears(await open(sample.invoice), 'unknown-remote-field at "reciepts"');
    ok(extension().isActive);
  });

  it('the schemas inside the workspace are in use', async () => {
    const { remoteSchemas } = await status((await open(sample.invoice)).uri);
    equal(remoteSchemas.find(({ name }) => name === 'payments')?.state, 'loaded');
  });

  it('the graph is drawn', async () => {
    const { uri } = await open(sample.invoice);
    await status(uri);
    await graphOpens();
  });

  it('endpoints of the workspace’s own settings do not count', async () => {
    const settings = () => workspace.getConfiguration('remoteRelationships', fileUri(''));
    await settings().update(
      'endpoints',
      { own: { url: 'http://127.0.0.1:1' } },
      ConfigurationTarget.Workspace,
    );
    try {
      deepEqual(settings().get('endpoints'), {});
    } finally {
      await settings().update('endpoints', undefined, ConfigurationTarget.Workspace);
    }
  });

  for (const command of [
    'chooseEndpoint',
    'showInconsistentMetadata',
    'reloadMetadata',
    'applyRelationship',
    'pullSnapshots',
  ]) {
    it(`${command} sends nothing and says why`, async () => {
      await open(sample.customer);
      dialogs.forget();
      dialogs.answer = ({ kind, choices }) => (kind === 'pick' ? choices[0] : undefined);
      await commands.executeCommand(`remoteRelationships.${command}`);
      const { choices } = await dialogs.appears(/^Nothing is sent from an untrusted workspace\.$/);
      deepEqual(choices, ['Manage Workspace Trust']);
    });
  }
});
