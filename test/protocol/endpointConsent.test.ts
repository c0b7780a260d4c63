import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { bareEnvironment, homeAt, noModes, skipBecause } from '../machine.ts';
import { smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { metadata, stubServer } from '../unit/pull/stubServer.ts';
import { commandLine } from './serverProcess.ts';

/** What the built command line does before it sends the environment's admin secret where a repository leads. */

const secret = 'Zq7-consent+secret';

/** A server that is reached at an address that is not one of loopback, and leads there all the same. */
async function elsewhere() {
  const { url, requests } = await stubServer({
    'GET /v1/version': { version: 'v2.48.0' },
    export_metadata: metadata({ sources: [], remote_schemas: [] }),
    get_inconsistent_metadata: { is_consistent: true, inconsistent_objects: [] },
  });
  const origin = url.replace('127.0.0.1', '0.0.0.0');
  const received = () => requests.filter(({ headers }) => headers['x-hasura-admin-secret'] === secret).length;
  return { origin, host: new URL(origin).host, requests, received };
}

function project(configYaml: string): TemporaryFolder {
  return new TemporaryFolder({ ...smallProject, 'config.yaml': configYaml });
}

interface Run {
  readonly folder: TemporaryFolder;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Typed at the question, in a terminal; `undefined`: there is no terminal. */
  readonly typed?: string;
}

function run({ folder, args, environment, typed }: Run) {
  const command = [process.execPath, commandLine, ...args];
  const [program = '', ...rest] =
    typed === undefined
      ? command
      : ['script', '-qfec', command.map((part) => `'${part}'`).join(' '), '/dev/null'];
  const child = spawn(program, rest, {
    cwd: folder.path,
    env: {
      ...bareEnvironment(),
      ...homeAt(folder.file('home')),
      HASURA_GRAPHQL_ADMIN_SECRET: secret,
      ...environment,
    },
  });
  let [stdout, stderr, answered] = ['', '', false];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (typed === undefined || answered || !stdout.includes('(yes/no)')) return;
    answered = true;
    child.stdin.write(typed);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

const hasTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

// There 0.0.0.0 leads nowhere.
describe('an endpoint elsewhere that config.yaml names', () => {
  beforeEach(() => skipBecause(noModes));

  it.each(['pull', 'diff'])(
    'is said before it is asked, and asked without a terminal: %s',
    async (command) => {
      const { origin, received } = await elsewhere();
      const folder = project(`version: 3\nendpoint: ${origin}\n`);
      const { stderr } = await run({ folder, args: [command] });
      expect(stderr.split('\n')[0]).toBe(
        `The admin secret of HASURA_GRAPHQL_ADMIN_SECRET in the environment goes to ${origin} (endpoint in config.yaml).`,
      );
      expect(received()).toBeGreaterThan(0);
      expect(stderr).not.toContain(secret);
      expect(existsSync(folder.file('home'))).toBe(false);
    },
  );

  it.each(['pull', 'diff'])('is not asked when --only-endpoint names another host: %s', async (command) => {
    const { origin, requests } = await elsewhere();
    const folder = project(`version: 3\nendpoint: ${origin}\n`);
    const args = [command, '--only-endpoint', 'hasura.example'];
    const { status, stdout, stderr } = await run({ folder, args });
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/--only-endpoint allows only hasura\.example\. Nothing was sent\.\n$/);
    expect(requests).toEqual([]);
  });

  it('is asked when --only-endpoint names its host', async () => {
    const { origin, host, received } = await elsewhere();
    const folder = project(`version: 3\nendpoint: ${origin}\n`);
    await run({ folder, args: ['diff', '--only-endpoint', host] });
    expect(received()).toBeGreaterThan(0);
  });

  it('gets its own secret without a word', async () => {
    const { origin, received } = await elsewhere();
    const folder = project(`version: 3\nendpoint: ${origin}\nadmin_secret: ${secret}\n`);
    const { stderr } = await run({
      folder,
      args: ['diff'],
      environment: { HASURA_GRAPHQL_ADMIN_SECRET: '' },
    });
    expect(stderr).not.toContain('The admin secret of');
    expect(received()).toBeGreaterThan(0);
  });

  it.runIf(hasTerminal)('is asked about once in a terminal, and the answer is kept', async () => {
    const { origin, received } = await elsewhere();
    const folder = project(`version: 3\nendpoint: ${origin}\n`);
    const first = await run({ folder, args: ['diff'], typed: 'perhaps\nyes\n' });
    expect(first.stdout).toContain(`Send it to ${origin}? The answer is remembered. (yes/no) `);
    expect(first.stdout.indexOf('goes to')).toBeLessThan(first.stdout.indexOf('(yes/no)'));
    const sent = received();
    expect(sent).toBeGreaterThan(0);

    const file = folder.file('home/remote-relationships/endpoints.json');
    expect(readFileSync(file, 'utf8')).toBe(
      `${JSON.stringify({ adminSecretFromEnvironment: { [origin]: 'yes' } }, null, 2)}\n`,
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const second = await run({ folder, args: ['diff'], typed: 'no\n' });
    expect(second.stdout).not.toContain('(yes/no)');
    expect(received()).toBe(2 * sent);
    expect(first.stdout + second.stdout).not.toContain(secret);
  });

  it.runIf(hasTerminal).each([
    ['a no', 'no\n', true],
    ['Ctrl-D', '\u0004', false],
    ['Ctrl-C', '\u0003', false],
  ])('gets nothing after %s', async (_, typed, kept) => {
    const { origin, requests } = await elsewhere();
    const folder = project(`version: 3\nendpoint: ${origin}\n`);
    const { status, stdout } = await run({ folder, args: ['diff'], typed });
    expect(status).toBe(2);
    expect(stdout).toContain(`Nothing was sent to ${origin}.`);
    expect(requests).toEqual([]);
    expect(existsSync(folder.file('home/remote-relationships/endpoints.json'))).toBe(kept);
    if (!kept) return;
    const { stderr } = await run({ folder, args: ['diff'] });
    expect(stderr).toContain(`Nothing was sent to ${origin}. The answer is kept in `);
    expect(requests).toEqual([]);
  });
});

describe('a config.yaml that can’t be read', () => {
  it.each([
    ['pull', []],
    ['diff', []],
    ['diff', ['--endpoint']],
  ])('stops %s %s', async (command, flags) => {
    const { url, requests } = await stubServer({});
    const folder = project('version: 3\nendpoint: [\n');
    const { status, stdout, stderr } = await run({
      folder,
      args: [command, ...flags.flatMap((flag) => [flag, url])],
      environment: { HASURA_GRAPHQL_ENDPOINT: url },
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr:
        "config.yaml can't be read: line 3 is not valid YAML. Correct it first: nothing is sent until then.\n",
    });
    expect(requests).toEqual([]);
  });

  it('is reported by lint, which goes on', async () => {
    const folder = project('version: 3\nendpoint: [\n');
    folder.write(
      'metadata/remote_schemas.yaml',
      '- name: people\n  definition: { url: "https://people.example/graphql" }\n- name: people\n  definition: {}\n',
    );
    const { status, stdout } = await run({ folder, args: ['lint', '--format', 'json'] });
    expect(status).toBe(1);
    const findings = JSON.parse(stdout) as { file: string; code: string; line: number }[];
    expect(findings.map(({ file, code }) => `${file} ${code}`)).toEqual(
      expect.arrayContaining([
        'config.yaml unreadable-file',
        'metadata/remote_schemas.yaml duplicate-remote-schema',
      ]),
    );
  });

  it('is none where the Hasura CLI reads it', async () => {
    const { url, requests } = await stubServer({});
    const folder = project(`version: 3\nEndpoint: ${url}\nversion: 3\n---\nendpoint: [\n`);
    await run({ folder, args: ['diff'] });
    expect(requests.length).toBeGreaterThan(0);
    expect((await run({ folder, args: ['lint'] })).stdout).not.toContain('config.yaml');
  });
});

it('a path of config.yaml does not lead out of the endpoint', async () => {
  const { url, requests } = await stubServer({});
  const folder = project(`version: 3\nendpoint: ${url}/base\napi_paths: { version: "%2e%2e/version" }\n`);
  const { status, stderr } = await run({ folder, args: ['diff'] });
  expect(status).toBe(2);
  expect(stderr).toBe("The path of api_paths.version in config.yaml leads out of the endpoint's address.\n");
  expect(requests).toEqual([]);
});

it('a variable of .env takes nothing from the environment', async () => {
  const { url, requests } = await stubServer({});
  const folder = project('version: 3\n');
  folder.write('.env', `HASURA_GRAPHQL_ENDPOINT="${url}/\${TOKEN}"\n`);
  const { status, stderr } = await run({ folder, args: ['diff'], environment: { TOKEN: 'private' } });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^HASURA_GRAPHQL_ENDPOINT in \.env refers to TOKEN, /);
  expect(stderr).not.toContain('private');
  expect(requests).toEqual([]);
});
