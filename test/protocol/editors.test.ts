import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ErrorCodes, type InitializeParams } from 'vscode-languageserver-protocol';
import { homeAt, noModes, skipBecause } from '../machine.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { poor, pulling, pushing } from './capabilities.ts';
import { type ServerOptions, ServerProcess } from './serverProcess.ts';

/** What editors do otherwise than VS Code. */

const text = smallProject[customerTable] ?? '';
const wrongText = text.replace('{ id: $person_id }', '{ id: $person_id, idd: $person_id }');
const wrongProject = { ...smallProject, [customerTable]: wrongText };

/** What is asked, or why it was refused. */
async function codeOf(answer: Promise<unknown>): Promise<unknown> {
  return answer.then(
    () => undefined,
    (error: { readonly code?: unknown }) => error.code,
  );
}

describe('the order of requests', () => {
  it('nothing is answered before initialize', async () => {
    const { connection } = ServerProcess.launch();
    expect(await codeOf(connection.sendRequest('textDocument/hover', {}))).toBe(
      ErrorCodes.ServerNotInitialized,
    );
    expect(await codeOf(connection.sendRequest('remoteRelationships/projects'))).toBe(
      ErrorCodes.ServerNotInitialized,
    );
  });

  it('a second initialize is refused, and the first one counts', async () => {
    const folder = new TemporaryFolder(wrongProject);
    const server = await ServerProcess.start({ folders: [folder] });
    expect(await codeOf(server.connection.sendRequest('initialize', { capabilities: {} }))).toBe(
      ErrorCodes.InvalidRequest,
    );
    expect(await server.codes(folder.uri(customerTable))).toEqual(['unknown-argument']);
  });

  it('nothing is answered after shutdown', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    await server.connection.sendRequest('shutdown');
    expect(await codeOf(server.pull(folder.uri(customerTable)))).toBe(ErrorCodes.InvalidRequest);
    expect(await codeOf(server.connection.sendRequest('remoteRelationships/projects'))).toBe(
      ErrorCodes.InvalidRequest,
    );
  });

  it('a request that nobody knows is said to be none', async () => {
    const server = await ServerProcess.start();
    expect(await codeOf(server.connection.sendRequest('textDocument/nothing', {}))).toBe(
      ErrorCodes.MethodNotFound,
    );
  });
});

describe('an editor that refuses what it is asked', () => {
  it('is served all the same', async () => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder], refuses: true });
    await server.open(folder.uri(customerTable), text);
    await server.until(() => server.refreshes > 0);
    folder.write('schema/people.graphql', 'type Query { nobody: Int }');
    const before = server.refreshes;
    await server.changedOnDisk(folder.uri('schema/people.graphql'));
    await server.until(() => server.refreshes > before);
    expect(await server.codes(folder.uri(customerTable))).toContain('unknown-remote-field');
    expect(server.process.exitCode).toBeNull();
  });
});

describe('an editor that can do little', () => {
  it('gets plain text, lists and positions, and no actions it could not carry out', async () => {
    const folder = new TemporaryFolder(wrongProject);
    const server = await ServerProcess.start({ folders: [folder], capabilities: poor });
    expect(server.initialized.capabilities.codeActionProvider).toBeUndefined();
    const uri = folder.uri(customerTable);
    await server.open(uri, wrongText);
    const hover = await server.connection.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position: { line: 8, character: 12 },
    });
    expect(hover).toMatchObject({ contents: { kind: 'plaintext' } });
    expect(JSON.stringify(hover)).not.toContain('```');
    const symbols = await server.connection.sendRequest('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    expect(symbols).toMatchObject([
      { name: 'public.customer', location: { uri } },
      { name: 'profile', location: { uri }, containerName: 'public.customer' },
    ]);
    const found = () => server.pushed.flatMap(({ diagnostics }) => diagnostics);
    await server.until(() => found().length > 0);
    expect(Object.keys(found()[0] ?? {}).toSorted()).toEqual([
      'code',
      'message',
      'range',
      'severity',
      'source',
    ]);
  });

  it('is told of changes of the status only when it wants to be', async () => {
    const folder = new TemporaryFolder(smallProject);
    const quiet = await ServerProcess.start({
      folders: [folder],
      initializationOptions: { statusChanges: false },
    });
    await quiet.until(() => quiet.refreshes > 0);
    const told = await ServerProcess.start({ folders: [folder] });
    await told.until(() => told.statusChanges > 0);
    expect(quiet.statusChanges).toBe(0);
  });

  it('is pushed findings once the project is known, and none before', async () => {
    const folder = new TemporaryFolder(wrongProject);
    const server = await ServerProcess.start({ folders: [folder], capabilities: pushing });
    await server.open(folder.uri(customerTable), wrongText);
    await server.until(() => server.pushed.some(({ diagnostics }) => diagnostics.length > 0));
    const ours = server.pushed.filter(({ uri }) => uri === folder.uri(customerTable));
    expect(ours.map(({ diagnostics }) => diagnostics.map(({ code }) => code))[0]).toEqual([
      'unknown-argument',
    ]);
  });
});

