import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json';
import { bareEnvironment } from '../machine.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { commandLine, copyCommandLine } from './serverProcess.ts';

function run(folder: TemporaryFolder, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [commandLine, ...args], {
    cwd: folder.path,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const wrong = {
  ...smallProject,
  [customerTable]: (smallProject[customerTable] ?? '').replace(
    '{ id: $person_id }',
    '{ idd: "😀", id: $person_id }',
  ),
};

const request = JSON.stringify({
  type: 'pg_create_remote_relationship',
  args: {
    source: 'default',
    table: 'customer',
    name: 'profile',
    remote_schema: 'persons',
    hasura_fields: ['person_id'],
    remote_field: { person: { arguments: { id: '$person_id' } } },
  },
});

describe('lint', () => {
  it('says nothing and exits with 0 when all is well', () => {
    const folder = new TemporaryFolder(smallProject);
    expect(run(folder, 'lint', '--format', 'json')).toEqual({ status: 0, stdout: '[]\n', stderr: '' });
    expect(run(folder, 'lint').stdout).toBe('0 errors, 0 warnings, 0 other\n');
  });

  it('runs nothing that is installed around it', () => {
    const planted = 'process.stderr.write("planted");';
    const folder = new TemporaryFolder({
      ...smallProject,
      // A library among those bundled uses this one where it finds it.
      'node_modules/picomatch/index.js': planted,
    });
    const installed = copyCommandLine(folder, 'node_modules/remote-relationships/dist/cli.cjs');
    const env = { ...bareEnvironment(), NODE_PATH: folder.file('node_modules') };
    const { stdout, stderr } = spawnSync(process.execPath, [installed, 'lint'], {
      ...{ cwd: folder.path, encoding: 'utf8', env },
    });
    expect({ stdout, stderr }).toEqual({ stdout: '0 errors, 0 warnings, 0 other\n', stderr: '' });
  });

  it('prints findings with places that begin at 1, and exits with 1', () => {
    const folder = new TemporaryFolder(wrong);
    const { status, stdout, stderr } = run(folder, 'lint', '.', '--format=json');
    expect(stderr).toBe('');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual([
      {
        file: customerTable,
        line: 10,
        column: 26,
        endLine: 10,
        endColumn: 29,
        code: 'unknown-argument',
        severity: 'error',
        message: expect.stringContaining('idd'),
        serverMessage: expect.stringContaining('argument with name "idd" not found'),
        relationship: 'profile',
      },
    ]);
  });

  it('knows a table the server leaves out, and warns of what is on it', () => {
    const folder = new TemporaryFolder({
      ...smallProject,
      'schema/default.tables.json': JSON.stringify([{ name: 'customer', columns: [{ name: 'person_id' }] }]),
      [customerTable]: (smallProject[customerTable] ?? '').replace(
        /\n/,
        '\nconfiguration: { column_config: { gone: { custom_name: away } } }\n',
      ),
    });
    const { status, stdout } = run(folder, 'lint', '--format', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { file: customerTable, line: 1, code: 'inconsistent-table', severity: 'warning' },
    ]);
  });

  it('prints text for people', () => {
    const { stdout } = run(new TemporaryFolder(wrong), 'lint');
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(
      /^metadata\/databases\/default\/tables\/public_customer\.yaml:10:26: error: .*\(unknown-argument\)$/,
    );
    expect(lines.slice(1, 3)).toEqual([
      '  10 |             arguments: { idd: "😀", id: $person_id }',
      '     |                          ^^^',
    ]);
    expect(lines[3]).toMatch(/^ {4}Hasura: /);
    expect(lines[4]).toBe('1 error, 0 warnings, 0 other');
  });

  it('exits with 0 when there are warnings only', () => {
    const folder = new TemporaryFolder({
      ...wrong,
      'remote-relationships.config.json': '{"rules":{"unknown-argument":"warning"}}',
    });
    const { status, stdout } = run(folder, 'lint', '--format', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ code: 'unknown-argument', severity: 'warning' }]);
  });

  it('leaves out what a comment suppresses', () => {
    const folder = new TemporaryFolder({
      ...wrong,
      'remote-relationships.config.json': '{"rules":{"unknown-argument":"off"}}',
    });
    expect(run(folder, 'lint', '--format', 'json').stdout).toBe('[]\n');
  });

  it.each([
    ['a file', [customerTable]],
    ['a directory inside', ['metadata/databases']],
    ['an absolute path', ['ABSOLUTE']],
    ['the same twice', [customerTable, 'metadata']],
  ])('finds the project of %s', (_, paths) => {
    const folder = new TemporaryFolder(wrong);
    const args = paths.map((path) => (path === 'ABSOLUTE' ? folder.path : path));
    expect(JSON.parse(run(folder, 'lint', ...args, '--format', 'json').stdout)).toMatchObject([
      { file: customerTable, code: 'unknown-argument' },
    ]);
  });

  it('takes the flags of the Hasura CLI, and says which change nothing', () => {
    const folder = new TemporaryFolder({ ...wrong, 'elsewhere/README.md': '' });
    const args = ['lint', '--project', '..', '--insecure-skip-tls-verify', '--format', 'json'];
    const { stdout, stderr } = spawnSync(process.execPath, [commandLine, ...args], {
      cwd: folder.file('elsewhere'),
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toMatchObject([{ file: `../${customerTable}` }]);
    expect(stderr).toBe('--insecure-skip-tls-verify changes nothing: lint asks no server.\n');
  });

  it('knows the project from a folder inside it', () => {
    const folder = new TemporaryFolder(wrong);
    const { stdout } = spawnSync(process.execPath, [commandLine, 'lint', '--format', 'json'], {
      cwd: folder.file('metadata/databases'),
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toMatchObject([{ code: 'unknown-argument' }]);
    const all = run(folder, 'lint', '--project', 'schema', '--format', 'json');
    expect(JSON.parse(all.stdout)).toMatchObject([{ file: customerTable, code: 'unknown-argument' }]);
  });

  it('prints paths as seen from the working directory', () => {
    const folder = new TemporaryFolder({ ...wrong, 'elsewhere/README.md': '' });
    const { stdout } = spawnSync(process.execPath, [commandLine, 'lint', '..', '--format', 'json'], {
      cwd: folder.file('elsewhere'),
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toMatchObject([{ file: `../${customerTable}` }]);
  });

  it('checks a file no project includes, with the configuration found from it upwards', () => {
    const folder = new TemporaryFolder({
      'remote-relationships.config.yaml': 'remoteSchemas:\n  people: { schema: people.graphql }\n',
      'people.graphql': smallProject['schema/people.graphql'] ?? '',
      'requests/deep/create.json': request,
    });
    for (const args of [['requests/deep/create.json'], [folder.file('requests/deep/create.json')], ['.']]) {
      expect(JSON.parse(run(folder, 'lint', ...args, '--format', 'json').stdout)).toMatchObject([
        { file: 'requests/deep/create.json', code: 'unknown-remote-schema', relationship: 'profile' },
      ]);
    }
  });

  it('takes the configuration it is told to, wherever it lies', () => {
    const folder = new TemporaryFolder({ ...smallProject, 'schema/people.graphql': 'type Query { x: Int }' });
    const other = new TemporaryFolder({
      'c.json': '{"remoteSchemas":{"people":{"schema":"p.graphql"}}}',
      'p.graphql': smallProject['schema/people.graphql'] ?? '',
    });
    expect(run(folder, 'lint').status).toBe(1);
    expect(run(folder, 'lint', '--config', other.file('c.json'))).toMatchObject({ status: 0, stderr: '' });
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['a configuration', { 'remote-relationships.config.json': '{"sorces":{}}' }, ['configuration']],
    ['a schema', { 'schema/people.graphql': 'type Query {' }, ['schema-file']],
    ['a snapshot', { 'schema/default.tables.json': '7' }, ['table-snapshot']],
    [
      'an include',
      { 'metadata/databases/default/tables/tables.yaml': '- "!include x.yaml"\n' },
      ['include-not-found'],
    ],
    [
      'JSON that is cut off',
      {
        'metadata.json':
          '{"version":3,"sources":[{"name":"a","kind":"postgres","configuration":{},"tables":[]}',
      },
      ['unreadable-file'],
    ],
  ])('reports %s that is broken', (_, files, expected) => {
    const { status, stdout } = run(
      new TemporaryFolder({ ...smallProject, ...files }),
      'lint',
      '--format',
      'json',
    );
    expect(JSON.parse(stdout).map(({ code }: { code: string }) => code)).toEqual(expected);
    expect(status).toBe(1);
  });

  it('says what it could not check, and fails on it where that is asked', () => {
    const { 'schema/people.graphql': _, ...files } = smallProject;
    const folder = new TemporaryFolder(files);
    const line = 'checked 1 relationship; 0 against a known schema; remote schema "people" unknown\n';
    expect(run(folder, 'lint')).toEqual({
      status: 0,
      stdout: `0 errors, 0 warnings, 0 other\n${line}`,
      stderr: '',
    });
    expect(run(folder, 'lint', '--require-schemas').status).toBe(1);
    expect(run(folder, 'lint', '--format', 'json')).toEqual({ status: 0, stdout: '[]\n', stderr: line });
    expect(run(folder, 'lint', '--format', 'json', '--require-schemas')).toEqual({
      status: 1,
      stdout: '[]\n',
      stderr: line,
    });
    expect(run(new TemporaryFolder(smallProject), 'lint', '--require-schemas').status).toBe(0);
  });

  it('tells one error of a file of 1.5 MB with one line of a template', () => {
    const relationship = '    - name: r\n      definition: { to_source: { source: a, table: b } }\n';
    const half = relationship.repeat(10_500);
    const folder = new TemporaryFolder({
      'metadata.yaml': `version: 3\nsources:\n- name: a\n  kind: postgres\n  configuration: {}\n  tables:\n  - table: t\n    x:\n${half}{{- if .Values.x }}\n${half}`,
    });
    const { stdout } = run(folder, 'lint', '--format', 'json');
    const found: { code: string; line: number }[] = JSON.parse(stdout);
    expect(found.filter(({ code }) => code === 'yaml-syntax')).toMatchObject([{ line: 21_009 }]);
  });

  it('reports a file that was named and cannot be read for its syntax', () => {
    const folder = new TemporaryFolder({ 'a.yaml': 'type: [\n', 'b.json': '{"a":' });
    const { status, stdout } = run(folder, 'lint', 'a.yaml', 'b.json', '--format', 'json');
    expect(status).toBe(1);
    const files = new Set(JSON.parse(stdout).map(({ file }: { file: string }) => file));
    expect([...files]).toEqual(['a.yaml', 'b.json']);
  });

  it('reads requests in a folder that say nothing of remote relationships', () => {
    const folder = new TemporaryFolder({
      'add.json': '{"type":"add_remote_schema","args":{"name":"people","definition":{}}}',
      'replace.yaml': 'type: replace_metadata\nversion: 2\nargs: { metadata: 5 }\n',
      'notes.yaml': 'type: add_remote_schema\n',
    });
    const { stdout } = run(folder, 'lint', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject([
      { file: 'add.json', code: 'remote-schema-definition' },
      { file: 'replace.yaml', code: 'wrong-kind' },
    ]);
  });

  it('leaves files that are not Hasura’s alone', () => {
    const folder = new TemporaryFolder({
      'package.json': '{"remote_relationships": [1, {"name": 7}]}',
      'compose.yaml': 'services: { a: [b }\n',
    });
    const stderr = 'There is no Hasura metadata in ".": nothing was checked.\n';
    expect(run(folder, 'lint')).toMatchObject({ status: 0, stderr });
    expect(run(folder, 'lint', 'package.json', '--require-schemas')).toMatchObject({
      status: 2,
      stderr: stderr.replace('.', 'package.json'),
    });
  });
});

describe('what cannot run exits with 2 and says why', () => {
  it.each([
    ['a path that does not exist', ['lint', 'nowhere'], /"nowhere" does not exist/],
    [
      'a configuration that does not exist',
      ['lint', '--config', 'nowhere.json'],
      /"nowhere\.json" does not exist/,
    ],
    ['a configuration that is a directory', ['lint', '--config', '.'], /is a directory/],
    ['an unknown format', ['lint', '--format', 'xml'], /There is no format "xml"/],
    ['an unknown option', ['lint', '--fixx'], /There is no option --fixx\. Did you mean "--fix"\?/],
    ['an unknown command', ['polish'], /^There is no command "polish"\.\nIt is .*: --help shows all\.\n$/],
    ['a command that is nearly one', ['lnt'], /Did you mean "lint"\?\n$/],
    ['no command', [], /Usage/],
    [
      'a command of the Hasura CLI',
      ['metadata', 'diff'],
      /There is no command "metadata"\.\nUse "remote-relationships diff".*"hasura metadata diff"\.\n$/,
    ],
    ['its short name', ['md', 'export'], /Use "remote-relationships pull".*"hasura metadata export"/],
    ['an export', ['export'], /It writes no metadata/],
    ['what changes a server', ['metadata', 'apply'], /remote-relationships apply.*no other metadata/],
    [
      'another one of its commands',
      ['metadata', 'clear'],
      /The commands here are lint, coverage, preview, roles, graph, check, lock, pull, diff, apply/,
    ],
    ['a project beside paths', ['diff', '--project', '.', 'a'], /not both/],
  ])('%s', (_, args, expected) => {
    const { status, stdout, stderr } = run(new TemporaryFolder(), ...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(expected);
  });
});

describe('options', () => {
  it('--version', () => {
    expect(run(new TemporaryFolder(), '--version')).toEqual({
      status: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });

  it('--help', () => {
    const { status, stdout } = run(new TemporaryFolder(), '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /remote-relationships lint \[paths… \| --project DIR \| --stdin --stdin-filename FILE\]/,
    );
    expect(run(new TemporaryFolder(), 'lint', '-h')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /--max-warnings N +exits with 1.*Examples\n.*Exit codes\n {2}0 {2}no errors\n/s,
      ),
    });
  });
});
