import { basename, dirname, isAbsolute, join } from 'node:path';
import { createInterface } from 'node:readline';
import { errorMessage } from '../../../common/src/errorMessage.ts';
import { writeAtOnce } from '../../../common/src/files/atomicWrite.ts';
import { makeFolders } from '../../../common/src/files/makeFolders.ts';
import { realPath } from '../../../common/src/files/realPath.ts';
import { readRegularFile } from '../../../common/src/files/regularFile.ts';
import { visible } from '../../../common/src/foreignText.ts';
import { isJsonObject } from '../../../common/src/metadataApi/document/json.ts';

/** The person at the terminal; `undefined`: no answer, for now. */
export interface Person {
  /** Yes or no. */
  agrees(question: string): Promise<boolean | undefined>;
  /** Has something written out. */
  names(question: string): Promise<string | undefined>;
}

/**
 * Whether the environment's admin secret goes to an endpoint that a repository names: asked once for each, and the answer
 * kept. Without a terminal it goes, unless it was refused before.
 */
export class EndpointConsent {
  readonly #file: string | undefined;
  readonly #person: Pick<Person, 'agrees'> | undefined;
  readonly #note: (message: string) => void;

  /** `file`: keeps the answers, with no secret among them; `undefined`: there is no place for it. */
  constructor(
    file: string | undefined,
    person: Pick<Person, 'agrees'> | undefined,
    note: (message: string) => void,
  ) {
    this.#file = file;
    this.#person = person;
    this.#note = note;
  }

  /** `keptIn`: the file that keeps the answer, where one does. */
  async of(origin: string): Promise<{ readonly given: boolean; readonly keptIn?: string | undefined }> {
    const kept = this.#answers()[origin];
    if (kept !== undefined) return { given: kept, keptIn: this.#file };
    if (this.#person === undefined) return { given: true };
    const given = await this.#person.agrees(`Send it to ${origin}? The answer is remembered. (yes/no) `);
    if (given === undefined) return { given: false };
    return { given, keptIn: this.#keep(origin, given) };
  }

  #answers(): Readonly<Record<string, boolean>> {
    const file = this.#file === undefined ? undefined : readRegularFile(this.#file);
    try {
      const content: unknown = JSON.parse(file?.ok ? file.text : '');
      const answers = isJsonObject(content) ? content['adminSecretFromEnvironment'] : undefined;
      if (!isJsonObject(answers)) return {};
      return Object.fromEntries(
        Object.entries(answers).flatMap(([origin, answer]): [string, boolean][] =>
          answer === 'yes' || answer === 'no' ? [[origin, answer === 'yes']] : [],
        ),
      );
    } catch {
      return {};
    }
  }

  /** The file it is kept in; `undefined` when it could not be, as is said. */
  #keep(origin: string, given: boolean): string | undefined {
    const file = this.#file;
    try {
      if (file === undefined) throw new Error('there is no configuration directory');
      const answers = { ...this.#answers(), [origin]: given };
      const kept = Object.entries(answers).map(([of, answer]) => [of, answer ? 'yes' : 'no']);
      writePrivately(file, { adminSecretFromEnvironment: Object.fromEntries(kept) });
      return file;
    } catch (error) {
      this.#note(`The answer could not be saved: ${errorMessage(error)}`);
      return undefined;
    }
  }
}

/** Readable for its owner alone. */
function writePrivately(file: string, content: object): void {
  makeFolders(dirname(file), 0o700);
  const folder = realPath(dirname(file));
  writeAtOnce(join(folder, basename(file)), `${JSON.stringify(content, null, 2)}\n`, 0o600);
}

/** Where the answers are kept, by the convention of the platform; `undefined` where there is no such place. */
export async function answersFile(): Promise<string | undefined> {
  try {
    // It looks for the home directory when it is loaded, and not everyone has one.
    const { default: envPaths } = await import('env-paths');
    const folder = envPaths('remote-relationships', { suffix: '' }).config;
    return isAbsolute(folder) ? join(folder, 'endpoints.json') : undefined;
  } catch {
    return undefined;
  }
}

/** Asks on the terminal this runs in; `undefined` where there is none. */
export function personAtTerminal(signal: AbortSignal): Person | undefined {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  const ask = <T>(question: string, read: (text: string) => T | undefined): Promise<T | undefined> =>
    new Promise((resolve) => {
      const lines = createInterface({ input: stdin, output: stderr });
      // Ctrl-C and Ctrl-D close it.
      lines.once('close', () => resolve(undefined));
      signal.addEventListener('abort', () => lines.close());
      const again = (): void =>
        lines.question(visible(question), (text) => {
          const answer = read(text.trim());
          if (answer === undefined) return again();
          resolve(answer);
          lines.close();
        });
      again();
    });
  return {
    agrees: (question) =>
      ask(question, (text) => {
        const answer = /^(?:(y|yes)|n|no)$/i.exec(text);
        return answer === null ? undefined : answer[1] !== undefined;
      }),
    names: (question) => ask(question, (text) => text),
  };
}
