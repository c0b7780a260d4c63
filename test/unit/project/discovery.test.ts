import { describe, expect, it } from 'vitest';
import { relativePath } from '../../../server/src/project/files.ts';
import { nodeFileSystem } from '../../../server/src/project/nodeFiles.ts';
import type { Workspace, WorkspaceOptions } from '../../../server/src/project/workspace.ts';
import { LazyReplay } from '../../../server/src/schema/migrations/lazyReplay.ts';
import { codesIn, settle, TemporaryFolder, workspaceOf } from './temporaryFolder.ts';

const cliConfig = 'version: 3\nendpoint: http://localhost:8080\n';
const v3 = {
  'databases/databases.yaml': '[]\n',
  'remote_schemas.yaml': '[]\n',
  'version.yaml': 'version: 3\n',
};
const v2 = { 'tables.yaml': '[]\n', 'remote_schemas.yaml': '[]\n', 'version.yaml': 'version: 2\n' };
const configuration = '{"remoteSchemas": {}}';

function below(directory: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${directory}/${name}`, text]));
}

async function found(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = new TemporaryFolder(files);
  const workspace = await workspaceOf([folder.path]);
  const show = (path: string | undefined): string =>
    path === undefined ? '-' : relativePath(folder.path, path);
  return workspace.projects
    .map(
      ({ location }) =>
        `${location.layout} ${show(location.root)} ${show(location.metadata)} ${show(location.configuration)}`,
    )
    .sort();
}

describe('projects are found by their files', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['nothing', { 'README.md': '' }, []],
    [
      'config.yaml with version 3',
      { 'config.yaml': cliConfig, ...below('metadata', v3) },
      ['v3 . metadata -'],
    ],
    [
      'a metadata directory of another name',
      { 'config.yaml': 'version: 3\nmetadata_directory: meta/data\n', ...below('meta/data', v3) },
      ['v3 . meta/data -'],
    ],
    [
      'version 2',
      { 'config.yaml': 'version: 2\nendpoint: x\n', ...below('metadata', v2) },
      ['v2 . metadata -'],
    ],
    [
      'metadata_file',
      {
        'config.yaml': 'version: 3\nmetadata_file: all.json\nendpoint: x\n',
        'all.json': '{"version":3,"sources":[]}',
      },
      ['file . all.json -'],
    ],
    ['no config.yaml', below('hasura/metadata', v3), ['v3 hasura hasura/metadata -']],
    ['the metadata directory opened itself', v3, ['v3 . . -']],
    [
      'side by side and nested',
      {
        ...below('a/metadata', v3),
        ...below('b/metadata', v2),
        'a/inner/config.yaml': cliConfig,
        ...below('a/inner/metadata', v3),
      },
      ['v2 b b/metadata -', 'v3 a a/metadata -', 'v3 a/inner a/inner/metadata -'],
    ],
    [
      'another tool’s directory',
      below('metadata', { 'sources.yaml': '[]\n', 'version.yaml': 'version: 3\n' }),
      ['other . metadata -'],
    ],
    ['a single file', { 'metadata.json': '{"version":3,"sources":[]}' }, ['file . metadata.json -']],
    [
      'a consolidated export in YAML',
      { 'export/hasura_metadata.yaml': 'resource_version: 3\nmetadata:\n  version: 3\n  sources: []\n' },
      ['file export export/hasura_metadata.yaml -'],
    ],
    [
      'a single file that lost its sources',
      { 'metadata.json': '{"version":3,"remote_schemas":[{"name":"a","definition":{"url":"http://a"}}]}' },
      ['file . metadata.json -'],
    ],
    [
      'remote schemas alone in a file',
      { 'metadata.json': '{"remote_schemas":[{"name":"a","definition":{"url":"http://a"}}]}' },
      [],
    ],
    ['somebody else’s metadata.json', { 'metadata.json': '{"title":"x","tables":7}' }, []],
    ['somebody else’s config.yaml', { 'config.yaml': 'version: 3\nservices: {}\n' }, []],
    ['config.yaml that is broken', { 'config.yaml': 'version: [3\n' }, []],
    ['below node_modules', below('node_modules/x/metadata', v3), []],
    [
      'configuration beside config.yaml',
      {
        'config.yaml': cliConfig,
        ...below('metadata', v3),
        'remote-relationships.config.json': configuration,
      },
      ['v3 . metadata remote-relationships.config.json'],
    ],
    [
      'configuration at the folder’s root',
      { ...below('deep/down/metadata', v3), 'remote-relationships.config.yml': 'remoteSchemas: {}\n' },
      ['v3 deep/down deep/down/metadata remote-relationships.config.yml'],
    ],
    [
      'configuration alone',
      { 'sub/remote-relationships.config.yaml': 'remoteSchemas: {}\n' },
      ['loose sub - sub/remote-relationships.config.yaml'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await found(files)).toEqual(expected);
  });
});

describe('config.yaml is read as the Hasura CLI does', () => {
  const both = { ...below('metadata', v3), ...below('metadata', v2), ...below('other', v3) };
  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    [
      'the layout is that of the version',
      { 'config.yaml': 'version: 2\nendpoint: x\n', ...both },
      {},
      'v2 metadata',
    ],
    ['… whatever else is there', { 'config.yaml': cliConfig, ...both }, {}, 'v3 metadata'],
    [
      'keys in another case',
      { 'config.yaml': 'Version: 3\nMetadata_Directory: other\n', ...both },
      {},
      'v3 other',
    ],
    [
      'the last of two',
      { 'config.yaml': 'version: 3\nmetadata_directory: no\nmetadata_directory: other\n', ...both },
      {},
      'v3 other',
    ],
    [
      'a number as a name',
      { 'config.yaml': 'version: 3\nmetadata_directory: 12\n', ...below('12', v3) },
      {},
      'v3 12',
    ],
    [
      'a variable of .env',
      { 'config.yaml': cliConfig, '.env': 'HASURA_GRAPHQL_METADATA_DIRECTORY=other', ...both },
      {},
      'v3 other',
    ],
    [
      'not when a line of it is none',
      { 'config.yaml': cliConfig, '.env': 'HASURA_GRAPHQL_METADATA_DIRECTORY=other\nx', ...both },
      {},
      'v3 metadata',
    ],
    [
      'a variable of the environment before it',
      { 'config.yaml': cliConfig, '.env': 'HASURA_GRAPHQL_METADATA_DIRECTORY=gone', ...both },
      { HASURA_GRAPHQL_METADATA_DIRECTORY: 'other' },
      'v3 other',
    ],
    [
      'the version of a variable',
      { 'config.yaml': cliConfig, ...both },
      { HASURA_GRAPHQL_VERSION: '2' },
      'v2 metadata',
    ],
    [
      'a metadata file of a variable',
      { 'config.yaml': cliConfig, 'all.json': '{"version":3,"sources":[]}', ...both },
      { HASURA_GRAPHQL_METADATA_FILE: 'all.json' },
      'file all.json',
    ],
  ])('%s', async (_, files, environment, expected) => {
    const folder = new TemporaryFolder(files);
    const workspace = await workspaceOf([folder.path], { environment });
    const { location } = workspace.projectOf(folder.file('config.yaml'));
    expect(`${location.layout} ${relativePath(folder.path, location.metadata ?? '')}`).toBe(expected);
  });

  it('no variable counts where the workspace is not trusted', async () => {
    const folder = new TemporaryFolder({
      'config.yaml': cliConfig,
      '.env': 'HASURA_GRAPHQL_METADATA_DIRECTORY=other',
      ...both,
    });
    const workspace = await workspaceOf([folder.path]);
    expect(workspace.projectOf(folder.file('config.yaml')).location.metadata).toBe(folder.file('metadata'));
  });
});

describe('a file belongs to the project with the longest folder', () => {
  it('does not take /app for the folder of /app-two', async () => {
    const folder = new TemporaryFolder({
      ...below('app/metadata', v3),
      ...below('app-two/metadata', v3),
      ...below('app/inner/metadata', v3),
    });
    const workspace = await workspaceOf([folder.path]);
    const rootOf = (name: string): string =>
      relativePath(folder.path, workspace.projectOf(folder.file(name)).location.root);
    expect(rootOf('app-two/request.json')).toBe('app-two');
    expect(rootOf('app/request.json')).toBe('app');
    expect(rootOf('app/inner/request.json')).toBe('app/inner');
    expect(workspace.isFound(workspace.projectOf(folder.file('other/request.json')))).toBe(false);
  });

  it('drops the projects of a folder that is taken away', async () => {
    const one = new TemporaryFolder(below('metadata', v3));
    const two = new TemporaryFolder(below('metadata', v3));
    const workspace = await workspaceOf([one.path, two.path]);
    expect(workspace.projects).toHaveLength(2);
    workspace.setFolders([two.path]);
    expect(workspace.projects.map(({ location }) => location.root)).toEqual([two.path]);
  });
});

it('of a project in two folders, the one of the first folder counts, whichever came first', async () => {
  const folder = new TemporaryFolder({
    ...below('app/metadata', v3),
    'remote-relationships.config.json': configuration,
  });
  const [outer, inner] = [folder.path, folder.file('app')];
  const configurationOf = (workspace: Workspace): unknown =>
    workspace.projectOf(folder.file('app/request.json')).location.configuration;
  for (const folders of [
    [outer, inner],
    [inner, outer],
  ]) {
    const expected = folders[0] === outer ? folder.file('remote-relationships.config.json') : undefined;
    const workspace = await workspaceOf([inner]);
    workspace.setFolders(folders);
    await settle(workspace);
    expect(configurationOf(workspace)).toBe(expected);
    expect(configurationOf(await workspaceOf(folders))).toBe(expected);
  }
});

it('a project in two folders goes from both', async () => {
  const folder = new TemporaryFolder(below('app/metadata', v3));
  const workspace = await workspaceOf([folder.path, folder.file('app')]);
  expect(workspace.projects).toHaveLength(2);
  folder.remove('app/metadata');
  workspace.fileChanged(folder.file('app/metadata'), true);
  await settle(workspace);
  expect(workspace.projects).toEqual([]);
});

describe('a text that is edited says which projects there are', () => {
  const exported = 'version: 3\nsources: []\n';
  const other = { ...below('metadata', v3), ...below('other', v3) };

  it.each<[string, Readonly<Record<string, string>>, string, string, readonly string[], readonly string[]]>([
    [
      'an export that stops being metadata',
      { 'metadata.yaml': exported },
      'metadata.yaml',
      'title: sources\n',
      ['file . metadata.yaml'],
      [],
    ],
    [
      'a file that becomes an export',
      { 'metadata.yaml': 'title: x\n' },
      'metadata.yaml',
      exported,
      [],
      ['file . metadata.yaml'],
    ],
    [
      'another directory in config.yaml',
      { 'config.yaml': cliConfig, ...other },
      'config.yaml',
      `${cliConfig}metadata_directory: other\n`,
      ['v3 . metadata', 'v3 . other'],
      ['v3 . other', 'v3 . metadata'],
    ],
    [
      'a config.yaml that is no longer the Hasura CLI’s',
      { 'config.yaml': cliConfig },
      'config.yaml',
      'services: {}\n',
      ['loose . -'],
      [],
    ],
    [
      'a remote_schemas.yaml that becomes another program’s',
      { 'metadata/remote_schemas.yaml': '- name: people\n' },
      'metadata/remote_schemas.yaml',
      'services: {}\n',
      ['v3 . metadata'],
      [],
    ],
    [
      'a databases.yaml that was another program’s',
      { 'databases/databases.yaml': 'services: {}\n' },
      'databases/databases.yaml',
      '- name: default\n  kind: postgres\n',
      [],
      ['v3 . .'],
    ],
  ])('%s, until it is closed', async (_, files, name, text, before, after) => {
    const folder = new TemporaryFolder(files);
    const workspace = await workspaceOf([folder.path]);
    const uri = folder.uri(name);
    const projects = (): string[] =>
      workspace.projects.map(({ location: { layout, root, metadata } }) =>
        [layout, ...[root, metadata].map((path) => (path ? relativePath(folder.path, path) : '-'))].join(' '),
      );
    workspace.open(uri, 'yaml', 1, files[name] ?? '');
    await settle(workspace);
    expect(projects()).toEqual(before);
    workspace.change(uri, 2, [{ text }]);
    expect(workspace.toDiscover).toBe(true);
    await settle(workspace);
    expect(projects()).toEqual(after);
    workspace.close(uri);
    expect(workspace.toDiscover).toBe(true);
    await settle(workspace);
    expect(projects()).toEqual(before);
  });

  it('and an edit that says the same looks for none', async () => {
    const folder = new TemporaryFolder({ 'config.yaml': cliConfig, 'metadata.yaml': exported });
    const workspace = await workspaceOf([folder.path]);
    for (const [name, text] of [
      ['config.yaml', cliConfig],
      ['metadata.yaml', exported],
    ] as const) {
      workspace.open(folder.uri(name), 'yaml', 1, text);
      await settle(workspace);
      workspace.change(folder.uri(name), 2, [{ text: `${text}# a comment\n` }]);
      expect(workspace.toDiscover).toBe(false);
    }
  });
});

