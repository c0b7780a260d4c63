import { describe, expect, it, vi } from 'vitest';
import { fileStatus } from '../../../server/src/lsp/status.ts';
import type { ReplaySql } from '../../../server/src/project/migrationReplays.ts';
import { sqlSteps } from '../../../server/src/project/migrationSteps.ts';
import { migrationsOf } from '../../../server/src/project/migrations.ts';
import { nodeFileSystem } from '../../../server/src/project/nodeFiles.ts';
import type { Workspace } from '../../../server/src/project/workspace.ts';
import { Replay } from '../../../server/src/schema/migrations/replay.ts';
import type { ReplayedTable } from '../../../server/src/schema/migrations/replayedDatabase.ts';
import { parser } from '../schema/migrations/replayText.ts';
import { replayedTable } from '../support/replayed.ts';
import {
  codesIn,
  customerTable,
  settle,
  smallProject,
  TemporaryFolder,
  workspaceOf,
} from './temporaryFolder.ts';

describe('which migrations belong to a source', () => {
  const found = (
    paths: readonly string[],
    { source = 'default', only = true, layout = 'v3' as 'v2' | 'v3', migrations = 'migrations' } = {},
  ): readonly string[] => {
    const folder = new TemporaryFolder(Object.fromEntries(paths.map((path) => [path, ''])));
    const files = nodeFileSystem({ folders: () => [folder.path], trusted: false });
    const location = { migrations: folder.file(migrations), layout };
    const there = migrationsOf(files, location, source, only)?.files ?? [];
    return there
      .map(({ path }) => path.slice(folder.file(migrations).length + 1))
      .filter((path) => paths.includes(`${migrations}/${path}`));
  };

  it.each<[string, readonly string[], readonly string[], Parameters<typeof found>[1]?]>([
    [
      'version 3: a folder for each source',
      ['migrations/default/1_a/up.sql', 'migrations/other/2_b/up.sql'],
      ['default/1_a/up.sql'],
      { only: false },
    ],
    ['version 2: right in the folder', ['migrations/1_a/up.sql'], ['1_a/up.sql'], { layout: 'v2' }],
    [
      'version 2 beside a folder that is called like the source',
      ['migrations/1_a/up.sql', 'migrations/default/2_b/up.sql'],
      ['1_a/up.sql'],
      { layout: 'v2' },
    ],
    ['the only source, in a folder of another name', ['migrations/main/1_a/up.sql'], ['main/1_a/up.sql']],
    ['the only source, right in the folder', ['migrations/1_a/up.sql'], ['1_a/up.sql']],
    [
      'in order of their numbers',
      ['10_a', '9_b', '9_a', '100000000000000000001_z', '100000000000000000000_z'].map(
        (name) => `migrations/default/${name}/up.sql`,
      ),
      ['9_a', '9_b', '10_a', '100000000000000000000_z', '100000000000000000001_z'].map(
        (name) => `default/${name}/up.sql`,
      ),
    ],
    [
      'files without folders, of the older CLI',
      ['migrations/2_b.up.yaml', 'migrations/2_b.up.sql', 'migrations/1_a.up.sql', 'migrations/1_a.down.sql'],
      ['1_a.up.sql', '2_b.up.sql', '2_b.up.yaml'],
      { layout: 'v2' },
    ],
    ['SQL before YAML', ['migrations/1_a/up.yaml', 'migrations/1_a/up.sql'], ['1_a/up.sql', '1_a/up.yaml']],
    ['a folder of another name', ['db/default/1_a/up.sql'], ['default/1_a/up.sql'], { migrations: 'db' }],
    ['not of several sources, right in the folder', ['migrations/1_a/up.sql'], [], { only: false }],
    ['not of several sources, in a folder of another name', ['migrations/a/1_a/up.sql'], [], { only: false }],
    ['not where there are several folders', ['migrations/a/1_a/up.sql', 'migrations/b/1_a/up.sql'], []],
    ['not seeds', ['migrations/seeds/1_a/up.sql', 'migrations/seeds/1_a.up.sql'], []],
    ['not what has no version', ['migrations/default/a/up.sql', 'migrations/default/up.sql'], []],
    ['not what goes back', ['migrations/default/1_a/down.sql'], []],
    ['not of a source whose name leads elsewhere', ['1_a/up.sql', 'migrations/x'], [], { source: '..' }],
  ])('%s', (_, paths, expected, options) => {
    expect(found(paths, options)).toEqual(expected);
  });
});

