import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { FileChangeType, type Hover, type LocationLink } from 'vscode-languageserver-protocol/node';
import { statusRequest } from '../../common/src/protocol.ts';
import { homeAt } from '../machine.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { pulling, pushing, withoutWatching } from './capabilities.ts';
import { commandLine, copyCommandLine, ServerProcess } from './serverProcess.ts';

const createTable = 'migrations/default/1658_create_customer/up.sql';
const addColumn = 'migrations/default/1700_add_person/up.sql';
const { 'schema/default.tables.json': snapshot = '', ...withoutSnapshot } = smallProject;

/** Nobody configured anything: the tables are in the migrations. */
const project = {
  ...withoutSnapshot,
  [createTable]: 'CREATE TABLE public.customer (\n  id uuid PRIMARY KEY,\n  email text\n);\n',
  [addColumn]: `ALTER TABLE customer ADD COLUMN person_id uuid NOT NULL;
INSERT INTO customer SELECT gen_random_uuid();
`,
  'migrations/default/1700_add_person/down.sql': 'ALTER TABLE customer DROP COLUMN person_id;',
};
const table = smallProject[customerTable] ?? '';

function lint(
  folder: TemporaryFolder,
  program = commandLine,
  ...given: readonly (string | { readonly home: string })[]
) {
  const options = given.filter((one) => typeof one === 'string');
  const { home } = given.find((one) => typeof one === 'object') ?? {};
  const own = home === undefined ? {} : homeAt(home);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'lint', '--format', 'json', ...options],
    { cwd: folder.path, encoding: 'utf8', env: { ...process.env, ...own } },
  );
  const findings = JSON.parse(stdout) as { code: string; severity: string; message: string; file: string }[];
  return { status, stderr, findings: findings.map(({ code, message }) => `${code}: ${message}`) };
}

describe('lint of a project with SQL migrations', () => {
  it('knows the columns they make', () => {
    expect(lint(new TemporaryFolder(project))).toEqual({ status: 0, stderr: '', findings: [] });
  });

  it('reports what they do not make', () => {
    const folder = new TemporaryFolder({
      ...project,
      [customerTable]: table.replaceAll('person_id', 'persn_id'),
    });
    expect(lint(folder)).toEqual({
      status: 1,
      stderr: '',
      findings: ['unknown-lhs-field: Table "customer" has no column "persn_id". Did you mean "person_id"?'],
    });
  });

  it('reports each of two slips, and fails', () => {
    const folder = new TemporaryFolder({
      ...project,
      [customerTable]: table.replace('[person_id]', '[person_id, emial, persn_id]'),
    });
    const slips = [
      'unknown-lhs-field: Table "customer" has no column "emial". Did you mean "email"?',
      'unknown-lhs-field: Table "customer" has no column "persn_id".',
    ];
    for (const options of [[], ['--quiet']]) {
      const { status, findings } = lint(folder, commandLine, ...options);
      expect(status).toBe(1);
      expect(findings).toEqual(expect.arrayContaining(slips));
    }
  });

  it('warns of each column that a missing migration may make, and says once that one may be missing', () => {
    const wrong = (...names: readonly string[]) =>
      table.replace('[person_id]', `[person_id, ${names.join(', ')}]`);
    const folder = new TemporaryFolder({
      ...project,
      [customerTable]: wrong('phone', 'street', 'town'),
      'remote-relationships.config.json': '{"rules": {"unused-lhs-field": "off"}}',
    });
    const without = (column: string) =>
      `unknown-lhs-field: The migrations leave table "customer" without column "${column}".`;
    const baseline = ['--baseline', 'known.json'];
    const { status, findings } = lint(folder);
    expect(status).toBe(0);
    expect(findings.toSorted()).toEqual([
      expect.stringMatching(/^migrations-out-of-step: .*source "default" are out of step/),
      without('phone'),
      without('street'),
      without('town'),
    ]);

    lint(folder, commandLine, ...baseline, '--update-baseline');
    folder.write(customerTable, wrong('phone', 'street', 'town', 'region'));
    expect(lint(folder, commandLine, ...baseline)).toMatchObject({ findings: [without('region')] });
  });

  it.each([
    [
      'less certain where another table comes from elsewhere',
      '- table: { schema: public, name: other }\n',
      [
        'unknown-lhs-field: The migrations leave table "customer" without column "persn_id". Did you mean "person_id"?',
      ],
    ],
    ['not where most tables do', ['a', 'b', 'c'].map((name) => `- table: ${name}\n`).join(''), []],
  ])('is %s', (_, tables, findings) => {
    const list = 'metadata/databases/default/tables/tables.yaml';
    const folder = new TemporaryFolder({
      ...project,
      [list]: `${smallProject[list]}${tables}`,
      [customerTable]: table.replaceAll('person_id', 'persn_id'),
    });
    expect(lint(folder)).toMatchObject({ status: 0, findings });
  });

  it('says nothing of a table that SQL of a kind nobody can follow may have changed', () => {
    const folder = new TemporaryFolder({
      ...project,
      [customerTable]: table.replaceAll('person_id', 'persn_id'),
      'migrations/default/1800_wild/up.sql':
        'DO $$ DECLARE s text; BEGIN SELECT sql INTO s FROM jobs; EXECUTE s; END $$;',
    });
    expect(lint(folder)).toMatchObject({ status: 0, findings: [] });
  });

  it('reads a file that is broken as far as it goes, and says so there', () => {
    const folder = new TemporaryFolder({
      ...project,
      'migrations/default/1800_more/up.sql': 'CREATE TABEL x ();',
    });
    expect(lint(folder)).toMatchObject({
      status: 0,
      findings: [expect.stringMatching(/^sql-syntax: syntax error at or near "TABEL"/)],
    });
  });

  it('loads no parser where there is a snapshot', () => {
    const folder = new TemporaryFolder({ ...project, 'schema/default.tables.json': snapshot });
    // The parser is not beside it.
    const alone = copyCommandLine(new TemporaryFolder());
    expect(lint(folder, alone)).toEqual({ status: 0, stderr: '', findings: [] });
    folder.remove('schema/default.tables.json');
    const without = lint(folder, alone);
    expect(without.stderr).toMatch(/The SQL could not be read, because of an error in this program: .*wasm/);
    expect(without).toMatchObject({ status: 0, findings: [] });
  });
});

