import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { startSamples } from '../endpoint/samples/start.ts';
import { bareEnvironment, homeAt } from '../machine.ts';
import { TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { commandLine } from './serverProcess.ts';

/** Like nothing else that is printed. */
const secret = 'Yp4-admin+secret/&"x';

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startSamples({ adminSecret: secret });
}, 240_000);
afterAll(() => endpoint.close());
beforeEach(() => endpoint.clearFaults());

const table = 'metadata/databases/shop/tables/public_customer.yaml';

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The samples with a journal of their own. */
class Project {
  readonly folder = new TemporaryFolder();
  readonly journal = new TemporaryFolder();

  constructor(edit: (text: string) => string = (text) => text, configuration?: object) {
    cpSync(fileURLToPath(new URL('../../samples', import.meta.url)), this.folder.path, { recursive: true });
    this.folder.write(table, edit(readFileSync(this.folder.file(table), 'utf8')));
    if (configuration !== undefined) {
      this.folder.write('remote-relationships.config.json', JSON.stringify(configuration));
    }
  }

  run(...args: readonly string[]): Promise<Run> {
    const child = spawn(process.execPath, [commandLine, ...args, '--endpoint', endpoint.url], {
      cwd: this.folder.path,
      env: {
        ...bareEnvironment(),
        ...homeAt(this.journal.path),
        HASURA_GRAPHQL_ADMIN_SECRET: secret,
      },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    return new Promise((resolve) => {
      child.on('close', (status) => {
        expect(`${stdout}${stderr}`).not.toContain(secret);
        resolve({ status, stdout, stderr });
      });
    });
  }

  /** What the server has, beside the file. */
  async states(): Promise<Record<string, string>> {
    const { stdout } = await this.run('diff', table, '--format', 'json');
    const { relationships } = JSON.parse(stdout) as { relationships: { name: string; state: string }[] };
    return Object.fromEntries(relationships.map(({ name, state }) => [name, state]));
  }

  get journalled(): number {
    const entries = readdirSync(this.journal.path, { recursive: true, encoding: 'utf8' });
    return entries.filter((name) => name.endsWith('.json')).length;
  }
}

describe('apply', () => {
  it('changes nothing without a terminal and without --yes, and says what it would', async () => {
    const project = new Project((text) => text.replace('name: profile', 'name: profile_two'));
    const { status, stdout, stderr } = await project.run('apply', table, '--name', 'profile_two');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('Create profile_two (table customer of source shop) on 127.0.0.1:');
    expect(stderr).toContain('\n    +    "remote_schema": "people",\n');
    expect(stderr).toContain('Nothing was sent: without a terminal, confirm with --yes.');
    expect((await project.states())['profile_two']).toBe('only-here');
    expect(project.journalled).toBe(0);
  });

  it('says with --dry-run what it would do, and exits with 0', async () => {
    const project = new Project((text) => text.replace('name: profile', 'name: profile_two'));
    const run = await project.run('apply', table, '--name', 'profile_two', '--dry-run', '--yes');
    expect(run.status).toBe(0);
    expect(run.stderr).toContain('Nothing was sent: this was a dry run.');
    expect((await project.states())['profile_two']).toBe('only-here');
  });

  it('says of what is in place and not used that it is not done', async () => {
    const project = new Project(undefined, {});
    // Without a schema the mistake in it is not known here.
    rmSync(project.folder.file('schema'), { recursive: true });
    const run = await project.run('apply', '--name', 'receipts', '--yes', '--format', 'json');
    expect(JSON.parse(run.stdout)).toMatchObject({
      outcome: 'partly-done',
      messages: [
        {
          severity: 'warning',
          name: 'receipts',
          outcome: 'in-place',
          message: expect.stringContaining('is already in place on'),
        },
      ],
    });
    expect(run.status).toBe(3);
  });

  it('makes what is not there, says so the second time, and takes it back', async () => {
    const project = new Project((text) => text.replace('name: profile', 'name: profile_two'));
    const args = ['apply', table, '--name', 'profile_two', '--yes'];
    const first = await project.run(...args, '--format', 'json');
    expect(JSON.parse(first.stdout)).toEqual({
      endpoint: endpoint.url,
      outcome: 'done',
      messages: [
        {
          severity: 'information',
          message: expect.stringMatching(/^Applied: [\d.]+:\d+ has "profile_two"\.$/),
          name: 'profile_two',
          owner: 'table "customer" of source "shop"',
          outcome: 'created',
        },
      ],
    });
    expect(first.status).toBe(0);
    expect(project.journalled).toBe(1);
    const second = await project.run(...args);
    expect(second.stdout).toMatch(/^"profile_two" is already in place on [\d.]+:\d+\.\n$/);
    expect(second.status).toBe(0);
    const undone = await project.run('undo', '--yes');
    expect(undone.stdout).toMatch(/^Undone: [\d.]+:\d+ has what it had before the last apply\.\n$/);
    expect((await project.states())['profile_two']).toBe('only-here');
    expect((await project.run('undo', '--yes')).stdout).toMatch(
      /^There is nothing left to undo on 127[\d.:]+\.\n$/,
    );
  });

  it('is not agreed to by --yes when the file has errors', async () => {
    const project = new Project((text) =>
      text.replace('name: profile', 'name: profile_two').replace('id: $person_id', 'idd: $person_id'),
    );
    const { status, stderr } = await project.run('apply', table, '--name', 'profile_two', '--yes');
    expect(status).toBe(1);
    expect(stderr).toContain('"profile_two" has an error.');
    expect(stderr).toContain(
      'Nothing was sent: --yes does not cover this.\nCorrect them, choose others with --name',
    );
    expect((await project.states())['profile_two']).toBe('only-here');
  });

  it('says with --dry-run what is wrong and what it would do nevertheless', async () => {
    const project = new Project((text) =>
      text.replace('name: profile', 'name: profile_two').replace('id: $person_id', 'idd: $person_id'),
    );
    const run = await project.run('apply', table, '--name', 'profile_two', '--dry-run', '--yes');
    expect(run).toMatchObject({ status: 0, stdout: '' });
    const error = run.stderr.indexOf('"profile_two" has an error.');
    const plan = run.stderr.indexOf('Create profile_two (table customer of source shop) on 127.0.0.1:');
    expect(error).toBeGreaterThanOrEqual(0);
    expect(plan).toBeGreaterThan(error);
    expect(run.stderr).toMatch(/Nothing was sent: this was a dry run\.\n$/);
    expect((await project.states())['profile_two']).toBe('only-here');
    expect(project.journalled).toBe(0);
  });

  it.each([['apply', table, '--name', 'profile'], ['delete', 'profile'], ['undo']])(
    'exits with 2 when the server can not be read: %s',
    async (...args) => {
      const project = new Project();
      endpoint.fault({ status: 502, body: 'x', type: 'export_metadata' });
      const { status, stdout, stderr } = await project.run(...args, '--yes');
      endpoint.clearFaults();
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/502/);
    },
  );

  it('exits with 1 when the server refuses, in its words, with nothing changed and nothing to undo', async () => {
    const project = new Project(
      (text) =>
        text.replace('name: profile', 'name: profile_two').replace('id: $person_id', 'idd: $person_id'),
      { rules: { 'unknown-argument': 'off', 'unlisted-variable': 'off' } },
    );
    const { status, stdout } = await project.run('apply', table, '--name', 'profile_two', '--yes');
    expect(stdout).toMatch(/refused "profile_two": .*argument with name "idd" not found/);
    expect(status).toBe(1);
    expect(project.journalled).toBe(0);
  });

  it('exits with 3 when what came of it is not known, and keeps it in the journal', async () => {
    const project = new Project((text) => text.replace('name: profile', 'name: profile_two'));
    const type = 'pg_create_remote_relationship';
    endpoint.fault({ cut: 'after', carriedOut: true, delay: 1000, type, times: 1 });
    const before = endpoint.requests.length;
    const running = project.run('apply', table, '--name', 'profile_two', '--yes');
    await vi.waitFor(
      () => expect(endpoint.requests.slice(before).some(({ body }) => body.includes(type))).toBe(true),
      30_000,
    );
    endpoint.fault({ status: 502, body: 'x', type: 'export_metadata' });
    const { status, stdout } = await running;
    endpoint.clearFaults();
    expect(stdout).toMatch(/^error: It is not known whether [\d.]+:\d+ changed "profile_two": /);
    expect(status).toBe(3);
    expect(project.journalled).toBe(1);
    expect((await project.run('undo', '--yes')).status).toBe(0);
    expect((await project.states())['profile_two']).toBe('only-here');
  });

  it('says what it can not find', async () => {
    const project = new Project();
    expect(await project.run('apply', table, '--name', 'nobody', '--yes')).toMatchObject({
      status: 2,
      stderr: 'There is no relationship "nobody" in the paths given.\n',
    });
    expect(await project.run('apply', 'config.yaml', '--yes')).toMatchObject({ status: 2 });
  });
});

describe('an endpoint', () => {
  const edit = (text: string): string => text.replace('name: profile', 'name: profile_two');
  const args = ['apply', table, '--name', 'profile_two', '--yes'];
  const configured = (flags: object): object => ({ endpoints: { here: { url: endpoint.url, ...flags } } });

  it('that a project protects is named by whoever changes it', async () => {
    const project = new Project(edit, configured({ protected: true }));
    const { host } = new URL(endpoint.url);
    const refused = await project.run(...args);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(`${host} is protected; confirm with --yes --protected ${host}.`);
    expect(await project.run(...args, '--protected', 'localhost')).toMatchObject({ status: 2 });
    expect((await project.states())['profile_two']).toBe('only-here');
    expect((await project.run(...args, '--protected', host)).status).toBe(0);
    expect((await project.run('undo', '--yes', '--protected', host)).status).toBe(0);
  });

  it('that is another one than the one that is named is not changed, protected or not', async () => {
    const project = new Project(edit);
    const { host } = new URL(endpoint.url);
    expect(await project.run(...args, '--protected', 'hasura.example')).toEqual({
      status: 2,
      stdout: '',
      stderr: `The endpoint is at ${host} (--endpoint), and --protected names hasura.example. Nothing was sent.\n`,
    });
    expect((await project.run('reload', '--yes', '--protected', 'a/b')).stderr).toMatch(
      /--protected is a host/,
    );
    expect((await project.states())['profile_two']).toBe('only-here');
  });

  it('that is only to be read is not changed', async () => {
    const project = new Project(edit, configured({ readOnly: true }));
    const { status, stdout } = await project.run(...args);
    expect(stdout).toMatch(/is set to read-only: nothing is changed there\.\n$/);
    expect(status).toBe(1);
    expect((await project.run('reload', '--yes')).status).toBe(1);
  });
});

describe('one relationship of the server', () => {
  it('gets another name, goes, and comes back, and the file stays as it is', async () => {
    const project = new Project();
    const before = readFileSync(project.folder.file(table), 'utf8');
    const renamed = await project.run(
      'rename',
      'profile',
      'person',
      '--source',
      'shop',
      '--table',
      'customer',
      '--yes',
    );
    expect(renamed.stdout).toMatch(/^Renamed: [\d.]+:\d+ has "person" instead of "profile"\.\n$/);
    expect(await project.states()).toMatchObject({ profile: 'only-here', person: 'only-there' });
    const deleted = await project.run('delete', 'person', '--yes');
    expect(deleted.stdout).toMatch(/^Deleted: [\d.]+:\d+ no longer has "person"\.\n$/);
    expect((await project.run('undo', '--yes')).status).toBe(0);
    expect((await project.run('undo', '--yes')).status).toBe(0);
    expect(await project.states()).toMatchObject({ profile: 'same' });
    expect(readFileSync(project.folder.file(table), 'utf8')).toBe(before);
  });

  it.each([
    [['delete', 'nobody'], /has no such relationship "nobody"/],
    [['delete', 'profile', '--source', 'helpdesk'], /has no such relationship "profile"/],
    [['delete', 'profile', '--table', 'invoice'], /has no such relationship "profile"/],
    [['delete', 'profile', '--type', 'Person'], /has no such relationship "profile"/],
    [['delete', 'profil'], /has no such relationship "profil"\. Did you mean "profile"\?/],
    [
      ['delete', 'customer'],
      /Several relationships have that name\. Name the owner, too: customer \(.*\) by --source \S+ --table \S+, .* by --source shop --table public\.invoice\.\n$/,
    ],
    [['delete'], /delete takes the name of one relationship/],
    [['rename', 'profile'], /rename takes the name of a relationship and its new one/],
    [['undo', 'profile'], /undo takes no name/],
  ])('is not found by %j', async (args, words) => {
    const { status, stdout, stderr } = await new Project().run(...args, '--yes');
    expect(stderr).toMatch(words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('gets no name that the server would not take', async () => {
    const { status, stdout } = await new Project().run('rename', 'profile', '1st', '--yes');
    expect(stdout).toMatch(/^error: "profile" is not renamed\. /);
    expect(status).toBe(1);
  });
});

describe('a server', () => {
  it('says how it is, and exits by that', async () => {
    const project = new Project();
    const found = JSON.parse((await project.run('status', '--format', 'json')).stdout);
    expect(found).toMatchObject({ endpoint: endpoint.url, serverVersion: 'v2.48.0' });
    const text = await project.run('status');
    expect(text.status).toBe(found.inconsistent.length === 0 ? 0 : 1);
    expect(text.stdout).toContain(`${found.relationships} remote relationships`);
    for (const { what } of found.inconsistent) expect(text.stdout).toContain(`inconsistent: ${what}`);
  });

  it('reads its metadata, or one remote schema, anew', async () => {
    const project = new Project();
    const all = await project.run('reload', '--yes');
    expect(all.stdout).toContain('has reloaded the metadata, all sources and remote schemas.');
    const { inconsistent } = JSON.parse((await project.run('status', '--format', 'json')).stdout);
    expect(all.status).toBe(inconsistent.length === 0 ? 0 : 3);
    // What was inconsistent before is said, and no failure of this.
    const one = await project.run('reload', '--remote-schema', 'people', '--yes');
    expect(one.status).toBe(0);
    expect(one.stdout).toContain('has reloaded remote schema "people".');
    for (const { what } of inconsistent) expect(one.stdout).toContain(`inconsistent: ${what}`);
    expect(await project.run('reload', '--remote-schema', 'nobody', '--yes')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('has no remote schema "nobody"'),
    });
  });
});
