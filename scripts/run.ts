/** What the scripts share: where the repository is, running a program, telling an import from a direct run. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import spawn from 'cross-spawn';

/** The repository's root folder. */
export const root = path.resolve(fileURLToPath(import.meta.url), '../..');

/** Whether the module at `url` is the program that was started, not one that was imported. */
export function isMain(url: string): boolean {
  return process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(url);
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Show what the program writes as it comes, besides returning it. */
  readonly show?: boolean;
  /** End the program when it takes longer than so many milliseconds. Default: it may take any time. */
  readonly timeout?: number;
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it was ended because it took too long. */
  readonly timedOut: boolean;
}

/** Runs a program to its end, on Windows also a `.cmd`, and with blanks in the arguments. Rejects only when it cannot be started; a failing exit code is in the result. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (options.show) process.stdout.write(text);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (options.show) process.stderr.write(text);
    });
    let timedOut = false;
    const timers = [
      after(options.timeout, () => {
        timedOut = true;
        child.kill('SIGTERM');
      }),
      // It had its time to end what it has started.
      after(options.timeout && options.timeout + grace, () => child.kill('SIGKILL')),
    ];
    child.on('error', reject);
    child.on('close', (code) => {
      for (const timer of timers) clearTimeout(timer);
      resolve({ code: code ?? 1, stdout, stderr, timedOut });
    });
  });
}

const grace = 10_000;

function after(milliseconds: number | undefined, act: () => void): NodeJS.Timeout | undefined {
  return milliseconds === undefined ? undefined : setTimeout(act, milliseconds);
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

/** Runs npm, and rejects unless it exits with 0. */
export function npm(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return runOrFail(...npmCommand(args), options);
}

/** How npm is run: the one that runs this script, else the one on the PATH. */
export function npmCommand(args: readonly string[]): [command: string, args: readonly string[]] {
  const { npm_execpath: script } = process.env;
  return script?.endsWith('.js')
    ? [process.execPath, [script, ...args]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', args];
}

/** Tells the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