describe('the steps of up.yaml', () => {
  it('are SQL at its place in the file, and nothing of metadata', () => {
    const text = `- args:
    cascade: false
    sql: |-
      CREATE TABLE a (id int);
      CREATE TABLE b (id int);
  type: run_sql
- type: track_table
  args: { name: a, sql: CREATE TABLE never (id int) }
- { type: run_sql, args: { sql: "CREATE TABLE c (\\"id\\" int);" } }
- { type: bulk, args: [{ type: run_sql, args: { sql: DROP TABLE c } }] }
- type: mssql_run_sql
  args: { sql: CREATE TABLE never (id int) }
`;
    const steps = sqlSteps('file:///up.yaml', text);
    expect(steps.map((step) => step.text.replaceAll(/\s+/g, ' ').trim())).toEqual([
      'CREATE TABLE a (id int); CREATE TABLE b (id int);',
      'CREATE TABLE c ("id" int);',
      'DROP TABLE c',
    ]);
    const [block, , plain] = steps;
    const inBlock = block?.text.indexOf('CREATE TABLE b') ?? -1;
    expect(text.startsWith('CREATE TABLE b', (block?.offset ?? 0) + inBlock)).toBe(true);
    expect(text.startsWith('DROP TABLE c', plain?.offset)).toBe(true);
  });

  it.each([
    [
      'broken YAML',
      '- { type: run_sql, args: { sql: CREATE TABLE a (id int) } }\n- [',
      ['CREATE TABLE a (id int)', '\\i'],
    ],
    [
      'an alias',
      '- { type: run_sql, args: { sql: &a DROP TABLE a } }\n- { type: run_sql, args: { sql: *a } }',
      ['DROP TABLE a', '\\i'],
    ],
    ['no text', '- { type: run_sql, args: { sql: [] } }', ['\\i']],
  ])('are SQL that is not here where they can not be read: %s', (_, text, expected) => {
    expect(sqlSteps('file:///up.yaml', text).map((step) => step.text)).toEqual(expected);
  });

  it('leave nothing closed where they can not be read', () => {
    const replay = new Replay(parser);
    for (const step of sqlSteps(
      'file:///up.yaml',
      '- { type: run_sql, args: { sql: CREATE TABLE a () } }\n- [',
    ))
      replay.read(step);
    expect(replay.result().tables.map(({ closed }) => closed)).toEqual([false]);
  });

  it.each(['', '- type: run_sql', '- type: run_sql\n  args: []', '7'])('of %j are none', (text) => {
    expect(sqlSteps('file:///up.yaml', text)).toEqual([]);
  });
});

/** `users: id uuid!, email text` makes a table; `broken` is a mistake. */
const replaySql = vi.fn<ReplaySql>(async (files) => {
  const tables = new Map<string, ReplayedTable>();
  for (const { uri, text } of files) {
    for (const [, name = '', columns = ''] of text.matchAll(/^(\w+): (.*)$/gm)) {
      const entries = columns.split(', ').map((column) => column.split(' ') as [string, string]);
      const table = replayedTable(name, Object.fromEntries(entries));
      const offset = text.indexOf(name);
      tables.set(name, { ...table, origin: { location: { uri, offset, length: name.length }, line: 1 } });
    }
  }
  const broken = files.filter(({ text }) => text.includes('broken'));
  const problems = broken.map(({ uri, text }) => ({
    uri,
    offset: text.indexOf('broken'),
    length: 6,
    message: 'syntax error at or near "broken"',
  }));
  return { tables: [...tables.values()], goneTables: [], functions: [], problems };
});

