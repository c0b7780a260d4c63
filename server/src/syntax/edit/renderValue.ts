import type { SyntaxTree } from '../tree.ts';
import type { Layout } from './layout.ts';
import { literalLines, quoteScalar, type ScalarValue } from './scalarText.ts';

/** A value to be written. */
export type EditValue = ScalarValue | readonly EditValue[] | { readonly [key: string]: EditValue };

/** The lines of a value in YAML block style, to be indented by whoever places them. */
export function blockLines(value: EditValue, layout: Layout): string[] {
  const literal = typeof value === 'string' ? literalLines(value) : undefined;
  if (literal !== undefined) return literal;
  if (isScalar(value) || !isNonEmptyCollection(value)) return [inlineText(value, 'yaml')];
  if (isList(value)) {
    return value.flatMap((item) =>
      blockLines(item, layout).map((line, index) => (index === 0 ? `- ${line}` : indented(line, '  '))),
    );
  }
  return Object.entries(value).flatMap(([key, item]) => pairLines(key, item, layout));
}

/** The lines of a pair in YAML block style. */
export function pairLines(key: string, value: EditValue, layout: Layout): string[] {
  const name = quoteScalar(key, 'plain', 'yaml');
  const lines = blockLines(value, layout);
  const indentation = isList(value) ? layout.listUnit : layout.unit;
  if (isNonEmptyCollection(value)) return [`${name}:`, ...lines.map((line) => indented(line, indentation))];
  const [first = '', ...others] = lines;
  return [`${name}: ${first}`, ...others.map((line) => indented(line, indentation))];
}

/** A line further to the right; an empty one, of a text of several lines, stays empty. */
export function indented(line: string, indentation: string): string {
  return line === '' ? '' : indentation + line;
}

/** A value on one line: JSON, or YAML flow style. */
export function inlineText(value: EditValue, language: SyntaxTree['language'], inFlow = false): string {
  if (isList(value)) return `[${value.map((item) => inlineText(item, language, true)).join(', ')}]`;
  if (isScalar(value)) return quoteScalar(value, 'plain', language, inFlow);
  const pairs = Object.entries(value).map(
    ([key, item]) => `${quoteScalar(key, 'plain', language, true)}: ${inlineText(item, language, true)}`,
  );
  return `{${pairs.join(', ')}}`;
}

/** A value in JSON over several lines; all but the first begin with `indentation`. */
export function jsonText(value: EditValue, indentation: string, layout: Layout): string {
  return JSON.stringify(value, null, layout.unit).replaceAll('\n', layout.lineBreak + indentation);
}

export function isNonEmptyCollection(value: EditValue): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).length > 0;
}

export function isList(value: EditValue): value is readonly EditValue[] {
  return Array.isArray(value);
}

export function isScalar(value: EditValue): value is ScalarValue {
  return value === null || typeof value !== 'object';
}
