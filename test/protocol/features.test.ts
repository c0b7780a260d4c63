import { describe, expect, it } from 'vitest';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { pulling, pushing } from './capabilities.ts';
import { text } from './documents.ts';
import { ServerProcess } from './serverProcess.ts';

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

  it('completes and explains the SDL of permissions on remote schemas', async () => {
    const folder = new TemporaryFolder(smallProject);
    const uri = folder.uri('metadata/remote_schemas.yaml');
    const server = await ServerProcess.start({ folders: [folder], capabilities: pulling });
    const lines = [
      '- name: people',
      '  definition: { url: "http://people.example" }',
      '  permissions:',
      '    - role: user',
      '      definition:',
      '        schema: |',
      '          type Query {',
      '            pers',
      '          }',
    ];
    await server.open(uri, lines.join('\n'));
    const items = await server.complete(uri, 7, 16);
    expect(items.map(({ label }) => label)).toContain('person');
    await server.change(uri, 2, { text: lines.join('\n').replace('pers\n', 'person(id: ID!): Person\n') });
    const asked = { textDocument: { uri }, position: { line: 7, character: 14 } };
    expect(await server.connection.sendRequest('textDocument/hover', asked)).toMatchObject({
      contents: { value: expect.stringContaining('Query.person(') },
      range: { start: { line: 7, character: 12 }, end: { line: 7, character: 18 } },
    });
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

  it.each([
    [
      'begun for a client that can create files',
      true,
      {},
      [
        { kind: 'create' },
        { edits: [{ newText: expect.stringContaining('"unknown-remote-field": "off"') }] },
      ],
    ],
    ['left alone for one that can’t', false, {}, undefined],
    ['written for any', false, { 'remote-relationships.config.json': '{}' }, {}],
  ])('turns a rule off in the configuration file, which is %s', async (_, creates, files, expected) => {
    const folder = new TemporaryFolder({ ...smallProject, ...files });
    const uri = folder.uri(customerTable);
    const workspaceEdit = { documentChanges: true, resourceOperations: creates ? ['create' as const] : [] };
    const capabilities = { ...pulling, workspace: { ...pulling.workspace, workspaceEdit } };
    const server = await ServerProcess.start({ folders: [folder], capabilities });
    await server.open(uri, text.replace('person:', 'persn:'));
    const actions = await server.connection.sendRequest<
      {
        title: string;
        edit: { changes?: Record<string, { newText: string }[]>; documentChanges?: object[] };
      }[]
    >('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: at, end: at },
      context: { diagnostics: [] },
    });
    const action = actions.find(({ title }) => title === 'Disable unknown-remote-field in this project');
    if (Array.isArray(expected)) expect(action?.edit.documentChanges).toMatchObject(expected);
    else if (expected === undefined) expect(action).toBeUndefined();
    else
      expect(action?.edit.changes?.[folder.uri('remote-relationships.config.json')]).toMatchObject([
        { newText: expect.stringContaining('"unknown-remote-field": "off"') },
      ]);
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