const { 'schema/default.tables.json': snapshot = '', ...withoutSnapshot } = smallProject;
const first = 'migrations/default/1_customers/up.sql';
const project: Readonly<Record<string, string>> = {
  ...withoutSnapshot,
  [first]: 'customer: id uuid!, person_id uuid!\n',
};

const textOf = (name: string): string => project[name] ?? '';

async function withMigrations(
  files: Readonly<Record<string, string>>,
): Promise<{ folder: TemporaryFolder; workspace: Workspace; replayed: () => void }> {
  const folder = new TemporaryFolder(files);
  replaySql.mockClear();
  const replayed = vi.fn();
  const workspace = await workspaceOf([folder.path], { replaySql, replayed });
  await workspace.migrationsRead();
  return { folder, workspace, replayed };
}

const sourceStatus = ({ folder, workspace }: { folder: TemporaryFolder; workspace: Workspace }) =>
  fileStatus(workspace, folder.uri(customerTable)).sources[0];

describe('tables known by SQL migrations', () => {
  it('are there once they are read, and said in the status', async () => {
    const folder = new TemporaryFolder({
      ...project,
      [customerTable]: textOf(customerTable).replaceAll('person_id', 'person'),
    });
    const replayed = vi.fn();
    const workspace = await workspaceOf([folder.path], { replaySql, replayed });
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
    expect(sourceStatus({ folder, workspace })).toMatchObject({ state: 'reading', problem: null });
    const { factsVersion } = workspace;
    await workspace.migrationsRead();
    expect(replayed).toHaveBeenCalledTimes(1);
    expect(workspace.factsVersion).not.toBe(factsVersion);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-lhs-field 7']);
    expect(sourceStatus({ folder, workspace })).toMatchObject({
      state: 'loaded',
      origin: 'migrations',
      uri: folder.uri('migrations/default'),
      detail: '1 of 1 tracked tables known, from 1 migration',
      problem: null,
    });
  });

  const second = 'migrations/default/2_customers/up.yaml';
  const steps = (column: string) =>
    `- type: run_sql\n  args:\n    sql: "customer: id uuid!, ${column} uuid!"\n`;

  it.each([
    ['SQL', first, (column: string) => `customer: id uuid!, ${column} uuid!\n`],
    ['YAML', second, steps],
  ])('are read again when a migration in %s is another, in the editor or on disk', async (_, file, text) => {
    const { folder, workspace } = await withMigrations({ ...project, [file]: text('person_id') });
    const codes = async () => {
      workspace.findings(folder.file(customerTable));
      await workspace.migrationsRead();
      return codesIn(workspace, folder.file(customerTable));
    };
    const wrong = ['unknown-lhs-field 7'];
    expect(await codes()).toEqual([]);
    workspace.open(folder.uri(file), file === first ? 'sql' : 'yaml', 1, text('person'));
    expect(await codes()).toEqual(wrong);
    workspace.change(folder.uri(file), 2, [{ text: text('person_id') }]);
    expect(await codes()).toEqual([]);
    workspace.close(folder.uri(file));
    folder.write(file, text('somebody'));
    workspace.fileChanged(folder.file(file), false);
    expect(await codes()).toEqual(wrong);
  });

  it('in YAML are looked at on disk where nobody tells of it', async () => {
    const folder = new TemporaryFolder({ ...project, [second]: steps('person_id') });
    const workspace = await workspaceOf([folder.path], { replaySql, looksAtDisk: true });
    await workspace.migrationsRead();
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
    workspace.lookAtDisk(true);
    folder.write(second, steps('somebody'));
    expect(workspace.lookAtDisk(true).isNews).toBe(true);
    await workspace.migrationsRead();
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-lhs-field 7']);
  });

  it('are read of a folder that goes while they are read, and comes again', async () => {
    const folder = new TemporaryFolder(project);
    const workspace = await workspaceOf([folder.path], { replaySql });
    workspace.findings(folder.file(customerTable));
    workspace.setFolders([]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    workspace.setFolders([folder.path]);
    await settle(workspace);
    await workspace.migrationsRead();
    expect(codesIn(workspace, folder.file(first))).toEqual([]);
    expect(sourceStatus({ folder, workspace })).toMatchObject({ state: 'loaded', problem: null });
  });

  it('say in the status which are not known', async () => {
    const more = 'metadata/databases/default/tables/tables.yaml';
    const { folder, workspace } = await withMigrations({
      ...project,
      [more]: `${textOf(more)}- table: { schema: public, name: elsewhere }\n`,
    });
    expect(sourceStatus({ folder, workspace })?.detail).toBe(
      '1 of 2 tracked tables known, from 1 migration; not known: elsewhere',
    );
  });

  it('are missing where no migration makes any', async () => {
    const { folder, workspace } = await withMigrations({ ...project, [first]: '-- nothing\n' });
    expect(sourceStatus({ folder, workspace })).toMatchObject({
      state: 'missing',
      problem:
        'None of the 1 tracked tables is created by the SQL (1 read). There is no table snapshot for this source.',
    });
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
  });

  it('are not looked for where there is a snapshot, or the program does not ask', async () => {
    const { folder, workspace } = await withMigrations({
      ...project,
      'schema/default.tables.json': snapshot,
    });
    expect(replaySql).not.toHaveBeenCalled();
    expect(sourceStatus({ folder, workspace })).toMatchObject({ origin: 'convention', detail: null });
    expect(workspace.reportableFiles()).not.toContain(folder.file(first));

    const without = await workspaceOf([new TemporaryFolder(project).path]);
    await without.migrationsRead();
    expect(replaySql).not.toHaveBeenCalled();
  });

  it.each([
    ['mssql', 'SQL is read only for Postgres, but this source is of kind "mssql".'],
    ['athena', 'SQL is read only for Postgres, but this source is of kind "athena".'],
  ])('are not read of a source of kind %s', async (kind, problem) => {
    const databases = 'metadata/databases/databases.yaml';
    const { folder, workspace } = await withMigrations({
      ...project,
      [databases]: textOf(databases).replace('postgres', kind),
    });
    expect(replaySql).not.toHaveBeenCalled();
    expect(sourceStatus({ folder, workspace })).toMatchObject({
      state: 'missing',
      problem: `${problem} There is no table snapshot for this source.`,
    });
  });

  it.each(['citus', 'cockroach', 'pg'])('are read of a source of kind %s', async (kind) => {
    const databases = 'metadata/databases/databases.yaml';
    await withMigrations({ ...project, [databases]: textOf(databases).replace('postgres', kind) });
    expect(replaySql).toHaveBeenCalledTimes(1);
  });

  it('follow edits, files that come and go, and nothing else', async () => {
    const { folder, workspace } = await withMigrations(project);
    const customer = folder.file(customerTable);
    expect(codesIn(workspace, customer)).toEqual([]);

    workspace.open(folder.uri(first), 'sql', 1, 'customer: id uuid!\n');
    await workspace.migrationsRead();
    expect(codesIn(workspace, customer)).toEqual(['unknown-lhs-field 7']);
    workspace.close(folder.uri(first));
    await workspace.migrationsRead();
    expect(codesIn(workspace, customer)).toEqual([]);

    const second = 'migrations/default/2_more/up.sql';
    folder.write(second, 'customer: id uuid!\n');
    workspace.fileChanged(folder.file(second), true);
    await workspace.migrationsRead();
    expect(codesIn(workspace, customer)).toEqual(['unknown-lhs-field 7']);
    folder.remove('migrations/default/2_more');
    workspace.fileChanged(folder.file('migrations/default/2_more'), true);
    await workspace.migrationsRead();
    expect(codesIn(workspace, customer)).toEqual([]);

    const calls = replaySql.mock.calls.length;
    workspace.fileChanged(folder.file(first), false);
    await workspace.migrationsRead();
    expect(replaySql).toHaveBeenCalledTimes(calls);
  });

  it('are looked at on disk where nobody tells of changes', async () => {
    const folder = new TemporaryFolder(project);
    const workspace = await workspaceOf([folder.path], { replaySql, looksAtDisk: true });
    await workspace.migrationsRead();
    const { directories } = workspace.lookAtDisk(true);
    expect(directories).toEqual(
      expect.arrayContaining(
        ['migrations', 'migrations/default', 'migrations/default/1_customers'].map((path) =>
          folder.file(path),
        ),
      ),
    );
    folder.write(first, 'customer: id uuid!, person text\n');
    expect(workspace.lookAtDisk(true).isNews).toBe(true);
    await workspace.migrationsRead();
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-lhs-field 7']);
  });

  it('say what is broken, once in the file that is', async () => {
    const { folder, workspace } = await withMigrations({
      ...project,
      'migrations/default/2_more/up.sql': 'customer: id uuid!, person_id uuid!\n\nbroken\n',
    });
    expect(codesIn(workspace, folder.file('migrations/default/2_more/up.sql'))).toEqual(['sql-syntax 3']);
    expect(codesIn(workspace, folder.file(first))).toEqual([]);
  });

  it('keep what was known when a file can no longer be read, and say so', async () => {
    const { folder, workspace } = await withMigrations({
      ...project,
      [customerTable]: textOf(customerTable).replaceAll('person_id', 'person'),
    });
    folder.write(first, 'customer: id\0\n');
    workspace.fileChanged(folder.file(first), false);
    await workspace.migrationsRead();
    expect(sourceStatus({ folder, workspace })).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/^The file "up\.sql" is not text: .* So none of these files is used\.$/),
    });
    expect(codesIn(workspace, folder.file(first))).toEqual(['unreadable-file 1']);
    folder.write(first, textOf(first));
    workspace.fileChanged(folder.file(first), true);
    await workspace.migrationsRead();
    expect(codesIn(workspace, folder.file(first))).toEqual([]);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-lhs-field 7']);
  });

  it('are unknown where the parser fails', async () => {
    const folder = new TemporaryFolder(project);
    const log = vi.fn();
    const workspace = await workspaceOf([folder.path], {
      replaySql: async () => {
        throw new Error('no memory');
      },
      log,
    });
    await workspace.migrationsRead();
    const problem = 'The SQL could not be read, because of an error in this program: no memory.';
    expect(sourceStatus({ folder, workspace })).toMatchObject({ state: 'failed', problem });
    expect(log.mock.calls).toEqual([[problem]]);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
  });
});

