import { renameSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DocumentKeys } from '../../../server/src/project/documentKeys.ts';
import { uriOfPath } from '../../../server/src/project/files.ts';
import { SnapshotTargets } from '../../../server/src/project/snapshotTargets.ts';
import { Spelling } from '../../../server/src/project/spelling.ts';
import type { Workspace } from '../../../server/src/project/workspace.ts';
import { makeLink } from '../../machine.ts';
import { type Forgives, forgivingDisk } from './forgivingDisk.ts';
import {
  codesIn,
  customerTable,
  settle,
  smallProject,
  TemporaryFolder,
  workspaceOf,
} from './temporaryFolder.ts';

const composed = 'caf\u00e9';
const decomposed = 'cafe\u0301';

const wrongTable = (smallProject[customerTable] ?? '').replace('[person_id]', '[nothing]');
const wrong = { ...smallProject, [customerTable]: wrongTable };
const otherSpelling = 'Metadata/databases/DEFAULT/tables/Public_Customer.yaml';

const opened = (forgives: Forgives, folder: TemporaryFolder): Promise<Workspace> =>
  workspaceOf([folder.path], { disk: forgivingDisk(forgives), trusted: true });

describe.each([false, true])('a path as the disk spells it, which does not say so itself: %s', (echoes) => {
  it.each<[Forgives, string, string]>([
    ['case', 'A/b.yaml', 'a/B.yaml'],
    ['case', 'a/B.yaml', 'a/B.yaml'],
    ['case', 'A/Gone/C.yaml', 'a/Gone/C.yaml'],
    ['case', 'gone.yaml', 'gone.yaml'],
    ['case', 'LINK/b.yaml', 'link/B.yaml'],
    ['case', `A/${decomposed}.yaml`, `a/${decomposed}.yaml`],
    ['accents', `a/${decomposed}.yaml`, `a/${composed}.yaml`],
    ['accents', `A/${decomposed}.yaml`, `A/${decomposed}.yaml`],
    ['both', `A/${decomposed.toUpperCase()}.yaml`, `a/${composed}.yaml`],
    ['nothing', 'A/b.yaml', 'A/b.yaml'],
    ['nothing', `a/${decomposed}.yaml`, `a/${decomposed}.yaml`],
    ['nothing', `a/${composed}.yaml`, `a/${composed}.yaml`],
  ])('where it forgives %s: %s', (forgives, written, spelled) => {
    const folder = new TemporaryFolder({ 'a/B.yaml': '', [`a/${composed}.yaml`]: '' });
    if (/link/i.test(written)) makeLink(folder.file('a'), folder.file('link'));
    const disk = forgivingDisk(forgives, undefined, echoes)({ folders: () => [folder.path], trusted: true });
    expect(new Spelling(disk).of(folder.file(written), folder.path)).toBe(folder.file(spelled));
  });

  it('is not looked up where case counts', () => {
    const asked: string[] = [];
    const folder = new TemporaryFolder({ 'a/B.yaml': '' });
    const disk = forgivingDisk('nothing', (path) => asked.push(path));
    const spelling = new Spelling(disk({ folders: () => [folder.path], trusted: true }));
    expect(spelling.of(folder.file('a/B.yaml'), folder.path)).toBe(folder.file('a/B.yaml'));
    const first = asked.length;
    expect(spelling.of(folder.file('a/C.yaml'), folder.path)).toBe(folder.file('a/C.yaml'));
    expect(asked.slice(first)).toEqual([]);
  });

  it('is that of the one file where two differ by case', () => {
    const folder = new TemporaryFolder({ 'b.yaml': 'b', 'B.yaml': 'B' });
    const disk = forgivingDisk('case')({ folders: () => [folder.path], trusted: true });
    const spelling = new Spelling(disk);
    for (const { name } of disk.list(folder.path) ?? []) {
      expect(spelling.of(folder.file(name), folder.path)).toBe(folder.file(name));
    }
  });
});

