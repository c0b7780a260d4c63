import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../common/src/metadataApi/document/json.ts';
import { bareEnvironment, makeLink, noModes, skipBecause } from '../machine.ts';
import { specialFiles } from '../unit/files/specialFiles.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { metadata, stubServer } from '../unit/pull/stubServer.ts';
import { commandLine, ServerProcess } from './serverProcess.ts';

/** What hostile repositories name, link and put in the place of files, given to what was built. */

const configuration = 'remote-relationships.config.json';
const people = introspectionFromSchema(buildSchema('type Query { pulled: Int }')) as unknown as Json;

/** Runs the built command line, not for longer than a second or two: nothing here may wait. */
function run(folder: TemporaryFolder, directory: string, args: readonly string[]) {
  const child = spawn(process.execPath, [commandLine, ...args], {
    cwd: folder.file(directory),
    env: bareEnvironment(),
    timeout: 20_000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise<{ status: number | null; output: string }>((resolve) => {
    child.on('close', (status) => resolve({ status, output }));
  });
}

/** A project in `repo/project`, beside a file that is nobody's business. */
function project(files: Readonly<Record<string, string>> = {}): TemporaryFolder {
  return new TemporaryFolder({
    ...Object.fromEntries(Object.entries(smallProject).map(([name, text]) => [`repo/project/${name}`, text])),
    'elsewhere/a.json': 'kept',
    ...files,
  });
}

function naming(schema: string): Record<string, string> {
  return { [`repo/project/${configuration}`]: JSON.stringify({ remoteSchemas: { people: { schema } } }) };
}

/** Pulls the one remote schema into the project. */
async function pull(folder: TemporaryFolder, ...options: readonly string[]) {
  const { url } = await stubServer({
    'GET /v1/version': { version: 'v2.48.0' },
    export_metadata: metadata({ sources: [], remote_schemas: [{ name: 'people' }] }),
    introspect_remote_schema: { data: people },
  });
  return run(folder, 'repo/project', ['pull', '--endpoint', url, '--remote-schema', 'people', ...options]);
}

describe('pull writes over no file of another kind', () => {
  it.each<[string, string, RegExp]>([
    ['.bashrc', 'repo/project/.bashrc', /hidden/],
    ['../.bashrc', 'repo/.bashrc', /outside the project/],
    ['../../.bashrc', '.bashrc', /outside the project/],
    ['.envrc', 'repo/project/.envrc', /hidden/],
    ['.git/hooks/pre-commit', 'repo/project/.git/hooks/pre-commit', /hidden/],
    ['../.git/hooks/pre-commit', 'repo/.git/hooks/pre-commit', /outside the project/],
    ['.git/hooks/a.json', 'repo/project/.git/hooks/a.json', /hidden/],
    ['build.sh', 'repo/project/build.sh', /ends in none of/],
    ['package.json', 'repo/project/package.json', /neither a schema nor a snapshot/],
    ['../project-evil/a.json', 'repo/project-evil/a.json', /outside the project/],
    ['metadata/actions.graphql', 'repo/project/metadata/actions.graphql', /among the metadata/],
  ])('%s', async (schema, file, reason) => {
    const text = file.endsWith('.graphql') ? 'type Mutation { a: Int }\n' : '{"kept":true}\n';
    const folder = project({ ...naming(schema), [file]: text });
    const { status, output } = await pull(folder, '--force');
    expect(output).toMatch(/^remote schema "people": failed: /);
    expect(output).toMatch(reason);
    expect(status).toBe(2);
    expect(readFileSync(folder.file(file), 'utf8')).toBe(text);
  });

  it.each<[string, string, string]>([
    ['a file outside', 'elsewhere/a.json', 'repo/project/a.json'],
    ['a folder outside', 'elsewhere', 'repo/project/a.json'],
    ['a hook', 'repo/project/.git/hooks/pre-commit', 'repo/project/a.json'],
  ])('through a link to %s', async (_, target, link) => {
    const folder = project({ 'repo/project/.git/hooks/pre-commit': 'kept' });
    folder.write(
      `repo/project/${configuration}`,
      naming(target === 'elsewhere' ? 'a.json/new.json' : 'a.json')[`repo/project/${configuration}`] ?? '',
    );
    makeLink(folder.file(target), folder.file(link));
    const { status, output } = await pull(folder, '--force');
    expect(output).toMatch(/outside the project|hidden/);
    expect(status).toBe(2);
    expect(readdirSync(folder.file('elsewhere'))).toEqual(['a.json']);
    expect(readFileSync(folder.file('elsewhere/a.json'), 'utf8')).toBe('kept');
    expect(readFileSync(folder.file('repo/project/.git/hooks/pre-commit'), 'utf8')).toBe('kept');
  });

  it('beside metadata that lies above the project', async () => {
    const folder = project({
      'repo/project/config.yaml': 'version: 3\nmetadata_file: ../../metadata.json\n',
      'metadata.json': '{"version":3,"sources":[],"remote_schemas":[{"name":"people"}]}',
      'schema/people.graphql': 'type Query { kept: Int }\n',
    });
    const { status } = await pull(folder);
    expect(status).toBe(0);
    expect(readFileSync(folder.file('schema/people.graphql'), 'utf8')).toContain('kept');
    expect(readFileSync(folder.file('repo/project/schema/people.graphql'), 'utf8')).toContain('pulled');
  });

  it('a schema that can not be read only with --force', async () => {
    const folder = project({ 'repo/project/schema/people.graphql': 'type Query {' });
    const file = folder.file('repo/project/schema/people.graphql');
    const first = await pull(folder);
    expect(first.output).toContain('--force replaces it');
    expect(first.status).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe('type Query {');
    expect((await pull(folder, '--force', '--dry-run')).status).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('type Query {');
    expect((await pull(folder, '--force')).status).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('pulled');
  });

  it('and removes what an earlier one left half written', async () => {
    const leftover = `repo/project/schema/.remote-relationships-${2 ** 30}-01234567-89ab-cdef-0123-456789abcdef.tmp`;
    const folder = project({ [leftover]: 'half' });
    expect((await pull(folder)).status).toBe(0);
    expect(existsSync(folder.file(leftover))).toBe(false);
  });
});

describe('what is not a regular file is not waited for', () => {
  beforeEach(() => skipBecause(noModes));

  const kinds: readonly string[] = Object.keys(specialFiles);

  it.each(kinds)('by pull: %s as target, .env, config.yaml, schema, snapshot', async (kind) => {
    for (const [name, expected, status] of [
      ['target.json', /is not a regular file|outside the project/, 2],
      ['.env', /^"\.env" (?:is not a regular file|is outside)/, 2],
      ['schema/default.tables.json', /written, schema\/people\.graphql/, 0],
    ] as const) {
      const folder = project(name === 'target.json' ? naming(name) : {});
      if (existsSync(folder.file(`repo/project/${name}`))) folder.remove(`repo/project/${name}`);
      await specialFiles[kind]?.(folder.file(`repo/project/${name}`));
      const result = await pull(folder);
      expect(result.output).toMatch(expected);
      expect(result.status).toBe(status);
    }
  });

  it.each(kinds)('by lint: %s as schema, snapshot, metadata, configuration, config.yaml', async (kind) => {
    const folder = project();
    for (const name of ['schema/people.graphql', 'schema/default.tables.json', customerTable]) {
      folder.remove(`repo/project/${name}`);
      await specialFiles[kind]?.(folder.file(`repo/project/${name}`));
    }
    const { status, output } = await run(folder, 'repo/project', ['lint']);
    expect(output).toMatch(/not a regular file and is not read|is outside the workspace and is not read/);
    // What the Hasura CLI follows, as it does a link, is no error.
    expect(output).toMatch(
      kind === 'a link to a device' ? /^2 errors, 1 warning,/m : /^3 errors, 0 warnings,/m,
    );
    expect(status).toBe(1);
    await specialFiles[kind]?.(folder.file('special.json'));
    const named = await run(folder, 'repo/project', ['lint', '../../special.json']);
    expect(named.output).toMatch(/not a regular file and is not read/);
    expect(named.status).toBe(1);
    const configured = await run(folder, 'repo/project', ['lint', '--config', '../../special.json']);
    expect(configured.output).toMatch(
      /^The configuration can't be used\. "special\.json" is not a regular file/,
    );
    expect(configured.status).toBe(2);
    folder.remove('repo/project/config.yaml');
    await specialFiles[kind]?.(folder.file('repo/project/config.yaml'));
    expect((await run(folder, 'repo/project', ['lint'])).status).toBe(1);
  });

  it.each(kinds)('by the language server: %s', async (kind) => {
    const folder = new TemporaryFolder(smallProject);
    const names = ['schema/people.graphql', 'schema/default.tables.json', customerTable];
    for (const name of names) {
      folder.remove(name);
      await specialFiles[kind]?.(folder.file(name));
    }
    const server = await ServerProcess.start({ folders: [folder] });
    const { items } = await server.workspaceDiagnostics();
    const reported = items.flatMap((report) => (report.kind === 'full' ? report.items : []));
    expect(new Set(reported.map(({ code }) => code))).toEqual(
      new Set(
        kind === 'a link to a device'
          ? ['outside-workspace', 'include-outside-workspace']
          : ['unreadable-file'],
      ),
    );
    expect(reported).toHaveLength(names.length);
  });
});

describe('the language server', () => {
  const outside = 'version: 3\nmetadata_file: ../metadata.json\n';

  it.each([
    ['not in an untrusted workspace', false, true, ['outside-workspace']],
    ['in the repository of a trusted one', true, true, []],
    ['not in a trusted one without a repository', true, false, ['outside-workspace']],
  ])('reads metadata beside the folder %s', async (_, trusted, git, expected) => {
    const above = new TemporaryFolder({ 'metadata.json': '{"version":9,"sources":[]}' });
    if (git) above.write('.git/HEAD', 'ref: refs/heads/main\n');
    above.write('project/config.yaml', outside);
    const server = await ServerProcess.start({
      folders: [below(above, 'project')],
      initializationOptions: { trusted },
    });
    expect(await server.codes(above.uri('project/config.yaml'))).toEqual(expected);
    const { items } = await server.workspaceDiagnostics();
    expect(items.some(({ uri }) => uri === above.uri('metadata.json'))).toBe(trusted && git);
  });
});

/** A folder in another one, as the one that is opened. */
function below(folder: TemporaryFolder, name: string): TemporaryFolder {
  return Object.assign(Object.create(folder), { path: folder.file(name), uri: () => folder.uri(name) });
}

describe('a folder that cannot be read', () => {
  beforeEach(() => skipBecause(noModes));

  it('is named, and the exit code is not that of a project without errors', async () => {
    const folder = project();
    // Deeper than the system can name. What made it can't remove it.
    const name = 'd'.repeat(250);
    const deep = `for (let i = 0; i < 18; i++) { fs.mkdirSync('${name}'); process.chdir('${name}'); }`;
    const cwd = folder.file('repo/project/metadata');
    expect(spawnSync(process.execPath, ['-e', deep], { cwd }).status).toBe(0);
    try {
      const { status, output } = await run(folder, 'repo/project', ['lint']);
      expect(output).toMatch(/^The folder "metadata\/d+….*" can't be read: nothing below it was checked\.$/m);
      expect(status).toBe(2);
    } finally {
      spawnSync('rm', ['-rf', folder.file(`repo/project/metadata/${name}`)]);
    }
    expect((await run(folder, 'repo/project', ['lint'])).status).toBe(0);
  });
});