describe('SQL that the configuration names', () => {
  const named = (sql: string) => ({
    ...withoutSnapshot,
    'remote-relationships.config.json': JSON.stringify({ sources: { default: { tables: { sql } } } }),
    'db/b.sql': 'customer: id uuid!, person uuid!\n',
    'db/a.sql': 'customer: id uuid!\n',
    'db/more/c.sql': 'customer: id uuid!, person_id uuid!\n',
  });

  it('is read in order of names, before migrations', async () => {
    const { folder, workspace } = await withMigrations({ ...named('db/**/*.sql'), [first]: textOf(first) });
    expect(replaySql.mock.calls.map(([files]) => files.map(({ uri }) => uri))).toEqual([
      ['db/a.sql', 'db/b.sql', 'db/more/c.sql'].map((name) => folder.uri(name)),
    ]);
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
    expect(sourceStatus({ folder, workspace })).toMatchObject({
      state: 'loaded',
      origin: 'configuration',
      detail: '1 of 1 tracked tables known, from 3 SQL files',
    });
  });

  it('may be one file, or of the settings', async () => {
    const { folder, workspace } = await withMigrations(named('db/b.sql'));
    expect(codesIn(workspace, folder.file(customerTable))).toEqual(['unknown-lhs-field 7']);
    folder.remove('remote-relationships.config.json');
    workspace.fileChanged(folder.file('remote-relationships.config.json'), true);
    workspace.setSettings(folder.path, { sources: { default: { tables: { sql: 'db/more/*.sql' } } } });
    await workspace.migrationsRead();
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
    expect(sourceStatus({ folder, workspace })).toMatchObject({ state: 'loaded', origin: 'settings' });
  });

  it.each([
    ['that matches nothing', 'sql/*.sql', 'No file matches "sql/*.sql".'],
    ['that is not there', 'db/gone.sql', 'The file "gone.sql" does not exist.'],
    ['outside of the workspace', '../*.sql', '"*.sql" is outside the workspace and is not read.'],
  ])('%s is said where it is named', async (_, sql, message) => {
    const { folder, workspace } = await withMigrations(named(sql));
    const { findings } = workspace.findings(folder.file('remote-relationships.config.json'));
    expect(findings.map((finding) => finding.message)).toEqual([message]);
    expect(sourceStatus({ folder, workspace })).toMatchObject({ problem: message });
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
  });

  it('is checked in shape', async () => {
    const folder = new TemporaryFolder({
      ...withoutSnapshot,
      'remote-relationships.config.json': '{"sources": {"default": {"tables": {"sqll": "x", "sql": 7}}}}',
    });
    const workspace = await workspaceOf([folder.path], { replaySql });
    const { findings } = workspace.findings(folder.file('remote-relationships.config.json'));
    expect(findings.map(({ message }) => message)).toEqual([
      '"tables" has no key "sqll". Did you mean "sql"?',
      '"sql" must be a non-empty string.',
    ]);
  });
});

