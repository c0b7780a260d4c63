import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DiskAnswers } from '../../../common/src/files/diskAnswers.ts';
import { readRegularBytes } from '../../../common/src/files/regularFile.ts';
import { runLint } from '../../../server/src/cli/lintCommand.ts';
import { Terminal } from '../../../server/src/cli/terminal.ts';
import { Workspace } from '../../../server/src/project/workspace.ts';
import { makeLink, noModes, skipBecause } from '../../machine.ts';
import { customerTable, smallProject, TemporaryFolder } from '../project/temporaryFolder.ts';

/** Whether files were looked at for themselves. */
const discover = vi.spyOn(Workspace.prototype, 'discover');
beforeEach(() => void discover.mockClear());

interface Run {
  readonly printed: string;
  readonly code: number;
}

const usual: Omit<Parameters<typeof runLint>[0], 'workingDirectory' | 'terminal'> = {
  paths: ['.'],
  wholeProjects: false,
  configuration: undefined,
  format: undefined,
  outputs: [],
  rules: [],
  quiet: false,
  maxWarnings: undefined,
  requireSchemas: false,
  fix: false,
  fixDryRun: false,
  baseline: undefined,
  updateBaseline: false,
  changedSince: undefined,
  stdin: false,
  stdinFilename: undefined,
  environment: {},
  input: (async function* () {})(),
};

async function lint(workingDirectory: string, given: Partial<typeof usual> = {}): Promise<Run> {
  let printed = '';
  const write = (text: string, written?: () => void): void => {
    printed += text;
    written?.();
  };
  const terminal = new Terminal({ write }, { write }, {});
  const code = await runLint({ ...usual, ...given, workingDirectory, terminal });
  return { printed, code };
}

/** Whether a run took what an earlier one had kept. */
async function isKept(workingDirectory: string, given: Partial<typeof usual>): Promise<boolean> {
  discover.mockClear();
  await lint(workingDirectory, given);
  return discover.mock.calls.length === 0;
}

const request = JSON.stringify({
  type: 'pg_create_remote_relationship',
  args: {
    name: 'x',
    source: 'default',
    table: 'customer',
    definition: {
      to_remote_schema: { remote_schema: 'none', lhs_fields: ['a'], remote_field: { b: { arguments: {} } } },
    },
  },
});
/** Puts a link in the place of the customer's table. */
function link(folder: TemporaryFolder, target: string): void {
  const path = `project/${customerTable}`;
  folder.remove(path);
  makeLink(folder.file(target), folder.file(path));
}

const wrongColumn = (smallProject[customerTable] ?? '').replace('$person_id', '$persona');
const project = { ...smallProject, [customerTable]: wrongColumn };

