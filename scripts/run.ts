/** What the scripts share: where the repository is, running a program, telling an import from a direct run. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = path.resolve(fileURLToPath(import.meta.url), '../..');

/** Whether the module at `url` is the program that was started, not one that was imported. */
export function isMain(url: string): boolean {
  return process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(url);
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Find the program as a shell does; needed for `.cmd` files on Windows. The arguments must need no quoting. */
  readonly shell?: boolean;
  /** Show what the program writes as it comes, besides returning it. */
  readonly show?: boolean;
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. Rejects only when it cannot be started; a failing exit code is in the result. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: options.shell === true && process.platform === 'win32',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (options.show) process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (options.show) process.stderr.write(text);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

/** Runs a program and rejects, with what it wrote, unless it exits with 0. */
export async function runOrFail(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    const said = options.show ? '' : `\n${result.stdout}${result.stderr}`;
    throw new Error(`${path.basename(command)} ${args.join(' ')} ended with ${result.code}${said}`);
  }
  return result;
}

/** Runs npm: the one that runs this script, else the one on the PATH. */
export function npm(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { npm_execpath: script } = process.env;
  return script?.endsWith('.js')
    ? runOrFail(process.execPath, [script, ...args], options)
    : runOrFail(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/** Tells the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
