import { describe, expect, it } from 'vitest';
import { projectsRequest } from '../../common/src/protocol.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { wrongText } from './documents.ts';
import { ServerProcess } from './serverProcess.ts';

const lines = wrongText.split('\n');

async function everythingSaid(server: ServerProcess, uri: string): Promise<unknown[]> {
  const said: unknown[] = [...(await server.diagnostics(uri))];
  for (const [line, text] of lines.entries()) {
    const position = { line, character: text.length };
    said.push(...(await server.complete(uri, line, text.length)));
    for (const method of ['textDocument/hover', 'textDocument/definition']) {
      const answer = await server.connection.sendRequest<unknown>(method, {
        textDocument: { uri },
        position,
      });
      if (answer !== null && !(Array.isArray(answer) && answer.length === 0)) said.push(answer);
    }
  }
  return said;
}

describe('silence', () => {
  it.each([
    [
      'an earlier state of a file',
      (folder: TemporaryFolder) => `git:${folder.path}/${customerTable}?ref=HEAD`,
    ],
    [
      'one side of a merge',
      (folder: TemporaryFolder) => `merge-conflict.conflict-diff:${folder.path}/${customerTable}`,
    ],
    [
      'an earlier state, in another editor',
      (folder: TemporaryFolder) => `fugitive://${folder.path}/.git//0/${customerTable}`,
    ],
  ])('of %s, though the file itself is checked', async (_, uriOf) => {
    const folder = new TemporaryFolder({ ...smallProject, [customerTable]: wrongText });
    const server = await ServerProcess.start({ folders: [folder] });
    const uri = uriOf(folder);
    await server.open(uri, wrongText);
    expect(await everythingSaid(server, uri)).toEqual([]);
    expect(await server.codes(folder.uri(customerTable))).toEqual(['unknown-argument']);
  });

  it('of a project of version 3 of Hasura', async () => {
    const relationship = `kind: Relationship
version: v1
definition:
  name: orders
  sourceType: Customer
  target:
    model: { name: Orders, relationshipType: Array }
  mapping:
    - source: { fieldPath: [{ fieldName: id }] }
      target: { modelField: [{ fieldName: customerId }] }
`;
    const files = {
      'hasura.yaml': 'version: v3\n',
      'supergraph.yaml': 'kind: Supergraph\nversion: v2\ndefinition:\n  subgraphs: [app/subgraph.yaml]\n',
      'app/subgraph.yaml':
        'kind: Subgraph\nversion: v2\ndefinition:\n  name: app\n  generator: { rootPath: . }\n',
      'app/metadata/Customer.hml': relationship,
      'app/metadata/orders.yaml': relationship,
    };
    const folder = new TemporaryFolder(files);
    const server = await ServerProcess.start({
      folders: [folder],
      initializationOptions: { statusChanges: false },
    });
    for (const [name, text] of Object.entries(files)) {
      await server.open(folder.uri(name), text);
      expect(await everythingSaid(server, folder.uri(name)), name).toEqual([]);
    }
    expect(await server.connection.sendRequest(projectsRequest.method)).toEqual([]);
    expect(server.shown).toEqual([]);
  });
});