it.each([
  ['//server/share/app/a.yaml', '//server/Share/app/a.yaml'],
  ['//server/SHARE', '//server/Share'],
  ['//server/share-two/app/a.yaml', '//server/share-two/app/a.yaml'],
  ['//other/share/app/a.yaml', '//other/share/app/a.yaml'],
])('where a folder lies on a share, which ignores case, %s is %s', (written, key) => {
  const keys = new DocumentKeys();
  keys.setFolders(['//server/Share/app'], { list: () => undefined, real: () => undefined });
  expect(keys.ofWritten(written)).toBe(key);
});

describe('a document that is opened in another spelling', () => {
  it('belongs to its project, and is reported once, as it was opened', async () => {
    const folder = new TemporaryFolder(wrong);
    const workspace = await opened('case', folder);
    const uri = folder.uri(otherSpelling);
    workspace.open(uri, 'yaml', 1, wrongTable);
    const key = workspace.key(uri);
    expect(key).toBe(folder.file(customerTable));
    expect(workspace.isFound(workspace.projectOf(key))).toBe(true);
    expect(codesIn(workspace, key)).toEqual(['unknown-lhs-field 7', 'unlisted-variable 10']);
    expect(workspace.reportableFiles().filter((each) => /customer/i.test(each))).toEqual([key]);
    expect(workspace.uri(key)).toBe(uri);
  });

  it('counts with its text of now', async () => {
    const folder = new TemporaryFolder(wrong);
    const workspace = await opened('case', folder);
    const uri = folder.uri(otherSpelling);
    workspace.open(uri, 'yaml', 1, smallProject[customerTable] ?? '');
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
    workspace.close(uri);
    expect(codesIn(workspace, folder.file(customerTable))).not.toEqual([]);
  });

  it('is another file where case counts', async () => {
    const folder = new TemporaryFolder(wrong);
    const workspace = await opened('nothing', folder);
    workspace.open(folder.uri(otherSpelling), 'yaml', 1, smallProject[customerTable] ?? '');
    expect(codesIn(workspace, folder.file(customerTable))).not.toEqual([]);
  });

  it('keeps the edits of one way to it when another is closed', async () => {
    const folder = new TemporaryFolder(wrong);
    const workspace = await opened('case', folder);
    const [one, other] = [folder.uri(customerTable), folder.uri(otherSpelling)];
    workspace.open(one, 'yaml', 1, smallProject[customerTable] ?? '');
    workspace.open(other, 'yaml', 1, wrongTable);
    expect(codesIn(workspace, folder.file(customerTable))).not.toEqual([]);
    workspace.close(other);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
    expect(workspace.uri(folder.file(customerTable))).toBe(one);
    workspace.close(one);
    expect(codesIn(workspace, folder.file(customerTable))).not.toEqual([]);
  });

  it('is found when its name is spelled anew on disk', async () => {
    const folder = new TemporaryFolder(smallProject);
    const workspace = await opened('case', folder);
    const uri = folder.uri(customerTable);
    workspace.open(uri, 'yaml', 1, wrongTable);
    expect(workspace.key(uri)).toBe(folder.file(customerTable));
    renameSync(folder.file(customerTable), folder.file('elsewhere.yaml'));
    renameSync(folder.file('elsewhere.yaml'), folder.file(customerTable.replace('public', 'Public')));
    for (const name of [customerTable, customerTable.replace('public', 'Public')]) {
      workspace.fileChanged(folder.file(name), true);
    }
    await settle(workspace);
    const key = workspace.key(uri);
    expect(key).toBe(folder.file(customerTable.replace('public', 'Public')));
    expect(codesIn(workspace, key)).toEqual(['unknown-lhs-field 7', 'unlisted-variable 10']);
    expect(workspace.uri(key)).toBe(uri);
    expect(workspace.reportableFiles().filter((each) => /customer/i.test(each))).toEqual([key]);
  });

  it('keeps the place through which a link leads to it', async () => {
    const folder = new TemporaryFolder(smallProject);
    const linked = new TemporaryFolder({ 'shared/tables.yaml': '- "!include public_customer.yaml"\n' });
    folder.remove('metadata/databases/default/tables/tables.yaml');
    makeLink(linked.file('shared/tables.yaml'), folder.file('metadata/databases/default/tables/tables.yaml'));
    const workspace = await workspaceOf([folder.path, linked.path], {
      disk: forgivingDisk('case'),
      trusted: true,
    });
    const uri = folder.uri('metadata/databases/default/TABLES/Tables.yaml');
    workspace.open(uri, 'yaml', 1, '- "!include public_customer.yaml"\n- "!include gone.yaml"\n');
    expect(workspace.key(uri)).toBe(folder.file('metadata/databases/default/tables/tables.yaml'));
    expect(codesIn(workspace, workspace.key(uri))).toEqual(['include-not-found 2']);
  });
});

