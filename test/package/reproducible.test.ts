import { copyFile, link, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedExtension, packedForNpm, sourceDate } from '../../scripts/package.ts';
import { root, run, runOrFail } from '../../scripts/run.ts';
import { readZip } from './archives.ts';

/** Packing depends on the commit alone: not on the folder, the time zone, the language or the modes of files. */
describe('packed again elsewhere', () => {
  let elsewhere: string;

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
    };
    if (process.platform === 'win32') {
      await runOrFail(process.execPath, ['scripts/package.ts'], { cwd: elsewhere, env });
    } else {
      const script =
        'umask 077; find . -path ./node_modules -prune -o -type f -exec chmod 600 {} +; exec "$0" scripts/package.ts';
      await runOrFail('sh', ['-c', script, process.execPath], { cwd: elsewhere, env });
    }
  }, 120_000);

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

async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else if (entry.isFile()) await link(source, target);
  }
}
