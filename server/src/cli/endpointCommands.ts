import type { Secret } from '../../../common/src/endpoint/secret.ts';
import { trustCertificates } from './certificates.ts';
import { CommandError } from './commandError.ts';
import { diff, diffLines, isDrift } from './diff.ts';
import { answersFile, EndpointConsent, personAtTerminal } from './endpointConsent.ts';
import { pull } from './pull.ts';
import type { Terminal } from './terminal.ts';

/** The commands that ask an endpoint, with the process around them: environment, network, Ctrl-C. */

interface Common {
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
  return pull({
    ...given,
    ...(await surroundings(given)),
    print: (line) => void given.terminal.print(line),
  });
}

/** @returns the exit code */
export async function runDiff(given: DiffArguments): Promise<number> {
  const result = await diff({ ...given, ...(await surroundings(given)) });
  await (given.format === 'json'
    ? given.terminal.printJson(result)
    : given.terminal.printAll(diffLines(result)));
  return result.relationships.some(isDrift) ? 1 : 0;
}

async function surroundings({ timeout, terminal, ...certificates }: Common) {
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
