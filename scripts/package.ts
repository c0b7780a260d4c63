/** Packs the extension: `node scripts/package.ts` writes `dist/hasura-remote-relationships-<version>.vsix`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { isMain, root } from './run.ts';

/** The path of the packed extension, freshly built: packing runs the manifest's `vscode:prepublish`. */
export async function packageExtension(): Promise<string> {
  const packagePath = await packedExtension();
  // Everything needed at run time is in the bundles.
  await createVSIX({ cwd: root, packagePath, dependencies: false });
  return packagePath;
}

/** Where the packed extension is, once it has been packed. */
export async function packedExtension(): Promise<string> {
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return path.join(root, 'dist', `${name}-${version}.vsix`);
}

if (isMain(import.meta.url)) await packageExtension();
