import { cutText } from '../../../common/src/boundedText.ts';
import { visible, visibleJson } from '../../../common/src/foreignText.ts';

/** Colours for what a line is about. */
export type Colour = 'red' | 'yellow' | 'green' | 'blue';

const codes: Readonly<Record<Colour, number>> = { red: 31, yellow: 33, green: 32, blue: 36 };

/** What the terminal needs of a stream of the process. */
export interface Stream {
  readonly isTTY?: boolean;
  write(text: string, written?: () => void): unknown;
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

  constructor(output: Stream, errors: Stream, environment: Environment) {
    this.#output = output;
    this.#errors = errors;
    this.#environment = environment;
  }

  /** Lines for standard output; resolves when they have gone out: a pipe may take them in parts. */
  print(...lines: readonly Line[]): Promise<void> {
    return this.#write(this.#output, lines);
  }

  /** Lines for standard error. */
  note(...lines: readonly Line[]): void {
    void this.#write(this.#errors, lines);
  }

  /** A value for another program to read. */
  printJson(value: unknown): Promise<void> {
    return write(this.#output, `${visibleJson(JSON.stringify(value, null, 2))}\n`);
  }

  #write(stream: Stream, lines: readonly Line[]): Promise<void> {
    const colours = wantsColours(stream, this.#environment);
    return write(stream, lines.map((line) => `${lineText(line, colours)}\n`).join(''));
  }
}

function write(stream: Stream, text: string): Promise<void> {
  return new Promise((resolve) => stream.write(text, resolve));
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
