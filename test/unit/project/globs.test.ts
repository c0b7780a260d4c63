import { describe, expect, it } from 'vitest';
import type { DirectoryEntry } from '../../../server/src/project/files.ts';
import { findByGlob } from '../../../server/src/project/globs.ts';
import { makeLink } from '../../machine.ts';
import { TemporaryFolder, workspaceOf } from './temporaryFolder.ts';

/** A disk of these files that counts what it is asked. */
class Disk {
  listed: string[] = [];
  readonly #paths: readonly string[];

  constructor(...paths: string[]) {
    this.#paths = paths;
  }

  readonly list = (directory: string): readonly DirectoryEntry[] | undefined => {
    this.listed.push(directory);
    const prefix = directory === '/' ? '/' : `${directory}/`;
    const below = this.#paths
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length).split('/'));
    const kinds = new Map(below.map(([name = '', ...rest]) => [name, rest.length > 0] as const));
    return [...kinds].map(([name, isDirectory]) => ({
      name,
      kind: isDirectory ? 'directory' : 'file',
      linked: name.startsWith('linked'),
    }));
  };

  find(pattern: string, limit?: number) {
    return findByGlob(this.list, '/project', pattern, limit);
  }
}

const files = [
  '/project/a.graphql',
  '/project/.hidden.graphql',
  '/project/schema/b.graphql',
  '/project/schema/deep/er/c.graphql',
  '/project/schema/d.json',
  '/project/node_modules/x/e.graphql',
  '/project/linked/f.graphql',
  '/service/g.graphql',
];

describe('a pattern finds', () => {
  it.each([
    ['*.graphql', ['/project/a.graphql']],
    ['schema/*.graphql', ['/project/schema/b.graphql']],
    ['./schema/*.graphql', ['/project/schema/b.graphql']],
    ['schema/**/*.graphql', ['/project/schema/b.graphql', '/project/schema/deep/er/c.graphql']],
    [
      '**',
      [
        '/project/a.graphql',
        '/project/schema/b.graphql',
        '/project/schema/d.json',
        '/project/schema/deep/er/c.graphql',
      ],
    ],
    ['{a,schema/b}.graphql', ['/project/a.graphql', '/project/schema/b.graphql']],
    ['schema/[bd].*', ['/project/schema/b.graphql', '/project/schema/d.json']],
    ['schema/?.@(json|yaml)', ['/project/schema/d.json']],
    ['../service/*.graphql', ['/service/g.graphql']],
    ['.hidden.*', ['/project/.hidden.graphql']],
    ['nothing/*', []],
    ['*/../*.graphql', ['/project/a.graphql']],
  ])('%s', (pattern, expected) => {
    expect(new Disk(...files).find(pattern)).toMatchObject({
      paths: expected.toSorted(),
      problem: undefined,
    });
  });
});

describe('a pattern costs', () => {
  it('nothing outside of what it can match', () => {
    const disk = new Disk(...files);
    disk.find('schema/*.graphql');
    expect(disk.listed).toEqual(['/project/schema']);
  });

  it('no more entries than the limit, wherever they are', () => {
    const many = Array.from({ length: 300 }, (_, index) => `/project/d${index % 17}/f${index}.graphql`);
    expect(new Disk(...many).find('**', 100)).toMatchObject({ problem: 'too-many', looked: 100 });
    expect(new Disk(...many).find('**', 1000)).toMatchObject({ problem: undefined, looked: 317 });
  });

  it('no more for a matcher that could backtrack', () => {
    const names = Array.from({ length: 50 }, (_, index) => `/project/${'a'.repeat(200 + index)}b`);
    for (const pattern of [
      '*a'.repeat(100),
      '+(a|aa|+(a))+(a|aa)c',
      `**/${'a*'.repeat(80)}c`,
      '*(*(*(a)))c',
      '{a,b}'.repeat(40),
      '{1..1000000}*',
    ]) {
      expect(new Disk(...names).find(pattern).paths).toEqual([]);
    }
  });

  it.each([
    ['longer than any a person writes', '*a'.repeat(1000)],
    ['with too many alternatives in alternatives', '+('.repeat(300) + ')'.repeat(300)],
  ])('nothing when it is %s', (_, pattern) => {
    const disk = new Disk(...files);
    expect(disk.find(pattern).problem).toBe('bad-pattern');
    expect(disk.listed).toEqual([]);
  });
});

