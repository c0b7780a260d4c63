import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { workspace } from 'vscode';
import { diagnosticAppears, extension, open, sample, status } from './support.ts';

describe('in Restricted Mode', () => {
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
});
