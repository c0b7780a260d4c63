import { lineStart } from '../syntax/lines.ts';
import { isInScalar } from '../syntax/nodes.ts';
import type { TextRange } from '../syntax/textRange.ts';
import type { SyntaxLanguage, SyntaxTree } from '../syntax/tree.ts';

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

const word = 'remote-relationships-ignore';

const openings: Readonly<Record<SyntaxLanguage, string>> = {
  yaml: '(?<=^|[ \\t])#',
  json: '//|/\\*',
  http: '(?<=^|[ \\t])#|//|/\\*',
};

/** The suppressions of a file in the order written. What stands inside a string is no comment. */
export function suppressionComments(tree: SyntaxTree): SuppressionComment[] {
  const { text } = tree;
  if (!text.includes(word)) return [];
  const pattern = new RegExp(`(${openings[tree.language]})[ \\t]*${word}(-[\\w-]*)?([^\\r\\n]*)`, 'gm');
  return [...text.matchAll(pattern)].flatMap((match) => {
    if (isInScalar(tree, match.index)) return [];
    return [readComment(text, match)];
  });
}

function readComment(text: string, match: RegExpExecArray): SuppressionComment {
  const [whole, opening = '', suffix = '', rest = ''] = match;
  const closing = opening === '/*' ? rest.indexOf('*/') : -1;
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
  const [from, to] = hiddenPart(text, scope, match.index, end);
  return { scope, codes, from, to, offset: match.index, length: end - match.index };
}

function scopeOf(suffix: string): SuppressionScope | undefined {
  if (suffix === '-next-line') return 'next-line';
  if (suffix === '-line') return 'line';
  return suffix === '-file' ? 'file' : undefined;
}

function hiddenPart(
  text: string,
  scope: SuppressionScope | undefined,
  start: number,
  end: number,
): readonly [from: number, to: number] {
  if (scope === undefined) return [0, 0];
  if (scope === 'file') return [0, text.length + 1];
  if (scope === 'line') return [lineStart(text, start), lineEnd(text, end)];
  let from = lineEnd(text, end);
  // Comments and empty lines in between let several suppressions stand above one line.
  for (;;) {
    const to = lineEnd(text, from);
    if (to === from || !/^\s*((#|\/\/).*|\/\*.*\*\/\s*)?$/.test(text.slice(from, to).trimEnd()))
      return [from, to];
    from = to;
  }
}

/** Where the next line begins; behind the last character when there is none. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}
