/** Starts VS Code's server on a free loopback port, with folders of its own for everything it would remember. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runOrFail } from '../run.ts';
import { provisionVsCode } from './provision.ts';
import { writeSettings } from './settings.ts';

export interface ServerOptions {
  /** Packed extensions to install first. */
  readonly extensions: readonly string[];
  /** A folder, or a `.code-workspace` file. */
  readonly workspace: string;
  /** Trust the workspace without asking; false opens it in Restricted Mode. Default: true. */
  readonly trusted?: boolean;
  /** Machine settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment variables the extension host is to see, besides those of this process; `undefined`: is not to see. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface VsCodeServer {
  /** Where a browser finds the workspace. */
  readonly address: string;
  /** Everything it writes, logs and settings of users included, lies below this folder. */
  readonly folder: string;
  /** What the server has written so far. */
  output(): string;
  /** Ends it and removes its folders. */
  dispose(): Promise<void>;
}

const startTimeout = 120_000;

export async function startVsCodeServer(options: ServerOptions): Promise<VsCodeServer> {
  const vscode = await provisionVsCode();
  const home = await mkdtemp(path.join(tmpdir(), 'remote-relationships-vscode-'));
  const extensionsFolder = path.join(home, 'extensions');
  const program = path.join(vscode, 'out', 'server-main.js');
  const folders = ['--server-data-dir', home, '--extensions-dir', extensionsFolder];

  const removeHome = () => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  try {
    // The web workbench has no other settings file on the server's side than the machine's.
    await writeSettings(path.join(home, 'data', 'Machine'), options.settings);
    for (const extension of options.extensions) {
      await runOrFail(process.execPath, [program, '--install-extension', extension, ...folders]);
    }
  } catch (error) {
    await removeHome();
    throw error;
  }

  const child = spawn(
    process.execPath,
    [
      program,
      ...[
        '--host',
        '127.0.0.1',
        '--port',
        '0',
        '--without-connection-token',
        '--accept-server-license-terms',
      ],
      ...['--disable-telemetry', ...folders],
      ...(options.trusted === false ? [] : ['--disable-workspace-trust']),
    ],
    // A process group of its own, so that its extension hosts end with it.
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env } },
  );
  let output = '';
  const collect = (text: string) => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);

  const endWithThis = () => child.pid !== undefined && signalGroup(child.pid, 'SIGKILL');
  process.once('exit', endWithThis);
  const dispose = async () => {
    process.off('exit', endWithThis);
    await endGroup(child);
    await removeHome();
  };
  try {
    const port = await listening(child, () => output);
    const query = options.workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
    const address = `http://127.0.0.1:${port}/?${query}=${pathToFileURL(options.workspace).pathname}`;
    return { address, folder: home, output: () => output, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function listening(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`VS Code's server ${why}:\n${output()}`));
    const timer = setTimeout(() => fail('did not start in time'), startTimeout);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.stdout?.on('data', () => {
      const port = /Extension host agent listening on (\d+)/.exec(output())?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}

/** Asks the process and its children to end, and makes them after five seconds. */
async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  signalGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    // Windows has no process groups to signal.
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    // Nobody left in the group is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
