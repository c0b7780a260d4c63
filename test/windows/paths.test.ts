/** On the real rules of Windows, where tables of paths say what should be. Runs on Windows, or what stands in for it. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import nodePath from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRegularFile } from '../../common/src/files/regularFile.ts';
import { lint } from '../../server/src/cli/lint.ts';
import { projectAt } from '../../server/src/cli/projectAt.ts';
import { normalisePath, uriOfPath } from '../../server/src/project/files.ts';
import { skipBecause } from '../machine.ts';
import {
  codesIn,
  customerTable,
  smallProject,
  TemporaryFolder,
  workspaceOf,
} from '../unit/project/temporaryFolder.ts';

const wrong: Readonly<Record<string, string>> = {
  ...smallProject,
  [customerTable]: (smallProject[customerTable] ?? '').replace('[person_id]', '[nothing]'),
};
const codes = ['unknown-lhs-field', 'unlisted-variable'];

async function lintAt(workingDirectory: string, ...paths: string[]) {
  const unread: string[] = [];
  const findings = await lint({
    paths,
    configuration: undefined,
    workingDirectory,
    note: (message) => {
      throw new Error(message);
    },
    unread: (folder) => unread.push(folder),
  });
  expect(unread).toEqual([]);
  return findings.map(({ file, code }) => ({ file, code }));
}

function customerTableOf(folder: TemporaryFolder): string {
  return folder.file(customerTable).toUpperCase();
}

/** A folder as Windows spells it, with backslashes and an upper-case drive. */
function spelled({ path }: TemporaryFolder): string {
  return path.replaceAll('/', '\\').replace(/^[a-z]/, (drive) => drive.toUpperCase());
}

/** Ways to write a folder. */
const ways: Readonly<Record<string, (folder: string) => string>> = {
  'as it is': (folder) => folder,
  slashes: (folder) => folder.replaceAll('\\', '/'),
  'a lower-case drive': (folder) => folder.replace(/^[A-Z]/, (drive) => drive.toLowerCase()),
  'in capitals': (folder) => folder.toUpperCase(),
  'a backslash at the end': (folder) => `${folder}\\`,
  'two in the middle': (folder) => folder.replace('\\', '\\\\'),
  'below the root of the drive': (folder) => folder.slice(2),
  'as it stands': (folder) => `\\\\?\\${folder}`,
  'as it stands, in capitals': (folder) => `\\\\?\\${folder.toUpperCase()}`,
  'there and back': (folder) => `${folder}\\metadata\\..\\.\\`,
  'a share of this machine': (folder) => `\\\\localhost\\${folder.replace(':', '$')}`,
  'a dot at the end': (folder) => `${folder}.`,
};

