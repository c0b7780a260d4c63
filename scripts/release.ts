/**
 * Releases the version in `package.json`: `node scripts/release.ts` checks that everything agrees on it, builds and packs, writes
 * what belongs to the release into `dist/release`, and publishes that. `--dry-run`: publishes nothing, and says what it would do.
 * `--prepared`: builds nothing, and publishes what a dry run of the same commit has left in `dist/release`.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { audit, auditLines } from './audit.ts';
import { packageExtension, packageForNpm, sourceDate } from './package.ts';
import { newestEntry, type ReleaseFacts, releaseProblems, tagOf } from './releaseChecks.ts';
import { npmCommand, root, run, runOrFail, say } from './run.ts';
import { noticesFile, sbomFile } from './thirdParty.ts';

const releaseFolder = path.join(root, 'dist/release');
const checksumsFile = 'SHA256SUMS';
const notesFile = 'release-notes.md';

const { values: options } = parseArgs({
  options: { 'dry-run': { type: 'boolean', default: false }, prepared: { type: 'boolean', default: false } },
});
process.exitCode = await release(options['dry-run'], options.prepared);

async function release(dryRun: boolean, prepared: boolean): Promise<number> {
  const facts = await readFacts();
  const { wrong, missing } = releaseProblems(facts);
  say(`Version ${facts.version}, of ${new Date((await sourceDate()) * 1000).toISOString()}.`);
  for (const problem of [...wrong, ...missing]) say(`  ${problem}`);
  if (wrong.length > 0 || (missing.length > 0 && !dryRun)) return 1;

  if (!prepared && !(await prepare(facts))) return 1;
  const files = await checkedFiles();
  say(`\nIn ${path.relative(root, releaseFolder)}:`);
  for (const { name, bytes, sha256 } of files) say(`  ${sha256}  ${String(bytes).padStart(9)}  ${name}`);

  say(dryRun ? '\nA release would now run:' : '\nPublishing:');
  for (const publication of publications(facts.version, files)) await publish(publication, dryRun);
  if (dryRun && missing.length > 0) say('\nIt would do so after what is missing above.');
  return 0;
}

async function readFacts(): Promise<ReleaseFacts> {
  const json = async <T>(file: string) => JSON.parse(await readFile(path.join(root, file), 'utf8')) as T;
  const git = async (...args: string[]) =>
    (await runOrFail('git', args)).stdout.split('\n').filter((line) => line !== '');
  const { version } = await json<{ version: string }>('package.json');
  const lock = await json<{ version: string; packages: Record<string, { version?: string }> }>(
    'package-lock.json',
  );
  const tags = await git('tag', '--points-at', 'HEAD');
  return {
    version,
    lockedVersions: [...new Set([lock.version, lock.packages['']?.version])],
    changelog: await readFile(path.join(root, 'CHANGELOG.md'), 'utf8'),
    tags,
    taggedElsewhere:
      !tags.includes(tagOf(version)) && (await git('tag', '--list', tagOf(version))).length > 0,
    changedFiles: (await git('status', '--porcelain')).map((line) => line.slice(3)),
  };
}

/** Builds, packs and audits, and puts together what is released. False: something is known against what is bundled. */
async function prepare({ version, changelog }: ReleaseFacts): Promise<boolean> {
  say('\nBuilding and packing …');
  const packages = [await packageExtension(), await packageForNpm()];
  const result = await audit();
  for (const line of auditLines(result)) say(line);
  if (!('unanswered' in result) && result.length > 0) return false;

  await rm(releaseFolder, { recursive: true, force: true });
  await mkdir(releaseFolder, { recursive: true });
  const put = (file: string, name = path.basename(file)) =>
    copyFile(path.resolve(root, file), path.join(releaseFolder, name));
  for (const file of packages) await put(file);
  await put(sbomFile, `${path.basename(packages[0] ?? '', '.vsix')}.cdx.json`);
  await put(noticesFile);
  const maps = (await readdir(path.join(root, 'dist'))).filter((name) => name.endsWith('.cjs.map'));
  for (const name of maps) await put(path.join('dist', name));
  const notes = newestEntry(changelog)?.text ?? version;
  await writeFile(path.join(releaseFolder, notesFile), `${notes}\n`);

  const sums = (await readFiles()).map(({ name, sha256 }) => `${sha256}  ${name}\n`);
  await writeFile(path.join(releaseFolder, checksumsFile), sums.join(''));
  return true;
}