describe('what is named in another spelling', () => {
  const people = (schema: string): Record<string, string> => ({
    'remote-relationships.config.json': JSON.stringify({ remoteSchemas: { people: { schema } } }),
    'api/People.graphql': 'type Query { person(number: Int): Person }\ntype Person { id: ID! }\n',
  });

  it.each(['API/people.graphql', 'API/p*.graphql', './Api/../api/PEOPLE.graphql'])(
    'a schema file, %s: it counts, and its changes do',
    async (schema) => {
      const folder = new TemporaryFolder({ ...smallProject, ...people(schema.replace('/p*', '/P*')) });
      const workspace = await opened('case', folder);
      expect(codesIn(workspace, folder.file('remote-relationships.config.json'))).toEqual([]);
      expect(codesIn(workspace, folder.file(customerTable))).toContain('unknown-argument 10');
      const uri = folder.uri('api/People.graphql');
      const right = 'type Query { person(id: ID!): Person }\ntype Person { id: ID! }\n';
      workspace.open(uri, 'graphql', 1, right);
      expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
      workspace.close(uri);
      expect(codesIn(workspace, folder.file(customerTable))).not.toEqual([]);
      folder.write('api/People.graphql', right);
      workspace.fileChanged(workspace.key(uri), false);
      expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
    },
  );

  it('the metadata directory', async () => {
    const folder = new TemporaryFolder({
      ...wrong,
      'config.yaml': 'version: 3\nendpoint: http://localhost:8080\nmetadata_directory: MetaData\n',
    });
    const workspace = await opened('case', folder);
    expect(workspace.projects.map(({ location }) => [location.layout, location.metadata])).toEqual([
      ['v3', folder.file('metadata')],
    ]);
    expect(codesIn(workspace, folder.file(customerTable))).not.toEqual([]);
  });

  it('the file that a pull writes', async () => {
    const folder = new TemporaryFolder({ ...smallProject, ...people('API/people.graphql') });
    const workspace = await opened('case', folder);
    const [project] = workspace.projects;
    const targets = project && SnapshotTargets.of(workspace, project);
    if (targets === undefined || 'problem' in targets) throw new Error('There are no targets.');
    expect(targets.of({ what: 'remote-schema', name: 'people' })).toEqual({
      path: folder.file('api/People.graphql'),
      shared: false,
    });
  });
});

