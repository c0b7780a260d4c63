/** Where an editor is tried: a home of its own with the samples in it, and the command as npm installs it. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/run.ts';

export class Desk {
  readonly home = realpathSync(mkdtempSync(path.join(tmpdir(), 'editor-')));
  readonly samples = path.join(this.home, 'samples');
  readonly #children: ChildProcess[] = [];
  #said = '';

  constructor() {
    cpSync(path.join(root, 'samples'), this.samples, { recursive: true });
    mkdirSync(path.join(this.samples, '.git'));
    const command = path.join(this.home, 'bin/remote-relationships');
    mkdirSync(path.dirname(command));
    writeFileSync(
      command,
      `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, 'dist/cli.cjs')}' "$@"\n`,
    );
    chmodSync(command, 0o755);
  }

  /** A file of the samples. */
  file(name: string): string {
    return path.join(this.samples, name);
  }

  read(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  /** Writes a file of the home directory. */
  write(name: string, text: string): string {
    const file = path.join(this.home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  get environment(): NodeJS.ProcessEnv {
    const { PATH = '' } = process.env;
    return {
      HOME: this.home,
      PATH: [path.join(this.home, 'bin'), PATH].join(path.delimiter),
      TERM: 'xterm-256color',
      LC_ALL: 'C.UTF-8',
    };
  }

  /** Starts a program with a terminal before it, as editors need one. */
  startInTerminal(
    command: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
  ): ChildProcess {
    const line = [command, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    return this.start(
      'script',
      ['--quiet', '--return', '--command', `stty rows 50 cols 160; ${line}`, '/dev/null'],
      environment,
    );
  }

  start(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
    const child = spawn(command, args, {
      cwd: this.samples,
      env: { ...this.environment, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said = (this.#said + text).slice(-4000);
      });
    }
    this.#children.push(child);
    return child;
  }

  /** The end of what was written to the terminal. */
  get said(): string {
    return this.#said;
  }

  leave(): void {
    // Each is the first of a group, which has the servers in it.
    for (const { pid } of this.#children) {
      try {
        if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** The code that stands in `docs/editors.md` below a heading: what is tried is what is told. */
export function setUp(heading: string): string {
  const page = readFileSync(path.join(root, 'docs/editors.md'), 'utf8');
  const section = page.split(/^#+ /m).find((one) => one.startsWith(`${heading}\n`));
  const code = section?.split('```')[1];
  if (code === undefined) throw new Error(`docs/editors.md has no code below "${heading}".`);
  return code.slice(code.indexOf('\n') + 1);
}
