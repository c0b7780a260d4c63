import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/run.ts';
import { makeLink } from '../machine.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { commandLine } from './serverProcess.ts';

const wrong = {
  ...smallProject,
  [customerTable]: smallProject[customerTable]?.replace('person:', 'persn:') ?? '',
};

/** A project of Node's in which the package is installed as it was built. */
function consumer(files: Readonly<Record<string, string>>): TemporaryFolder {
  const folder = new TemporaryFolder({ ...files, 'node_modules/hasura-remote-relationships/x': '' });
  copyFileSync(
    path.join(root, 'package.json'),
    folder.file('node_modules/hasura-remote-relationships/package.json'),
  );
  makeLink(path.join(root, 'dist'), folder.file('node_modules/hasura-remote-relationships/dist'));
  return folder;
}

function evaluate(folder: TemporaryFolder, script: string): unknown {
  folder.write('script.mjs', script);
  return JSON.parse(execFileSync(process.execPath, ['script.mjs'], { cwd: folder.path, encoding: 'utf8' }));
}

const head = `import { lint, report } from 'hasura-remote-relationships';\n`;

describe('the API for Node', () => {
  it('finds what the command line finds', () => {
    const folder = consumer(wrong);
    const script = `${head}const result = await lint(); console.log(JSON.stringify([result, report(result, 'json')]));`;
    const [result, text] = evaluate(folder, script) as [{ files: string[]; findings: unknown[] }, string];
    const { stdout } = spawnSync(process.execPath, [commandLine, 'lint', '--format', 'json'], {
      ...{ cwd: folder.path, encoding: 'utf8' },
    });
    expect(JSON.parse(text)).toEqual(JSON.parse(stdout));
    expect(JSON.parse(text)).toMatchObject([{ code: 'unknown-remote-field', file: customerTable }]);
    expect(result.files).toContain(customerTable);
    // Such as "actions.graphql", which is not there.
    for (const file of result.files) expect(existsSync(folder.file(file)), file).toBe(true);
    const junit = spawnSync(process.execPath, [commandLine, 'lint', '--format', 'junit'], {
      ...{ cwd: folder.path, encoding: 'utf8' },
    }).stdout;
    expect(Array.from(junit.matchAll(/<testsuite name="([^"]+)"/g), ([, name]) => name).sort()).toEqual(
      [...result.files].sort(),
    );
    expect(result.findings).toMatchObject([{ fixes: [{ replacements: [{ text: 'person' }] }] }]);
  });

  it('takes paths, severities and a text', () => {
    const folder = new TemporaryFolder(wrong);
    const text = JSON.stringify({ path: customerTable, text: smallProject[customerTable] });
    const workingDirectory = JSON.stringify(folder.path);
    const script = `${head}
const codes = async (options) => (await lint({ workingDirectory: ${workingDirectory}, ...options })).findings.map(({ code, severity }) => [code, severity]);
const refused = (options) => lint(options).then(() => 'done', (error) => error.message);
console.log(JSON.stringify([
  await codes({ paths: ['metadata'], rules: { 'unknown-remote-field': 'warning' } }),
  await codes({ rules: { 'unknown-remote-field': 'off' } }),
  await codes({ text: ${text} }),
  await refused({ rules: { 'unknown-remote-feld': 'off' } }),
  await refused({ rules: { 'unknown-remote-field': 'loud' } }),
  await refused({ paths: ['nowhere'] }),
]));`;
    expect(evaluate(consumer({}), script)).toEqual([
      [['unknown-remote-field', 'warning']],
      [],
      [],
      'There is no rule "unknown-remote-feld". Did you mean "unknown-remote-field"?',
      'The severity of unknown-remote-field is "error", "warning", "information", "hint" or "off", not "loud".',
      '"nowhere" does not exist.',
    ]);
  });

  it.each([
    ['a text in place of a list', `lint({ paths: 'x' })`, '"paths" is a list of files and directories'],
    ['no list of texts', 'lint({ paths: [1] })', '"paths" is a list of files and directories'],
    [
      'a folder without metadata',
      'lint().then(({ notes }) => notes.join())',
      'There is no Hasura metadata in "."',
    ],
  ])('says what is wrong of %s', (_, call, words) => {
    const script = `${head}console.log(JSON.stringify(await ${call}.catch(({ message }) => message)));`;
    expect(evaluate(consumer({}), script)).toContain(words);
  });

  it('has types, by which the example of its page is right, and a wrong one is not', () => {
    const page = readFileSync(path.join(root, 'docs/api.md'), 'utf8');
    const example = /```ts\n(.*?)```/s.exec(page)?.[1] ?? '';
    const declared =
      'declare const console: { log(text: string): void };\ndeclare function writeFile(file: string, text: string): Promise<void>;\n';
    const types = (text: string) => {
      const folder = consumer({ 'example.mts': declared + text });
      const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
      const options = [
        '--noEmit',
        '--strict',
        '--types',
        '',
        '--module',
        'nodenext',
        '--target',
        'es2022',
        'example.mts',
      ];
      return spawnSync(process.execPath, [compiler, ...options], { cwd: folder.path, encoding: 'utf8' })
        .stdout;
    };
    expect(example).toContain('await lint(');
    expect(types(example)).toBe('');
    expect(types(example.replace("'error'", "'loud'"))).toContain('error TS2322');
  });
});