describe('metadata and migrations that are out of step', () => {
  const wrong = (joins: string) =>
    textOf(customerTable).replace('[person_id]', `[${joins}]`).replace('$person_id', '$id');

  const unknownFields = (workspace: Workspace, folder: TemporaryFolder): readonly string[] => {
    const { findings } = workspace.findings(folder.file(customerTable));
    return findings
      .filter(({ code }) => code === 'unknown-lhs-field')
      .map(({ message, severity }) => `${/column "(\w+)"/.exec(message)?.[1]} ${severity}`);
  };

  it('are one notice at version.yaml, which goes and comes with the columns', async () => {
    const { folder, workspace } = await withMigrations({
      ...project,
      [customerTable]: wrong('id, phone, street, town'),
    });
    const version = folder.file('metadata/version.yaml');
    expect(codesIn(workspace, version)).toEqual(['migrations-out-of-step 1']);
    const [finding] = workspace.findings(version).findings;
    expect(finding?.message).toBe(
      'The metadata and the migrations of source "default" are out of step: relationships join on several columns that the tables lack after the migrations. Is a migration missing or not written yet?',
    );
    expect(finding?.severity).toBe('warning');
    expect(finding?.related.map(({ location }) => location.uri)).toEqual(
      Array.from({ length: 3 }, () => folder.uri(customerTable)),
    );
    expect(finding?.related[0]?.message).toBe('Column "phone" of table "customer" is named here.');
    expect(unknownFields(workspace, folder)).toEqual(['phone warning', 'street warning', 'town warning']);
    expect(workspace.reportableFiles()).toContain(version);

    workspace.open(folder.uri(customerTable), 'yaml', 1, wrong('id, phone, street, person'));
    expect(codesIn(workspace, version)).toEqual([]);
    expect(unknownFields(workspace, folder)).toEqual(['phone error', 'street error', 'person error']);
    workspace.change(folder.uri(customerTable), 2, [{ text: wrong('phone, street, town, city, region') }]);
    const [later] = workspace.findings(version).findings;
    expect(later?.message).toBe(finding?.message);
    expect(unknownFields(workspace, folder)).toHaveLength(5);
  });

  it('are said at the first place where there is no version.yaml', async () => {
    const files: Readonly<Record<string, string>> = {
      ...project,
      [customerTable]: wrong('id, phone, street, town'),
    };
    const { 'metadata/version.yaml': _, ...rest } = files;
    const { folder, workspace } = await withMigrations(rest);
    expect(codesIn(workspace, folder.file(customerTable))).toContain('migrations-out-of-step 7');
  });

  it('can be turned off', async () => {
    const { folder, workspace } = await withMigrations({
      ...project,
      [customerTable]: wrong('id, phone, street, town'),
      'remote-relationships.config.json': '{"rules": {"migrations-out-of-step": "off"}}',
    });
    expect(codesIn(workspace, folder.file('metadata/version.yaml'))).toEqual([]);
  });
});
