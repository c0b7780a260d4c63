/**
 * A real VS Code from the npm registry alone: the package `code-server` carries VS Code's own server and web workbench.
 * Only that part is used; none of its install scripts is run.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached } from '../cache.ts';
import { unpackFromRegistry } from '../registryPackage.ts';
import { npm, say } from '../run.ts';

const version = '4.139.1';
const integrity =
  'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';

const inPackage = 'package/lib/vscode';

/** The folder of VS Code's server, downloaded at the first call (some 10 seconds, 0.6 GB on disk). */
export async function provisionVsCode(): Promise<string> {
  const folder = await cached(`vscode-${version}`, async (unfinished) => {
    say(`Installing VS Code from the npm registry (code-server ${version}) …`);
    await unpackFromRegistry({ name: 'code-server', version, integrity }, unfinished);
    const vscode = path.join(unfinished, inPackage);
    await npm(['install', '--prefix', vscode, '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: vscode,
    });
    await withoutTelemetry(path.join(vscode, 'product.json'));
  });
  return path.join(folder, inPackage);
}

/** Said in the product, it holds from the first moment on, and for the extensions that come with it too. */
async function withoutTelemetry(file: string): Promise<void> {
  const product = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...product, enableTelemetry: false }, null, 2));
}
