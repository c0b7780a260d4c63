import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedExtension, packedForNpm, sourceDate } from '../../scripts/package.ts';
import { root, run, runOrFail } from '../../scripts/run.ts';
import { readZip } from './archives.ts';

/**
 * Packing depends on the commit alone: not on the folder, the time zone, the language or the modes of files. It is done by a
 * release that publishes nothing.
 */
describe('packed again elsewhere', () => {
  let elsewhere: string;
  let said: string;

  beforeAll(async () => {
    await mkdir(path.join(root, '.cache'), { recursive: true });
    elsewhere = await mkdtemp(path.join(root, '.cache/packed-elsewhere-'));
    for (const file of await sourceFiles()) {
      await mkdir(path.dirname(path.join(elsewhere, file)), { recursive: true });
      await copyFile(path.join(root, file), path.join(elsewhere, file));
    }
    await linkTree(path.join(root, 'node_modules'), path.join(elsewhere, 'node_modules'));
    const env = {
      ...process.env,
      TZ: 'Asia/Tokyo',
      LC_ALL: 'C',
      SOURCE_DATE_EPOCH: String(await sourceDate()),
      // Nobody listens there.
      npm_config_registry: 'http://127.0.0.1:9/',
    };
    const release = ['scripts/release.ts', '--dry-run'];
    const result = await (process.platform === 'win32'
      ? runOrFail(process.execPath, release, { cwd: elsewhere, env })
      : runOrFail('sh', ['-c', otherModes, process.execPath, ...release], { cwd: elsewhere, env }));
    said = result.stdout;
  }, 300_000);

  afterAll(() => rm(elsewhere, { recursive: true, force: true }));

  it.each([
    ['the extension', packedExtension],
    ['the npm package', packedForNpm],
  ])('%s has the same bytes', async (_name, packed) => {
    const here = await packed();
    const there = path.join(elsewhere, path.relative(root, here));
    expect((await readFile(there)).equals(await readFile(here))).toBe(true);
  });

  it.each(['ThirdPartyNotices.txt', 'sbom.cdx.json', 'server.cjs.map'])('%s is the same', async (name) => {
    const read = (folder: string) => readFile(path.join(folder, 'dist', name));
    expect((await read(elsewhere)).equals(await read(root))).toBe(true);
  });

  describe('a release that publishes nothing', () => {
    it('puts together everything that belongs to it, with checksums', async () => {
      const folder = path.join(elsewhere, 'dist/release');
      const name = path.basename(await packedExtension(), '.vsix');
      const released = [
        `${name}.vsix`,
        `${name}.tgz`,
        `${name}.cdx.json`,
        'ThirdPartyNotices.txt',
        'release-notes.md',
        ...['api', 'cli', 'client', 'commandLine', 'dagre', 'endpoint', 'graph', 'mcp', 'server'].map(
          (bundle) => `${bundle}.cjs.map`,
        ),
      ].toSorted();
      expect((await readdir(folder)).toSorted()).toEqual(['SHA256SUMS', ...released].toSorted());
      const sums = await Promise.all(
        released.map(async (file) => {
          const contents = await readFile(path.join(folder, file));
          return `${createHash('sha256').update(contents).digest('hex')}  ${file}\n`;
        }),
      );
      expect(await readFile(path.join(folder, 'SHA256SUMS'), 'utf8')).toBe(sums.join(''));
    });

    it('says what it would run', () => {
      const [, commands = ''] = said.split('A release would now run:\n');
      expect(commands).toMatch(/^ {2}npm: npm publish \S+\.tgz /m);
      expect(commands).toMatch(/^ {2}Visual Studio Marketplace: node \S+ publish .*\.vsix$/m);
      expect(commands).toMatch(/^ {2}Open VSX: node \S+ publish .*\.vsix$/m);
      expect(commands).toMatch(/^ {2}GitHub: gh release create v\d+\.\d+\.\d+ .*SHA256SUMS$/m);
    });

    it('says that the registry did not answer the audit, and goes on', () => {
      expect(said).toContain('The registry did not answer the audit: ');
    });
  });
});

it('the times in the extension are that of the commit', async () => {
  const committed = await run('git', ['log', '-1', '--format=%ct']);
  const { SOURCE_DATE_EPOCH: chosen = committed.stdout } = process.env;
  const times = readZip(await readFile(await packedExtension())).map(({ modified }) => modified);
  // A zip file knows even seconds only.
  expect(new Set(times)).toEqual(new Set([Math.floor(Number(chosen) / 2) * 2]));
});

/** What a commit of everything would have. */
async function sourceFiles(): Promise<readonly string[]> {
  const listed = await runOrFail('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  const deleted = new Set((await runOrFail('git', ['ls-files', '-z', '--deleted'])).stdout.split('\0'));
  return listed.stdout.split('\0').filter((file) => file !== '' && !deleted.has(file));
}

/** Runs the arguments where nobody else may read what was cloned and is built. */
const otherModes =
  'umask 077; find . -path ./node_modules -prune -o -type f -exec chmod 600 {} +; exec "$0" "$@"';

async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else if (entry.isFile()) await link(source, target);
  }
}