describe('how an editor says where it works', () => {
  it.each<[string, (folder: TemporaryFolder) => Partial<InitializeParams>]>([
    ['a root alone', (folder) => ({ rootUri: folder.uri('') })],
    ['a path alone, as older ones do', (folder) => ({ rootUri: null, rootPath: folder.path })],
  ])('%s', async (_, where) => {
    const folder = new TemporaryFolder(wrongProject);
    const server = ServerProcess.launch();
    await server.connection.sendRequest('initialize', {
      processId: process.pid,
      capabilities: pulling,
      ...where(folder),
    });
    await server.connection.sendNotification('initialized', {});
    expect(await server.codes(folder.uri(customerTable))).toEqual(['unknown-argument']);
  });
});

describe('an editor that works in no folder', () => {
  const repository = Object.fromEntries(
    Object.entries(wrongProject).flatMap(([name, content]) => [
      [`repository/hasura/${name}`, content],
      [`repository/later/${name}`, content],
    ]),
  );
  const file = `repository/hasura/${customerTable}`;
  const git = { 'repository/.git/HEAD': 'ref: refs/heads/main\n' };

  /** Codes found in the opened file: `unknown-argument` is only known where its project is. */
  async function codesIn(folder: TemporaryFolder, options: ServerOptions = {}): Promise<unknown[]> {
    const server = ServerProcess.launch({ env: homeAt('/nowhere'), ...options });
    await server.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: null,
      capabilities: pulling,
      ...(options.initializationOptions === undefined
        ? {}
        : { initializationOptions: options.initializationOptions }),
    });
    await server.connection.sendNotification('initialized', {});
    await server.open(folder.uri(file), wrongText);
    const first = await server.codes(folder.uri(file));
    // One that is opened later is looked around, too.
    const later = folder.uri(file.replace('hasura', 'later'));
    await server.open(later, wrongText);
    expect(await server.codes(later)).toEqual(first);
    return first;
  }

  it.each<[string, Readonly<Record<string, string>>, (folder: TemporaryFolder) => ServerOptions]>([
    ['up to the root of the Git repository', git, () => ({})],
    ['else below the home directory', {}, (folder) => ({ env: homeAt(folder.path) })],
  ])('finds the project around a file: %s', async (_, files, options) => {
    const folder = new TemporaryFolder({ ...repository, ...files });
    expect(await codesIn(folder, options(folder))).toEqual(['unknown-argument']);
  });

  it.each<[string, Readonly<Record<string, string>>, (folder: TemporaryFolder) => ServerOptions]>([
    [
      'above the repository',
      {
        'repository/hasura/metadata/.git/HEAD': 'ref: refs/heads/main\n',
        'repository/later/metadata/.git/HEAD': 'ref: refs/heads/main\n',
      },
      () => ({}),
    ],
    ['outside of the home directory', {}, () => ({})],
    ['in the home directory itself', {}, (folder) => ({ env: homeAt(folder.file('repository/hasura')) })],
    [
      'with the configuration of another program',
      {
        ...git,
        'repository/hasura/config.yaml': 'theme: dark\n',
        'repository/later/config.yaml': 'theme: dark\n',
      },
      () => ({}),
    ],
    ['in what is not trusted', git, () => ({ initializationOptions: { trusted: false } })],
  ])('but none %s', async (_, files, options) => {
    const folder = new TemporaryFolder({ ...repository, ...files });
    expect(await codesIn(folder, options(folder))).toEqual([]);
  });

  it('nor in a directory that others may write', async () => {
    skipBecause(noModes);
    const folder = new TemporaryFolder({ ...repository, ...git });
    for (const name of ['hasura', 'later']) chmodSync(folder.file(`repository/${name}/metadata`), 0o777);
    expect(await codesIn(folder)).toEqual([]);
  });
});

