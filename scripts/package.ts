/**
 * Packs what is shipped: `node scripts/package.ts` writes the extension, `dist/hasura-remote-relationships-<version>.vsix`, and
 * the npm package with the command line, the same name with `.tgz`. The same commit packs to the same bytes.
 */
import { chmod, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { isMain, npm, root, run, runOrFail } from './run.ts';

/** The path of the packed extension, freshly built: packing runs the manifest's `vscode:prepublish`. */
export async function packageExtension(): Promise<string> {
  const packagePath = await packedExtension();
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  // Everything needed at run time is in the bundles. The times in a zip file are local ones.
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(await sourceDate()), TZ: 'UTC' };
  await withUsualModes(() =>
    runOrFail(process.execPath, [vsce, 'package', '--no-dependencies', '--out', packagePath], { env }),
  );
  return packagePath;
}

/** The path of the npm package, of what `packageExtension` has just built. npm itself fixes the times in it. */
export async function packageForNpm(): Promise<string> {
  const packagePath = await packedForNpm();
  await rm(packagePath, { force: true });
  await npm(['pack', '--ignore-scripts', '--pack-destination', path.dirname(packagePath)]);
  return packagePath;
}

/** Where the packed extension is, once it has been packed. */
export async function packedExtension(): Promise<string> {
  return `${await packedName()}.vsix`;
}

/** Where the npm package is, once it has been packed. */
export async function packedForNpm(): Promise<string> {
  return `${await packedName()}.tgz`;
}

async function packedName(): Promise<string> {
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return path.join(root, 'dist', `${name}-${version}`);
}

/** When the packed commit was made, in seconds, unless `SOURCE_DATE_EPOCH` says otherwise; without Git, a fixed day. */
export async function sourceDate(): Promise<number> {
  const { SOURCE_DATE_EPOCH: chosen } = process.env;
  if (chosen) return Number(chosen);
  const committed = await run('git', ['log', '-1', '--format=%ct']).catch(() => undefined);
  return committed?.code === 0 ? Number(committed.stdout) : Date.UTC(2000, 0) / 1000;
}

/** A package has the modes of its files, which depend on who cloned and built the repository. */
async function withUsualModes<T>(pack: () => Promise<T>): Promise<T> {
  const umask = process.umask(0o022);
  try {
    // What is built is made anew while packing.
    const sources = (await listFiles({ cwd: root, packageManager: PackageManager.None })).filter(
      (file) => !file.startsWith('dist/'),
    );
    await Promise.all(sources.map((file) => chmod(path.join(root, file), 0o644)));
    return await pack();
  } finally {
    process.umask(umask);
  }
}

if (isMain(import.meta.url)) {
  await packageExtension();
  await packageForNpm();
}
