import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type ClientCapabilities,
  type CodeLens,
  type DocumentHighlight,
  type Location,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver-protocol/node';
import { type JoiningRelationship, joiningRelationshipsRequest } from '../../common/src/protocol.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { poor, pulling } from './capabilities.ts';
import { text } from './documents.ts';
import { ServerProcess } from './serverProcess.ts';

const clients: readonly (readonly [string, ClientCapabilities])[] = [
  ['rich', pulling],
  ['poor', poor],
];

/** Behind the first of a text's occurrences in the document. */
function positionIn(document: string, at: string) {
  const before = document.slice(0, document.indexOf(at) + 1).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

describe.each(clients)('a %s client', (_, capabilities) => {
  it('is told who joins on a column, and where it is declared', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder], capabilities });
    await server.open(uri, text);
    const ask = (textDocument: string, position: object, includeDeclaration = true) =>
      server.connection.sendRequest<Location[] | null>('textDocument/references', {
        textDocument: { uri: textDocument },
        position,
        context: { includeDeclaration },
      });
    const variable = positionIn(text, '$person_id');
    const used = [
      { uri, range: { start: { line: 6, character: 21 }, end: { line: 6, character: 30 } } },
      { uri, range: { start: { line: 9, character: 30 }, end: { line: 9, character: 39 } } },
    ];
    expect(await ask(uri, variable, false)).toEqual(used);
    const snapshot = folder.uri('schema/default.tables.json');
    const all = await ask(uri, variable);
    expect(all).toEqual([...used, { uri: snapshot, range: expect.anything() }]);
    const declared = all?.at(-1)?.range.start ?? { line: 0, character: 0 };
    expect(await ask(snapshot, declared)).toEqual(all);
    const schema = folder.uri('schema/people.graphql');
    expect(await ask(schema, { line: 1, character: 4 })).toEqual([
      { uri, range: { start: { line: 8, character: 10 }, end: { line: 8, character: 16 } } },
      { uri: schema, range: { start: { line: 1, character: 2 }, end: { line: 1, character: 8 } } },
    ]);
    expect(await ask(uri, positionIn(text, 'remote_field'))).toBeNull();
  });

  it('highlights the places of a name in the document', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder], capabilities });
    await server.open(uri, text);
    const ask = (at: string) =>
      server.connection.sendRequest<DocumentHighlight[] | null>('textDocument/documentHighlight', {
        textDocument: { uri },
        position: positionIn(text, at),
      });
    expect((await ask('$person_id'))?.map(({ range, kind }) => [range.start.line, kind])).toEqual([
      [6, 2],
      [9, 2],
    ]);
    expect((await ask('profile'))?.map(({ kind }) => kind)).toEqual([3]);
    expect(await ask('lhs_fields')).toEqual([]);
  });

  it('finds tables, relationships and remote schemas in the workspace by their names', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder], capabilities });
    const find = (query: string) =>
      server.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query });
    expect(await find('customer.profile')).toEqual([
      {
        name: 'customer.profile',
        kind: SymbolKind.Field,
        containerName: 'default',
        location: {
          uri: folder.uri(customerTable),
          range: { start: { line: 2, character: 10 }, end: { line: 2, character: 17 } },
        },
      },
    ]);
    expect((await find('customer')).map(({ name, kind }) => [name, kind])).toEqual([
      ['customer', SymbolKind.Class],
      ['customer.profile', SymbolKind.Field],
    ]);
    expect((await find('people')).map(({ name }) => name)).toEqual(['people']);
  });

  it('links what is included, and completes the paths', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri('metadata/databases/default/tables/tables.yaml');
    const server = await ServerProcess.start({ folders: [folder], capabilities });
    await server.open(uri, '- "!include public_customer.yaml"\n- !include \n');
    const links = await server.connection.sendRequest('textDocument/documentLink', { textDocument: { uri } });
    expect(links).toEqual([
      {
        range: { start: { line: 0, character: 12 }, end: { line: 0, character: 32 } },
        target: folder.uri(customerTable),
      },
    ]);
    expect(await server.complete(uri, 1, 11)).toMatchObject([
      {
        label: 'public_customer.yaml',
        textEdit: {
          range: { start: { line: 1, character: 11 }, end: { line: 1, character: 11 } },
          newText: 'public_customer.yaml',
        },
      },
    ]);
  });
});

