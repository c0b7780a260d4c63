/** Runs a module inside the extension host of a real VS Code, beside the packed extension. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';
import { root } from '../run.ts';
import { launchBrowser } from './browser.ts';
import { driveElectron } from './electron.ts';
import { type ServerOptions, startVsCodeServer } from './server.ts';

export interface DriveOptions extends Omit<ServerOptions, 'extensions'> {
  /** The packed extension. */
  readonly extension: string;
  /** The module, a TypeScript file that exports `run`; what it resolves to must survive JSON. */
  readonly module: string;
  /** How long it may take, in milliseconds. Default: five minutes. */
  readonly timeout?: number;
}

const driverFolder = path.join(root, 'test/e2e/driver');

/** Below the repository, so that what stays outside a bundle is found in its `node_modules`. */
const drivenFolder = path.join(root, '.cache/driven');

/** What the module's `run` resolved to. Rejects when it rejected, or did not end in time. */
export async function drive(options: DriveOptions): Promise<unknown> {
  const home = await mkdtemp(path.join(tmpdir(), 'remote-relationships-drive-'));
  const resultFile = path.join(home, 'result.json');
  const env = {
    ...options.env,
    REMOTE_RELATIONSHIPS_DRIVE: await bundleModule(options.module),
    REMOTE_RELATIONSHIPS_RESULT: resultFile,
  };
  try {
    const { VSCODE_TEST_DOWNLOAD: download } = process.env;
    if (download) {
      await driveElectron({ ...options, env, tests: path.join(driverFolder, 'driver.cjs') });
    } else {
      await driveServer({ ...options, env }, resultFile);
    }
    const result = JSON.parse(await readFile(resultFile, 'utf8')) as { value: unknown } | { error: string };
    if ('error' in result) throw new Error(result.error);
    return result.value;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function bundleModule(module: string): Promise<string> {
  const outfile = path.join(drivenFolder, `${path.basename(module, '.ts')}.cjs`);
  await build({
    entryPoints: [module],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}

let driver: Promise<string> | undefined;

async function packDriver(): Promise<string> {
  const packagePath = path.join(drivenFolder, 'driver.vsix');
  await mkdir(drivenFolder, { recursive: true });
  await createVSIX({
    cwd: driverFolder,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return packagePath;
}

async function driveServer(options: DriveOptions, resultFile: string): Promise<void> {
  driver ??= packDriver();
  const server = await startVsCodeServer({ ...options, extensions: [options.extension, await driver] });
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(server.address);
      if (await appears(resultFile, options.timeout ?? 300_000)) return;
      const picture = path.join(root, 'test-results', `${path.basename(options.module, '.ts')}.png`);
      await mkdir(path.dirname(picture), { recursive: true });
      await page.screenshot({ path: picture });
      throw new Error(`No result in time; the window is in ${picture}.\n${server.output().slice(-5000)}`);
    } finally {
      await browser.close();
    }
  } finally {
    await server.dispose();
  }
}

async function appears(file: string, timeout: number): Promise<boolean> {
  const end = Date.now() + timeout;
  while (!existsSync(file)) {
    if (Date.now() > end) return false;
    await delay(100);
  }
  return true;
}
