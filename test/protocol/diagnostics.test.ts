import { describe, expect, it } from 'vitest';
import type { WorkspaceDiagnosticReport } from 'vscode-languageserver-protocol';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { pushing } from './capabilities.ts';
import { text, wrongText } from './documents.ts';
import { ServerProcess } from './serverProcess.ts';

describe('diagnostics are pulled', () => {
  it('on opening, after edits, and nothing is sent twice', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(uri, wrongText);
    const first = await server.pull(uri);
    expect(first).toMatchObject({ kind: 'full', items: [{ code: 'unknown-argument' }] });
    expect(await server.pull(uri, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });

    const at = { line: 9, character: 43 };
    await server.change(uri, 2, { range: { start: at, end: at }, text: 'x' });
    const second = await server.pull(uri, first.resultId);
    expect(second).toMatchObject({
      kind: 'full',
      items: [
        {
          code: 'unknown-argument',
          severity: 1,
          source: 'remote-relationships',
          range: { start: { line: 9, character: 41 }, end: { line: 9, character: 45 } },
          message: expect.stringMatching(/\nHasura: .*argument with name "idxd" not found/),
          codeDescription: { href: expect.stringMatching(/\/docs\/rules\/unknown-argument\.md$/) },
          data: { serverMessage: expect.stringContaining('"idxd"') },
          relatedInformation: [{ location: { uri: folder.uri('schema/people.graphql') } }],
        },
      ],
    });
    await server.change(uri, 3, { text });
    expect(await server.codes(uri)).toEqual([]);
    expect(server.pushed).toEqual([]);
  });

  it('of half-written text, cut off anywhere, without a word in the log', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(uri, '');
    for (let end = 0; end <= text.length; end += 7) {
      await server.change(uri, end + 2, { text: text.slice(0, end) });
      await server.diagnostics(uri);
      const lines = text.slice(0, end).split('\n');
      await server.complete(uri, lines.length - 1, lines.at(-1)?.length ?? 0);
    }
    expect(server.logged).toEqual([]);
  });

  it('a request that is cancelled is answered as such', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(folder.uri(customerTable), text);
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
    const source = new CancellationTokenSource();
    const asked = server.connection.sendRequest(
      'textDocument/completion',
      { textDocument: { uri: folder.uri(customerTable) }, position: { line: 9, character: 30 } },
      source.token,
    );
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: -32800 });
    expect(await server.codes(folder.uri(customerTable))).toEqual([]);
  });

  it('for the whole workspace: files of projects and open documents', async () => {
    const folder = new TemporaryFolder({
      ...smallProject,
      [customerTable]: wrongText,
      'schema/people.graphql': `${smallProject['schema/people.graphql']}type {\n`,
      'other.yaml': 'a: [\n',
    });
    const server = await ServerProcess.start({ folders: [folder] });
    const { items } = await server.workspaceDiagnostics();
    expect(items.map(({ uri }) => uri)).toEqual([folder.uri('schema/people.graphql')]);
    folder.write('schema/people.graphql', smallProject['schema/people.graphql'] ?? '');
    await server.changedOnDisk(folder.uri('schema/people.graphql'));
    await server.until(() => server.refreshes > 0);
    const previous = items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
    const later = await server.workspaceDiagnostics(previous);
    expect(
      later.items.map((item) => [
        item.uri,
        item.kind === 'full' ? item.items.map(({ code }) => code) : 'same',
      ]),
    ).toEqual([
      [folder.uri(customerTable), ['unknown-argument']],
      [folder.uri('schema/people.graphql'), []],
    ]);
  });
});

describe('a client that keeps asking about the workspace', () => {
  it('is answered when there is something new', async () => {
    const folder = new TemporaryFolder({ ...smallProject, [customerTable]: wrongText });
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder] });
    const { items } = await server.workspaceDiagnostics();
    let answered = false;
    const waiting = server.connection
      .sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
        previousResultIds: items.map((item) => ({ uri: item.uri, value: item.resultId ?? '' })),
        partialResultToken: 'more',
      })
      .finally(() => {
        answered = true;
      });
    await server.open(uri, wrongText);
    expect(await server.codes(uri)).toEqual(['unknown-argument']);
    expect(answered).toBe(false);
    await server.change(uri, 2, { text });
    expect((await waiting).items).toMatchObject([{ uri, kind: 'full', version: 2, items: [] }]);
  });
});

describe('diagnostics are pushed to a client that cannot pull', () => {
  it('with the version, again after edits and when something else changed, and cleared', async () => {
    const folder = new TemporaryFolder({ ...smallProject, 'alone.json': '' });
    const uri = folder.uri(customerTable);
    const alone = folder.uri('alone.json');
    const server = await ServerProcess.start({ folders: [folder], capabilities: pushing });
    await server.open(uri, text);
    await server.until(() => server.lastPushed(uri)?.version === 1);
    expect(server.lastPushed(uri)?.diagnostics).toEqual([]);
    await server.change(uri, 2, { text: wrongText });
    await server.until(() => server.lastPushed(uri)?.version === 2);
    expect(server.lastPushed(uri)?.diagnostics.map(({ code }) => code)).toEqual(['unknown-argument']);

    folder.write('schema/people.graphql', 'type Query { human: String }\n');
    await server.changedOnDisk(folder.uri('schema/people.graphql'));
    await server.until(() => server.lastPushed(uri)?.diagnostics[0]?.code === 'unknown-remote-field');

    const request = '{"type":"pg_create_remote_relationship","args":{"table":"customer","name":""}}';
    await server.open(alone, request, 'json');
    await server.until(() => (server.lastPushed(alone)?.diagnostics.length ?? 0) > 0);
    await server.close(alone);
    await server.until(() => server.lastPushed(alone)?.diagnostics.length === 0);
  });

  it('in files that are not open, too', async () => {
    const folder = new TemporaryFolder({ ...smallProject, [customerTable]: wrongText });
    const server = await ServerProcess.start({ folders: [folder], capabilities: pushing });
    await server.until(() => server.lastPushed(folder.uri(customerTable))?.diagnostics.length === 1);
  });
});
