import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileChangeType, type WorkspaceDiagnosticReport } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type DefinitionEdit,
  type DefinitionParams,
  type FileLocations,
  keysRequest,
  locationsRequest,
  newNameRequest,
  type ProjectContent,
  projectRequest,
  projectsRequest,
  requestsRequest,
  snapshotTargetsRequest,
  writeDefinitionRequest,
} from '../../common/src/protocol.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { pulling, pushing } from './capabilities.ts';
import { ServerProcess } from './serverProcess.ts';

const text = smallProject[customerTable] ?? '';
const wrongText = text.replace('{ id: $person_id }', '{ id: $person_id, idd: $person_id }');
const orders = `table: { schema: public, name: customer }
remote_relationships:
  - name: orders
    definition:
      to_source:
        relationship_type: array
        source: default
        table: { schema: public, name: orders }
        field_mapping: { id: customer_id }
`;

describe('what the server says of itself', () => {
  it('names, version and abilities', async () => {
    const { initialized } = await ServerProcess.start();
    expect(initialized.serverInfo?.name).toBe('remote-relationships');
    expect(initialized.capabilities).toMatchObject({
      textDocumentSync: { openClose: true, change: 2, save: true },
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true },
      hoverProvider: true,
      definitionProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll'] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    });
  });

  it('the same from the bundle VS Code starts', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder], program: ServerProcess.module });
    await server.open(folder.uri(customerTable), wrongText);
    expect(await server.codes(folder.uri(customerTable))).toEqual(['unknown-argument']);
  });

  it('ends when it is told to', async () => {
    const server = await ServerProcess.start();
    await server.stop();
    expect(server.process.exitCode).toBe(0);
  });
});

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

  it('an export that an edit makes something else, until it is closed', async () => {
    const exported = 'version: 3\nsources: []\n';
    const folder = new TemporaryFolder({ 'metadata.yaml': exported });
    const server = await ServerProcess.start({ folders: [folder] });
    const uri = folder.uri('metadata.yaml');
    const projects = () => server.connection.sendRequest<readonly unknown[]>(projectsRequest.method);
    await server.open(uri, exported);
    expect(await projects()).toHaveLength(1);
    await server.change(uri, 2, { text: 'title: what sources: are\n' });
    await server.until(async () => (await projects()).length === 0);
    await server.close(uri);
    await server.until(async () => (await projects()).length === 1);
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

describe('bad input gets a clear answer', () => {
  it.each<[string, (folder: TemporaryFolder) => string, unknown[]]>([
    [
      'a broken configuration',
      (folder) => {
        folder.write('remote-relationships.config.json', '{"sources": 7, "sorces": {}}');
        return 'remote-relationships.config.json';
      },
      ['configuration', 'configuration'],
    ],
    [
      'a broken schema',
      (folder) => {
        folder.write('schema/people.graphql', 'type Query {\n  person(: ID\n}\n');
        return 'schema/people.graphql';
      },
      ['schema-file'],
    ],
    [
      'a snapshot that is none',
      (folder) => {
        folder.write('schema/default.tables.json', '{"title": "x"}');
        return 'schema/default.tables.json';
      },
      ['table-snapshot'],
    ],
    [
      'a file of more than 64 MB',
      (folder) => {
        writeFileSync(folder.file('schema/people.graphql'), Buffer.alloc(64 * 1024 * 1024 + 1, 32));
        return 'schema/people.graphql';
      },
      ['unreadable-file'],
    ],
    [
      'a directory where a file should be',
      (folder) => {
        folder.remove(customerTable);
        folder.write(`${customerTable}/x`, '');
        return 'metadata/databases/default/tables/tables.yaml';
      },
      ['include-not-found'],
    ],
  ])('%s', async (_, spoil, expected) => {
    const folder = new TemporaryFolder({
      ...smallProject,
      'metadata/remote_schemas.yaml': `${smallProject['metadata/remote_schemas.yaml']}- name: 7\n  definition: { url: "https://x.example" }\n`,
    });
    const name = spoil(folder);
    const server = await ServerProcess.start({ folders: [folder] });
    const { items } = await server.workspaceDiagnostics();
    const codesOf = (file: string): unknown[] => {
      const item = items.find(({ uri }) => uri === folder.uri(file));
      return item?.kind === 'full' ? item.items.map(({ code }) => code) : [];
    };
    expect(codesOf(name)).toEqual(expected);
    // What is wrong elsewhere is said all the same.
    expect(codesOf('metadata/remote_schemas.yaml')).toHaveLength(1);
    expect(server.logged).toEqual([]);
  });

  it('requests for documents nobody opened, and places outside of the text', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    expect(await server.complete('file:///nowhere.yaml', 3, 4)).toEqual([]);
    expect(await server.diagnostics('untitled:Untitled-1')).toEqual([]);
    await server.open(folder.uri(customerTable), text);
    await server.complete(folder.uri(customerTable), 999, 999);
    expect(server.logged).toEqual([]);
  });
});

describe('features', () => {
  it('completes the fields of a remote schema', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder], capabilities: pulling });
    await server.open(uri, text.replace('person:\n', 'per\n').replace(/ +arguments.*\n/, ''));
    const items = await server.complete(uri, 8, 13);
    expect(items.map(({ label }) => label)).toContain('person');
  });

  const at = { line: 8, character: 12 };

  it('hovers over a remote field and goes to its line in the schema', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(uri, text);
    const asked = { textDocument: { uri }, position: at };
    expect(await server.connection.sendRequest('textDocument/hover', asked)).toMatchObject({
      contents: { kind: 'markdown', value: expect.stringContaining('person(') },
      range: { start: { line: 8, character: 10 }, end: { line: 8, character: 16 } },
    });
    expect(await server.connection.sendRequest('textDocument/definition', asked)).toMatchObject([
      {
        targetUri: folder.uri('schema/people.graphql'),
        targetSelectionRange: { start: { line: 1, character: 2 }, end: { line: 1, character: 8 } },
      },
    ]);
  });

  it('outlines a document: tables with their relationships', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(uri, text);
    const outline = await server.connection.sendRequest('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    expect(outline).toMatchObject([
      {
        name: expect.stringContaining('customer'),
        children: [{ name: 'profile', range: { start: { line: 2 } } }],
      },
    ]);
  });

  it('gives plain locations to a client that knows no links', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder], capabilities: pushing });
    await server.open(uri, text);
    expect(
      await server.connection.sendRequest('textDocument/definition', { textDocument: { uri }, position: at }),
    ).toMatchObject([{ uri: folder.uri('schema/people.graphql'), range: { start: { line: 1 } } }]);
  });

  it('offers what puts a finding right, and all of it at once', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(uri, text.replace('person:', 'persn:'));
    const ask = (only?: string[]) =>
      server.connection.sendRequest<
        { kind: string; edit: { changes: Record<string, { newText: string }[]> } }[]
      >('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: at, end: at },
        context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
      });
    const [first] = await ask();
    expect(first?.kind).toBe('quickfix');
    expect(first?.edit.changes[uri]?.map(({ newText }) => newText)).toEqual(['person']);
    expect((await ask(['source.fixAll'])).map(({ kind }) => kind)).toEqual(['source.fixAll']);
  });

  it('tells what is in use for a file', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    const status = await server.connection.sendRequest('remoteRelationships/status', {
      uri: folder.uri(customerTable),
    });
    expect(status).toMatchObject({
      recognised: true,
      sources: [{ name: 'default', state: 'loaded', origin: 'convention' }],
      remoteSchemas: [{ name: 'people', state: 'loaded' }],
      problems: [],
    });
  });
});

