import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type CompletionItem, type Hover, MarkupKind } from 'vscode-languageserver-protocol';
import { bareEnvironment, skipBecause } from '../machine.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { type Answers, metadata, page, refusal, stubServer } from '../unit/pull/stubServer.ts';
import { commandLine, ServerProcess } from './serverProcess.ts';

/** What forges lines, steers a terminal and turns the direction of reading; far too long besides. */
const hostile = `x\n0 errors, 0 warnings, 0 other\r\u001b[2J\u009b31m\u202e\u2066\u2028"`;
const long = 'n'.repeat(10_000);

/** What may not be in a line. */
const steering = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

const definition = {
  to_remote_schema: {
    remote_schema: 'people',
    lhs_fields: ['person_id'],
    remote_field: { person: { arguments: { id: hostile } }, [hostile]: { arguments: {} } },
  },
};

function project(files: Readonly<Record<string, string>> = {}): TemporaryFolder {
  const relationships = [hostile, long].map((name) => ({ name, definition }));
  return new TemporaryFolder({
    ...smallProject,
    [customerTable]: JSON.stringify({
      table: { schema: 'public', name: 'customer' },
      remote_relationships: relationships,
    }),
    [`metadata/${'x\u001b[31m\u202ey'}.yaml`]: '- remote_relationships: &\n',
    ...files,
  });
}

const there: Answers = {
  'GET /v1/version': { version: `v2.48.0${hostile}` },
  export_metadata: metadata({
    sources: [
      {
        name: 'default',
        kind: 'postgres',
        tables: [
          {
            table: { schema: 'public', name: hostile },
            remote_relationships: [{ name: `there ${hostile}`, definition }],
          },
        ],
      },
      { name: hostile, kind: 'postgres', tables: [] },
    ],
    remote_schemas: [{ name: hostile }, { name: long }],
  }),
  get_inconsistent_metadata: {
    is_consistent: false,
    inconsistent_objects: [
      {
        type: 'remote_relationship',
        name: `remote_relationship there ${hostile} in table ${hostile} in source default`,
        reason: `Inconsistent object: ${hostile}`,
        definition: {
          source: 'default',
          table: { schema: 'public', name: hostile },
          name: `there ${hostile}`,
        },
      },
    ],
  },
  introspect_remote_schema: refusal(hostile, hostile),
  run_sql: refusal(hostile, 'unexpected'),
};

