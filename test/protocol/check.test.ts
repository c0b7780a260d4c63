import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { startSamples } from '../endpoint/samples/start.ts';
import { makeLink } from '../machine.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { commandLine } from './serverProcess.ts';

/** Runs the built command line; a server in this process can answer meanwhile. */
function run(folder: TemporaryFolder, args: readonly string[], environment: Record<string, string> = {}) {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [commandLine, ...args], {
    cwd: folder.path,
    env: { PATH, ...environment },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

function git(folder: TemporaryFolder, ...args: string[]): string {
  const author = ['user.name=test', 'user.email=test@example.invalid', 'commit.gpgsign=false'];
  return execFileSync('git', [...author.flatMap((each) => ['-c', each]), ...args], {
    cwd: folder.path,
    encoding: 'utf8',
  });
}

function committed(files: Readonly<Record<string, string>>): TemporaryFolder {
  const folder = new TemporaryFolder(files);
  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'all');
  return folder;
}

const sdl = 'schema/people.graphql';
const people = smallProject[sdl] ?? '';
const other = people.replace('person(', 'human(');
const broken = `breaks: "profile", table "customer" of source "default" (${customerTable}:3)
    Query.person was removed. (people)
    Remote schema "people" has no query field "person".
1 broken, 0 weakened, 0 untouched, 0 new, 0 removed
`;

describe('check --against-revision', () => {
  it('tells what breaks since then, in files that were changed, moved and deleted', async () => {
    const folder = committed(smallProject);
    const untouched = '0 broken, 0 weakened, 1 untouched, 0 new, 0 removed\n';
    expect(await run(folder, ['check', '--against-revision', 'HEAD'])).toEqual({
      ...{ status: 0, stderr: '', stdout: untouched },
    });
    folder.write(sdl, other);
    expect(await run(folder, ['check', '--against-revision', 'HEAD'])).toEqual({
      ...{ status: 1, stderr: '', stdout: broken },
    });
    folder.remove(sdl);
    folder.write('schema/people.gql', people);
    expect(await run(folder, ['check', '--against-revision', 'HEAD', 'metadata'])).toMatchObject({
      ...{ status: 0, stderr: '', stdout: untouched },
    });
  });

  it.each([
    ['metadata/databases/databases.yaml', '- name: [default\n', 2],
    [customerTable, `${smallProject[customerTable]}  - name: [\n`, 2],
    [sdl, 'type Query {\n', 2],
    ['schema/default.tables.json', '[{', 2],
    [sdl, undefined, 0],
  ])('does not see everything where a file is broken: %s %j', async (file, text, expected) => {
    const folder = committed(smallProject);
    if (text === undefined) folder.remove(file);
    else folder.write(file, text);
    const { status, stderr } = await run(folder, ['check', '--against-revision', 'HEAD']);
    expect(stderr).toMatch(text === undefined ? /^$/ : /^".+" can't be read, by line \d+: .+\n/);
    if (text !== undefined) expect(stderr).toContain(`"${file}" can't be read`);
    expect(status).toBe(expected);
  });

  it('as JSON, of a relationship that is new and one that is removed', async () => {
    const folder = committed(smallProject);
    folder.write(customerTable, smallProject[customerTable]?.replace('profile', 'person') ?? '');
    const { status, stdout } = await run(folder, ['check', '--against-revision=HEAD', '--format=json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      relationships: ['new', 'removed'].map((verdict) => ({
        verdict,
        name: verdict === 'new' ? 'person' : 'profile',
        owner: 'table "customer" of source "default"',
        reasons: [],
        file: customerTable,
        line: 3,
      })),
    });
  });

  it('tells what breaks in one of two projects whose relationships have the same names', async () => {
    const files = ['a', 'b'].flatMap((project) =>
      Object.entries(smallProject).map(([name, text]) => [`${project}/${name}`, text] as const),
    );
    const folder = committed(Object.fromEntries(files));
    folder.write(`a/${sdl}`, other);
    expect(await run(folder, ['check', '--against-revision', 'HEAD'])).toEqual({
      ...{ status: 1, stderr: '' },
      stdout: broken.replace(customerTable, `a/${customerTable}`).replace('0 untouched', '1 untouched'),
    });
    git(folder, 'mv', 'a', 'c');
    const moved = await run(folder, ['check', '--against-revision', 'HEAD']);
    expect(moved).toMatchObject({ status: 1, stderr: '' });
    expect(moved.stdout).toContain(`(c/${customerTable}:3)\n`);
    expect(moved.stdout).toContain('\n1 broken, 0 weakened, 1 untouched, 0 new, 0 removed\n');
    expect(
      await run(folder, ['check', '--against-file', `c/${sdl}`, '--remote-schema', 'people']),
    ).toMatchObject({
      status: 1,
      stdout: broken.replace(customerTable, `b/${customerTable}`).replace('0 untouched', '1 untouched'),
    });
  });

  it('runs nothing that the repository names', async () => {
    const folder = committed({ ...smallProject, '.gitattributes': '*.graphql filter=evil diff=evil\n' });
    const program = `touch '${folder.file('ran')}'; cat`;
    git(folder, 'config', 'filter.evil.clean', program);
    git(folder, 'config', 'filter.evil.smudge', program);
    git(folder, 'config', 'diff.evil.textconv', program);
    writeFileSync(folder.file('monitor'), `#!/bin/sh\n${program}\n`);
    chmodSync(folder.file('monitor'), 0o755);
    git(folder, 'config', 'core.fsmonitor', folder.file('monitor'));
    folder.write(sdl, other);
    expect(await run(folder, ['check', '--against-revision', 'HEAD'])).toMatchObject({
      status: 1,
      stdout: broken,
    });
    expect(existsSync(folder.file('ran'))).toBe(false);
  });

  it.each([
    [['check'], /^check takes one of --against-revision REVISION, --against-file FILE/],
    [['check', '--against-revision', 'HEAD', '--against-endpoint'], /^check takes one of/],
    [['check', '--against-revision', '--output=x'], /--against-revision needs a value/],
    [['check', '--against-revision=--output=x'], /^Git does not know the revision "--output=x"\.\n$/],
    [
      ['check', '--against-revision', 'HEAD', '--fail-on', 'new'],
      /^--fail-on takes "breaks" or "weakens", not "new"\.\n$/,
    ],
    [['check', '--against-revision', 'nowhere'], /^Git does not know the revision "nowhere"\.\n$/],
    [['check', '--against-file', 'x'], /^--remote-schema NAME says which remote schema the file is of/],
    [['check', '--against-file', 'x', '--remote-schema', 'poeple'], /Did you mean "people"\?/],
    [['check', '--against-file', 'x', '--remote-schema', 'people'], /The file "x" does not exist/],
    [['check', '--against-file', customerTable, '--remote-schema', 'people'], /is no schema, by line 1: /],
    [['check', '--fix'], /^check has no option --fix\.\n$/],
    [['check', 'schema', '--against-revision', 'HEAD'], /There is no Hasura metadata in "schema"/],
    [['lock', '--against-endpoint'], /--against-endpoint goes with --check/],
    [['lock', '--check'], /does not exist\. "remote-relationships lock" writes it/],
  ])('can not be run: %j', async (args, words) => {
    const { status, stdout, stderr } = await run(committed(smallProject), args);
    expect(stderr).toMatch(words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('check of a project with SQL migrations', () => {
  const { 'schema/default.tables.json': _, ...unknown } = smallProject;
  const tables = 'metadata/databases/default/tables/tables.yaml';
  const project = {
    ...unknown,
    [tables]: '- "!include public_customer.yaml"\n- "!include public_region.yaml"\n',
    'metadata/databases/default/tables/public_region.yaml': 'table: { schema: public, name: region }\n',
    'migrations/default/1_all/up.sql':
      'CREATE TABLE customer (id uuid, person_id uuid);\nCREATE TABLE region (id uuid);\n',
  };
  const later = 'migrations/default/2_later/up.sql';

  it.each([
    [
      'DROP TABLE region;\nALTER TABLE customer RENAME COLUMN person_id TO human_id;\n',
      '    Table "customer" has no column "person_id": a migration renames it.\n',
    ],
    [
      'DROP TABLE customer;\n',
      '    The server leaves out table "customer": no such table/view exists in source: "customer" (a migration drops it)\n',
    ],
  ])('tells what a migration takes away: %j', async (sql, reason) => {
    const folder = committed(project);
    folder.write(later, sql);
    const { status, stdout } = await run(folder, ['check', '--against-revision', 'HEAD']);
    expect(stdout).toContain(
      `breaks: "profile", table "customer" of source "default" (${customerTable}:3)\n`,
    );
    expect(stdout).toContain(reason);
    expect(status).toBe(1);
    folder.write(later, `${sql}DO $$ BEGIN EXECUTE (SELECT sql FROM statements); END $$;\n`);
    expect(await run(folder, ['check', '--against-revision', 'HEAD'])).toMatchObject({ status: 0 });
  });
});

describe('check --against-file', () => {
  it('tells what another schema of a remote schema breaks, as SDL and as introspection', async () => {
    const folder = new TemporaryFolder({ ...smallProject, 'new/schema.graphql': other });
    const args = ['check', '--remote-schema', 'people', '--against-file'];
    expect(await run(folder, [...args, 'new/schema.graphql'])).toEqual({
      status: 1,
      stderr: '',
      stdout: broken,
    });
    expect(await run(folder, [...args, sdl])).toMatchObject({ status: 0 });
    expect(readFileSync(folder.file(sdl), 'utf8')).toBe(people);
  });
});

describe('lock', () => {
  it('is written, says what differs from it, and is written anew', async () => {
    const folder = new TemporaryFolder(smallProject);
    const name = 'remote-relationships.lock.yaml';
    expect(await run(folder, ['lock'])).toEqual({ status: 0, stderr: '', stdout: `${name}: written\n` });
    expect(await run(folder, ['lock'])).toMatchObject({ status: 0, stdout: `${name}: unchanged\n` });
    expect(await run(folder, ['lock', '--check'])).toMatchObject({
      ...{ status: 0, stderr: '', stdout: `${name}: nothing differs\n` },
    });
    folder.write(sdl, people.replace('name: String', 'nick: String'));
    expect(await run(folder, ['lock', '--check'])).toMatchObject({ status: 0 });
    folder.write(sdl, other);
    const { status, stdout } = await run(folder, ['lock', '--check']);
    expect(status).toBe(1);
    expect(stdout).toContain(broken);
    expect(stdout).toContain('-      person(id: ID!): Person\n');
    folder.write(sdl, people.replace('): Person', '): Person!'));
    const harmless = await run(folder, ['lock', '--check', '--format', 'json']);
    expect(JSON.parse(harmless.stdout)).toMatchObject({
      drift: true,
      relationships: [
        { name: 'profile', verdict: 'untouched', reasons: [expect.stringContaining('no harm')] },
      ],
    });
    expect(await run(folder, ['lock'])).toMatchObject({ stdout: `${name}: written\n` });
    expect(readFileSync(folder.file(name), 'utf8')).toContain('person(id: ID!): Person!\n');
  });

  it('does not call broken what was wrong when it was written, whatever differs later', async () => {
    const name = 'remote-relationships.lock.yaml';
    const wrong = smallProject[customerTable]
      ?.replace('[person_id]', '[persn_id]')
      .replace('$person_id', '$persn_id');
    const folder = committed({ ...smallProject, [customerTable]: wrong ?? '' });
    await run(folder, ['lock']);
    expect(readFileSync(folder.file(name), 'utf8')).toContain(
      'relationships:\n  table "public.customer" of source "default":\n    profile: [ unknown-lhs-field persn_id ]\n',
    );
    folder.write(sdl, people.replace('): Person', '): [Person]'));
    const weakened = `weakens: "profile", table "customer" of source "default" (${customerTable}:3)
    Query.person changed type from Person to [Person]. (people)
0 broken, 1 weakened, 0 untouched, 0 new, 0 removed
`;
    const check = ['check', '--against-revision', 'HEAD'];
    expect(await run(folder, check)).toMatchObject({ status: 0, stdout: weakened });
    expect(await run(folder, [...check, '--fail-on', 'breaks'])).toMatchObject({ status: 0 });
    expect(await run(folder, [...check, '--fail-on', 'weakens'])).toMatchObject({
      status: 1,
      stdout: weakened,
    });
    const { status, stdout } = await run(folder, ['lock', '--check']);
    expect(status).toBe(1);
    expect(stdout).toContain(weakened);
    folder.write(sdl, other);
    expect((await run(folder, ['lock', '--check'])).stdout).toContain(broken);
  });

  it('tells what is new since then, and what was removed by the line of the lock', async () => {
    const folder = new TemporaryFolder(smallProject);
    await run(folder, ['lock']);
    folder.write(customerTable, smallProject[customerTable]?.replace('profile', 'person') ?? '');
    const { stdout } = await run(folder, ['lock', '--check', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      drift: true,
      relationships: [
        { verdict: 'new', name: 'person', file: customerTable, line: 3 },
        { verdict: 'removed', name: 'profile', file: 'remote-relationships.lock.yaml', line: 19 },
      ],
    });
  });

  it('is of all of the project, wherever in it one is', async () => {
    const folder = new TemporaryFolder(smallProject);
    const name = 'remote-relationships.lock.yaml';
    // A folder without a relationship.
    expect(await run(folder, ['lock', '--project', 'schema'])).toMatchObject({
      stdout: `${name}: written\n`,
    });
    expect(readFileSync(folder.file(name), 'utf8')).toContain('person(id: ID!): Person\n');
    expect(await run(folder, ['lock'])).toMatchObject({ stdout: `${name}: unchanged\n` });
  });

  it('is written where a link to the project leads, and where one of its own name lies', async () => {
    const folder = new TemporaryFolder(
      Object.fromEntries(Object.entries(smallProject).map(([name, text]) => [`shop/${name}`, text])),
    );
    const name = 'remote-relationships.lock.yaml';
    makeLink(folder.file('shop'), folder.file('link'));
    makeLink(folder.file('outside.yaml'), folder.file(`shop/${name}`));
    const written = { status: 0, stdout: expect.stringMatching(`${name}: written\n$`), stderr: '' };
    expect(await run(folder, ['lock', '--project', 'link'])).toEqual(written);
    expect(readFileSync(folder.file(`shop/${name}`), 'utf8')).toContain('person(id: ID!): Person\n');
    expect(existsSync(folder.file('outside.yaml'))).toBe(false);
  });

  it.each([
    ['metadata/databases/databases.yaml', '- name: [default\n'],
    [customerTable, `${smallProject[customerTable]}  - name: [\n`],
    [sdl, 'type Query {\n'],
    ['schema/default.tables.json', '[{'],
  ])('is not written, and not compared, where a file is broken: %s %j', async (file, text) => {
    const folder = new TemporaryFolder({ ...smallProject, [file]: text });
    const name = 'remote-relationships.lock.yaml';
    const refused = {
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(
          `^"${file}" can't be read, by line \\d+: .+\nNot all could be read that relationships rely on\\.\n$`,
        ),
      ),
    };
    expect(await run(folder, ['lock'])).toEqual(refused);
    expect(existsSync(folder.file(name))).toBe(false);
    folder.write(file, smallProject[file] ?? '');
    await run(folder, ['lock']);
    const written = readFileSync(folder.file(name), 'utf8');
    folder.write(file, text);
    expect(await run(folder, ['lock', '--check'])).toEqual(refused);
    expect(await run(folder, ['lock'])).toEqual(refused);
    expect(readFileSync(folder.file(name), 'utf8')).toBe(written);
  });

  it('is written although a file of another project beside it is broken', async () => {
    const folder = new TemporaryFolder({
      ...Object.fromEntries(
        ['a', 'b'].flatMap((each) =>
          Object.entries(smallProject).map(([name, text]) => [`${each}/${name}`, text] as const),
        ),
      ),
      [`b/${sdl}`]: 'type Query {\n',
    });
    const { status, stderr } = await run(folder, ['lock', '--project', 'a']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('takes the place of no other file', async () => {
    const name = 'remote-relationships.lock.yaml';
    const folder = new TemporaryFolder({ ...smallProject, [name]: 'mine: 1\n' });
    const expected = { status: 2, stdout: '', stderr: `"${name}" is no lock, and is not replaced.\n` };
    expect(await run(folder, ['lock'])).toEqual(expected);
    expect(readFileSync(folder.file(name), 'utf8')).toBe('mine: 1\n');
    expect(await run(folder, ['lock', '--check'])).toMatchObject({
      status: 2,
      stderr: `"${name}" is no lock.\n`,
    });
  });
});

describe('an endpoint', () => {
  const secret = 'Zq7-admin+secret/&"x';
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startSamples({ adminSecret: secret });
  }, 60_000);
  afterAll(() => endpoint.close());

  it('is compared with what relationships were written for', async () => {
    const folder = new TemporaryFolder();
    cpSync(fileURLToPath(new URL('../../samples', import.meta.url)), folder.path, { recursive: true });
    const environment = { HASURA_GRAPHQL_ADMIN_SECRET: secret };
    const args = ['--endpoint', endpoint.url];
    const same = await run(folder, ['check', '--against-endpoint', ...args], environment);
    expect(same).toMatchObject({ status: 0, stderr: '' });
    expect(same.stdout).toMatch(/^0 broken, 0 weakened, /);
    await run(folder, ['lock'], environment);
    expect(await run(folder, ['lock', '--check', '--against-endpoint', ...args], environment)).toMatchObject({
      status: 0,
    });

    const file = folder.file('schema/people.graphql');
    const written = readFileSync(file, 'utf8');
    writeFileSync(file, written.replace('person(id: ID!): Person\n', 'person(id: ID!): Person!\n'));
    const drift = await run(folder, ['check', '--against-endpoint', ...args], environment);
    expect(drift.status).toBe(0);
    expect(drift.stdout).toContain('Query.person changed type from Person! to Person. (people)');
    // The lock is of what the endpoint still has.
    expect(await run(folder, ['lock', '--check', '--against-endpoint', ...args], environment)).toMatchObject({
      status: 0,
    });
    expect(await run(folder, ['lock', '--check'], environment)).toMatchObject({ status: 1 });
    const refused = await run(folder, ['check', '--against-endpoint', ...args], {
      HASURA_GRAPHQL_ADMIN_SECRET: 'wrong',
    });
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).not.toContain(secret);
  });
});