describe('what the client asks of relationships', () => {
  it('those of a project, of open files as they are edited', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(folder.uri(customerTable), text.replace('name: profile', 'name: renamed'));
    const content = await server.connection.sendRequest<ProjectContent | null>(projectRequest.method, {
      uri: folder.uri(''),
    });
    expect(content?.files.flatMap(({ relationships }) => relationships.map(({ name }) => name))).toEqual([
      'renamed',
    ]);
    const none = { uri: new TemporaryFolder().uri('nothing.yaml') };
    expect(await server.connection.sendRequest(projectRequest.method, none)).toBeNull();
  });

  it('where its snapshots go, as open files say it', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({
      folders: [folder],
      settings: { remoteSchemas: { people: { schema: 'sdl/people.graphql' } } },
    });
    const ask = (parts: readonly unknown[], uri = folder.uri('')): Promise<unknown> =>
      server.connection.sendRequest(snapshotTargetsRequest.method, { uri, parts });
    const [shop, people] = [
      { what: 'source', name: 'default' },
      { what: 'remote-schema', name: 'people' },
    ];
    expect(await ask([people, shop, { what: 'source', name: 'a/b' }])).toEqual({
      targets: [
        { uri: folder.uri('sdl/people.graphql'), shared: false },
        { uri: folder.uri('schema/default.tables.json'), shared: false },
        { problem: expect.stringContaining('none for a file') },
      ],
      known: [shop, people],
    });
    const configuration = folder.uri('remote-relationships.config.json');
    folder.write('remote-relationships.config.json', '{"sources":{"default":{"tables":"all.json"}}}');
    await server.changedOnDisk(configuration, FileChangeType.Created);
    await server.until(async () => /all\.json/.test(JSON.stringify(await ask([shop]))));
    await server.open(configuration, '{"sources":', 'json');
    expect(await ask([shop])).toEqual({ problem: expect.stringContaining("can't be read") });
    expect(await ask([shop], 'file:///nowhere')).toBe(null);
  });

  it('where every object of the metadata is written', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    const files = await server.connection.sendRequest<readonly FileLocations[] | null>(
      locationsRequest.method,
      {
        uri: folder.uri(''),
      },
    );
    expect(
      files?.flatMap(({ uri, locations: places }) =>
        places.map(({ object, nameRange }) => [uri, object.what, nameRange.start.line]),
      ),
    ).toEqual([
      [folder.uri('metadata/databases/databases.yaml'), 'source', 0],
      [folder.uri(customerTable), 'table', 0],
      [folder.uri(customerTable), 'relationship', 2],
      [folder.uri('metadata/remote_schemas.yaml'), 'remote-schema', 0],
    ]);
    const none = { uri: new TemporaryFolder().uri('nothing.yaml') };
    expect(await server.connection.sendRequest(locationsRequest.method, none)).toBeNull();
  });

  it('where keys of one lead to', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    const params = {
      uri: folder.uri(customerTable),
      position: { line: 2, character: 4 },
      keys: ['definition', 'to_remote_schema', 'remote_schema'],
    };
    expect(await server.connection.sendRequest(keysRequest.method, params)).toEqual({
      start: { line: 5, character: 23 },
      end: { line: 5, character: 29 },
    });
  });

  it('the requests of a file, and where keys of one lead to', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    const uri = folder.uri('requests/a.json');
    const body = { type: 'pg_delete_remote_relationship', args: { table: 'customer', name: 'profile' } };
    await server.open(uri, JSON.stringify(body), 'json');
    expect(await server.connection.sendRequest(requestsRequest.method, { uri })).toMatchObject([
      { type: body.type, body, api: null, errors: [], obstacle: null },
    ]);
    const keys = { uri, position: { line: 0, character: 0 }, keys: ['args', 'name'] };
    expect(await server.connection.sendRequest(keysRequest.method, keys)).toMatchObject({
      start: { line: 0, character: JSON.stringify(body).indexOf('"profile"') },
    });
    const none = { uri: folder.uri(customerTable) };
    expect(await server.connection.sendRequest(requestsRequest.method, none)).toEqual([]);
  });

  it('how to write another name into the file', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    const params = {
      uri: folder.uri(customerTable),
      position: { line: 2, character: 4 },
      name: 'person',
    };
    expect(await server.connection.sendRequest(newNameRequest.method, params)).toEqual([
      { range: { start: { line: 2, character: 10 }, end: { line: 2, character: 17 } }, newText: 'person' },
    ]);
    const nowhere = { ...params, position: { line: 0, character: 0 } };
    expect(await server.connection.sendRequest(newNameRequest.method, nowhere)).toBeNull();
  });

  it('which projects there are', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    expect(await server.connection.sendRequest(projectsRequest.method)).toEqual([
      { name: basename(folder.path), uri: folder.uri('').replace(/\/$/, ''), configurationUri: null },
    ]);
  });

  const identity = { owner: 'table', source: 'default', table: 'customer', name: 'profile' } as const;
  const toTable = {
    to_source: {
      relationship_type: 'object',
      source: 'default',
      table: 'customer',
      field_mapping: { id: 'id' },
    },
  };

  it.each([
    [
      'YAML',
      smallProject,
      customerTable,
      `remote_relationships:
  # Kept.
  - name: profile # ours
    definition:
      to_source: {relationship_type: array, source: default, table: customer, field_mapping: {id: id}} # all
`,
      (text: string) => text.replace('relationship_type: array', 'relationship_type: object'),
    ],
    [
      'JSON',
      {},
      'metadata.json',
      `{
  "version": 3,
  "sources": [{"name": "default", "kind": "postgres", "tables": [{
    "table": "customer",
    "remote_relationships": [
      // Kept.
      {"name": "other", "definition": {}}
    ]
  }]}]
}
`,
      (text: string) =>
        text.replace(
          '"definition": {}}\n',
          `"definition": {}},
      ${JSON.stringify({ definition: toTable, name: 'profile' }, null, 2).replaceAll('\n', '\n      ')}\n`,
        ),
    ],
  ])(
    'how a definition is written into a file: %s, as it is being edited',
    async (_, files, name, end, change) => {
      const folder = new TemporaryFolder({ ...files, ...(name in files ? {} : { [name]: end }) });
      const server = await ServerProcess.start({ folders: [folder] });
      const uri = folder.uri(name);
      const edited = name in files ? `table: customer\n${end}` : end;
      await server.open(uri, edited, name.endsWith('.json') ? 'json' : 'yaml');
      const params: DefinitionParams = { uri, identity, definition: toTable };
      const answer = await server.connection.sendRequest<DefinitionEdit>(
        writeDefinitionRequest.method,
        params,
      );
      if ('obstacle' in answer) return expect.fail(answer.obstacle);
      expect(answer.uri).toBe(uri);
      const document = TextDocument.create(uri, '', 0, edited);
      expect(TextDocument.applyEdits(document, [...answer.edits])).toBe(change(edited));
    },
  );

  it('why a definition can’t be written', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    const params: DefinitionParams = {
      uri: folder.uri(''),
      identity: { ...identity, table: 'gone' },
      definition: toTable,
    };
    expect(await server.connection.sendRequest(writeDefinitionRequest.method, params)).toEqual({
      obstacle: expect.stringContaining('No file of the project has table gone'),
    });
    const nowhere = { ...params, uri: new TemporaryFolder().uri('nothing.yaml') };
    expect(await server.connection.sendRequest(writeDefinitionRequest.method, nowhere)).toBeNull();
  });
});
