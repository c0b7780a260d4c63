import { contentRange, nodeRange, type TextReplacement } from '../textRange.ts';
import type { NodeStyle, SyntaxLanguage, SyntaxNode } from '../tree.ts';
import { glanceAtScalar, resolvePlain } from '../yaml/yamlScalars.ts';

export type ScalarValue = string | number | boolean | null;

/** Words that YAML 1.1 readers, the Hasura server's among them, may take for booleans. */
const OLD_BOOLEAN = /^(?:y|n|yes|no|on|off)$/i;

/** Characters that only double quotes can hold: control characters, byte order marks, odd line breaks. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\uFEFF]/u;

/**
 * A scalar as it is to be written in the given style. In YAML a plain string gets quotes when it would mean something
 * else without (`true`, `123`, `a: b`, `@x`, nothing at all); `inFlow`: it stands between `[]` or `{}`.
 */
export function quoteScalar(
  value: ScalarValue,
  style: NodeStyle,
  language: SyntaxLanguage,
  inFlow = false,
): string {
  if (language !== 'yaml' || style === 'double-quoted') {
    if (typeof value === 'string' || language !== 'yaml') return JSON.stringify(value);
  }
  if (typeof value !== 'string') return String(value);
  if (UNPRINTABLE.test(value)) return JSON.stringify(value);
  if (style !== 'single-quoted' && isPlain(value, inFlow)) return value;
  if (style !== 'single-quoted' && value.includes("'")) return JSON.stringify(value);
  return `'${value.replaceAll("'", "''")}'`;
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

function isPlain(value: string, inFlow: boolean): boolean {
  const glance = glanceAtScalar(value, 0, value.length);
  if (glance?.style !== 'plain' || glance.end !== value.length) return false;
  if (resolvePlain(value) !== value || OLD_BOOLEAN.test(value) || value === '<<' || value === '=')
    return false;
  if (/^(?:---|\.\.\.)/.test(value)) return false;
  return !inFlow || !/[,[\]{}]|:$|^-/.test(value);
}