describe('a fixed name in another case', () => {
  const named: Readonly<Record<string, string>> = {
    'config.yaml': 'Config.yaml',
    'metadata/version.yaml': 'metadata/VERSION.yaml',
    'metadata/databases/databases.yaml': 'metadata/Databases/Databases.YAML',
    'metadata/databases/default/tables/tables.yaml': 'metadata/Databases/default/tables/tables.yaml',
    [customerTable]: customerTable.replace('databases', 'Databases'),
    'metadata/remote_schemas.yaml': 'metadata/Remote_Schemas.yaml',
    'schema/default.tables.json': 'Schema/default.tables.json',
    'schema/people.graphql': 'Schema/people.graphql',
  };
  const renamed = (files: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [named[name] ?? name, text]));
  const table = named[customerTable] ?? '';
  const codes = ['unknown-lhs-field 7', 'unlisted-variable 10'];

  it('is read where the Hasura CLI opens it, and nowhere else', async () => {
    const folder = new TemporaryFolder({
      ...renamed(wrong),
      '.ENV': 'HASURA_GRAPHQL_METADATA_DIRECTORY=metadata\n',
      'Config.yaml': 'version: 3\nendpoint: http://localhost:8080\nmetadata_directory: elsewhere\n',
    });
    const location = async (forgives: Forgives) => {
      const workspace = await workspaceOf([folder.path], {
        disk: forgivingDisk(forgives),
        trusted: true,
        environment: {},
      });
      return workspace.projects.map(({ location: { layout, root, metadata, cliConfiguration } }) => [
        layout,
        root,
        metadata,
        cliConfiguration,
      ]);
    };
    expect(await location('case')).toEqual([
      ['v3', folder.path, folder.file('metadata'), folder.file('Config.yaml')],
    ]);
    expect(await location('nothing')).toEqual([]);
  });

  it('of a configuration file and an export too', async () => {
    const folder = new TemporaryFolder({
      'a/Remote-Relationships.Config.json': '{}',
      'b/Tables.yaml': '[]',
      'b/Version.yaml': 'version: 2',
    });
    const workspace = await opened('case', folder);
    expect(
      workspace.projects.map(({ location: { layout, configuration, metadata } }) => [
        layout,
        configuration ?? metadata,
      ]),
    ).toEqual([
      ['v2', folder.file('b')],
      ['loose', folder.file('a/Remote-Relationships.Config.json')],
    ]);
    expect((await opened('nothing', folder)).projects).toEqual([]);
  });

  it('its files are known as the disk spells them, with what is typed and what changes', async () => {
    const folder = new TemporaryFolder(renamed(wrong));
    const workspace = await opened('case', folder);
    const [project] = workspace.projects;
    expect(codesIn(workspace, folder.file(table))).toEqual(codes);
    const own = ['metadata/actions.graphql', ...Object.values(named)].filter(
      (name) => !/config|version/i.test(name),
    );
    expect([...(project?.allFiles() ?? [])].sort()).toEqual(own.map((name) => folder.file(name)).sort());

    const databases = folder.uri('metadata/Databases/Databases.YAML');
    workspace.open(databases, 'yaml', 1, '[]\n');
    expect(workspace.projectOf(folder.file(table)).files.has(folder.file(table))).toBe(false);
    workspace.close(databases);
    expect(codesIn(workspace, folder.file(table))).toEqual(codes);

    const snapshot = smallProject['schema/default.tables.json'] ?? '';
    folder.write('Schema/default.tables.json', snapshot.replace('"person_id"', '"nothing"'));
    workspace.fileChanged(workspace.key(folder.uri('Schema/default.tables.json')), false);
    expect(codesIn(workspace, folder.file(table))).toEqual(['unused-lhs-field 7', 'unlisted-variable 10']);
  });

  it('that comes later is found', async () => {
    const { 'config.yaml': config = '', ...others } = smallProject;
    const folder = new TemporaryFolder(others);
    const workspace = await opened('case', folder);
    folder.write('Config.yaml', config.replace('3', '2'));
    workspace.fileChanged(folder.file('Config.yaml'), true);
    await settle(workspace);
    expect(codesIn(workspace, folder.file('Config.yaml'))).toEqual(['layout-version 1']);
    folder.write('Config.yaml', config);
    workspace.fileChanged(folder.file('Config.yaml'), false);
    await settle(workspace);
    expect(codesIn(workspace, folder.file('Config.yaml'))).toEqual([]);
    workspace.open(folder.uri('Config.yaml'), 'yaml', 1, 'endpoint: [\n');
    await settle(workspace);
    expect(codesIn(workspace, folder.file('Config.yaml'))).toEqual(['unreadable-file 2']);
  });

  it('that the Hasura CLI does not read is said at the file', async () => {
    const { 'config.yaml': config = '', ...others } = smallProject;
    const folder = new TemporaryFolder({ ...others, 'Config.yml': config });
    const workspace = await opened('case', folder);
    expect(codesIn(workspace, folder.file('Config.yml'))).toEqual(['yml-file 1']);
    workspace.open(folder.uri('Config.yml'), 'yaml', 1, '{}\n');
    expect(codesIn(workspace, folder.file('Config.yml'))).toEqual([]);
  });
});

