import { mkdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { createInterface } from 'node:readline';
import { errorMessage } from '../../../common/src/errorMessage.ts';
import { writeAtOnce } from '../../../common/src/files/atomicWrite.ts';
import { realPath } from '../../../common/src/files/realPath.ts';
import { readRegularFile } from '../../../common/src/files/regularFile.ts';
import { visible } from '../../../common/src/foreignText.ts';
import { isJsonObject } from '../../../common/src/metadataApi/document/json.ts';

/** Asks the person at the terminal; `undefined`: no answer, for now. */
export type AskPerson = (question: string) => Promise<boolean | undefined>;

/**
 * Whether the environment's admin secret goes to an endpoint that a repository names: asked once for each, and the answer
 * kept. Without a terminal it goes, unless it was refused before.
 */
export class EndpointConsent {
  readonly #file: string | undefined;
  readonly #ask: AskPerson | undefined;
  readonly #note: (message: string) => void;

  /** `file`: keeps the answers, with no secret among them; `undefined`: there is no place for it. */
  constructor(file: string | undefined, ask: AskPerson | undefined, note: (message: string) => void) {
    this.#file = file;
    this.#ask = ask;
    this.#note = note;
  }

  /** `keptIn`: the file that keeps the answer, where one does. */
  async of(origin: string): Promise<{ readonly given: boolean; readonly keptIn?: string | undefined }> {
    const kept = this.#answers()[origin];
    if (kept !== undefined) return { given: kept, keptIn: this.#file };
    if (this.#ask === undefined) return { given: true };
    const given = await this.#ask(`Send it to ${origin}? The answer is remembered. (yes/no) `);
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
      this.#note(`The answer could not be kept: ${errorMessage(error)}`);
      return undefined;
    }
  }
}

/** Readable for its owner alone. */
function writePrivately(file: string, content: object): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
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
export function personAtTerminal(signal: AbortSignal): AskPerson | undefined {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  return (question) =>
    new Promise((resolve) => {
      const lines = createInterface({ input: stdin, output: stderr });
      // Ctrl-C and Ctrl-D close it.
      lines.once('close', () => resolve(undefined));
      signal.addEventListener('abort', () => lines.close());
      const ask = (): void =>
        lines.question(visible(question), (text) => {
          const answer = /^(?:(y|yes)|n|no)$/i.exec(text.trim());
          if (answer === null) return ask();
          resolve(answer[1] !== undefined);
          lines.close();
        });
      ask();
    });
}
