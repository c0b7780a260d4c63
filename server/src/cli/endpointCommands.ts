import { CommandError } from './commandError.ts';
import { diff, diffAsJson, diffAsText, isDrift } from './diff.ts';
import { pull } from './pull.ts';

/** The commands that ask an endpoint, with the process around them: environment, network, Ctrl-C. */

interface Common {
  readonly endpoint: string | undefined;
  /** Seconds, as written. */
  readonly timeout: string | undefined;
  readonly workingDirectory: string;
  note(message: string): void;
  /** Resolves when the text has gone out. */
  print(text: string): Promise<unknown>;
}

export interface PullArguments extends Common {
  readonly project: string;
  readonly sources: readonly string[];
  readonly remoteSchemas: readonly string[];
  readonly dryRun: boolean;
  readonly force: boolean;
}

export interface DiffArguments extends Common {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
}

/** @returns the exit code */
export function runPull(given: PullArguments): Promise<number> {
  return pull({
    ...given,
    ...surroundings(given),
    print: (line) => given.print(`${printable(line)}\n`),
  });
}

/** @returns the exit code */
export async function runDiff(given: DiffArguments): Promise<number> {
  const paths = given.paths.length > 0 ? given.paths : ['.'];
  const result = await diff({ ...given, ...surroundings(given), paths });
  await given.print(
    given.format === 'json' ? diffAsJson(result) : diffAsText(result).split('\n').map(printable).join('\n'),
  );
  return result.relationships.some(isDrift) ? 1 : 0;
}

function surroundings({ timeout, note }: Common) {
  return {
    timeout: milliseconds(timeout),
    environment: process.env,
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    signal: interruption(),
    note: (message: string) => note(printable(message)),
  };
}

function milliseconds(seconds: string | undefined): number | undefined {
  if (seconds === undefined) return undefined;
  const value = Number(seconds);
  if (value > 0 && value <= 3600) return Math.ceil(value * 1000);
  throw new CommandError(`--timeout is a number of seconds up to 3600, not "${seconds}".`);
}

/** The first Ctrl-C lets the command end in order; the second one ends the process. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

/** Names come from the server: nothing in them may steer the terminal. */
function printable(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not get through
  return line.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