function run(folder: TemporaryFolder, args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [commandLine, ...args], {
    cwd: folder.path,
    env: { ...bareEnvironment(), ...environment },
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

/** The lines of a text, none of which steers anything or is without an end. */
function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  expect(text.endsWith('\n')).toBe(true);
  const lines = text.slice(0, -1).split('\n');
  for (const line of lines) {
    expect(line).not.toMatch(steering);
    expect(line.length).toBeLessThan(6000);
    expect(line).not.toContain('n'.repeat(201));
  }
  return lines;
}

describe('what others have written, on the command line', () => {
  /** Of a finding, of the line it is in, of its mark below, of the server's words, of the sum by code. */
  const lintLine =
    /^(?:\S.*:\d+:\d+: (?:error|warning|information|hint): | {2}\d+ \| | {3,}\| *\^+$| {4}Hasura: | +\d+ {2}[a-z-]+$|$)/;

  it('lint prints lines of its own for each finding, whatever is in its names', async () => {
    const { stdout, stderr, status } = await run(project(), ['lint']);
    expect(status).toBe(1);
    const lines = linesOf(stdout);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(lintLine);
    expect(lines.at(-1)).toMatch(/^[1-9]\d* errors?, /);
    expect(lines.filter((line) => line.startsWith('0 errors'))).toEqual([]);
    expect(stdout).toContain('\\u001b[2J\\u009b31m\\u202e\\u2066\\u2028');
    linesOf(stderr);
  });

  it('a reader that stops early is no fault', async () => {
    const child = spawn(process.execPath, [commandLine, 'lint', '--format', 'json'], { cwd: project().path });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ status, lines: linesOf(stderr).filter((line) => !line.startsWith('checked ')) }).toEqual({
      status: 1,
      lines: [],
    });
  });

  it('a full disk is said, and is no finding', async () => {
    skipBecause(existsSync('/dev/full') ? undefined : 'no device that is full');
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [commandLine, 'lint'], {
      cwd: project().path,
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
    expect(linesOf(stderr).at(-1)).toMatch(/^Not all of it could be written: ENOSPC/);
  });

  it('lint prints JSON that has the names as they are', async () => {
    const { stdout } = await run(project(), ['lint', '--format', 'json']);
    for (const line of stdout.split('\n')) expect(line).not.toMatch(steering);
    const findings = JSON.parse(stdout) as { relationship: string | null }[];
    expect(findings.map(({ relationship }) => relationship)).toEqual(expect.arrayContaining([hostile, long]));
  });

  it('diff prints a line for each relationship and each difference', async () => {
    const { url } = await stubServer(there);
    const { stdout, stderr } = await run(project(), ['diff', '--endpoint', url]);
    const lines = linesOf(stdout);
    for (const line of lines.slice(0, -1)) {
      expect(line).toMatch(/^(?:(?:only here|only there|changed|same)(?:, inconsistent)?: "| {4}\S)/);
    }
    expect(lines.at(-1)).toMatch(
      /^0 same, 0 changed, 2 only here, 1 only there, 1 inconsistent; .* version v2\.48\.0x\\n/,
    );
    expect(lines.filter((line) => line.startsWith('    Hasura: '))).not.toEqual([]);
    expect(stdout).toContain('only there, inconsistent: "there x\\n0 errors');
    linesOf(stderr);
    const json = await run(project(), ['diff', '--endpoint', url, '--format', 'json']);
    for (const line of json.stdout.split('\n')) expect(line).not.toMatch(steering);
    expect(JSON.parse(json.stdout)).toMatchObject({
      relationships: expect.arrayContaining([expect.objectContaining({ name: `there ${hostile}` })]),
    });
  });

  it('pull prints a line for each part, and what stands in the way on standard error', async () => {
    const { url } = await stubServer(there);
    const { stdout, stderr } = await run(project(), ['pull', '--endpoint', url]);
    const lines = linesOf(stdout);
    expect(lines).toHaveLength(5);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^(?:source|remote schema) ".*": /);
    expect(lines.at(-1)).toMatch(/^0 written, 0 unchanged, 4 failed, from /);
    linesOf(stderr);
  });

  it.each([
    ['a server that refuses', { export_metadata: refusal(hostile, 'unexpected') }],
    ['a server that wants a secret', { export_metadata: refusal(hostile, 'access-denied', 401) }],
    ['a page', { export_metadata: page(200, hostile) }],
  ])('says in one line on standard error: %s', async (_, answers) => {
    const { url } = await stubServer({ ...there, ...(answers as Answers) });
    for (const command of ['pull', 'diff']) {
      const { status, stdout, stderr } = await run(project(), [command, '--endpoint', url]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(linesOf(stderr).at(-1)).toMatch(/x(?:\\n| )0 errors, .*\\u009b31m\\u202e/);
    }
  });

  it.each([
    [['lint', hostile]],
    [['pull', '--project', hostile]],
    [['diff', hostile]],
    [['lint', '--format', hostile]],
    [['diff', '--endpoint', hostile]],
    [['pull', '--timeout', hostile]],
    [[hostile]],
    [[`--${hostile}`]],
  ])('and of what it is called with: %j', async (args) => {
    const { status, stdout, stderr } = await run(project(), args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(linesOf(stderr)).not.toEqual([]);
  });

  it('has colours where they are asked for, and none else', async () => {
    const folder = project();
    expect((await run(folder, ['lint'])).stdout).not.toContain('\u001b');
    const { stdout } = await run(folder, ['lint'], { FORCE_COLOR: '1' });
    expect(stdout).toContain(': \u001b[31merror\u001b[39m: ');
    expect(stripVTControlCharacters(stdout)).toBe((await run(folder, ['lint'], { NO_COLOR: '1' })).stdout);
    const json = await run(folder, ['lint', '--format', 'json'], { FORCE_COLOR: '1' });
    expect(json.stdout).not.toContain('\u001b');
  });
});

describe('what others have written, in Markdown', () => {
  const description =
    '[a](command:x) [b](https://y.example/) ![c](https://y.example/c.png) <img src=d> <b onclick=e>f</b> https://g.example h@i.example';
  const shown =
    '\\[a\\](command:x) \\[b\\](https\\://y.example/) \\!\\[c\\](https\\://y.example/c.png) \\<img src=d\\> \\<b onclick=e\\>f\\</b\\> https\\://g.example h\\@i.example';

  it('stays text in hovers and completion, of names and of descriptions', async () => {
    const name = 'z`[a](command:x)<b>';
    const table = (smallProject[customerTable] ?? '').replace(
      'name: profile',
      `name: ${JSON.stringify(name)}`,
    );
    const folder = new TemporaryFolder({
      ...smallProject,
      [customerTable]: table,
      'schema/people.graphql': `type Query {\n  ${JSON.stringify(description)}\n  person(id: ID!): String @deprecated(reason: ${JSON.stringify(description)})\n}\n`,
    });
    const server = await ServerProcess.start({
      folders: [folder],
      capabilities: {
        textDocument: {
          hover: { contentFormat: [MarkupKind.Markdown] },
          completion: { completionItem: { documentationFormat: [MarkupKind.Markdown] } },
        },
      },
    });
    const uri = folder.uri(customerTable);
    await server.open(uri, table);
    const at = (word: string) => {
      const line = table.split('\n').findIndex((each) => each.includes(word));
      return { line, character: (table.split('\n')[line]?.indexOf(word) ?? 0) + 2 };
    };
    const hover = (word: string): Promise<Hover | null> =>
      server.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: at(word) });
    expect(await hover('person:')).toMatchObject({
      contents: { kind: 'markdown', value: expect.stringContaining(`**Deprecated:** ${shown}\n\n${shown}`) },
    });
    expect(await hover('z`')).toMatchObject({
      contents: {
        kind: 'markdown',
        value: expect.stringContaining('Remote relationship ``z`[a](command:x)<b>``'),
      },
    });
    const { line, character } = at('person:');
    const items = await server.complete(uri, line, character);
    const item = items.find(({ label }) => label === 'person') as CompletionItem;
    const resolved =
      item.documentation === undefined
        ? await server.connection.sendRequest<CompletionItem>('completionItem/resolve', item)
        : item;
    expect(resolved.documentation).toEqual({
      kind: 'markdown',
      value: expect.stringContaining(shown),
    });
  });
});
