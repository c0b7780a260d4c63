/**
 * Editors as Debian's releases have them, unpacked into `.cache/`: the system stays as it is, and it may be another release.
 * `node scripts/editors/debian.ts` fetches them.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached } from '../cache.ts';
import { isMain, root, run, runOrFail, say } from '../run.ts';

/** What is fetched of each release. */
const packages = {
  /** Debian 13. */
  trixie: ['neovim', 'vim', 'vim-ale', 'emacs-nox', 'elpa-lsp-mode', 'elpa-yaml-mode', 'elpa-yasnippet'],
  /** The next one, with what is newest. */
  forky: ['neovim', 'hx'],
} as const;

export type Release = keyof typeof packages;

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** Where its packages are unpacked. */
  readonly folder: string;
}

/** A program of a release; `undefined`: it was not fetched. */
export function debianProgram(release: Release, name: string): Program | undefined {
  const folder = folderOf(release);
  const program = path.join(folder, 'usr/bin', name);
  if (!existsSync(program)) return undefined;
  // With the libraries of its own release.
  const loader = path.join(folder, 'usr/lib64/ld-linux-x86-64.so.2');
  const libraries = path.join(folder, 'usr/lib/x86_64-linux-gnu');
  return { command: loader, args: ['--library-path', libraries, '--argv0', program, program], folder };
}

function folderOf(release: Release): string {
  return path.join(root, '.cache', `editors-${release}`);
}

/** Where this system has its packages from; `undefined`: not from Debian. */
async function mirror(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const asked = ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages'];
  const { stdout } = await run('apt-get', asked).catch(() => ({ stdout: '' }));
  return stdout.split('\n').find((address) => /\/debian\/?$/.test(address));
}

async function fetchRelease(release: Release, from: string, folder: string): Promise<void> {
  const state = `${folder}.apt`;
  const lists = path.join(state, 'lists');
  const archives = path.join(state, 'cache/archives');
  try {
    for (const name of [lists, archives]) await mkdir(path.join(name, 'partial'), { recursive: true });
    // Nothing is installed: so everything that they need is fetched with them.
    await writeFile(path.join(state, 'status'), '');
    await writeFile(path.join(state, 'sources.list'), `deb ${from} ${release} main\n`);
    const options = [
      `Dir::Etc::SourceList=${path.join(state, 'sources.list')}`,
      'Dir::Etc::SourceParts=/dev/null',
      `Dir::State::Lists=${lists}`,
      `Dir::State::Status=${path.join(state, 'status')}`,
      `Dir::Cache=${path.join(state, 'cache')}`,
      'Acquire::Languages=none',
      'APT::Sandbox::User=',
    ].flatMap((option) => ['-o', option]);
    await runOrFail('apt-get', ['update', '-qq', ...options], { timeout });
    const asked = ['install', '-qq', '--no-install-recommends', '--download-only', ...options];
    await runOrFail('apt-get', [...asked, ...packages[release]], { timeout });
    for (const name of await readdir(archives)) {
      if (name.endsWith('.deb')) await runOrFail('dpkg-deb', ['-x', path.join(archives, name), folder]);
    }
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

/** Of each request. */
const timeout = 120_000;

if (isMain(import.meta.url)) {
  const from = await mirror();
  if (from === undefined) {
    say("This system's packages are not Debian's: no editors are fetched.");
    process.exit();
  }
  for (const release of Object.keys(packages) as Release[]) {
    try {
      await cached(`editors-${release}`, (folder) => fetchRelease(release, from, folder));
    } catch (error) {
      say(`The editors of ${release} can't be fetched: ${error instanceof Error ? error.message : error}`);
    }
  }
}
