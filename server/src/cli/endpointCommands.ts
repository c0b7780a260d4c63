import type { Secret } from '../../../common/src/endpoint/secret.ts';
import { trustCertificates } from './certificates.ts';
import { applyFromFiles, deleteFromServer, renameOnServer, undoOnServer } from './change/changeCommands.ts';
import type { ChangeOptions } from './change/changedProject.ts';
import { type ChangeResult, exitCodeOf, resultLines } from './change/changeResult.ts';
import { reload, status, statusLines } from './change/serverCommands.ts';
import { CommandError } from './commandError.ts';
import { diff, diffLines, isDrift } from './diff.ts';
import { answersFile, EndpointConsent, personAtTerminal } from './endpointConsent.ts';
import { pull } from './pull.ts';
import type { Line, Terminal } from './terminal.ts';

/** The commands that ask an endpoint, with the process around them: environment, network, Ctrl-C. */

export interface Common {
  readonly endpoint: string | undefined;
  readonly onlyEndpoint: string | undefined;
  /** Flags of the Hasura CLI. */
  readonly certificateAuthority: string | undefined;
  readonly skipVerification: boolean;
  /** Seconds, as written. */
  readonly timeout: string | undefined;
  readonly workingDirectory: string;
  readonly terminal: Terminal;
}

export interface PullArguments extends Common {
  readonly project: string;
  readonly sources: readonly string[];
  readonly remoteSchemas: readonly string[];
  readonly introspect: readonly string[];
  readonly dryRun: boolean;
  readonly force: boolean;
}

export interface DiffArguments extends Common {
  readonly paths: readonly string[];
  readonly project: string | undefined;
  readonly format: 'text' | 'json';
}

/** @returns the exit code */
export async function runPull(given: PullArguments): Promise<number> {
  const around = await surroundings(given);
  return pull({
    ...given,
    ...around,
    person: personAtTerminal(around.signal),
    print: (line) => void given.terminal.print(line),
  });
}

/** @returns the exit code */
export async function runDiff(given: DiffArguments): Promise<number> {
  const { diff: found, kindOf } = await diff({ ...given, ...(await surroundings(given)) });
  await (given.format === 'json'
    ? given.terminal.printJson(found)
    : given.terminal.printAll(diffLines(found, kindOf)));
  return found.relationships.some(isDrift) ? 1 : 0;
}

export interface ChangeArguments extends Common {
  readonly command: 'apply' | 'delete' | 'rename' | 'undo' | 'reload' | 'status';
  readonly positionals: readonly string[];
  readonly project: string | undefined;
  readonly names: readonly string[];
  readonly sources: readonly string[];
  readonly table: string | undefined;
  readonly remoteSchemas: readonly string[];
  readonly type: string | undefined;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly protectedHost: string | undefined;
  readonly format: 'text' | 'json';
}

/** @returns the exit code */
export async function runChange(given: ChangeArguments): Promise<number> {
  const { terminal, dryRun, yes, protectedHost, command, format } = given;
  const around = await surroundings(given);
  const agreement = {
    ...{ dryRun, yes, protectedHost, person: personAtTerminal(around.signal) },
    note: (...lines: readonly Line[]): void => terminal.note(...lines),
  };
  const options = { ...given, ...around, agreement };
  if (command === 'status') {
    takes(given, 0, 'no name');
    const found = await status(options);
    await (format === 'json' ? terminal.printJson(found) : terminal.printAll(statusLines(found)));
    return found.inconsistent.length === 0 ? 0 : 1;
  }
  const result = await carriedOut(given, options);
  await (format === 'json' ? terminal.printJson(result) : terminal.printAll(resultLines(result)));
  return exitCodeOf(result);
}

async function carriedOut(given: ChangeArguments, options: ChangeOptions): Promise<ChangeResult> {
  const { command, positionals, names, sources, table, remoteSchemas, type } = given;
  const [source] = sources;
  const [remoteSchema] = remoteSchemas;
  const [name = '', newName = ''] = positionals;
  const named = { name, source, table, remoteSchema, type };
  switch (command) {
    case 'apply':
      return applyFromFiles({ ...options, paths: positionals, names });
    case 'delete':
      takes(given, 1, 'the name of one relationship');
      return deleteFromServer(options, named);
    case 'rename':
      takes(given, 2, 'the name of a relationship and its new one');
      return renameOnServer(options, named, newName);
    case 'undo':
      takes(given, 0, 'no name');
      return undoOnServer(options);
    default:
      takes(given, 0, 'no name');
      return reload(options, remoteSchema);
  }
}

function takes({ command, positionals }: ChangeArguments, count: number, what: string): void {
  if (positionals.length !== count) throw new CommandError(`${command} takes ${what}.`);
}

/** What a command that asks an endpoint needs of the process. */
export async function surroundings({ timeout, terminal, ...certificates }: Common) {
  const signal = interruption();
  const note = (message: string): void => terminal.note(message);
  trustCertificates({ ...certificates, note });
  return {
    timeout: milliseconds(timeout),
    environment: process.env,
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    signal,
    consent: new EndpointConsent(await answersFile(), personAtTerminal(signal), note),
    hide: (secret: Secret): void => terminal.hide(secret),
    note,
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
