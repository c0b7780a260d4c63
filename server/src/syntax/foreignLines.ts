import type { TextRange } from './textRange.ts';
import type { SyntaxLanguage } from './tree.ts';

/**
 * Lines that are none of the file's language: the markers of a Git merge conflict, and the lines of a template that a
 * pipeline fills. Read as the language they are an error, and everything behind them is another one.
 */
export interface ForeignLines {
  readonly kind: 'conflict' | 'template';
  /** What the first of them is, in the user's words. */
  readonly message: string;
  readonly offset: number;
  readonly length: number;
  /** From the first marker of a conflict to the last: what is to stay there is not decided. */
  readonly conflicts: readonly TextRange[];
  /** Parts that a template writes or leaves out. */
  readonly conditional: readonly TextRange[];
  /** The text with blanks in place of these lines, and of all alternatives but the first; as long as before. */
  readonly firstAlternatives: string;
  /** The same with all alternatives. */
  readonly allAlternatives: string;
}

const conflictLine = /^(?:(<{7}|\|{7}|>{7})(?: .*)?|(={7}))\r?$/;

/** `{{ … }}`, `{% … %}`, `{# … #}`, `<% … %>`, `%{ … }`: how a line of a template begins. */
const templateStart = /^[ \t]*(?:\{\{|\{%|\{#|<%|%\{)/;
const templateLine = /^[ \t]*(?:\{\{.*\}\}|\{%.*%\}|\{#.*#\}|<%.*%>|%\{.*\})[ \t]*\r?$/;
const templateEnd = /(?:\}\}|%\}|#\}|%>)[ \t]*\r?$/;
const keyword = /^[ \t]*(?:\{\{|\{%|<%|%\{)[-~=# \t]*(\/?[a-z]+|\})/;

const openers: ReadonlySet<string> = new Set(
  'if,unless,with,range,for,foreach,each,define,block,macro,case'.split(','),
);

/** A tag of a template may go over so many lines: a comment, mostly. */
const longestTag = 50;

interface Line {
  readonly offset: number;
  /** Without its line break. */
  readonly text: string;
}

/** How a line of a merge conflict begins. */
export const conflictSign = /^(?:<{7}|>{7})/m;

/** `undefined` when the text has none. Lines of block scalars of YAML are the text's own. */
export function foreignLines(text: string, language: SyntaxLanguage | 'graphql'): ForeignLines | undefined {
  if (!/^(?:<{7}|>{7})|^[ \t]*(?:\{\{|\{%|\{#|<%|%\{)/m.test(text)) return undefined;
  const reader = new Reader();
  const lines = linesOf(text);
  const own = language === 'yaml' ? blockScalarLines(lines) : undefined;
  lines.forEach((line, index) => {
    if (own?.has(index) === true && !conflictLine.test(line.text)) return;
    reader.line(line);
  });
  return reader.result(text);
}

class Reader {
  readonly #markers: TextRange[] = [];
  readonly #laterAlternatives: TextRange[] = [];
  readonly #conflicts: TextRange[] = [];
  readonly #conditional: TextRange[] = [];
  #first: { kind: 'conflict' | 'template'; line: Line } | undefined;
  #conflicting = 0;
  #templates = 0;
  /** Where the conflict begins that is not at its end yet, and where its second side does. */
  #conflict: { start: number; second: number | undefined } | undefined;
  /** The same of each part of a template. */
  readonly #parts: { start: number; second: number | undefined }[] = [];
  /** Lines that the tag which is open may still have. */
  #tagLines = 0;

  line(line: Line): void {
    if (this.#tagLines > 0) {
      this.#tagLines = templateEnd.test(line.text) ? 0 : this.#tagLines - 1;
      this.#markers.push(rangeOf(line));
      return;
    }
    const conflict = conflictLine.exec(line.text);
    if (conflict !== null) this.#conflictLine(line, conflict[1] ?? conflict[2] ?? '');
    else if (templateLine.test(line.text)) this.#templateLine(line);
    else if (templateStart.test(line.text) && !/\}\}|%\}|#\}|%>/.test(line.text)) {
      this.#templateLine(line);
      this.#tagLines = longestTag;
    }
  }

  #conflictLine(line: Line, marker: string): void {
    const { offset, text } = line;
    const sign = marker.charAt(0);
    // A row of equal signs alone underlines a heading, as in a description.
    if (sign !== '<' && sign !== '>' && this.#conflict === undefined) return;
    this.#markers.push(rangeOf(line));
    if (sign === '<') {
      this.#found('conflict', line);
      this.#conflicting++;
      this.#conflict = { start: offset, second: undefined };
    } else if (sign === '>') {
      this.#found('conflict', line);
      if (this.#conflict === undefined) this.#conflicting++;
      else {
        const { start, second } = this.#conflict;
        if (second !== undefined) this.#laterAlternatives.push(between(second, offset));
        this.#conflicts.push(between(start, offset + text.length));
      }
      this.#conflict = undefined;
    } else if (this.#conflict !== undefined) this.#conflict.second ??= offset + text.length;
  }

  #templateLine(line: Line): void {
    this.#found('template', line);
    this.#templates++;
    this.#markers.push(rangeOf(line));
    const end = line.offset + line.text.length;
    const word = keyword.exec(line.text)?.[1] ?? '';
    if (openers.has(word)) this.#parts.push({ start: line.offset, second: undefined });
    else if (/^(?:else|el[a-z]*if)$/.test(word)) {
      const part = this.#parts.at(-1);
      if (part !== undefined) part.second ??= end;
    } else if (/^end|^\/|^\}$/.test(word)) {
      const part = this.#parts.pop();
      if (part === undefined) return;
      if (part.second !== undefined) this.#laterAlternatives.push(between(part.second, line.offset));
      this.#conditional.push(between(part.start, end));
    }
  }

  #found(kind: 'conflict' | 'template', line: Line): void {
    this.#first ??= { kind, line };
    // Conflicts are mended first: they are in nobody's files for long.
    if (kind === 'conflict' && this.#first.kind === 'template') this.#first = { kind, line };
  }

  result(text: string): ForeignLines | undefined {
    if (this.#first === undefined) return undefined;
    const { kind, line } = this.#first;
    const conflicts = this.#conflicts;
    const conditional = this.#conditional;
    const allAlternatives = blanked(text, this.#markers);
    return {
      kind,
      message: kind === 'conflict' ? conflictMessage(this.#conflicting) : templateMessage(this.#templates),
      offset: line.offset + line.text.length - line.text.trimStart().length,
      length: line.text.trim().length,
      conflicts,
      conditional,
      allAlternatives,
      firstAlternatives: blanked(allAlternatives, this.#laterAlternatives),
    };
  }
}

function conflictMessage(count: number): string {
  const more = count > 1 ? ` There are ${count} in this file.` : '';
  return `Git conflict markers: this merge is not finished. Keep one side and remove the markers.${more}`;
}

function templateMessage(count: number): string {
  const more = count > 1 ? ` There are ${count} such lines in this file.` : '';
  return `This is a template directive: Hasura can read the file only after a template engine has processed it.${more}`;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length; ) {
    const end = text.indexOf('\n', start);
    const stop = end === -1 ? text.length : end;
    lines.push({ offset: start, text: text.slice(start, stop) });
    start = stop + 1;
  }
  return lines;
}

/** Lines inside of block scalars (`key: |`), by their number. */
function blockScalarLines(lines: readonly Line[]): ReadonlySet<number> {
  const own = new Set<number>();
  let header: number | undefined;
  for (const [index, { text }] of lines.entries()) {
    const indentation = /\S/.exec(text)?.index;
    if (header !== undefined && indentation !== undefined) {
      if (indentation > header) own.add(index);
      // A template's line may stand further left than the text around it.
      else if (!templateStart.test(text)) header = undefined;
    }
    if (indentation !== undefined && !own.has(index) && isBlockScalarHeader(text)) header = indentation;
  }
  return own;
}

function isBlockScalarHeader(text: string): boolean {
  const comment = text.indexOf(' #');
  const line = (comment === -1 ? text : text.slice(0, comment)).trimEnd();
  return /[ \t][|>][-+0-9]{0,2}$/.test(line) && /[:-][ \t]/.test(line);
}

function rangeOf({ offset, text }: Line): TextRange {
  return { offset, length: text.length };
}

function between(start: number, end: number): TextRange {
  return { offset: start, length: Math.max(0, end - start) };
}

function blanked(text: string, ranges: readonly TextRange[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { offset, length } of ranges.toSorted((a, b) => a.offset - b.offset)) {
    if (offset + length <= position) continue;
    const start = Math.max(offset, position);
    parts.push(text.slice(position, start), text.slice(start, offset + length).replaceAll(/[^\r\n]/g, ' '));
    position = offset + length;
  }
  parts.push(text.slice(position));
  return parts.join('');
}
