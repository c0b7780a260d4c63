import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedForNpm } from '../../scripts/package.ts';
import { type RunResult, root, run } from '../../scripts/run.ts';
import { smallProject } from '../unit/project/temporaryFolder.ts';

/** Nobody listens there: whatever is installed comes from the packed file. */
const noRegistry = 'http://127.0.0.1:9/';

/** As on a machine that knows npm alone: an empty home, nothing cached, no registry, none of this repository's programs. */
describe('the npm package on a clean machine', () => {
  let home: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'remote-relationships-install-'));
    env = cleanEnvironment(home);
    await mkdir(path.join(home, 'project'));
    await writeFile(path.join(home, 'project/package.json'), '{ "private": true }');
    await cp(path.join(root, 'samples'), path.join(home, 'project/samples'), { recursive: true });
    const installed = await inProject('npm', 'install', '--no-audit', '--no-fund', await packedForNpm());
    expect(installed.code, installed.stderr).toBe(0);
  }, 120_000);

  afterAll(() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

  function inProject(program: string, ...args: string[]): Promise<RunResult> {
    const name = process.platform === 'win32' ? `${program}.cmd` : program;
    return run(name, args, { cwd: path.join(home, 'project'), env });
  }

  it('brings nothing else along', async () => {
    const installed = await readdir(path.join(home, 'project/node_modules'));
    expect(installed.filter((name) => !name.startsWith('.'))).toEqual(['hasura-remote-relationships']);
  });

  it.each(['hasura-remote-relationships', 'remote-relationships'])(
    'npx %s lint finds what the built command line finds',
    async (command) => {
      const args = ['lint', '--format', 'json', 'samples'];
      const built = await run(process.execPath, [path.join(root, 'dist/cli.cjs'), ...args], {
        cwd: path.join(home, 'project'),
      });
      const found = await inProject('npx', '--no', command, ...args);
      expect(found.stderr).toBe(built.stderr);
      expect(found.code).toBe(1);
      expect(JSON.parse(found.stdout)).toEqual(JSON.parse(built.stdout));
      expect(JSON.parse(found.stdout)).not.toEqual([]);
    },
  );

  it('reads SQL migrations with the parser that comes along', async () => {
    const { 'schema/default.tables.json': _, ...files } = smallProject;
    const sql = 'CREATE TABLE customer (id uuid PRIMARY KEY, person uuid NOT NULL);';
    const project = { ...files, 'migrations/default/1_customer/up.sql': sql };
    for (const [name, text] of Object.entries(project)) {
      const file = path.join(home, 'project/migrated', name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const command = ['--no', 'remote-relationships', 'lint', '--format', 'json', 'migrated'];
    const found = await inProject('npx', ...command);
    expect(found.stderr).toBe('');
    expect(JSON.parse(found.stdout)).toMatchObject([
      { code: 'unknown-lhs-field', message: expect.stringContaining('"person_id"') },
    ]);
  });

  it('npx runs it without an installation', async () => {
    // As from a registry: the command is found by the package's name.
    const found = await inProject('npx', '--yes', `file:${await packedForNpm()}`, 'lint', 'samples');
    expect(found.code, found.stderr).toBe(1);
    expect(found.stdout).toContain('unknown-remote-field');
  });
});

/** What this process was started with, without what npm and this repository have put there. */
function cleanEnvironment(home: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:npm_|INIT_CWD$|NODE)/i.test(name));
  const { PATH = '', Path = PATH, ...others } = Object.fromEntries(kept);
  const programs = Path.split(path.delimiter).filter((folder) => !folder.includes('node_modules'));
  return {
    ...others,
    PATH: programs.join(path.delimiter),
    HOME: home,
    USERPROFILE: home,
    npm_config_cache: path.join(home, 'cache'),
    npm_config_prefix: path.join(home, 'prefix'),
    npm_config_registry: noRegistry,
    npm_config_update_notifier: 'false',
  };
}