describe('a configuration', () => {
  const configuration = 'remote-relationships.config.json';
  const withPatterns = (...patterns: string[]) =>
    JSON.stringify({
      remoteSchemas: Object.fromEntries(patterns.map((schema, index) => [`s${index}`, { schema }])),
    });
  const messages = async (folder: TemporaryFolder): Promise<string[]> =>
    (await workspaceOf([folder.path]))
      .findings(folder.file(configuration))
      .findings.map(({ code, message }) => `${code}: ${message}`);

  it('is told when a pattern covers too much, and nothing of it counts', async () => {
    const folder = new TemporaryFolder({ [configuration]: withPatterns('many/**') });
    for (let index = 0; index <= 10_000; index++) folder.write(`many/${index % 100}/${index}.graphql`, '');
    expect(await messages(folder)).toEqual([
      'configuration: This pattern covers more than 10,000 files and folders, so nothing is read. Name a folder that contains little more than schemas.',
    ]);
  });

  it('is told of the first pattern that is too much for all of them together', async () => {
    const patterns = Array.from({ length: 12 }, (_, index) => `many/**/*.${index}`);
    const folder = new TemporaryFolder({ [configuration]: withPatterns(...patterns) });
    for (let index = 0; index < 9_000; index++) folder.write(`many/${index}.graphql`, '');
    const tooMuch =
      /^configuration: The patterns of this configuration cover more than 100,000 files and folders,/;
    const told = await messages(folder);
    // Twelve times 9,001, the folder counted: eleven are below 100,000.
    expect(told.filter((message) => tooMuch.test(message))).toHaveLength(1);
    expect(told.findIndex((message) => tooMuch.test(message))).toBe(11);
  });

  it('is told when the files of one schema are too much together', async () => {
    const folder = new TemporaryFolder({ [configuration]: withPatterns('sdl/*.graphql') });
    folder.write('sdl/a.graphql', ' '.repeat(33 * 1024 ** 2));
    folder.write('sdl/b.graphql', ' '.repeat(33 * 1024 ** 2));
    const workspace = await workspaceOf([folder.path]);
    expect(workspace.findings(folder.file('sdl/b.graphql')).findings).toMatchObject([
      { message: 'The files of this schema are larger than 64 MB together and are not read.' },
    ]);
  });

  it('is told when a pattern can’t be followed', async () => {
    const folder = new TemporaryFolder({ [configuration]: withPatterns('*a'.repeat(1000)) });
    expect(await messages(folder)).toEqual([
      expect.stringMatching(/^configuration: "(?:\*a){100}…" is not a valid pattern\.$/),
    ]);
  });

  it('does not lead out of the workspace folder, and does not follow links in circles', async () => {
    const folder = new TemporaryFolder({
      'outside/people.graphql': 'type Query { a: Int }',
      [`inside/${configuration}`]: withPatterns(
        '../outside/*.graphql',
        '../../../../**',
        '/proc/**',
        'loop/**',
      ),
      'inside/loop/a.txt': '',
    });
    makeLink(folder.file('inside/loop'), folder.file('inside/loop/again'));
    const workspace = await workspaceOf([folder.file('inside')]);
    const { findings } = workspace.findings(folder.file(`inside/${configuration}`));
    expect(findings.map(({ code }) => code)).toEqual([
      'outside-workspace',
      'outside-workspace',
      'outside-workspace',
    ]);
    const project = workspace.projectOf(folder.file(`inside/${configuration}`));
    const read = [...project.schemas.files].filter((path) => !path.startsWith(folder.file('inside')));
    expect(read).toEqual([]);
  });
});
