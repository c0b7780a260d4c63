import { visible } from '../../../../common/src/foreignText.ts';

/** Markdown made of other people's text: names from files, descriptions from remote schemas. */

/** Inline code, whatever backticks the text has; what would turn the direction of reading is written out. */
export function code(text: string): string {
  const line = visible(text.replaceAll(/\s+/g, ' '));
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/**
 * A description: emphasis and plain code stay, links, images, addresses and HTML are shown as they are written. So is code
 * that would be one of these where whoever reads the Markdown takes it for something else.
 */
export function prose(text: string): string {
  return text
    .trim()
    .split(codeSpan)
    .map((part, index) => (index % 2 === 1 && !telling.test(part) ? part : escaped(part)))
    .join('');
}

/** Between runs of as many backticks. */
const codeSpan = /((?<!`)(?:`[^`]+`|``[^`]+``|```[^`]+```)(?!`))/;

const telling = /[\\[\]<>!&@]|:\/\/|\bwww\./i;

function escaped(text: string): string {
  return text.replaceAll(/[\\[\]<>!`@]|:(?=\/\/)|(?<=\bwww)\./gi, '\\$&').replaceAll('&', '&amp;');
}

/**
 * Text without any markup, on one line. Whoever reads it may know more marks than Markdown has (formulas), and may look for addresses where the
 * backslashes are gone already, as VS Code's preview did until it had markdown-it 13: a mark that is not seen keeps them apart.
 */
export function literal(text: string): string {
  return visible(text.replaceAll(/\s+/g, ' '))
    .replaceAll(/[\\[\]<>!`*_~$&]/g, '\\$&')
    .replaceAll(/(?<=\/)(?=\/)|(?=@)|(?<=www)(?=\.)/gi, wordJoiner);
}

/**
 * A row of a table. A bar ends a cell, in code too, unless a backslash stands before it: whether two of them let it end one depends on who
 * reads it, so that none of the cell's own may stand there.
 */
export function tableRow(cells: readonly string[]): string {
  const shown = cells.map((cell) =>
    cell
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/(?<=\\)(?=\|)/g, wordJoiner)
      .replaceAll('|', '\\|'),
  );
  return `| ${shown.join(' | ')} |`;
}

/** As wide as nothing. */
const wordJoiner = '\u2060';

/** Paragraphs, the empty ones left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** The same without its marks, for clients that show text as it is. */
export function plainText(markdown: string): string {
  let fence: string | undefined;
  const lines: string[] = [];
  for (const line of markdown.split('\n')) {
    const marks = /^`{3,}/.exec(line)?.[0];
    if (fence === undefined && marks !== undefined) fence = marks;
    else if (fence !== undefined && line === fence) fence = undefined;
    else lines.push(fence === undefined ? withoutMarks(line) : line);
  }
  return lines.join('\n');
}

function withoutMarks(text: string): string {
  const runs = [...text.matchAll(/`+/g)];
  let shown = '';
  let at = 0;
  for (const [nth, run] of runs.entries()) {
    if (run.index < at || text.charAt(run.index - 1) === '\\') continue;
    const end = runs.slice(nth + 1).find((other) => other[0] === run[0]);
    if (end === undefined) continue;
    const inside = text.slice(run.index + run[0].length, end.index);
    const padded = inside.startsWith(' ') && inside.endsWith(' ') && inside.trim() !== '';
    shown += withoutEscapes(text.slice(at, run.index)) + (padded ? inside.slice(1, -1) : inside);
    at = end.index + end[0].length;
  }
  return shown + withoutEscapes(text.slice(at));
}

function withoutEscapes(text: string): string {
  return text
    .replaceAll(/\\([\\[\]<>!`@:.])/g, '$1')
    .replaceAll('&amp;', '&')
    .replaceAll('**', '');
}