describe('an editor that calls things otherwise', () => {
  it('the ability to refresh under the name that one of them uses', async () => {
    const folder = new TemporaryFolder(smallProject);
    const { diagnostics, ...workspace } = pulling.workspace ?? {};
    const server = await ServerProcess.start({
      folders: [folder],
      capabilities: { ...pulling, workspace: { ...workspace, diagnostic: diagnostics } as object },
    });
    await server.until(() => server.refreshes > 0);
  });
});

describe('an editor that shows no status', () => {
  const { 'schema/people.graphql': _, 'schema/default.tables.json': __, ...unknown } = smallProject;
  const options = { statusChanges: false };

  it('is told once what is not known of a project', async () => {
    const folder = new TemporaryFolder(unknown);
    const server = await ServerProcess.start({ folders: [folder], initializationOptions: options });
    await server.open(folder.uri(customerTable), text);
    await server.until(() => server.shown.length > 0);
    await server.open(
      folder.uri('metadata/remote_schemas.yaml'),
      unknown['metadata/remote_schemas.yaml'] ?? '',
    );
    await server.diagnostics(folder.uri('metadata/remote_schemas.yaml'));
    expect(server.shown).toEqual([
      `Not everything in "${folder.path.split('/').at(-1)}" is checked: nothing is known of the source "default" and the remote schema "people". Name their files in remote-relationships.config.json, or run "remote-relationships pull".`,
    ]);
    expect(
      await server.connection.sendRequest('remoteRelationships/status', { uri: folder.uri(customerTable) }),
    ).toMatchObject({
      recognised: true,
      sources: [{ name: 'default', state: 'missing' }],
      remoteSchemas: [{ name: 'people', state: 'missing' }],
    });
  });

  it('or of a file that belongs to none', async () => {
    const folder = new TemporaryFolder({ 'customer.yaml': text });
    const server = await ServerProcess.start({ folders: [folder], initializationOptions: options });
    await server.open(folder.uri('customer.yaml'), text);
    await server.until(() => server.shown.length > 0);
    expect(server.shown[0]).toMatch(/^This file does not belong to a Hasura project/);
  });

  it('in the log when it asks for quiet', async () => {
    const folder = new TemporaryFolder(unknown);
    const server = await ServerProcess.start({
      folders: [folder],
      initializationOptions: { ...options, quiet: true },
    });
    await server.open(folder.uri(customerTable), text);
    await server.until(() => server.logged.some((message) => message.includes('nothing is known of')));
    expect(server.shown).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, string>>, string, string, object]>([
    ['where all is known', smallProject, customerTable, text, options],
    ['of files of others', { 'a.yaml': 'a: 1\n' }, 'a.yaml', 'a: 1\n', options],
    ['where the status is shown', unknown, customerTable, text, { statusChanges: true }],
  ])('nothing is said %s', async (_, files, name, content, initializationOptions) => {
    const folder = new TemporaryFolder(files);
    const server = await ServerProcess.start({ folders: [folder], initializationOptions });
    await server.open(folder.uri(name), content);
    await server.diagnostics(folder.uri(name));
    await server.connection.sendRequest('shutdown');
    expect(server.shown).toEqual([]);
  });
});