describe('what SQL migrations say', () => {
  const wrong = { ...project, [customerTable]: table.replaceAll('person_id', 'persn_id') };

  /** The command line without its parser. */
  function withoutParser(): string {
    return copyCommandLine(new TemporaryFolder());
  }

  it('is kept by lint for the next time, by its content', () => {
    const folder = new TemporaryFolder(wrong);
    const home = new TemporaryFolder();
    const inHome = (program: string, ...options: readonly string[]) =>
      lint(folder, program, ...options, { home: home.path });
    const alone = withoutParser();
    expect(inHome(alone).findings).toEqual([]);
    expect(inHome(commandLine, '--no-cache').findings).toHaveLength(1);
    expect(inHome(alone).findings).toEqual([]);
    const read = inHome(commandLine);
    // Asked in another way, so that what lint itself keeps is no answer.
    expect(inHome(alone, '--rule', 'unknown-lhs-field=error')).toEqual(read);
    expect(read.findings).toEqual([expect.stringMatching(/^unknown-lhs-field: /)]);
    expect(inHome(alone, '--no-cache').findings).toEqual([]);
    folder.write(addColumn, 'ALTER TABLE customer ADD COLUMN persn_id uuid NOT NULL;');
    expect(inHome(commandLine).findings).toEqual([]);
  });

  it('is not taken from a cache that came with the files', () => {
    const folder = new TemporaryFolder(wrong);
    const inFolder = { home: folder.file('.cache') };
    expect(lint(folder, commandLine, inFolder).findings).toHaveLength(1);
    expect(existsSync(folder.file('.cache'))).toBe(false);
  });

  it('is kept by the language server where the editor says', async () => {
    const folder = new TemporaryFolder(wrong);
    const cacheFolder = new TemporaryFolder().path;
    const codes = async (program: string, options: object): Promise<readonly unknown[]> => {
      const server = await ServerProcess.start({
        folders: [folder],
        program,
        initializationOptions: options,
      });
      await server.open(folder.uri(customerTable), wrong[customerTable]);
      await server.until(async () => (await status(server, folder.uri(customerTable)))?.state !== 'reading');
      const found = await server.codes(folder.uri(customerTable));
      await server.stop();
      return found;
    };
    const alone = withoutParser();
    expect(await codes(commandLine, {})).toEqual(['unknown-lhs-field']);
    expect(readdirSync(cacheFolder)).toEqual([]);
    expect(await codes(commandLine, { cacheFolder })).toEqual(['unknown-lhs-field']);
    await vi.waitFor(() => expect(readdirSync(`${cacheFolder}/migrations`)[0]).toMatch(/\.json$/));
    expect(await codes(alone, { cacheFolder })).toEqual(['unknown-lhs-field']);
    expect(await codes(alone, {})).toEqual([]);
  });
});

