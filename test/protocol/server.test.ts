import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { text, wrongText } from './documents.ts';
import { commandLine, ServerProcess } from './serverProcess.ts';

describe('what the server says of itself', () => {
  it('names, version and abilities', async () => {
    const { initialized } = await ServerProcess.start();
    expect(initialized.serverInfo?.name).toBe('remote-relationships');
    expect(initialized.capabilities).toMatchObject({
      textDocumentSync: { openClose: true, change: 2, save: true },
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      workspaceSymbolProvider: true,
      documentLinkProvider: {},
      renameProvider: true,
      codeActionProvider: {
        codeActionKinds: [
          'quickfix',
          'refactor.rewrite',
          'source.fixAll',
          'source.rewriteRelationships.unified',
          'source.rewriteRelationships.legacy',
        ],
      },
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

it('ends without a word when nobody reads what it says any more', async () => {
  const child = spawn(process.execPath, [commandLine, '--stdio']);
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (each: string) => said.push(each));
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'exit');
  const tell = (method: string, params: object, id?: number): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...(id === undefined ? {} : { id }), method, params });
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  };
  tell('initialize', { processId: null, rootUri: null, capabilities: {} }, 1);
  await once(child.stdout, 'data');
  child.stdout.destroy();
  tell('initialized', {});
  const textDocument = { uri: 'untitled:a', languageId: 'yaml', version: 1, text: wrongText };
  tell('textDocument/didOpen', { textDocument });
  const [code] = await ended;
  expect({ code, said: said.join('').slice(0, 200) }).toEqual({ code: 1, said: '' });
});
