import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type CompletionList, CompletionRequest } from 'vscode-languageserver-protocol';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { pulling, pushing } from './capabilities.ts';
import { commandLine, ServerProcess } from './serverProcess.ts';

const count = 16_000;
const text = smallProject[customerTable] ?? '';
const unknownKeys = text.replace(
  '        remote_schema: people\n',
  (line) => line + Array.from({ length: count }, (_, index) => `        zz${index}: 1\n`).join(''),
);
const other = 'metadata/databases/default/tables/public_order.yaml';
const hostile = {
  ...smallProject,
  [customerTable]: unknownKeys,
  'metadata/databases/default/tables/tables.yaml':
    '- "!include public_customer.yaml"\n- "!include public_order.yaml"\n',
  [other]: `table: { schema: public, name: order }\n? ${'? '.repeat(2000)}\n`,
};

describe('a file of 16,000 mistakes, beside one that is nested without end', () => {
  it.each([
    ['pulled', pulling],
    ['pushed', pushing],
  ])('gives the first 20 and how many more there are, %s', async (_, capabilities) => {
    const folder = new TemporaryFolder(hostile);
    const server = await ServerProcess.start({ folders: [folder], capabilities });
    await server.open(folder.uri(customerTable), unknownKeys);
    await server.until(
      () => capabilities === pulling || server.pushed.some(({ uri }) => uri === folder.uri(customerTable)),
    );
    const shown =
      capabilities === pulling
        ? await server.diagnostics(folder.uri(customerTable))
        : (server.pushed.findLast(({ uri }) => uri === folder.uri(customerTable))?.diagnostics ?? []);
    const unknown = shown.filter(({ code }) => code === 'unknown-key');
    expect(unknown).toHaveLength(21);
    expect(unknown.at(-1)?.message).toBe('… and 15,980 more in this file.');
    expect(shown.length).toBeLessThan(30);
  });

  it('is printed whole by the command line, and so is the other', () => {
    const folder = new TemporaryFolder(hostile);
    const { stdout, status, stderr } = spawnSync(
      process.execPath,
      [commandLine, 'lint', '--format', 'json'],
      { cwd: folder.path, encoding: 'utf8', maxBuffer: 64_000_000 },
    );
    expect(stderr).toBe('');
    expect(status).toBe(1);
    const found = JSON.parse(stdout) as { file: string; code: string; message: string }[];
    expect(found.filter(({ code }) => code === 'unknown-key')).toHaveLength(count);
    expect(found.filter(({ file, code }) => file === other && code === 'yaml-syntax')).toMatchObject([
      { code: 'yaml-syntax', message: 'Nested deeper than 500 levels' },
    ]);
  });
});

describe('a schema of 100,000 fields', () => {
  const fields = Array.from({ length: 100_000 }, (_, index) => `  field${index}: Int\n`).join('');
  const place = text.replace(/ {10}person:\n.*\n/, '          ');

  it('is completed with the best 500, and the client is told to ask again', async () => {
    const folder = new TemporaryFolder({
      ...smallProject,
      'schema/people.graphql': `type Query {\n${fields}  personById: Int\n}\n`,
    });
    const server = await ServerProcess.start({ folders: [folder], capabilities: pulling });
    const lines = place.split('\n');
    const complete = async (word: string): Promise<CompletionList | null> => {
      await server.change(folder.uri(customerTable), 2, { text: `${place.trimEnd()}\n          ${word}` });
      return (await server.connection.sendRequest(CompletionRequest.method, {
        textDocument: { uri: folder.uri(customerTable) },
        position: { line: lines.length - 1, character: 10 + word.length },
      })) as CompletionList | null;
    };
    await server.open(folder.uri(customerTable), place);
    const all = await complete('');
    expect(all?.isIncomplete).toBe(true);
    expect(all?.items).toHaveLength(500);
    const narrowed = await complete('pers');
    expect(narrowed?.items.map(({ label }) => label)).toEqual(['personById']);
  });
});
