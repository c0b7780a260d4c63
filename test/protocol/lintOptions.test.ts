import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { homeAt, makeLink } from '../machine.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { commandLine } from './serverProcess.ts';

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function lint(folder: TemporaryFolder, args: readonly string[], input = ''): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [commandLine, 'lint', ...args], {
    ...{ cwd: folder.path, encoding: 'utf8', input },
  });
  return { status, stdout, stderr };
}

const sound = smallProject[customerTable] ?? '';
const wrongText = sound.replace('{ id: $person_id }', '{ idd: $person_id } # the person');
const configuration = 'remote-relationships.config.json';
/** One error, with a preferred fix. */
const wrong = {
  ...smallProject,
  [customerTable]: wrongText,
  [configuration]: '{"rules":{"unsupplied-required-argument":"off"}}',
};
const codes = ({ stdout }: Pick<Run, 'stdout'>): string[] =>
  JSON.parse(stdout).map(({ code }: { code: string }) => code);

function git(folder: TemporaryFolder, ...args: string[]): string {
  const author = [
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.invalid',
    '-c',
    'commit.gpgsign=false',
  ];
  return execFileSync('git', [...author, ...args], { cwd: folder.path, encoding: 'utf8' });
}

describe('reports', () => {
  it('go to files beside the one that is printed, at once and in folders that are made', () => {
    const folder = new TemporaryFolder(wrong);
    const outputs = [
      '--output',
      'sarif=out/lint.sarif',
      '--output=junit=out/lint.xml',
      '--output',
      'json=all.json',
    ];
    const { status, stdout } = lint(folder, outputs);
    expect(status).toBe(1);
    expect(stdout).toContain('(unknown-argument)');
    const sarif = JSON.parse(readFileSync(folder.file('out/lint.sarif'), 'utf8'));
    expect(sarif.runs[0].results).toMatchObject([{ ruleId: 'unknown-argument' }]);
    expect(readFileSync(folder.file('out/lint.xml'), 'utf8')).toContain('<failure message=');
    expect(JSON.parse(readFileSync(folder.file('all.json'), 'utf8'))).toHaveLength(1);
  });

  it('replace a link, never what it leads to', () => {
    const folder = new TemporaryFolder(wrong);
    const other = new TemporaryFolder({ precious: 'text' });
    makeLink(other.file('precious'), folder.file('lint.sarif'));
    lint(folder, ['--output', 'sarif=lint.sarif']);
    expect(readFileSync(other.file('precious'), 'utf8')).toBe('text');
    expect(lstatSync(folder.file('lint.sarif')).isFile()).toBe(true);
  });

  it.each([
    [['--format', 'sarfi'], /There is no format "sarfi": it is .*Did you mean "sarif"\?/],
    [['--output', 'lint.sarif'], /--output takes a format and a file: --output sarif=lint\.sarif/],
    [['--output', 'sarif=metadata'], /"[^"]*metadata" is not a file that can be written/],
    [
      ['--rule', 'unknown-argumnt=off'],
      /There is no rule "unknown-argumnt"\. Did you mean "unknown-argument"\?/,
    ],
    [['--rule', 'unknown-argument=off=x'], /--rule takes a code and a severity/],
    [['--output', 'json=x', '--output', 'sarif=./x'], /Two reports can't go to one file: "\.\/x"/],
    [['--output', 'json=config.yaml'], /"config\.yaml" is a file of the project/],
    [['--output', `json=${configuration}`], /is a file of the project/],
    [['--output', `json=${customerTable}`], /is a file of the project/],
    [['--output', 'json=schema/people.graphql'], /is a file of the project/],
    [['--output', 'json=metadata/new.json'], /"metadata\/new\.json" lies in a folder of metadata/],
    [['--output', 'json=metadata/databases/x/new.json'], /lies in a folder of metadata or migrations/],
    [['--output', 'json=migrations/new.json'], /lies in a folder of metadata or migrations/],
    [
      ['--baseline', 'metadata/known.json', '--update-baseline'],
      /"metadata\/known\.json" lies in a folder of metadata/,
    ],
    [['--baseline', 'config.yaml', '--update-baseline'], /is not a baseline, so it is not replaced/],
    [['--config'], /^--config needs a value/],
    [['--quiet=yes'], /^--quiet takes no value\.\n$/],
    [['--rule', 'unknown-argument=loud'], /--rule takes a code and a severity/],
    [['--max-warnings', '-1'], /--max-warnings/],
    [['--max-warnings=many'], /--max-warnings takes a whole number, not "many"/],
    [['--fix', '--fix-dry-run'], /not both/],
    [['--stdin'], /name the file with --stdin-filename/],
    [['--stdin-filename', 'a.yaml'], /--stdin-filename needs --stdin/],
    [['--stdin', '--stdin-filename', 'a.yaml', '--fix'], /use --fix-dry-run to see the changes/],
    [['--stdin', '--stdin-filename', 'a.txt'], /a\.txt: neither JSON nor YAML nor HTTP requests/],
    [['--update-baseline'], /--update-baseline needs --baseline FILE/],
    [['--baseline', 'none.json'], /There is no baseline "none\.json": --update-baseline writes one/],
    [['--baseline', 'config.yaml'], /is not a baseline/],
    [['--changed-since', 'HEAD'], /Git can't say what has changed/],
  ])('can not be made: %j', (args, words) => {
    const folder = new TemporaryFolder({ ...wrong, 'config.yaml': 'version: 3\n' });
    const { status, stdout, stderr } = lint(folder, args);
    expect(stderr).toMatch(words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('severities', () => {
  it('of --rule count before the configuration', () => {
    const folder = new TemporaryFolder({
      ...wrong,
      [configuration]: '{"rules":{"unknown-argument":"hint","unsupplied-required-argument":"off"}}',
    });
    const run = lint(folder, ['--rule', 'unknown-argument=warning', '--format', 'json']);
    expect(run.status).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject([{ code: 'unknown-argument', severity: 'warning' }]);
    expect(codes(lint(folder, ['--rule=unknown-argument=off', '--format', 'json']))).toEqual([]);
  });

  it('below an error are left out with --quiet, and counted with --max-warnings', () => {
    const folder = new TemporaryFolder(wrong);
    const warning = ['--rule', 'unknown-argument=warning'];
    expect(lint(folder, [...warning, '--max-warnings', '1'])).toMatchObject({ status: 0, stderr: '' });
    expect(lint(folder, [...warning, '--max-warnings', '0', '--quiet'])).toEqual({
      status: 1,
      stdout: '0 errors, 0 warnings, 0 other\n',
      stderr: '1 warning: more than 0.\n',
    });
    expect(codes(lint(folder, ['--quiet', '--format', 'json']))).toEqual(['unknown-argument']);
  });
});

describe('fixes', () => {
  const fixedText = wrongText.replace('idd:', 'id:');

  it.each([
    ['\n', ''],
    ['\r\n', ''],
    ['\n', '\ufeff'],
  ])('are the preferred ones, and leave the rest as it is: lines end with %j, mark %j', (end, mark) => {
    const made = (text: string): string => mark + text.replaceAll('\n', end);
    const folder = new TemporaryFolder({ ...wrong, [customerTable]: made(wrongText) });
    chmodSync(folder.file(customerTable), 0o640);
    const { status, stdout, stderr } = lint(folder, ['--fix']);
    expect(readFileSync(folder.file(customerTable), 'utf8')).toBe(made(fixedText));
    expect(lstatSync(folder.file(customerTable)).mode & 0o777).toBe(0o640);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: '0 errors, 0 warnings, 0 other\n',
      stderr: '1 file fixed.\n',
    });
  });

  it('are none of a hint: what it names may count', () => {
    const unused = sound.replace('[person_id]', '[person_id, id]');
    expect(unused).not.toBe(sound);
    const folder = new TemporaryFolder({ ...smallProject, [customerTable]: unused });
    expect(codes(lint(folder, ['--format', 'json']))).toEqual(['unused-lhs-field']);
    expect(lint(folder, ['--fix-dry-run']).stdout).toBe('');
    expect(lint(folder, ['--fix'])).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(folder.file(customerTable), 'utf8')).toBe(unused);
    // Whoever calls it a warning wants it gone.
    lint(folder, ['--fix', '--rule', 'unused-lhs-field=warning']);
    expect(readFileSync(folder.file(customerTable), 'utf8')).toBe(sound);
  });

  it('go through a link to the file', () => {
    const folder = new TemporaryFolder({ ...smallProject, 'real.yaml': wrongText });
    const table = folder.file(customerTable);
    rmSync(table);
    makeLink(folder.file('real.yaml'), table);
    lint(folder, ['--fix']);
    expect(lstatSync(table).isSymbolicLink()).toBe(true);
    expect(readFileSync(folder.file('real.yaml'), 'utf8')).toBe(fixedText);
  });

  it('that can not be written are said, and nothing is lost', () => {
    const folder = new TemporaryFolder(wrong);
    chmodSync(folder.file(customerTable), 0o440);
    const { status, stdout, stderr } = lint(folder, ['--fix']);
    expect(status).toBe(2);
    expect(stdout).toContain('(unknown-argument)');
    expect(stdout).toMatch(/^1 error, 0 warnings, 0 other$/m);
    expect(stderr).toContain(`"${customerTable}" could not be written: it is read-only`);
    expect(readFileSync(folder.file(customerTable), 'utf8')).toBe(wrongText);
  });

  it('are shown as a patch that Git applies', () => {
    const folder = new TemporaryFolder(wrong);
    git(folder, 'init', '-q');
    const { status, stdout, stderr } = lint(folder, ['--fix-dry-run']);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'After these fixes: 0 errors, 0 warnings, 0 other\n',
    });
    expect(readFileSync(folder.file(customerTable), 'utf8')).toBe(wrongText);
    execFileSync('git', ['apply', '-'], { cwd: folder.path, input: stdout });
    expect(readFileSync(folder.file(customerTable), 'utf8')).toBe(fixedText);
  });

  it('are none where nothing is wrong', () => {
    const folder = new TemporaryFolder(smallProject);
    expect(lint(folder, ['--fix-dry-run'])).toMatchObject({ status: 0, stdout: '' });
    expect(lint(folder, ['--fix'])).toMatchObject({ status: 0, stderr: '' });
  });
});

it('fixes of a file in another encoding are not written', () => {
  const folder = new TemporaryFolder(wrong);
  const utf16 = Buffer.from(`\ufeff${wrongText}`, 'utf16le');
  writeFileSync(folder.file(customerTable), utf16);
  const { status, stderr } = lint(folder, ['--fix']);
  expect(status).toBe(2);
  expect(stderr).toContain('could not be written: it is not UTF-8');
  expect(readFileSync(folder.file(customerTable)).equals(utf16)).toBe(true);
});

describe('standard input', () => {
  it('stands for the file it is said to be, and is checked with its project', () => {
    const folder = new TemporaryFolder({ ...wrong, [customerTable]: sound });
    const args = ['--stdin', '--stdin-filename', customerTable, '--format', 'json'];
    expect(JSON.parse(lint(folder, args, wrongText).stdout)).toMatchObject([
      { file: customerTable, code: 'unknown-argument', line: 10 },
    ]);
    expect(lint(folder, args, sound)).toEqual({ status: 0, stdout: '[]\n', stderr: '' });
  });

  it('may stand for a file that does not exist', () => {
    const folder = new TemporaryFolder(smallProject);
    const request = JSON.stringify({
      type: 'pg_create_remote_relationship',
      args: {
        ...{ source: 'default', table: 'customer', name: 'profile', remote_schema: 'people' },
        ...{ hasura_fields: ['person_id'], remote_field: { person: { arguments: { idd: '$person_id' } } } },
      },
    });
    const args = ['--stdin', '--stdin-filename', 'requests/new.json', '--format', 'json'];
    expect(codes(lint(folder, args, request))).toContain('unknown-argument');
  });

  it('is fixed as a patch', () => {
    const folder = new TemporaryFolder(smallProject);
    const args = ['--stdin', '--stdin-filename', customerTable, '--fix-dry-run'];
    expect(lint(folder, args, wrongText).stdout).toContain(
      '+            arguments: { id: $person_id } # the person',
    );
  });
});

describe('a baseline', () => {
  it('leaves out what it holds, wherever that has moved, and nothing that is new', () => {
    const folder = new TemporaryFolder(wrong);
    expect(lint(folder, ['--baseline', 'known.json', '--update-baseline'])).toEqual({
      status: 0,
      stdout: '0 errors, 0 warnings, 0 other\n',
      stderr: '1 finding kept in the baseline.\n',
    });
    folder.write(customerTable, `# a line\n\n${wrongText}`);
    expect(lint(folder, ['--baseline', 'known.json'])).toMatchObject({
      status: 0,
      stderr: '1 finding of the baseline left out.\n',
    });
    folder.write(customerTable, wrongText.replace('idd:', 'iddd:'));
    expect(lint(folder, ['--baseline', 'known.json'])).toMatchObject({
      status: 1,
      stderr: '1 finding of the baseline no longer occurs: update it with --update-baseline.\n',
    });
  });

  it('says how many of its findings no longer occur, as far as they were looked for', () => {
    const folder = new TemporaryFolder(wrong);
    lint(folder, ['--baseline', 'known.json', '--update-baseline']);
    folder.write(customerTable, smallProject[customerTable] ?? '');
    const gone = '1 finding of the baseline no longer occurs: update it with --update-baseline.\n';
    for (const paths of [[], ['metadata'], [customerTable], ['--format', 'json']]) {
      const { status, stderr } = lint(folder, ['--baseline', 'known.json', ...paths]);
      expect({ paths, status, stderr }).toEqual({ paths, status: 0, stderr: gone });
    }
    const elsewhere = lint(folder, ['--baseline', 'known.json', 'metadata/remote_schemas.yaml']);
    expect(elsewhere).toMatchObject({ status: 0, stderr: '' });
    lint(folder, ['--baseline', 'known.json', '--update-baseline']);
    expect(lint(folder, ['--baseline', 'known.json'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('is written over nothing else', () => {
    const folder = new TemporaryFolder({ ...wrong, 'notes.json': '{"my":"notes"}' });
    expect(lint(folder, ['--baseline', 'notes.json', '--update-baseline']).status).toBe(2);
    expect(readFileSync(folder.file('notes.json'), 'utf8')).toBe('{"my":"notes"}');
  });
});

describe('of what changed since a revision', () => {
  function committed(files: Readonly<Record<string, string>>): TemporaryFolder {
    const folder = new TemporaryFolder(files);
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'first');
    return folder;
  }
  const since = ['--changed-since', 'HEAD', '--format', 'json'];

  it('nothing is told when nothing changed, or something else', () => {
    const folder = committed(wrong);
    expect(codes(lint(folder, ['--format', 'json']))).toEqual(['unknown-argument']);
    expect(codes(lint(folder, since))).toEqual([]);
    folder.write('README.md', 'new');
    expect(codes(lint(folder, since))).toEqual([]);
  });

  it.each([
    ['its file', customerTable, `${wrongText}# more\n`],
    ['the snapshot of its table', 'schema/default.tables.json', undefined],
    ['its remote schema', 'schema/people.graphql', undefined],
  ])('a finding is told when %s changed', (_, file, text) => {
    const folder = committed(wrong);
    folder.write(file, text ?? `${wrong[file as keyof typeof wrong] ?? ''}\n`);
    expect(codes(lint(folder, since))).toEqual(['unknown-argument']);
    // From another directory of the repository, too.
    const inside = spawnSync(process.execPath, [commandLine, 'lint', ...since], {
      ...{ cwd: folder.file('metadata'), encoding: 'utf8' },
    });
    expect(codes(inside)).toEqual(['unknown-argument']);
  });

  it('a finding is told in a file that is reached through a link', () => {
    const folder = committed(wrong);
    const elsewhere = new TemporaryFolder();
    makeLink(folder.file('metadata/databases'), elsewhere.file('linked'));
    folder.write(customerTable, wrongText.replace('idd', 'ide'));
    const file = customerTable.replace('metadata/databases', 'linked');
    expect(codes(lint(elsewhere, [file, ...since]))).toEqual(
      codes(lint(elsewhere, [file, ...since.slice(2)])),
    );
    git(folder, 'checkout', '.');
    expect(codes(lint(elsewhere, [file, ...since]))).toEqual([]);
  });

  it('a finding is told when a migration takes its column away', () => {
    const { 'schema/default.tables.json': _, ...files } = smallProject;
    const sql = 'CREATE TABLE customer (id uuid, person_id uuid);';
    const folder = committed({ ...files, 'migrations/default/1_a/up.sql': sql });
    folder.write('migrations/default/2_b/up.sql', 'ALTER TABLE customer DROP COLUMN person_id;');
    expect(codes(lint(folder, since))).toEqual(['unknown-lhs-field']);
  });

  const databases = 'metadata/databases/databases.yaml';
  const list = 'metadata/databases/default/tables/tables.yaml';
  const region = 'metadata/databases/default/tables/public_region.yaml';
  const migration = 'migrations/default/2_b';
  const { 'schema/default.tables.json': _snapshot, ...withoutSnapshot } = smallProject;
  const toRegion = `table: { schema: public, name: customer }
remote_relationships:
  - name: region
    definition:
      to_source:
        source: default
        table: { schema: public, name: region }
        relationship_type: object
        field_mapping: { id: id }
`;
  const two = {
    ...smallProject,
    [list]: '- "!include public_customer.yaml"\n- "!include public_region.yaml"\n',
    [customerTable]: toRegion,
    [region]: 'table: { schema: public, name: region }\n',
    'schema/default.tables.json': JSON.stringify(
      ['customer', 'region'].map((name) => ({
        schema: 'public',
        name,
        columns: [{ name: 'id', type: 'uuid' }],
      })),
    ),
  };
  const replay = {
    ...withoutSnapshot,
    'migrations/default/1_a/up.sql': 'CREATE TABLE customer (id uuid);',
    [`${migration}/up.sql`]: 'ALTER TABLE customer ADD COLUMN person_id uuid;',
  };

  it.each<[string, Readonly<Record<string, string>>, (folder: TemporaryFolder) => void, string]>([
    [
      'a remote schema is renamed',
      smallProject,
      (folder) =>
        folder.write('metadata/remote_schemas.yaml', '- name: humans\n  definition: { url: "https://x" }\n'),
      'unknown-remote-schema',
    ],
    [
      'a remote schema is deleted',
      smallProject,
      (folder) => folder.write('metadata/remote_schemas.yaml', '[]\n'),
      'unknown-remote-schema',
    ],
    [
      'a source is renamed',
      two,
      (folder) =>
        folder.write(databases, (smallProject[databases] ?? '').replace('name: default', 'name: main')),
      'unknown-source',
    ],
    [
      'a table is left out of the list',
      two,
      (folder) => folder.write(list, '- "!include public_customer.yaml"\n'),
      'unknown-table',
    ],
    ["a table's file is deleted", two, (folder) => git(folder, 'rm', '-q', region), 'include-not-found'],
    [
      'a table is renamed in its file',
      two,
      (folder) => folder.write(region, 'table: { schema: public, name: area }\n'),
      'unknown-table',
    ],
    ['a migration is deleted', replay, (folder) => git(folder, 'rm', '-qr', migration), 'unknown-lhs-field'],
    [
      'a field is gone from the remote schema',
      smallProject,
      (folder) => folder.write('schema/people.graphql', 'type Query { human: String }\n'),
      'unknown-remote-field',
    ],
    [
      'the configuration file sets another version of the server',
      { ...two, [configuration]: '{}' },
      (folder) => folder.write(configuration, '{"serverVersion":"v2.0.0"}'),
      'unsupported-by-server-version',
    ],
  ])('all is told that is found when %s', (_, files, change, code) => {
    const folder = committed(files);
    expect(codes(lint(folder, since))).toEqual([]);
    change(folder);
    const all = lint(folder, ['--format', 'json']);
    expect(codes(all)).toContain(code);
    expect(lint(folder, since)).toEqual(all);
  });

  it('a finding in a file that Git does not know is told', () => {
    const { [customerTable]: _, ...others } = wrong;
    const folder = committed(others);
    folder.write(customerTable, wrongText);
    expect(codes(lint(folder, since))).toEqual(['unknown-argument']);
  });

  it('is no option of Git, and runs nothing that the repository names', () => {
    const folder = committed({ ...wrong, '.gitattributes': '* filter=x diff=x\n' });
    const planted = folder.file('planted');
    for (const key of ['filter.x.clean', 'filter.x.process', 'diff.x.command', 'diff.x.textconv']) {
      git(folder, 'config', key, `touch ${planted}; cat`);
    }
    git(folder, 'config', 'filter.x.required', 'true');
    git(folder, 'config', 'core.fsmonitor', `touch ${planted}; false`);
    git(folder, 'config', 'diff.external', `touch ${planted}`);
    folder.write(customerTable, `${wrongText}# more\n`);
    expect(codes(lint(folder, since))).toEqual(['unknown-argument']);
    expect(lint(folder, ['--changed-since', `--output=${planted}`]).status).toBe(2);
    expect(lint(folder, ['--changed-since', 'nowhere']).stderr).toBe(
      'Git does not know the revision "nowhere".\n',
    );
    expect(lstatSync(planted, { throwIfNoEntry: false })).toBeUndefined();
    git(folder, 'config', 'filter.y=z.clean', `touch ${planted}; cat`);
    folder.write('.gitattributes', '* filter=y=z\n');
    expect(lint(folder, since)).toMatchObject({ status: 2, stdout: '' });
    expect(lstatSync(planted, { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe('lint once more', () => {
  const inHome = (folder: TemporaryFolder, home: string, ...args: string[]): Run => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [commandLine, 'lint', '.', ...args], {
      ...{ cwd: folder.path, encoding: 'utf8', env: { ...process.env, ...homeAt(home) } },
    });
    return { status, stdout, stderr };
  };
  const entries = (home: string): readonly string[] =>
    readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /lint[\\/].*\.json$/.test(name),
    );

  it('says the same from what it kept, and what is so once anything has changed', () => {
    const folder = new TemporaryFolder(wrong);
    const home = new TemporaryFolder().path;
    const first = inHome(folder, home);
    expect(first).toMatchObject({ status: 1, stdout: expect.stringContaining('idd') });
    const [entry = ''] = entries(home);
    expect(entries(home)).toHaveLength(1);
    expect(inHome(folder, home)).toEqual(first);
    // What is kept is what is said: another finding in it, with its sum.
    const [, kept = ''] = readFileSync(`${home}/${entry}`, 'utf8').split('\n');
    const other = kept.replace('unknown-argument', 'unknown-example');
    expect(other).not.toBe(kept);
    writeFileSync(`${home}/${entry}`, `${createHash('sha256').update(other).digest('hex')}\n${other}`);
    expect(inHome(folder, home).stdout).toContain('(unknown-example)');
    expect(inHome(folder, home, '--no-cache')).toEqual(first);
    folder.write(customerTable, sound);
    expect(inHome(folder, home)).toMatchObject({ status: 0, stdout: '0 errors, 0 warnings, 0 other\n' });
    folder.write(customerTable, wrongText);
    expect(inHome(folder, home)).toEqual(first);
  });

  it('keeps nothing with --no-cache', () => {
    const home = new TemporaryFolder().path;
    inHome(new TemporaryFolder(wrong), home, '--no-cache');
    expect(readdirSync(home)).toEqual([]);
  });
});
