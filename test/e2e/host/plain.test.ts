import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Position, Range, workspace } from 'vscode';
import { replace } from './editing.ts';
import { diagnosticAppears, eventually, extension, open, ourDiagnostics, status } from './support.ts';

const request = `type: pg_create_remote_relationship
args:
  source: default
  table: users
  name: payments
  definition:
    to_remote_schema:
      remote_schema: payments
      lhs_fields: [id]
      remote_field:
        payments:
          arguments:
            user: $idd
`;

describe('in a workspace without Hasura metadata', () => {
  it('the server is not started by other YAML files', async () => {
    const { uri } = await open('pipeline.yaml');
    await eventually('the extension is active', () => extension().isActive);
    equal(await extension().exports.fileStatus(uri), undefined);
    deepEqual(ourDiagnostics(uri), []);
  });

  it('the server starts when a document becomes metadata, and checks what it can', async () => {
    const document = await workspace.openTextDocument({ language: 'yaml', content: '' });
    await replace(document, new Range(new Position(0, 0), new Position(0, 0)), request);
    await diagnosticAppears(document, 'unlisted-variable at "$idd"');
    ok(await status(document.uri));
  });
});