describe('what lint keeps of a run', () => {
  it('is said again, to the letter, as long as nothing has changed', async () => {
    const folder = new TemporaryFolder(project);
    const cacheFolder = new TemporaryFolder().path;
    const cold = await lint(folder.path);
    expect(cold.code).toBe(1);
    expect(cold.printed).toContain('persona');
    const formats = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'markdown'];
    expect(await isKept(folder.path, { cacheFolder })).toBe(false);
    for (const format of formats) {
      expect(await lint(folder.path, { cacheFolder, format })).toEqual(await lint(folder.path, { format }));
      expect(await isKept(folder.path, { cacheFolder, format })).toBe(true);
    }
    const quiet = { quiet: true, maxWarnings: '0', requireSchemas: true };
    expect(await lint(folder.path, { cacheFolder, ...quiet })).toEqual(await lint(folder.path, quiet));
  });

  it.each<[string, Partial<typeof usual>]>([
    ['other paths', { paths: ['metadata'] }],
    ['another severity', { rules: ['unlisted-variable=off'] }],
    ['another configuration', { configuration: 'other.yaml' }],
    ['another variable of the CLI', { environment: { HASURA_GRAPHQL_METADATA_DIRECTORY: 'elsewhere' } }],
    ['a whole project', { paths: ['metadata/databases'], wholeProjects: true }],
    ['changes since a revision', { changedSince: 'HEAD' }],
    ['fixes', { fixDryRun: true }],
    ['no cache', {}],
  ])('is not what is asked for with %s', async (what, given) => {
    const folder = new TemporaryFolder({ ...project, 'other.yaml': '{}\n' });
    const cacheFolder = new TemporaryFolder().path;
    await lint(folder.path, { cacheFolder });
    const cache = what === 'no cache' ? {} : { cacheFolder };
    expect(await isKept(folder.path, { ...given, ...cache }).catch(() => false)).toBe(false);
  });

  it.each<[string, (folder: TemporaryFolder) => void, (folder: TemporaryFolder) => void]>([
    [
      'there is a new file that nobody names',
      (folder) => folder.write('project/requests/notes.txt', ''),
      (folder) => folder.write('project/requests/create.json', request),
    ],
    [
      'a link leads to the same text elsewhere, which may not be read',
      (folder) => {
        folder.write('elsewhere.yaml', wrongColumn);
        folder.write('project/here.yaml', wrongColumn);
        link(folder, 'project/here.yaml');
      },
      (folder) => link(folder, 'elsewhere.yaml'),
    ],
    [
      'the folder around it becomes a repository, all of which may be read',
      (folder) => {
        folder.write('elsewhere.yaml', wrongColumn);
        link(folder, 'elsewhere.yaml');
      },
      (folder) => folder.write('.git/HEAD', 'ref: refs/heads/main\n'),
    ],
    [
      'others may put files into the folder around it, where the project begins',
      (folder) => {
        skipBecause(noModes);
        folder.write('.git/HEAD', 'ref: refs/heads/main\n');
        folder.write('config.yaml', 'version: 3\nmetadata_directory: project/metadata\n');
        folder.remove('project/config.yaml');
        for (const name of ['schema/default.tables.json', 'schema/people.graphql']) {
          folder.write(name, smallProject[name] ?? '');
          folder.remove(`project/${name}`);
        }
      },
      (folder) => chmodSync(folder.path, 0o777),
    ],
    [
      'a file is no longer to be read',
      (folder) => {
        skipBecause(noModes);
        folder.write('project/metadata/note.txt', '');
      },
      (folder) => {
        folder.remove(`project/${customerTable}`);
        execFileSync('mkfifo', [folder.file(`project/${customerTable}`)]);
      },
    ],
  ])('is not what is so once %s', async (_, prepare, change) => {
    const folder = new TemporaryFolder();
    for (const [name, text] of Object.entries(project)) folder.write(`project/${name}`, text);
    prepare(folder);
    const working = folder.file('project');
    const cacheFolder = new TemporaryFolder().path;
    const before = await lint(working, { cacheFolder });
    expect(await isKept(working, { cacheFolder })).toBe(true);
    change(folder);
    const after = await lint(working);
    expect(after).not.toEqual(before);
    expect(await lint(working, { cacheFolder })).toEqual(after);
  });

  it('goes by no variable that findings do not depend on', async () => {
    const folder = new TemporaryFolder(project);
    const cacheFolder = new TemporaryFolder().path;
    const environment = { HASURA_GRAPHQL_ADMIN_SECRET: 'a-secret', SHLVL: '1' };
    await lint(folder.path, { cacheFolder, environment });
    expect(await isKept(folder.path, { cacheFolder, environment: { SHLVL: '2' } })).toBe(true);
  });

  it('is of the content of files, not of their times', async () => {
    const folder = new TemporaryFolder(project);
    const cacheFolder = new TemporaryFolder().path;
    await lint(folder.path, { cacheFolder });
    utimesSync(folder.file(customerTable), 1, 1);
    expect(await isKept(folder.path, { cacheFolder })).toBe(true);
    const { length } = wrongColumn;
    writeFileSync(folder.file(customerTable), wrongColumn.replace('$persona', '$personb'));
    expect(wrongColumn.replace('$persona', '$personb')).toHaveLength(length);
    utimesSync(folder.file(customerTable), 1, 1);
    expect((await lint(folder.path, { cacheFolder })).printed).toContain('personb');
  });

  it('holds nothing of a file with an admin secret, not even a digest: only its times tell a change', async () => {
    const secret = 'config.yaml';
    const text = `${smallProject[secret]}admin_secret: correct-horse\n`;
    const folder = new TemporaryFolder({ ...project, [secret]: text, '.env': 'ANY=thing\n' });
    const cacheFolder = new TemporaryFolder().path;
    // A file system's clock may not tell changes apart that come at once.
    await lint(folder.path, { cacheFolder });
    expect(() => readdirSync(`${cacheFolder}/lint`)).toThrow();
    const later = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
    await lint(folder.path, { cacheFolder });
    expect(await isKept(folder.path, { cacheFolder })).toBe(true);
    const [entry = ''] = readdirSync(`${cacheFolder}/lint`);
    const kept = readFileSync(`${cacheFolder}/lint/${entry}`, 'utf8');
    const answers: [string, string][] = JSON.parse(kept.slice(kept.indexOf('\n'))).answers;
    const ofBytes = (name: string) =>
      answers.flatMap(([asked, answer]) =>
        asked.startsWith('bytes') && asked.endsWith(`/${name}`) ? answer : [],
      );
    const times = /^[\d.]+ [\d.]+ \d+ \d+$/;
    expect(ofBytes(secret)).not.toEqual([]);
    expect(ofBytes('.env')).not.toEqual([]);
    for (const answer of [...ofBytes(secret), ...ofBytes('.env')]) expect(answer).toMatch(times);
    expect(ofBytes('public_customer.yaml')[0]).toMatch(/^[\w-]{43}$/);
    writeFileSync(folder.file(secret), text.replace('horse', 'house'));
    expect(await isKept(folder.path, { cacheFolder })).toBe(false);
    later.mockRestore();
  });

  const header = (value: string): string =>
    `- { name: shelves, definition: { url: http://x, headers: [{ name: Authorization, ${value} }] } }\n`;
  it.each<[string, string, string, boolean]>([
    ['a wrong config.yaml', 'config.yaml', '{version: 3, admin_secret: xyzzy, endpoint: [}\n', false],
    ['a header of a remote schema', 'metadata/remote_schemas.yaml', header('value: xyzzy').repeat(2), false],
    [
      'a password in a URL',
      'metadata/remote_schemas.yaml',
      '- { name: a, definition: { url: "http://me:xyzzy@x" } }\n'.repeat(2),
      false,
    ],
    [
      'a line without a secret, of which a header names a variable',
      'metadata/remote_schemas.yaml',
      `${header('value_from_env: TOKEN')}- { name: shelves, definition: { url: http://y, comment: xyzzy } }\n`,
      true,
    ],
  ])('holds no line of %s', async (_, name, text, keeps) => {
    const folder = new TemporaryFolder({ ...project, [name]: text });
    const cacheFolder = new TemporaryFolder().path;
    const later = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
    const cold = await lint(folder.path);
    // The terminal shows no password of a URL.
    expect(cold.printed).toMatch(/xyzzy|\[secret\]/);
    expect(await lint(folder.path, { cacheFolder })).toEqual(cold);
    expect(await isKept(folder.path, { cacheFolder })).toBe(keeps);
    expect(await lint(folder.path, { cacheFolder })).toEqual(cold);
    const kept = keeps
      ? readdirSync(`${cacheFolder}/lint`).map((entry) => `${cacheFolder}/lint/${entry}`)
      : [];
    expect(kept.map((file) => readFileSync(file, 'utf8')).join()).not.toContain('xyzzy');
    later.mockRestore();
  });

  it.each<[string, string, string]>([
    ['.env behind a link', 'prod.env', 'A=xyzzy\n'],
    ['.env of a stage', '.env.production', 'A=xyzzy\n'],
    ['UTF-16', 'config.yaml', '\ufeffadmin_secret: xyzzy\n'],
  ])('knows a file with a secret: %s', (_, name, text) => {
    const folder = new TemporaryFolder({});
    writeFileSync(folder.file(name), Buffer.from(text, name === 'config.yaml' ? 'utf16le' : 'utf8'));
    const answers = new DiskAnswers();
    answers.during(() => readRegularBytes(folder.file(name)));
    expect([...answers.all.values()]).toEqual([expect.stringMatching(/^[\d.]+ [\d.]+ \d+ \d+$/)]);
    expect(answers.isSteady).toBe(false);
  });

  it.each<[string, (folder: TemporaryFolder) => string]>([
    ['lies in the folder that is checked', (folder) => folder.file('.cache')],
    ['lies beside it, in the repository around it', (folder) => folder.file('../cache')],
  ])('is not used where the cache %s', async (_, place) => {
    const around = new TemporaryFolder({ '.git/HEAD': 'ref: refs/heads/main\n' });
    for (const [name, text] of Object.entries(project)) around.write(`project/${name}`, text);
    const folder = Object.assign(Object.create(around) as TemporaryFolder, {
      path: around.file('project'),
    });
    const cacheFolder = place(folder);
    await lint(folder.path, { cacheFolder });
    expect(() => readdirSync(cacheFolder)).toThrow();
    expect(await isKept(folder.path, { cacheFolder })).toBe(false);
  });

  it('is not believed where the entry was cut or changed', async () => {
    const folder = new TemporaryFolder(project);
    const cacheFolder = new TemporaryFolder().path;
    const cold = await lint(folder.path, { cacheFolder });
    const [entry = ''] = readdirSync(`${cacheFolder}/lint`);
    const file = `${cacheFolder}/lint/${entry}`;
    const kept = readFileSync(file, 'utf8');
    const odd = ['not json', 'null', '{}', '{"answers":[],"linted":{}}'].map(
      (content) => `${createHash('sha256').update(content).digest('hex')}\n${content}`,
    );
    for (const broken of [kept.slice(0, -9), kept.replace('persona', 'persons'), '', '{}', ...odd]) {
      writeFileSync(file, broken);
      expect(await isKept(folder.path, { cacheFolder })).toBe(false);
      expect(await lint(folder.path, { cacheFolder })).toEqual(cold);
    }
  });

  it('is not used where others own the cache, or may write into it', async () => {
    skipBecause(noModes);
    const folder = new TemporaryFolder(project);
    const cacheFolder = new TemporaryFolder().path;
    await lint(folder.path, { cacheFolder });
    expect(await isKept(folder.path, { cacheFolder })).toBe(true);
    chmodSync(`${cacheFolder}/lint`, 0o777);
    expect(await isKept(folder.path, { cacheFolder })).toBe(false);
  });

  it('holds at most 64 runs, whatever else stands there', async () => {
    const folder = new TemporaryFolder(project);
    const cacheFolder = new TemporaryFolder().path;
    await lint(folder.path, { cacheFolder });
    mkdirSync(`${cacheFolder}/lint/folder.json/in`, { recursive: true });
    for (let count = 0; count < 80; count++) {
      const old = `${cacheFolder}/lint/${count}.json`;
      writeFileSync(old, '');
      utimesSync(old, 1, 1);
    }
    utimesSync(`${cacheFolder}/lint/folder.json`, 1, 1);
    folder.write('config.yaml', `${smallProject['config.yaml']}# changed\n`);
    await lint(folder.path, { cacheFolder });
    expect(readdirSync(`${cacheFolder}/lint`)).toHaveLength(64);
    expect(await isKept(folder.path, { cacheFolder })).toBe(true);
  });

  it('holds nothing where something was to be told beside the findings', async () => {
    const folder = new TemporaryFolder({ ...project, 'notes.txt': 'text' });
    const cacheFolder = new TemporaryFolder().path;
    const paths = ['.', 'notes.txt'];
    const cold = await lint(folder.path, { cacheFolder, paths });
    expect(cold.printed).toContain('notes.txt: neither JSON nor YAML');
    expect(await lint(folder.path, { cacheFolder, paths })).toEqual(cold);
  });

  it('refuses a report in the place of a file as the first run did', async () => {
    const folder = new TemporaryFolder(project);
    const cacheFolder = new TemporaryFolder().path;
    await lint(folder.path, { cacheFolder });
    folder.write('.env', 'A=b\n');
    folder.write('migrations/default/1_init/down.sql', '');
    folder.write('remote-relationships.lock.yaml', '');
    for (const file of [
      'config.yaml',
      customerTable,
      'schema/people.graphql',
      '.env',
      'metadata/version.yaml',
      'migrations/default/1_init/down.sql',
      'remote-relationships.lock.yaml',
    ]) {
      const run = lint(folder.path, { cacheFolder, outputs: [`sarif=${file}`] });
      await expect(run).rejects.toThrow('is a file of the project');
    }
  });

  it('is never wrong, whatever happens to the files', async () => {
    const names = [
      ...Object.keys(project),
      '.env',
      'metadata/actions.graphql',
      'metadata/extra.yaml',
      'remote-relationships.yaml',
      'requests/create.json',
      'other/config.yaml',
      'schema/people.json',
      'migrations/default/1_init/up.sql',
    ];
    const texts = [
      ...Object.values(project),
      smallProject[customerTable] ?? '',
      '',
      '{}\n',
      'sources:\n  default:\n    tables: schema/default.tables.json\n',
      'rules:\n  unlisted-variable: off\n',
      'CREATE TABLE customer (id int, persona text);\n',
      'HASURA_GRAPHQL_METADATA_DIRECTORY=other\n',
      'type Query { human(id: ID!): String }\n',
      request,
    ];
    const name = fc.constantFrom(...names);
    const step = fc.oneof(
      fc.record({ kind: fc.constant('write'), name, text: fc.constantFrom(...texts) }),
      fc.record({ kind: fc.constant('remove'), name, text: fc.constant('') }),
      fc.record({ kind: fc.constant('move'), name, text: name }),
      fc.record({ kind: fc.constant('link'), name, text: name }),
      fc.record({ kind: fc.constant('folder'), name, text: fc.constant('') }),
      fc.record({ kind: fc.constant('nothing'), name, text: fc.constant('') }),
    );
    let kept = 0;
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async (steps) => {
        const folder = new TemporaryFolder(project);
        const cacheFolder = new TemporaryFolder().path;
        let before = await lint(folder.path);
        for (const { kind, name: written, text } of steps) {
          const path = join(folder.path, written);
          if (kind !== 'nothing') happen(kind, path, text, folder.path);
          const cold = await lint(folder.path);
          expect(await lint(folder.path, { cacheFolder })).toEqual(cold);
          discover.mockClear();
          expect(await lint(folder.path, { cacheFolder })).toEqual(cold);
          if (discover.mock.calls.length === 0) kept++;
          if (cold.printed !== before.printed) changed++;
          before = cold;
        }
      }),
      { numRuns: 25, seed: 7 },
    );
    // Else it would be right by keeping nothing, or by having nothing to tell.
    expect(kept).toBeGreaterThan(60);
    expect(changed).toBeGreaterThan(30);
  });
});

/** What can't be done is left. */
function happen(kind: string, path: string, text: string, folder: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (kind === 'write') writeFileSync(path, text);
    if (kind === 'remove') rmSync(path, { recursive: true, force: true });
    if (kind === 'move') renameSync(path, join(folder, text));
    if (kind === 'folder') {
      rmSync(path, { recursive: true, force: true });
      mkdirSync(path);
    }
    if (kind === 'link') {
      rmSync(path, { recursive: true, force: true });
      symlinkSync(join(folder, text), path);
    }
  } catch {
    // A link that leads nowhere, a folder in the way: other steps follow.
  }
}