describe('code lenses', () => {
  const codeLens = {};
  const lensing = {
    workspace: { ...pulling.workspace, codeLens: { refreshSupport: true } },
    textDocument: { ...pulling.textDocument, codeLens },
  };

  async function titles(server: ServerProcess, uri: string): Promise<string[] | undefined> {
    const lenses = await server.connection.sendRequest<CodeLens[] | null>('textDocument/codeLens', {
      textDocument: { uri },
    });
    return lenses?.map(({ command }) => command?.title ?? '');
  }

  it('say where a relationship leads, and run the command that the client has', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const initializationOptions = { showReferencesCommand: 'editor.showReferences' };
    const server = await ServerProcess.start({
      folders: [folder],
      capabilities: lensing,
      initializationOptions,
    });
    expect(server.initialized.capabilities.codeLensProvider).toEqual({});
    await server.open(uri, text);
    expect(await server.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } })).toEqual([
      {
        range: { start: { line: 2, character: 4 }, end: { line: 2, character: 4 } },
        command: {
          title: 'to people.person',
          command: 'editor.showReferences',
          arguments: [uri, { line: 8, character: 10 }],
        },
      },
    ]);
  });

  it('are text for a client without such a command, and none for one without lenses', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({
      folders: [folder],
      capabilities: { textDocument: { codeLens } },
    });
    await server.open(uri, text);
    expect(
      await server.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } }),
    ).toMatchObject([{ command: { title: 'to people.person', command: '' } }]);
    const without = await ServerProcess.start({ folders: [folder], capabilities: poor });
    expect(without.initialized.capabilities.codeLensProvider).toBeUndefined();
  });

  it('add a relationship to a table, for a client that has a command for that', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const initializationOptions = { addRelationshipCommand: 'editor.addRelationship' };
    const server = await ServerProcess.start({
      folders: [folder],
      capabilities: lensing,
      initializationOptions,
    });
    await server.open(uri, text);
    const [lens] =
      (await server.connection.sendRequest<CodeLens[] | null>('textDocument/codeLens', {
        textDocument: { uri },
      })) ?? [];
    expect(lens?.command).toEqual({
      title: 'Add Remote Relationship…',
      command: 'editor.addRelationship',
      arguments: [{ uri, position: { line: 0, character: 31 } }],
    });
  });

  it('open lists of as many relationships as they say', async () => {
    const relationship = (name: string, table: string) =>
      `  - name: ${name}\n    definition: { to_source: { relationship_type: object, source: default, table: ${table}, field_mapping: { id: id } } }\n`;
    const ticket = 'metadata/databases/default/tables/public_ticket.yaml';
    const folder = new TemporaryFolder({
      ...smallProject,
      'metadata/databases/default/tables/tables.yaml':
        '- "!include public_customer.yaml"\n- "!include public_ticket.yaml"\n',
      [ticket]: `table: { schema: public, name: ticket }\nselect_permissions:\n  - role: user\n    permission: { columns: [id], filter: { _exists: { _table: customer, _where: {} } } }\nremote_relationships:\n${relationship('customer', 'customer')}`,
    });
    const uri = folder.uri(customerTable);
    const initializationOptions = { showReferencesCommand: 'editor.showReferences' };
    const server = await ServerProcess.start({
      folders: [folder],
      capabilities: lensing,
      initializationOptions,
    });
    const head = text.slice(0, text.indexOf('  - name'));
    await server.open(uri, `${head}${relationship('parent', 'customer')}${relationship('ticket', 'ticket')}`);
    const lenses = await server.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri },
    });
    const listed = lenses.map(async ({ command }) => {
      const [of, position] = command?.arguments ?? [];
      const found = await server.connection.sendRequest<JoiningRelationship[]>(
        joiningRelationshipsRequest.method,
        { uri: of, position },
      );
      return [
        command?.title,
        ...found.map((each) => `${path.basename(each.uri)}:${each.range.start.line + 1}`),
      ];
    });
    expect(await Promise.all(listed)).toEqual([
      ['joined by 2', 'public_customer.yaml:3', 'public_ticket.yaml:6'],
      ['to default.customer · also joined by 1', 'public_ticket.yaml:6'],
      ['to default.ticket'],
    ]);
  });

  it('follow the settings, each part by its own, and what other files say', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder], capabilities: lensing });
    let refreshes = 0;
    server.connection.onRequest('workspace/codeLens/refresh', () => {
      refreshes++;
      return null;
    });
    const toItself = 'relationship_type: object, source: default, table: customer, field_mapping: { id: id }';
    const joining = `${text.slice(0, text.indexOf('    definition:'))}    definition: { to_source: { ${toItself} } }\n`;
    await server.open(
      uri,
      `${joining}${joining.slice(joining.indexOf('  - name')).replace('profile', 'other')}`,
    );
    expect(await titles(server, uri)).toEqual([
      'joined by 2',
      'to default.customer · also joined by 1',
      'to default.customer · also joined by 1',
    ]);
    const before = refreshes;
    await server.changeSettings({ codeLensReferences: false });
    await server.until(async () => (await titles(server, uri))?.length === 2);
    expect(await titles(server, uri)).toEqual(['to default.customer', 'to default.customer']);
    await server.until(() => refreshes > before);
    await server.changeSettings({ codeLensTargets: false });
    await server.until(async () => (await titles(server, uri))?.length === 3);
    expect(await titles(server, uri)).toEqual(['joined by 2', 'also joined by 1', 'also joined by 1']);
    await server.changeSettings({ codeLensTargets: false, codeLensReferences: false });
    await server.until(async () => (await titles(server, uri))?.length === 0);
  });
});