describe('an editor on a project with SQL migrations', () => {
  it('is told anew when they are read, and when one is edited or changes on disk', async () => {
    const folder = new TemporaryFolder(project);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(uri, table);
    await server.until(async () => (await status(server, uri))?.state === 'loaded');
    expect(await status(server, uri)).toMatchObject({
      origin: 'migrations',
      detail: '1 of 1 tracked tables known, from 2 migrations',
    });
    expect(await server.codes(uri)).toEqual([]);

    const { refreshes } = server;
    await server.open(folder.uri(addColumn), 'ALTER TABLE customer ADD COLUMN person uuid;\n', 'sql');
    await server.until(async () => (await server.codes(uri)).length > 0);
    expect(await server.codes(uri)).toEqual(['unknown-lhs-field']);
    expect(server.refreshes).toBeGreaterThan(refreshes);
    await server.close(folder.uri(addColumn));
    await server.until(async () => (await server.codes(uri)).length === 0);

    folder.write('migrations/default/1800_drop/up.sql', 'ALTER TABLE customer DROP COLUMN person_id;\n');
    await server.changes(folder, ['migrations/default/1800_drop/up.sql', FileChangeType.Created]);
    await server.until(async () => (await server.codes(uri)).length > 0);
    expect(server.logged).toEqual([]);
  });

  it.each([
    ['pulls, and watches no files', withoutWatching(pulling)],
    ['is pushed to, and watches no files', pushing],
  ])('that %s', async (_, capabilities) => {
    const folder = new TemporaryFolder(project);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder], capabilities });
    await server.open(uri, table);
    await server.until(async () => (await status(server, uri))?.state === 'loaded');
    folder.write('migrations/default/1800_drop/up.sql', 'ALTER TABLE customer DROP COLUMN person_id;\n');
    await server.until(async () =>
      capabilities === pushing
        ? server.lastPushed(uri)?.diagnostics.length === 1
        : (await server.codes(uri)).length === 1,
    );
  });

  it('shows where a column comes from, leads there, and completes', async () => {
    const folder = new TemporaryFolder(project);
    const uri = folder.uri(customerTable);
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(uri, table);
    await server.until(async () => (await status(server, uri))?.state === 'loaded');
    const lines = table.split('\n');
    const line = lines.findIndex((each) => each.includes('lhs_fields'));
    const position = { line, character: (lines[line]?.indexOf('person_id') ?? 0) + 1 };
    const hover = await server.connection.sendRequest<Hover>('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    expect(hover.contents).toMatchObject({
      value: 'Column `person_id` of `customer`: `uuid, not null`\n\nFrom migration `1700_add_person`, line 1',
    });
    const links = await server.connection.sendRequest<LocationLink[]>('textDocument/definition', {
      textDocument: { uri },
      position,
    });
    const column = 'ALTER TABLE customer ADD COLUMN '.length;
    expect(links).toMatchObject([
      {
        targetUri: folder.uri(addColumn),
        targetSelectionRange: { start: { line: 0, character: column } },
      },
    ]);
    const ofTable = await server.connection.sendRequest<LocationLink[]>('textDocument/definition', {
      textDocument: { uri },
      position: { line: 0, character: table.indexOf('customer') + 1 },
    });
    expect(ofTable.map(({ targetUri }) => targetUri)).toContain(folder.uri(createTable));
    const items = await server.complete(uri, line, position.character - 1);
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(['id', 'email', 'person_id']));
  });
});

async function status(server: ServerProcess, uri: string) {
  const found = await server.connection.sendRequest<{
    sources: readonly { state: string; detail: string | null }[];
  } | null>(statusRequest.method, { uri });
  return found?.sources[0];
}
