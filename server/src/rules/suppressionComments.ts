import { lineStart, nextLine } from '../syntax/lines.ts';
import { isInScalar } from '../syntax/nodes.ts';
import type { TextRange } from '../syntax/textRange.ts';
import type { SyntaxTree } from '../syntax/tree.ts';

export type SuppressionScope = 'next-line' | 'line' | 'file';

export interface SuppressedCode extends TextRange {
  readonly code: string;
}

/** A comment `remote-relationships-ignore-… code[, code] [-- reason]`. */
export interface SuppressionComment extends TextRange {
  /** What follows `remote-relationships-ignore-`; `undefined` when that is none of the three. */
  readonly scope: SuppressionScope | undefined;
  readonly codes: readonly SuppressedCode[];
  /** Where the line (or for the whole file: the text) begins and ends whose findings it hides. */
  readonly from: number;
  readonly to: number;
}

/** The suppressions of a file in the order written. What stands inside a string is no comment. */
export function suppressionComments(tree: SyntaxTree): SuppressionComment[] {
  const { text } = tree;
  const codeLines = new Map<number, Line>();
  return [...text.matchAll(/remote-relationships-ignore(-[\w-]*)?([^\r\n]*)/g)].flatMap((match) => {
    const opening = openingBefore(tree, match.index);
    return opening === undefined || isInScalar(tree, opening)
      ? []
      : [readComment(text, opening, match, codeLines)];
  });
}

/** Where the comment begins whose first word stands at an offset; `undefined` when there is none. */
function openingBefore({ text, language }: SyntaxTree, wordAt: number): number | undefined {
  let end = wordAt;
  while (isBlank(text.charCodeAt(end - 1))) end--;
  if (language !== 'yaml' && (text.endsWith('//', end) || text.endsWith('/*', end))) return end - 2;
  if (language === 'json' || text[end - 1] !== '#') return undefined;
  const before = text.charCodeAt(end - 2);
  return end === 1 || isBlank(before) || before === 10 ? end - 1 : undefined;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function readComment(
  text: string,
  offset: number,
  match: RegExpExecArray,
  codeLines: Map<number, Line>,
): SuppressionComment {
  const [whole, suffix = '', rest = ''] = match;
  const closing = text.startsWith('/*', offset) ? rest.indexOf('*/') : -1;
  const written = closing === -1 ? rest : rest.slice(0, closing);
  const restAt = match.index + whole.length - rest.length;
  const end = closing === -1 ? restAt + rest.trimEnd().length : restAt + closing + 2;

  const reason = written.search(/(^|\s)--(\s|$)/);
  const list = reason === -1 ? written : written.slice(0, reason);
  const codes = [...list.matchAll(/[^\s,]+/g)].map((code) => ({
    code: code[0],
    offset: restAt + code.index,
    length: code[0].length,
  }));

  const scope = scopeOf(suffix);
  const [from, to] = hiddenPart(text, scope, offset, end, codeLines);
  return { scope, codes, from, to, offset, length: end - offset };
}

function scopeOf(suffix: string): SuppressionScope | undefined {
  if (suffix === '-next-line') return 'next-line';
  if (suffix === '-line') return 'line';
  return suffix === '-file' ? 'file' : undefined;
}

type Line = readonly [from: number, to: number];

function hiddenPart(
  text: string,
  scope: SuppressionScope | undefined,
  start: number,
  end: number,
  codeLines: Map<number, Line>,
): Line {
  if (scope === undefined) return [0, 0];
  if (scope === 'file') return [0, text.length + 1];
  if (scope === 'line') return [lineStart(text, start), nextLine(text, end)];
  return codeLineFrom(text, nextLine(text, end), codeLines);
}

/**
 * The first line from an offset on that is neither empty nor a comment: several suppressions may stand above one line.
 * `known`: by the lines that were passed on the way there, so that none is looked at twice.
 */
function codeLineFrom(text: string, start: number, known: Map<number, Line>): Line {
  const passed: number[] = [];
  for (let from = start; ; ) {
    const to = nextLine(text, from);
    const isCode = to === from || !/^\s*((#|\/\/).*|\/\*.*\*\/\s*)?$/.test(text.slice(from, to).trimEnd());
    const line = known.get(from) ?? (isCode ? ([from, to] as const) : undefined);
    passed.push(from);
    if (line !== undefined) {
      for (const each of passed) known.set(each, line);
      return line;
    }
    from = to;
  }
}