it('looks again where a file on disk says something else, and only there', async () => {
  const folder = new TemporaryFolder({ 'metadata/remote_schemas.yaml': '- name: people\n' });
  const workspace = await workspaceOf([folder.path]);
  const path = folder.file('metadata/remote_schemas.yaml');
  const write = async (text: string): Promise<boolean> => {
    folder.write('metadata/remote_schemas.yaml', text);
    workspace.fileChanged(path, false);
    const { toDiscover } = workspace;
    await settle(workspace);
    return toDiscover;
  };
  expect(await write('services: {}\n')).toBe(true);
  expect(workspace.projects).toHaveLength(0);
  expect(await write('services: {web: {}}\n')).toBe(false);
  expect(await write('- name: people\n')).toBe(true);
  expect(workspace.projects).toHaveLength(1);
});

it('takes up that the folder which config.yaml names comes with a file in it, and goes', async () => {
  const folder = new TemporaryFolder({ 'config.yaml': 'version: 3\nmetadata_directory: parts\n' });
  const workspace = await workspaceOf([folder.path]);
  const isMissing = () => codesIn(workspace, folder.file('config.yaml')).includes('metadata-not-found 2');
  expect(isMissing()).toBe(true);
  folder.write('parts/more/notes.json', '{}');
  workspace.fileChanged(folder.file('parts/more/notes.json'), true);
  await settle(workspace);
  expect(isMissing()).toBe(false);
  folder.remove('parts');
  workspace.fileChanged(folder.file('parts/more/notes.json'), true);
  await settle(workspace);
  expect(isMissing()).toBe(true);
});