it('opens no list where a slash is typed in what is no path', async () => {
  const folder = new TemporaryFolder(smallProject);
  const uri = folder.uri(customerTable);
  const server = await ServerProcess.start({ folders: [folder] });
  await server.open(uri, text.replace('remote_schema: people', 'remote_schema: /'));
  const list = await server.connection.sendRequest('textDocument/completion', {
    textDocument: { uri },
    position: { line: 5, character: 24 },
    context: { triggerKind: 2, triggerCharacter: '/' },
  });
  expect(list).toBeNull();
});

it('names tables as they are for a client that knows the kind', async () => {
  const folder = new TemporaryFolder(smallProject);
  const symbol = { symbolKind: { valueSet: [SymbolKind.Struct] } };
  const capabilities = { ...pulling, workspace: { ...pulling.workspace, symbol } };
  const server = await ServerProcess.start({ folders: [folder], capabilities });
  const [table] = await server.connection.sendRequest<SymbolInformation[]>('workspace/symbol', {
    query: 'customer',
  });
  expect(table?.kind).toBe(SymbolKind.Struct);
});

it('a client that registers what it is asked to asks for references in schemas too', async () => {
  const references = { dynamicRegistration: true };
  const capabilities = { ...pulling, textDocument: { ...pulling.textDocument, references } };
  const server = await ServerProcess.start({ capabilities });
  await server.until(() => server.watched.includes('textDocument/references'));
  expect([...server.registered.values()]).toContainEqual({
    documentSelector: [{ pattern: '**/*.{graphql,graphqls,gql}' }],
  });
});

describe('rename', () => {
  const annotating = {
    workspace: {
      ...pulling.workspace,
      workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
      fileOperations: { willRename: true },
    },
    textDocument: { ...pulling.textDocument, rename: { prepareSupport: true } },
  };

  async function open(capabilities: ClientCapabilities) {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder], capabilities });
    await server.open(uri, text);
    const at = (place: string) => ({ textDocument: { uri }, position: positionIn(text, place) });
    return { folder, uri, server, at };
  }

  const edits = [
    { range: { start: { line: 6, character: 21 }, end: { line: 6, character: 30 } }, newText: 'account' },
    { range: { start: { line: 9, character: 29 }, end: { line: 9, character: 39 } }, newText: '$account' },
  ];

  it('shows a rich client what will be edited, and what lies outside, before it is done', async () => {
    const { uri, server, at } = await open(annotating);
    expect(server.initialized.capabilities.renameProvider).toEqual({ prepareProvider: true });
    expect(await server.connection.sendRequest('textDocument/prepareRename', at('$person_id'))).toEqual({
      range: { start: { line: 9, character: 30 }, end: { line: 9, character: 39 } },
      placeholder: 'person_id',
    });
    expect(
      await server.connection.sendRequest('textDocument/rename', { ...at('$person_id'), newName: 'account' }),
    ).toEqual({
      documentChanges: [
        {
          textDocument: { uri, version: 1 },
          edits: edits.map((edit) => ({ ...edit, annotationId: 'rename' })),
        },
      ],
      changeAnnotations: {
        rename: {
          label: 'Rename column "person_id" to "account"',
          description: expect.stringMatching(/database.*keep the old name/),
        },
      },
    });
  });

  it('edits for a poor client all the same', async () => {
    const { uri, server, at } = await open(poor);
    expect(server.initialized.capabilities.renameProvider).toBe(true);
    expect(server.initialized.capabilities.workspace?.fileOperations).toBeUndefined();
    expect(
      await server.connection.sendRequest('textDocument/rename', { ...at('$person_id'), newName: 'account' }),
    ).toEqual({ changes: { [uri]: edits } });
  });

  it('says why it is refused', async () => {
    const { server, at } = await open(annotating);
    const refused = (method: string, params: object) =>
      server.connection.sendRequest(method, params).catch(({ message }: Error) => message);
    expect(await refused('textDocument/prepareRename', at('person:'))).toBe(
      '"person" is a name of the remote schema’s own: it can only be renamed there.',
    );
    expect(await refused('textDocument/rename', { ...at('profile'), newName: 'a-b' })).toMatch(
      /"a-b" can’t be/,
    );
    expect(await refused('textDocument/prepareRename', at('lhs_fields'))).toBeNull();
  });

  it('of a file is followed by the includes that lead to it', async () => {
    const { folder, server } = await open(annotating);
    expect(server.initialized.capabilities.workspace?.fileOperations?.willRename?.filters).toHaveLength(2);
    const files = [
      { oldUri: folder.uri(customerTable), newUri: folder.uri(customerTable.replace('public_', '')) },
    ];
    expect(await server.connection.sendRequest('workspace/willRenameFiles', { files })).toEqual({
      documentChanges: [
        {
          textDocument: { uri: folder.uri('metadata/databases/default/tables/tables.yaml'), version: null },
          edits: [
            {
              range: { start: { line: 0, character: 12 }, end: { line: 0, character: 32 } },
              newText: 'customer.yaml',
            },
          ],
        },
      ],
    });
    expect(await server.connection.sendRequest('workspace/willRenameFiles', { files: [] })).toBeNull();
  });
});