it.each(['public_customer.yaml.', 'public_customer.yaml ', 'PUBLIC_customer.yaml'])(
  'an include of "%s" is found where the system opens it',
  async (written) => {
    const tables = 'metadata/databases/default/tables/tables.yaml';
    const folder = new TemporaryFolder({ ...wrong, [tables]: `- "!include ${written}"\n` });
    const severities = async (forgives: Forgives) =>
      (await opened(forgives, folder))
        .findings(folder.file(tables))
        .findings.map(({ code, severity }) => `${code} ${severity}`);
    const forgives = written.startsWith('PUBLIC') ? 'case' : 'ends';
    expect(await severities(forgives)).toEqual(['include-case warning']);
    const otherwise = forgives === 'case' ? 'include-case error' : 'include-not-found error';
    expect(await severities('nothing')).toEqual([otherwise]);
    const workspace = await opened(forgives, folder);
    expect(codesIn(workspace, folder.file(customerTable))).not.toEqual([]);
  },
);

describe('accents that are written in two ways', () => {
  const include = (name: string): Record<string, string> => ({
    'metadata/databases/default/tables/tables.yaml': `- "!include ${name}.yaml"\n`,
  });
  const disk = (name: string): Record<string, string> => ({
    [`metadata/databases/default/tables/${name}.yaml`]: wrongTable,
  });

  it.each<[Forgives, string, string, string[], boolean]>([
    ['accents', composed, decomposed, [], true],
    ['accents', decomposed, composed, [], true],
    ['both', composed, decomposed, [], true],
    ['nothing', composed, composed, [], true],
    ['nothing', composed, decomposed, ['include-case 1'], true],
    ['case', decomposed, composed, ['include-case 1'], true],
  ])('where the disk forgives %s: an include of "%s"', async (forgives, written, name, codes, followed) => {
    const folder = new TemporaryFolder({ ...smallProject, ...include(written), ...disk(name) });
    const workspace = await opened(forgives, folder);
    const tables = folder.file('metadata/databases/default/tables/tables.yaml');
    expect(codesIn(workspace, tables)).toEqual(codes);
    const included = folder.file(`metadata/databases/default/tables/${name}.yaml`);
    expect(codesIn(workspace, included).length > 0).toBe(followed);
  });

  it('an include that is not found is said in words that tell them apart', async () => {
    const folder = new TemporaryFolder({ ...smallProject, ...include(composed), ...disk(decomposed) });
    const workspace = await opened('nothing', folder);
    const tables = folder.file('metadata/databases/default/tables/tables.yaml');
    const { findings } = workspace.findings(tables);
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      ['error', expect.stringContaining('the accents in the file')],
    ]);
  });

  it('a document is opened by either', async () => {
    const folder = new TemporaryFolder({ ...smallProject, ...include(composed), ...disk(composed) });
    const workspace = await opened('accents', folder);
    const uri = uriOfPath(folder.file(`metadata/databases/default/tables/${decomposed}.yaml`));
    workspace.open(uri, 'yaml', 1, smallProject[customerTable] ?? '');
    const key = folder.file(`metadata/databases/default/tables/${composed}.yaml`);
    expect(workspace.key(uri)).toBe(key);
    expect(codesIn(workspace, key)).toEqual([]);
    expect(workspace.uri(key)).toBe(uri);
  });
});