it('takes up that metadata goes, and comes again, in another folder of the workspace', async () => {
  const folder = new TemporaryFolder({
    'api/config.yaml': 'version: 3\nmetadata_directory: ../shared/metadata\n',
    'shared/metadata/version.yaml': 'version: 3\n',
    'shared/metadata/databases/databases.yaml': '[]\n',
  });
  const workspace = await workspaceOf([folder.file('api'), folder.file('shared')], { trusted: true });
  const own = () => workspace.projects.find(({ location }) => location.root === folder.file('api'))?.location;
  expect(own()).toMatchObject({ layout: 'v3', missing: undefined });
  folder.remove('shared/metadata');
  workspace.fileChanged(folder.file('shared/metadata'), true);
  await settle(workspace);
  expect(own()).toMatchObject({ layout: 'loose', missing: { file: folder.file('api/config.yaml') } });
  folder.write('shared/metadata/databases/databases.yaml', '[]\n');
  workspace.fileChanged(folder.file('shared/metadata/databases/databases.yaml'), true);
  await settle(workspace);
  expect(own()).toMatchObject({ layout: 'v3', missing: undefined });
});

it('leaves a config.yml alone once it says nothing of Hasura’s', async () => {
  const text = 'version: 3\nendpoint: http://localhost:8080\n';
  const folder = new TemporaryFolder({
    'config.yml': text,
    'metadata/version.yaml': 'version: 3\n',
    'metadata/databases/databases.yaml': '[]\n',
  });
  const workspace = await workspaceOf([folder.path]);
  const path = folder.file('config.yml');
  expect(codesIn(workspace, path)).toEqual(['yml-file 1']);
  workspace.open(folder.uri('config.yml'), 'yaml', 1, 'services: {}\n');
  expect(codesIn(workspace, path)).toEqual([]);
  workspace.close(folder.uri('config.yml'));
  expect(codesIn(workspace, path)).toEqual(['yml-file 1']);
  folder.write('config.yml', 'services: {}\n');
  workspace.fileChanged(path, false);
  expect(codesIn(workspace, path)).toEqual([]);
});

