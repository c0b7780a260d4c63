import { describe, expect, it } from 'vitest';
import { type CodeAction, FileChangeType } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { projectsRequest } from '../../common/src/protocol.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { orders, text, wrongText } from './documents.ts';
import { ServerProcess } from './serverProcess.ts';

describe('what one file says reaches others', () => {
  it('a table renamed while its file is open', async () => {
    const tables = 'metadata/databases/default/tables/tables.yaml';
    const other = 'metadata/databases/default/tables/public_orders.yaml';
    const folder = new TemporaryFolder({
      ...smallProject,
      [tables]: '- "!include public_customer.yaml"\n- "!include public_orders.yaml"\n',
      [customerTable]: orders,
      [other]: 'table: { schema: public, name: orders }\n',
      'schema/default.tables.json': JSON.stringify([
        { schema: 'public', name: 'customer', columns: [{ name: 'id', type: 'uuid', nullable: false }] },
        {
          schema: 'public',
          name: 'orders',
          columns: [{ name: 'customer_id', type: 'uuid', nullable: false }],
        },
      ]),
    });
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(folder.uri(customerTable), orders);
    expect(await server.codes(folder.uri(customerTable))).toEqual([]);
    await server.open(folder.uri(other), 'table: { schema: public, name: order }\n');
    await server.until(() => server.refreshes > 0);
    expect(await server.codes(folder.uri(customerTable))).toEqual(['unknown-table']);
  });

  it('an SDL file changed on disk', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(uri, text);
    expect(await server.codes(uri)).toEqual([]);
    await server.until(() => server.watched.includes('workspace/didChangeWatchedFiles'));
    folder.write('schema/people.graphql', 'type Query { human: String }\n');
    await server.changedOnDisk(folder.uri('schema/people.graphql'));
    await server.until(() => server.refreshes > 0 && server.statusChanges > 0);
    expect(await server.codes(uri)).toEqual(['unknown-remote-field']);
  });

  it('a file deleted on disk', async () => {
    const folder = new TemporaryFolder(smallProject);
    const tables = folder.uri('metadata/databases/default/tables/tables.yaml');
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(tables, smallProject['metadata/databases/default/tables/tables.yaml'] ?? '');
    expect(await server.codes(tables)).toEqual([]);
    folder.remove(customerTable);
    await server.changedOnDisk(folder.uri(customerTable), FileChangeType.Deleted);
    await server.until(async () => (await server.codes(tables)).includes('include-not-found'));
  });

  it('a file that nothing leads to, until the list of tables that a fix adds it to has it', async () => {
    const list = 'metadata/databases/default/tables/tables.yaml';
    const orphan = 'metadata/databases/default/tables/public_orders.yaml';
    const order = 'table: { schema: public, name: orders }\n';
    const folder = new TemporaryFolder({ ...smallProject, [orphan]: order });
    const server = await ServerProcess.start({ folders: [folder] });
    const uri = folder.uri(orphan);
    await server.open(uri, order);
    expect(await server.codes(uri)).toContain('unlisted-file');
    const start = { line: 0, character: 0 };
    const actions = await server.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start, end: start },
      context: { diagnostics: [] },
    });
    const fix = actions?.find(({ title }) => title === 'Include this file in "tables.yaml"');
    expect(fix).toMatchObject({ kind: 'quickfix', isPreferred: true });
    const edits = fix?.edit?.changes?.[folder.uri(list)] ?? [];
    const before = TextDocument.create(folder.uri(list), 'yaml', 1, smallProject[list] ?? '');
    await server.open(folder.uri(list), before.getText());
    await server.change(folder.uri(list), 2, { text: TextDocument.applyEdits(before, edits) });
    expect(await server.codes(folder.uri(list))).toEqual([]);
    await server.until(async () => !(await server.codes(uri)).includes('unlisted-file'));
  });

  it('an export that an edit makes something else, until it is closed: known to whoever asks next', async () => {
    const exported = 'version: 3\nsources: []\n';
    const folder = new TemporaryFolder({ 'metadata.yaml': exported });
    const server = await ServerProcess.start({ folders: [folder] });
    const uri = folder.uri('metadata.yaml');
    const projects = () => server.connection.sendRequest<readonly unknown[]>(projectsRequest.method);
    await server.open(uri, exported);
    expect(await projects()).toHaveLength(1);
    await server.change(uri, 2, { text: 'title: what sources: are\n' });
    expect(await projects()).toEqual([]);
    await server.close(uri);
    expect(await projects()).toHaveLength(1);
    folder.remove('metadata.yaml');
    await server.changedOnDisk(uri, FileChangeType.Deleted);
    expect(await projects()).toEqual([]);
  });

  it('a folder added and taken away', async () => {
    const one = new TemporaryFolder(smallProject);
    const two = new TemporaryFolder({ ...smallProject, [customerTable]: wrongText });
    const server = await ServerProcess.start({ folders: [one] });
    expect((await server.workspaceDiagnostics()).items).toEqual([]);
    const folder = { uri: two.uri(''), name: 'two' };
    await server.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [folder], removed: [] },
    });
    await server.until(() => server.refreshes === 1 || server.refreshes > 1);
    await server.until(async () => (await server.workspaceDiagnostics()).items.length === 1);
    await server.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [folder] },
    });
    await server.until(async () => (await server.workspaceDiagnostics()).items.length === 0);
  });

  it('settings', async () => {
    const folder = new TemporaryFolder({
      ...smallProject,
      'other.graphql': 'type Query { human: String }\n',
    });
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({
      folders: [folder],
      settings: { remoteSchemas: { people: { schema: 'other.graphql' } } },
    });
    await server.open(uri, text);
    expect(await server.codes(uri)).toEqual(['unknown-remote-field']);
    await server.until(() => server.watched.includes('workspace/didChangeConfiguration'));
    await server.changeSettings({ rules: { 'unknown-remote-field': 'off' } });
    // How many refreshes came before is a matter of time.
    await server.until(async () => (await server.codes(uri)).length === 0);
  });
});
