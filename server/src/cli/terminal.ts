import { cutText } from '../../../common/src/boundedText.ts';
import type { Secret } from '../../../common/src/endpoint/secret.ts';
import { visible, visibleJson } from '../../../common/src/foreignText.ts';
import { redact, tellingSecrets } from '../../../common/src/metadataApi/http/redact.ts';
import { Progress } from './progress.ts';

/** Colours for what a line is about. */
export type Colour = 'red' | 'yellow' | 'green' | 'blue';

const codes: Readonly<Record<Colour, number>> = { red: 31, yellow: 33, green: 32, blue: 36 };

/** What the terminal needs of a stream of the process. */
export interface Stream {
  readonly isTTY?: boolean;
  write(text: string, written?: (error?: Error | null) => void): unknown;
  on?(event: 'error', listener: () => void): unknown;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A line: texts, and texts with a colour. */
export type Line = string | readonly (string | readonly [Colour, string])[];

/** The words of a server below a line: each of theirs is marked, so that none can pass for one of ours. */
export function serverLines(text: string): readonly Line[] {
  return text.split(/\r\n|\n/).map((line) => `    Hasura: ${line}`);
}

/** The only way to standard output and standard error: no text that is printed can be more than the line it stands in. */
export class Terminal {
  readonly #output: Stream;
  readonly #errors: Stream;
  readonly #environment: Environment;
  /** Resolves when all that was printed has gone out, or can't. */
  #printed: Promise<void> = Promise.resolve();
  #problem: Error | undefined;
  #secrets: readonly Secret[] = [];
  #progress: Progress | undefined;

  constructor(output: Stream, errors: Stream, environment: Environment) {
    this.#output = output;
    this.#errors = errors;
    this.#environment = environment;
    // What could not be written is told to who wrote it; nobody listens to standard error any more.
    for (const stream of [output, errors]) stream.on?.('error', () => undefined);
  }

  /** From now on a secret is not printed, whoever says it; one that is a mere word may be a name, too. */
  hide(secret: Secret): void {
    this.#secrets = [...this.#secrets, ...tellingSecrets([secret])];
  }

  /** Lines for standard output; resolves when they have gone out: a pipe may take them in parts. */
  print(...lines: readonly Line[]): Promise<void> {
    return this.printAll(lines);
  }

  /** However many there are: they could not all be arguments. */
  printAll(lines: readonly Line[]): Promise<void> {
    return this.#print(this.#textOf(this.#output, lines));
  }

  /** Lines for standard error. */
  note(...lines: readonly Line[]): void {
    this.#progress?.end();
    this.#errors.write(this.#textOf(this.#errors, lines));
  }

  /** What is said of work that takes long, on a terminal alone. */
  progress(): Progress {
    this.#progress = new Progress(this.#errors, this.#environment);
    return this.#progress;
  }

  /** A value for another program to read. */
  printJson(value: unknown): Promise<void> {
    return this.#print(redact(valueText(value), this.#secrets));
  }

  /** A patch for another program; on a terminal, what would steer it is written out. */
  printPatch(lines: readonly string[]): Promise<void> {
    const shown =
      this.#output.isTTY === true ? lines.map((line) => visible(line.replaceAll('\t', '  '))) : lines;
    return this.#print(redact(shown.map((line) => `${line}\n`).join(''), this.#secrets));
  }

  /** Why not all that was printed was written, once it is known; a reader that has enough is no reason. */
  async problem(): Promise<Error | undefined> {
    await this.#printed;
    return this.#problem;
  }

  #print(text: string): Promise<void> {
    this.#progress?.end();
    const written = new Promise<void>((resolve) => {
      this.#output.write(text, (error) => {
        if (error && !('code' in error && error.code === 'EPIPE')) this.#problem ??= error;
        resolve();
      });
    });
    this.#printed = this.#printed.then(() => written);
    return written;
  }

  #textOf(stream: Stream, lines: readonly Line[]): string {
    const colours = wantsColours(stream, this.#environment);
    return redact(linesText(lines, colours), this.#secrets);
  }
}

/** Lines as text, each with its end. */
export function linesText(lines: readonly Line[], colours: boolean): string {
  return lines.map((line) => `${lineText(line, colours)}\n`).join('');
}

/** A value as JSON for another program to read. */
export function valueText(value: unknown): string {
  return `${visibleJson(JSON.stringify(value, null, 2))}\n`;
}

function lineText(line: Line, colours: boolean): string {
  if (typeof line === 'string') return textOf(line);
  return line
    .map((part) => {
      if (typeof part === 'string') return textOf(part);
      const [colour, text] = part;
      return colours ? `\u001b[${codes[colour]}m${textOf(text)}\u001b[39m` : textOf(text);
    })
    .join('');
}

/** Longer than any line of ours. */
const longestText = 5000;

function textOf(text: string): string {
  return visible(cutText(text, longestText));
}

/** As Node decides: what FORCE_COLOR says, else none for NO_COLOR, else what the stream is. */
function wantsColours(stream: Stream, { FORCE_COLOR, NO_COLOR, TERM }: Environment): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return stream.isTTY === true && TERM !== 'dumb';
}