it.each(['\0', 'n'.repeat(256)])(
  'takes a source for one without migrations that no folder can be called like',
  async (name) => {
    const folder = new TemporaryFolder({
      'config.yaml': cliConfig,
      'metadata/version.yaml': 'version: 3\n',
      'metadata/databases/databases.yaml': `- name: ${JSON.stringify(name)}\n  kind: postgres\n  tables: []\n`,
      'migrations/default/1/up.sql': 'CREATE TABLE a (id int);\n',
    });
    const unread: string[] = [];
    const disk: WorkspaceOptions['disk'] = (readable) =>
      nodeFileSystem(readable, (path) => unread.push(path));
    const replay = new LazyReplay();
    const workspace = await workspaceOf([folder.path], { disk, replaySql: (sql) => replay.replay(sql) });
    await workspace.migrationsRead();
    expect(unread).toEqual([]);
  },
);

it('takes up a change of .env', async () => {
  const folder = new TemporaryFolder({
    'config.yaml': 'version: 3\nmetadata_directory: one\n',
    'one/version.yaml': 'version: 3\n',
    'one/databases/databases.yaml': '[]\n',
    'two/version.yaml': 'version: 3\n',
    'two/databases/databases.yaml': '[]\n',
  });
  const workspace = await workspaceOf([folder.path], { environment: {}, looksAtDisk: true });
  const named = () =>
    workspace.projects.find(({ location }) => location.root === folder.path)?.location.metadata;
  expect(named()).toBe(folder.file('one'));
  workspace.lookAtDisk(true);
  folder.write('.env', 'HASURA_GRAPHQL_METADATA_DIRECTORY=two\n');
  expect(workspace.lookAtDisk(true).isNews).toBe(true);
  await settle(workspace);
  expect(named()).toBe(folder.file('two'));
  folder.write('.env', 'HASURA_GRAPHQL_METADATA_DIRECTORY=one # again\n');
  workspace.fileChanged(folder.file('.env'), false);
  await settle(workspace);
  expect(named()).toBe(folder.file('one'));
});
