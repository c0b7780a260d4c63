/** Packages of the npm registry that are too large, or for another system than this, to be dependencies. */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { npm, runOrFail } from './run.ts';

export interface RegistryPackage {
  readonly name: string;
  readonly version: string;
  /** As the registry says it: `sha512-…`. */
  readonly integrity: string;
}

/** Unpacks a package into `<folder>/package`, if it is what is expected. None of its scripts is run. */
export async function unpackFromRegistry(
  { name, version, integrity }: RegistryPackage,
  folder: string,
): Promise<void> {
  await npm(['pack', `${name}@${version}`, '--ignore-scripts', '--pack-destination', folder]);
  const archive = path.join(folder, `${name}-${version}.tgz`);
  const hash = createHash('sha512').update(await readFile(archive));
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== integrity) throw new Error(`${name} ${version} is not the package expected: ${found}`);
  await runOrFail('tar', ['-xzf', archive, '-C', folder]);
  await rm(archive);
}
