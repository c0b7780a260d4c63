import { Schema } from 'yaml';
import { contentRange, nodeRange, type TextReplacement } from '../textRange.ts';
import type { NodeStyle, SyntaxLanguage, SyntaxNode } from '../tree.ts';
import { glanceAtScalar } from '../yaml/yamlScalars.ts';

export type ScalarValue = string | number | boolean | null;

/** What a plain scalar means something else by than its text, to a reader of YAML 1.2 or 1.1. */
const OTHER_MEANINGS: readonly RegExp[] = [
  ...(['core', 'yaml-1.1'] as const).flatMap((schema) =>
    new Schema({ schema }).tags.flatMap((tag) =>
      'test' in tag && tag.test !== undefined && tag.default !== undefined ? [tag.test] : [],
    ),
  ),
  // The Hasura CLI goes further than the schemas: it knows booleans in any case, and takes these for numbers or fails.
  /^(?:y|n|yes|no|on|off)$/i,
  /^[-+]?0(?:b[01]+|o[0-7]+|x[\da-f]+)$/i,
  /^=$/,
];

/** Characters that only an escape can hold: control characters, odd line breaks, byte order marks, halves of pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\uFEFF\uFFFE\uFFFF]/u;

/**
 * A scalar as it is to be written in the given style. In YAML a plain string gets the quotes that an export of the Hasura
 * CLI has (C12): double ones when it would mean something else without (`true`, `no`, `1_000`, nothing at all), single ones
 * when it would be no plain text (`a: b`, `@x`); `inFlow`: it stands between `[]` or `{}`.
 */
export function quoteScalar(
  value: ScalarValue,
  style: NodeStyle,
  language: SyntaxLanguage,
  inFlow = false,
): string {
  if (language !== 'yaml') return JSON.stringify(value);
  if (typeof value !== 'string') return String(value);
  if (style === 'double-quoted' || UNPRINTABLE.test(value)) return doubleQuoted(value);
  if (style !== 'single-quoted') {
    if (hasOtherMeaning(value)) return doubleQuoted(value);
    if (isPlain(value, inFlow)) return value;
  }
  return `'${value.replaceAll("'", "''")}'`;
}

/**
 * The lines of a text of several lines as an export of the Hasura CLI has them, below `|-` (C12); `undefined` for one that
 * could not be written so, or not at the end of a file.
 */
export function literalLines(text: string): string[] | undefined {
  const isLiteral = /^\S/.test(text) && /\n/.test(text) && !/ (?:\n|$)|\n$/.test(text);
  return isLiteral && !UNPRINTABLE.test(text.replace(/[\n\t]/g, ''))
    ? ['|-', ...text.split('\n')]
    : undefined;
}

/** Replaces what a scalar says and keeps its quotes; one without gets some where the text would mean something else. */
export function replaceContent(node: SyntaxNode, text: string): TextReplacement {
  // A plain scalar may stand in brackets; JSON has none.
  const written = quoteScalar(text, node.style, 'yaml', true);
  const content = contentRange(node);
  const keepsQuotes =
    content.length < node.length && written.startsWith(node.style === 'double-quoted' ? '"' : "'");
  return keepsQuotes ? { ...content, text: written.slice(1, -1) } : { ...nodeRange(node), text: written };
}

/** JSON, and YAML: there some characters that JSON holds as they are break the line, or are refused. */
function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The Hasura CLI drops the underscores of what begins like a number, wherever they stand. */
function hasOtherMeaning(value: string): boolean {
  const texts = /^[-+.\d]/.test(value) ? [value, value.replaceAll('_', '')] : [value];
  return texts.some((text) => OTHER_MEANINGS.some((meaning) => meaning.test(text)));
}

function isPlain(value: string, inFlow: boolean): boolean {
  const glance = glanceAtScalar(value, 0, value.length);
  if (glance?.style !== 'plain' || glance.end !== value.length) return false;
  if (/^(?:---|\.\.\.)/.test(value)) return false;
  return !inFlow || !/[,[\]{}:?]|^-/.test(value);
}