interface ReleasedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

async function readFiles(): Promise<readonly ReleasedFile[]> {
  const names = (await readdir(releaseFolder)).filter((name) => name !== checksumsFile).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const contents = await readFile(path.join(releaseFolder, name));
      return { name, bytes: contents.length, sha256: createHash('sha256').update(contents).digest('hex') };
    }),
  );
}

/** The files of the release. Rejects unless they are those that were prepared. */
async function checkedFiles(): Promise<readonly ReleasedFile[]> {
  const files = await readFiles();
  const sums = await readFile(path.join(releaseFolder, checksumsFile), 'utf8');
  if (sums !== files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('')) {
    throw new Error(`The files in ${releaseFolder} are not those in its ${checksumsFile}.`);
  }
  return files;
}

interface Publication {
  readonly where: string;
  readonly command: readonly [program: string, args: readonly string[]];
  /** Succeeds when it has been published already: a release that broke off can be run again. */
  readonly done?: readonly [program: string, args: readonly string[]];
}

/** Every one proves by OpenID Connect that it is the release workflow: there is no token to keep. */
function publications(version: string, files: readonly ReleasedFile[]): readonly Publication[] {
  const tag = tagOf(version);
  const named = (end: string) => {
    const found = files.find(({ name }) => name.endsWith(end));
    if (!found) throw new Error(`There is no ${end} in ${releaseFolder}.`);
    return path.join(releaseFolder, found.name);
  };
  const [vsix, tgz] = [named(`-${version}.vsix`), named(`-${version}.tgz`)];
  const tool = (script: string, ...args: string[]): [string, readonly string[]] => {
    const file = path.join(root, 'node_modules', script);
    if (!existsSync(file)) throw new Error(`There is no ${file} to publish with.`);
    return [process.execPath, [file, ...args]];
  };
  const assets = [...files.map(({ name }) => name).filter((name) => name !== notesFile), checksumsFile];
  return [
    {
      where: 'npm',
      command: npmCommand(['publish', tgz, '--access', 'public', '--provenance']),
      done: npmCommand(['view', `${path.basename(tgz, `-${version}.tgz`)}@${version}`, 'version', '--json']),
    },
    {
      where: 'Visual Studio Marketplace',
      command: tool('@vscode/vsce/vsce', 'publish', '--oidc', '--skip-duplicate', '--packagePath', vsix),
    },
    {
      where: 'Open VSX',
      command: tool('ovsx/bin/ovsx', 'publish', '--trusted-publishing', '--skip-duplicate', vsix),
    },
    {
      where: 'GitHub',
      command: [
        'gh',
        [
          ...['release', 'create', tag, '--verify-tag', '--title', version],
          ...['--notes-file', path.join(releaseFolder, notesFile)],
          ...assets.map((name) => path.join(releaseFolder, name)),
        ],
      ],
      done: ['gh', ['release', 'view', tag]],
    },
  ];
}

async function publish({ where, command, done }: Publication, dryRun: boolean): Promise<void> {
  if (dryRun) return say(`  ${where}: ${shown(command)}`);
  if (done && (await run(...done)).code === 0) return say(`  ${where}: is there already`);
  say(`  ${where}`);
  await runOrFail(...command, { show: true });
}

/** A command as a person would write it. */
function shown([program, args]: Publication['command']): string {
  const [script = '', ...rest] = args;
  const isNpm = path.basename(script) === 'npm-cli.js';
  const words = isNpm ? ['npm', ...rest] : [program === process.execPath ? 'node' : program, ...args];
  return words.map((word) => (path.isAbsolute(word) ? path.relative(root, word) : word)).join(' ');
}