describe('a project is found by every way to write its folder', () => {
  it.each(Object.entries(ways))('%s', async (name, way) => {
    const folder = new TemporaryFolder(wrong);
    const written = way(spelled(folder));
    const top = nodePath.parse(spelled(folder)).root;
    // What begins at a root is meant on the drive that one works on.
    const here = nodePath.resolve(top, written);
    skipBecause(existsSync(here) ? undefined : `no such folder here: ${name}`);
    for (const [directory, path] of [
      [top, written],
      [here, '.'],
      [`${here}\\metadata`, 'DATABASES'],
    ] as const) {
      const found = await lintAt(directory, path);
      expect(
        found.map(({ code }) => code),
        `${path} in ${directory}`,
      ).toEqual(codes);
      expect(found.every(({ file }) => file.endsWith('default/tables/public_customer.yaml'))).toBe(true);
    }
    const { project } = await projectAt([written], folder.path, () => undefined);
    expect(project.location.layout).toBe('v3');
  });

  it('from another drive or share, where its path is said whole', async () => {
    const folder = new TemporaryFolder(wrong);
    const expected = codes.map((code) => ({ file: folder.file(customerTable), code }));
    for (const directory of ['Q:\\', 'Q:\\work', '\\\\server\\share\\work']) {
      expect(await lintAt(directory, spelled(folder), customerTableOf(folder))).toEqual(expected);
    }
  });

  it('a file in another spelling, as the disk spells it', async () => {
    const folder = new TemporaryFolder(wrong);
    const file = customerTable.toUpperCase().replaceAll('/', '\\');
    const expected = codes.map((code) => ({ file: customerTable, code }));
    expect(await lintAt(folder.path, file)).toEqual(expected);
    expect(await lintAt(folder.path.toUpperCase(), file, customerTable)).toEqual(expected);
  });

  it('by fixed names in another case', async () => {
    const names = ['databases/databases.yaml', 'remote_schemas.yaml', 'config.yaml', '/schema/'];
    const capitals = (name: string): string =>
      names.reduce((each, fixed) => each.replace(fixed, fixed.toUpperCase()), name);
    const files = Object.entries(wrong).map(([name, text]) => [capitals(name), text] as const);
    const folder = new TemporaryFolder(Object.fromEntries(files));
    expect(await lintAt(folder.path, '.')).toEqual(
      codes.map((code) => ({ file: customerTable.replace('databases', 'DATABASES'), code })),
    );
  });

  it('deeper than 260 characters', async () => {
    const folder = new TemporaryFolder();
    const deep = `${'d'.repeat(90)}/`.repeat(3);
    for (const [name, text] of Object.entries(wrong)) {
      const file = `\\\\?\\${spelled(folder)}\\${`${deep}${name}`.replaceAll('/', '\\')}`;
      mkdirSync(nodePath.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const found = codes.map((code) => ({ file: `${deep}${customerTable}`, code }));
    expect(await lintAt(folder.path, '.')).toEqual(found);
    expect(await lintAt(folder.path, deep)).toEqual(found);
  });
});

describe('a document is known by every way to write its URI', () => {
  it.each<[string, (uri: string) => string]>([
    ['as it is', (uri) => uri],
    ['a colon', (uri) => uri.replace('%3A', ':')],
    ['a capital drive', (uri) => uri.replace(/\/\/\/[a-z]/, (drive) => drive.toUpperCase())],
    ['this host', (uri) => uri.replace('///', '//localhost/')],
    ['in capitals', (uri) => `file:///${uri.slice(8).toUpperCase().replace('%3A', ':')}`],
    ['capitals below the folder', (uri) => uri.replace('metadata', 'METADATA')],
  ])('%s', async (_, way) => {
    const folder = new TemporaryFolder(smallProject);
    const workspace = await workspaceOf([folder.path]);
    const uri = way(folder.uri(customerTable));
    workspace.open(uri, 'yaml', 1, wrong[customerTable] ?? '');
    const key = folder.file(customerTable);
    expect(workspace.key(uri)).toBe(key);
    expect(codesIn(workspace, key).map((code) => code.split(' ')[0])).toEqual(codes);
    expect(workspace.uri(key)).toBe(uri);
    expect(workspace.reportableFiles().filter((path) => /customer/i.test(path))).toEqual([key]);
    workspace.close(uri);
    expect(codesIn(workspace, key)).toEqual([]);
  });
});

it.each<[string, (uri: string) => string]>([
  ['as it is', (uri) => uri],
  [
    'the share in capitals',
    (uri) => uri.replace('localhost', 'LOCALHOST').replace(/[a-z]%24/, (share) => share.toUpperCase()),
  ],
  ['five slashes', (uri) => uri.replace('//', '/////')],
  ['in capitals', (uri) => `file://${uri.slice(7).toUpperCase()}`],
  ['by its drive', (uri) => uri.replace(/localhost\/([a-z])%24/, '/$1:')],
])('a document on a share is known by every way to write its URI: %s', async (_, way) => {
  const folder = new TemporaryFolder(smallProject);
  const share = normalisePath(ways['a share of this machine']?.(spelled(folder)) ?? '');
  skipBecause(existsSync(share) ? undefined : 'no shares of this machine');
  const workspace = await workspaceOf([share]);
  const key = `${share}/${customerTable}`;
  const uri = way(uriOfPath(key));
  workspace.open(uri, 'yaml', 1, wrong[customerTable] ?? '');
  expect(workspace.key(uri)).toBe(key);
  expect(codesIn(workspace, key).map((code) => code.split(' ')[0])).toEqual(codes);
  expect(workspace.reportableFiles().filter((path) => /customer/i.test(path))).toEqual([key]);
});

describe('a schema is found by every way a configuration names it', () => {
  it.each<[string, (folder: string) => string]>([
    ['backslashes', () => 'api\\people.graphql'],
    ['capitals', () => 'API/PEOPLE.GRAPHQL'],
    ['a pattern below capitals', () => 'API\\*.graphql'],
    ['a drive', (folder) => `${folder}\\api\\people.graphql`],
    ['a drive, in capitals', (folder) => `${folder}\\api\\people.graphql`.toUpperCase()],
    ['below the root of the drive', (folder) => `${folder.slice(2)}/api/people.graphql`],
    ['as it stands', (folder) => `\\\\?\\${folder}\\api\\people.graphql`],
  ])('%s', async (_, way) => {
    const folder = new TemporaryFolder({
      ...smallProject,
      'api/people.graphql': 'type Query { person(number: Int): Person }\ntype Person { id: ID! }\n',
    });
    const schema = way(spelled(folder));
    const configuration = JSON.stringify({ remoteSchemas: { people: { schema } } }, null, 2);
    folder.write('remote-relationships.config.json', configuration.replaceAll('\n', '\r\n'));
    const workspace = await workspaceOf([folder.path], { trusted: true });
    expect(codesIn(workspace, folder.file('remote-relationships.config.json'))).toEqual([]);
    expect(codesIn(workspace, folder.file(customerTable))[0]).toMatch(/^unknown-argument/);
    folder.write('api/people.graphql', smallProject['schema/people.graphql'] ?? '');
    workspace.fileChanged(folder.file('api/people.graphql'), false);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
  });
});

describe('what is no file is not read, and nobody waits for it', () => {
  it.each([
    'nul',
    'NUL',
    'con',
    'aux.yaml',
    'com1',
    'lpt1.json',
    '\\\\.\\nul',
    '\\\\.\\pipe\\none',
    'a.json:stream',
    'a\u0001b',
  ])('%s', (name) => {
    const folder = new TemporaryFolder({ 'a.json': '{}' });
    const path = name.startsWith('\\') ? name : folder.file(name);
    expect(readRegularFile(path).ok).toBe(false);
  });

  it.each(['nul', 'con.yaml', 'aux', 'tables.yaml::$DATA'])('included: %s', async (name) => {
    const tables = 'metadata/databases/default/tables/tables.yaml';
    const folder = new TemporaryFolder({ ...smallProject, [tables]: `- "!include ${name}"\n` });
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(tables))).toEqual(['include-not-found 1']);
  });
});
